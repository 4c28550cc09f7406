// SPDX-License-Identifier: Apache-2.0
package uicc.usim.toolkit;

import uicc.toolkit.EnvelopeHandler;
import uicc.toolkit.ToolkitException;

public interface USATEnvelopeHandler extends EnvelopeHandler {
    short getTPUDLOffset() throws ToolkitException;

    short getSecuredDataOffset() throws ToolkitException;

    short getSecuredDataLength() throws ToolkitException;

    short getUserDataLength() throws ToolkitException;

    short getShortMessageOffset() throws ToolkitException;

    short getShortMessageLength() throws ToolkitException;
}
