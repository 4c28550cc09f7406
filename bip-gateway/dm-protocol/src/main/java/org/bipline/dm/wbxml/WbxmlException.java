// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;

/** Bytes that are not WBXML, or WBXML that no document of DM 1.2 is. */
public final class WbxmlException extends DmDecodingException {
    private static final long serialVersionUID = 1L;

    WbxmlException(int offset, String fault) {
        super(new Position.Offset(offset), fault, null);
    }
}
