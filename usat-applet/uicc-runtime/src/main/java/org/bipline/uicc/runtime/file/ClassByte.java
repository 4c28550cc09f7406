// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** The class byte of a command: logical channel and secure messaging. ETSI TS 102 221 clause 10.1.1. */
public final class ClassByte {
    private static final int OK = 0x9000;

    private ClassByte() {}

    /** 9000, or why a command with this class byte is refused. */
    static int status(int cla) {
        if ((cla & 0x40) != 0) { // 4X, 6X, CX, EX: channels 4 to 19
            return (cla & 0x20) != 0 ? 0x6882 : (cla & 0x10) != 0 ? 0x6884 : OK;
        }
        if ((cla & 0x20) != 0) {
            return 0x6E00;
        }
        if ((cla & 0x10) != 0) {
            return 0x6884; // command chaining
        }
        return (cla & 0x0C) != 0 ? 0x6882 : OK;
    }

    public static int channel(int cla) {
        return (cla & 0x40) != 0 ? 4 + (cla & 0x0F) : cla & 0x03;
    }
}
