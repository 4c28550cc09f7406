// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** VERIFY PIN, CHANGE PIN, DISABLE PIN, ENABLE PIN and UNBLOCK PIN, ETSI TS 102 221 clauses 11.1.9 to 11.1.13. */
final class PinCommands {
    private static final int WRONG_LENGTH = 0x6700;
    private static final int WRONG_P1_P2 = 0x6A86;
    private static final int DATA_NOT_FOUND = 0x6A88;
    private static final int VERIFY = 0x20;
    private static final int CHANGE = 0x24;
    private static final int DISABLE = 0x26;
    private static final int ENABLE = 0x28;
    private static final int UNBLOCK = 0x2C;

    private PinCommands() {}

    static int process(Cursor cursor, Request request) {
        int ins = request.ins();
        if (request.p1() != 0 && !(ins == DISABLE && request.p1() == 1)) {
            return WRONG_P1_P2;
        }
        Pin pin = cursor.pin(request.p2());
        if (pin == null) {
            return DATA_NOT_FOUND;
        }
        boolean pair = ins == CHANGE || ins == UNBLOCK;
        if (request.length() == 0 && ins == VERIFY) {
            return pin.status();
        }
        if (request.length() == 0 && ins == UNBLOCK) {
            return pin.unblockStatus();
        }
        if (request.length() != (pair ? 2 * Pin.LENGTH : Pin.LENGTH)) {
            return WRONG_LENGTH;
        }
        byte[] bytes = request.bytes();
        return switch (ins) {
            case VERIFY -> pin.verify(bytes, Request.DATA);
            case CHANGE -> pin.change(bytes, Request.DATA);
            case DISABLE -> disable(cursor, pin, request);
            case ENABLE -> pin.canBeDisabled() ? pin.enable(bytes, Request.DATA) : DATA_NOT_FOUND;
            default -> pin.unblock(bytes, Request.DATA);
        };
    }

    /** P1 01: the universal PIN takes the place of an application PIN. */
    private static int disable(Cursor cursor, Pin pin, Request request) {
        Pin universal = request.p1() == 1 ? cursor.pin(Pin.UNIVERSAL) : null;
        if (!pin.canBeDisabled() || (request.p1() == 1 && (universal == null || universal == pin))) {
            return DATA_NOT_FOUND;
        }
        return pin.disable(request.bytes(), Request.DATA, universal);
    }
}
