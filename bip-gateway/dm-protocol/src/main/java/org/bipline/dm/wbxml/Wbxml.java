// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

/** Global tokens and header values. WAP Binary XML Content Format 1.3. */
final class Wbxml {
    static final int SWITCH_PAGE = 0x00;
    static final int END = 0x01;
    static final int ENTITY = 0x02;
    static final int STR_I = 0x03;
    static final int LITERAL = 0x04;
    static final int EXT_I_0 = 0x40;
    static final int EXT_I_2 = 0x42;
    static final int PI = 0x43;
    static final int EXT_T_0 = 0x80;
    static final int EXT_T_2 = 0x82;
    static final int STR_T = 0x83;
    static final int EXT_0 = 0xC0;
    static final int EXT_2 = 0xC2;
    static final int OPAQUE = 0xC3;

    static final int CONTENT = 0x40;
    static final int ATTRIBUTES = 0x80;
    static final int TOKEN = 0x3F;

    static final int VERSION_1_1 = 0x01;
    static final int VERSION_1_2 = 0x02;
    static final int VERSION_1_3 = 0x03;

    /** MIBenum of UTF-8, ISO-8859-1 and US-ASCII in the IANA list of character sets. */
    static final int UTF_8 = 106;

    static final int ISO_8859_1 = 4;
    static final int US_ASCII = 3;

    private Wbxml() {}
}
