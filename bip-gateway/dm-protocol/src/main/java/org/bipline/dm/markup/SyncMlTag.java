// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

/** Elements of the namespace {@code SYNCML:SYNCML1.2}, WBXML code page 0. SyncML Representation Protocol 1.2; token 30 is reserved. */
public enum SyncMlTag implements Tag {
    ADD("Add", 0x05),
    ALERT("Alert", 0x06),
    ARCHIVE("Archive", 0x07),
    ATOMIC("Atomic", 0x08),
    CHAL("Chal", 0x09),
    CMD("Cmd", 0x0A),
    CMD_ID("CmdID", 0x0B),
    CMD_REF("CmdRef", 0x0C),
    COPY("Copy", 0x0D),
    CRED("Cred", 0x0E),
    DATA("Data", 0x0F),
    DELETE("Delete", 0x10),
    EXEC("Exec", 0x11),
    FINAL("Final", 0x12),
    GET("Get", 0x13),
    ITEM("Item", 0x14),
    LANG("Lang", 0x15),
    LOC_NAME("LocName", 0x16),
    LOC_URI("LocURI", 0x17),
    MAP("Map", 0x18),
    MAP_ITEM("MapItem", 0x19),
    META("Meta", 0x1A),
    MSG_ID("MsgID", 0x1B),
    MSG_REF("MsgRef", 0x1C),
    NO_RESP("NoResp", 0x1D),
    NO_RESULTS("NoResults", 0x1E),
    PUT("Put", 0x1F),
    REPLACE("Replace", 0x20),
    RESP_URI("RespURI", 0x21),
    RESULTS("Results", 0x22),
    SEARCH("Search", 0x23),
    SEQUENCE("Sequence", 0x24),
    SESSION_ID("SessionID", 0x25),
    SFT_DEL("SftDel", 0x26),
    SOURCE("Source", 0x27),
    SOURCE_REF("SourceRef", 0x28),
    STATUS("Status", 0x29),
    SYNC("Sync", 0x2A),
    SYNC_BODY("SyncBody", 0x2B),
    SYNC_HDR("SyncHdr", 0x2C),
    SYNC_ML("SyncML", 0x2D),
    TARGET("Target", 0x2E),
    TARGET_REF("TargetRef", 0x2F),
    VER_DTD("VerDTD", 0x31),
    VER_PROTO("VerProto", 0x32),
    NUMBER_OF_CHANGES("NumberOfChanges", 0x33),
    MORE_DATA("MoreData", 0x34),
    FIELD("Field", 0x35),
    FILTER("Filter", 0x36),
    RECORD("Record", 0x37),
    FILTER_TYPE("FilterType", 0x38),
    SOURCE_PARENT("SourceParent", 0x39),
    TARGET_PARENT("TargetParent", 0x3A),
    MOVE("Move", 0x3B),
    CORRELATOR("Correlator", 0x3C);

    private final String text;
    private final int token;

    SyncMlTag(String text, int token) {
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
        return CodePage.SYNCML;
    }
}
