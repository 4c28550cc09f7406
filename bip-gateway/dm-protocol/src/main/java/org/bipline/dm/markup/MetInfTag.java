// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

/** Elements of the namespace {@code syncml:metinf}, WBXML code page 1. SyncML Meta-Information 1.2. */
public enum MetInfTag implements Tag {
    ANCHOR("Anchor", 0x05),
    EMI("EMI", 0x06),
    FORMAT("Format", 0x07),
    FREE_ID("FreeID", 0x08),
    FREE_MEM("FreeMem", 0x09),
    LAST("Last", 0x0A),
    MARK("Mark", 0x0B),
    MAX_MSG_SIZE("MaxMsgSize", 0x0C),
    MEM("Mem", 0x0D),
    MET_INF("MetInf", 0x0E),
    NEXT("Next", 0x0F),
    NEXT_NONCE("NextNonce", 0x10),
    SHARED_MEM("SharedMem", 0x11),
    SIZE("Size", 0x12),
    TYPE("Type", 0x13),
    VERSION("Version", 0x14),
    MAX_OBJ_SIZE("MaxObjSize", 0x15),
    FIELD_LEVEL("FieldLevel", 0x16);

    private final String text;
    private final int token;

    MetInfTag(String text, int token) {
        this.text = text;
        this.token = token;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public int token() {
        return token;
    }

    @Override
    public CodePage page() {
        return CodePage.METINF;
    }
}
