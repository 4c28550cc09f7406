// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import javacard.framework.SystemException;
import uicc.system.HandlerBuilder;
import uicc.toolkit.EditHandler;

/** Handlers that belong to an applet. ETSI TS 102 241, HandlerBuilder. */
public final class TlvHandlers {
    private TlvHandlers() {}

    /** An empty handler; {@link SystemException} ILLEGAL_VALUE for an unknown type or a negative capacity. */
    public static EditHandler build(byte type, short capacity) {
        if (capacity < 0) {
            throw new SystemException(SystemException.ILLEGAL_VALUE);
        }
        return switch (type) {
            case HandlerBuilder.EDIT_HANDLER -> new EditTlvHandler(capacity);
            case HandlerBuilder.BER_EDIT_HANDLER -> new EditTlvHandler.Ber(capacity);
            default -> throw new SystemException(SystemException.ILLEGAL_VALUE);
        };
    }
}
