// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import javacard.framework.APDUException;

public interface EnvelopeResponseHandler extends EditHandler {
    void post(boolean statusType) throws APDUException, ToolkitException;

    void postAsBERTLV(boolean statusType, byte tag) throws APDUException, ToolkitException;
}
