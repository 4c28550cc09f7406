// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;

/** Reasons for the end of a session, one for each place where it can fail. */
public final class Fault {
    // WBXML (W3C note WBXML, versions 1.1 to 1.3)
    static final short WBXML_VERSION = 0x6F01;
    static final short WBXML_CHARSET = 0x6F02;
    static final short WBXML_STRING_TABLE = 0x6F03; // longer than this card accepts
    static final short WBXML_NUMBER = 0x6F04; // too large
    static final short WBXML_TOKEN = 0x6F05; // LITERAL, EXT, PI
    static final short WBXML_ATTRIBUTES = 0x6F06;
    static final short WBXML_DEPTH = 0x6F07;
    static final short WBXML_END = 0x6F08; // without a begin
    static final short WBXML_TRAILING = 0x6F09; // bytes behind the document
    static final short WBXML_TABLE_INDEX = 0x6F0A;
    static final short WBXML_ENTITY = 0x6F0B; // no character
    static final short WBXML_CONTENT = 0x6F0C; // outside of an element

    // SyncML message
    static final short ROOT_ELEMENT = 0x6F21;
    static final short VER_DTD = 0x6F22;
    static final short VER_PROTO = 0x6F23;
    static final short SESSION_ID = 0x6F24; // not this session's
    static final short MSG_ID = 0x6F25; // missing, or not larger than the last
    static final short HEADER = 0x6F26; // SyncBody without SyncHdr before it
    static final short CMD_ID = 0x6F27; // command without a decimal one
    static final short CONTAINER_CMD_ID = 0x6F2A; // Atomic or Sequence without one before its commands
    static final short NUMBER = 0x6F28; // not decimal, or too large
    static final short RESP_URI = 0x6F2B; // one that the card cannot send to
    static final short STRUCTURE = 0x6F29; // element where it may not stand

    // session
    /** The response ends before the message does. */
    static final short TRUNCATED = 0x6F41;

    static final short NO_STATUS = 0x6F42; // for our SyncHdr
    static final short HEADER_REFUSED = 0x6F43; // status of our SyncHdr; lastStatus() has it
    static final short CHALLENGE = 0x6F44; // without a nonce, or of a type below the level or unknown
    static final short CLIENT_NOT_AUTHENTICATED = 0x6F45; // twice
    static final short SERVER_NOT_AUTHENTICATED = 0x6F46; // twice
    static final short ABORTED_BY_SERVER = 0x6F47; // Alert 1223
    static final short ABORTED = 0x6F48; // by the applet
    static final short TOO_MANY_COMMANDS = 0x6F49; // in one message
    static final short TOO_MANY_ITEMS = 0x6F4E; // that name no node, of commands with several
    static final short TOO_MANY_MESSAGES = 0x6F4A; // in the session
    static final short MAC_RULES = 0x6F4F; // header status other than 200, or without a nonce, for a message with a MAC
    // calls out of order
    static final short SENT_OUT_OF_ORDER = 0x6F4B;
    static final short RESPONSE_OUT_OF_ORDER = 0x6F4C;
    static final short END_OUT_OF_ORDER = 0x6F4D;

    private Fault() {}

    /** Ends the message at work for this reason. */
    static void raise(short reason) {
        ISOException.throwIt(reason);
    }

    /** Tells a reason from the status of a command, which is raised in the same way. */
    static boolean isFault(short reason) {
        return reason >= WBXML_VERSION;
    }
}
