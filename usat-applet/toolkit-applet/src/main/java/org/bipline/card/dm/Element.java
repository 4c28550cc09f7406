// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Elements as numbers: the WBXML token (six bits) and, above it, the code page. OMA SyncML Representation Protocol 1.2 (page
 * 0), OMA SyncML Meta Information 1.2 (page 1), OMA DM Tree and Description 1.2 (page 2).
 */
final class Element {
    static final byte PAGE_SHIFT = 6;
    static final byte PAGE_DMDDF = 2;
    /** Stands for all further pages, of which no element is known. */
    static final byte PAGE_UNKNOWN = 3;

    static final byte TOKEN_MASK = 0x3F;

    static final byte ADD = 0x05;
    static final byte ALERT = 0x06;
    static final byte ATOMIC = 0x08;
    static final byte CHAL = 0x09;
    static final byte CMD = 0x0A;
    static final byte CMD_ID = 0x0B;
    static final byte CMD_REF = 0x0C;
    static final byte COPY = 0x0D;
    static final byte CRED = 0x0E;
    static final byte DATA = 0x0F;
    static final byte DELETE = 0x10;
    static final byte EXEC = 0x11;
    static final byte FINAL = 0x12;
    static final byte GET = 0x13;
    static final byte ITEM = 0x14;
    static final byte LOC_NAME = 0x16;
    static final byte LOC_URI = 0x17;
    static final byte MAP = 0x18;
    static final byte META = 0x1A;
    static final byte MSG_ID = 0x1B;
    static final byte MSG_REF = 0x1C;
    static final byte PUT = 0x1F;
    static final byte REPLACE = 0x20;
    static final byte RESP_URI = 0x21;
    static final byte RESULTS = 0x22;
    static final byte SEARCH = 0x23;
    static final byte SEQUENCE = 0x24;
    static final byte SESSION_ID = 0x25;
    static final byte SOURCE = 0x27;
    static final byte STATUS = 0x29;
    static final byte SYNC = 0x2A;
    static final byte SYNC_BODY = 0x2B;
    static final byte SYNC_HDR = 0x2C;
    static final byte SYNC_ML = 0x2D;
    static final byte TARGET = 0x2E;
    static final byte TARGET_REF = 0x2F;
    static final byte VER_DTD = 0x31;
    static final byte VER_PROTO = 0x32;
    static final byte MORE_DATA = 0x34;

    static final byte FORMAT = 0x47;
    static final byte MARK = 0x4B;
    static final byte MAX_MSG_SIZE = 0x4C;
    static final byte NEXT_NONCE = 0x50;
    static final byte SIZE = 0x52;
    static final byte TYPE = 0x53;
    static final byte MAX_OBJ_SIZE = 0x55;

    static final byte DDF_ACL = (byte) 0x86;
    static final byte DDF_B64 = (byte) 0x88;
    static final byte DDF_BIN = (byte) 0x89;
    static final byte DDF_BOOL = (byte) 0x8A;
    static final byte DDF_CHR = (byte) 0x8B;
    static final byte DDF_DATE = (byte) 0x90;
    static final byte DDF_DDF_NAME = (byte) 0x91;
    static final byte DDF_FLOAT = (byte) 0x9B;
    static final byte DDF_FORMAT = (byte) 0x9C;
    static final byte DDF_INT = (byte) 0x9E;
    static final byte DDF_MGMT_TREE = (byte) 0xA0;
    static final byte DDF_MIME = (byte) 0xA1;
    static final byte DDF_NODE = (byte) 0xA4; // element Node
    static final byte DDF_FORMAT_NODE = (byte) 0xA5; // element node, the format
    static final byte DDF_NODE_NAME = (byte) 0xA6;
    static final byte DDF_NULL = (byte) 0xA7;
    static final byte DDF_PATH = (byte) 0xAC;
    static final byte DDF_RT_PROPERTIES = (byte) 0xAF;
    static final byte DDF_TIME = (byte) 0xB2;
    static final byte DDF_TITLE = (byte) 0xB3;
    static final byte DDF_TSTAMP = (byte) 0xB4;
    static final byte DDF_TYPE = (byte) 0xB5;
    static final byte DDF_VALUE = (byte) 0xB6;
    static final byte DDF_VER_DTD = (byte) 0xB7;
    static final byte DDF_VER_NO = (byte) 0xB8;
    static final byte DDF_XML = (byte) 0xB9;

    private Element() {}

    /** Tells whether an element belongs to the tree description (page 2). */
    static boolean isDdf(byte element) {
        return (element & 0xC0) == (short) (PAGE_DMDDF << PAGE_SHIFT);
    }
}
