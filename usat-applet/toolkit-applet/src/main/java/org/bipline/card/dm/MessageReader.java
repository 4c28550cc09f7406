// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * Reads the messages of the other side: header and statuses; what the commands are for, a reader of commands says. OMA DM
 * Representation Protocol 1.2.
 */
abstract class MessageReader implements WbxmlHandler {
    // SyncML, SyncBody, Atomic, Sequence, Add, Item, Data, and a TNDS object in Data
    private static final short MAX_DEPTH = 30;
    private static final short STRING_TABLE = 96; // words that occur often and a public identifier

    // what is longer is a type that is not supported, or nothing that counts
    static final short TEXT_SIZE = CommandMeta.MAX_TYPE;

    /** For the length: the text was longer than is kept. */
    private static final short TOO_LONG = TEXT_SIZE + 1;

    // credentials of the message
    private static final byte CRED_NONE = 0;
    private static final byte CRED_RIGHT = 1;
    private static final byte CRED_WRONG = 2;
    private static final byte CRED_MAC = 3; // right or wrong: its end will tell

    // indexes into state: of the session
    static final byte AUTHENTICATED = 0; // type of authentication by which the message counts; NONE: it does not
    private static final byte MSG_ID = 1;
    private static final byte MAX_MSG_SIZE = 2; // of the other side
    static final byte MAX_OBJ_SIZE = 3;
    // of the message
    static final byte IN_HEADER = 4;
    private static final byte HAS_HEADER = 5; // parts that have been read
    private static final byte CRED = 6;
    private static final byte TYPE = 7; // of the Cred or Chal being read; NONE for another than MD5 and MAC
    static final byte IN_DATA = 8; // depth of the Data element whose content goes to the store
    static final byte TEXT_LENGTH = 9;
    static final byte STATUS_COMMAND = 10; // CmdRef of the status, or results, being read
    static final byte STATUS_MESSAGE = 11;
    static final byte STATUS_DATA = 12;
    private static final byte STATUS_NONCE = 13; // it has a nonce
    private static final byte STATUS_CHAL = 14; // type
    private static final byte HEADER_STATUS = 15; // the status for our header
    private static final byte HAS_NONCE = 16;
    private static final byte CHALLENGED = 17; // type of a challenge with a nonce
    private static final byte FINAL = 18;
    static final byte OUR_MESSAGE = 19;
    // of a subclass
    static final byte OWN = 20;
    // of the session, too
    private static final byte HELD_TO_MAC =
            24; // a message was proven by a MAC: NOW, or BEFORE; each that follows has to be
    private static final byte STATE_SIZE = 25;

    private static final byte NOW = 1;
    private static final byte BEFORE = 2;

    // bits of HAS_HEADER
    private static final byte HAS_DTD = 1;
    private static final byte HAS_PROTO = 2;
    private static final byte HAS_SESSION = 4;
    private static final byte HAS_MESSAGE = 8;
    private static final byte HAS_ALL = 15;

    /** Taken where no limit is given: what a length of two bytes can surely count. */
    private static final short NO_LIMIT = 16384;

    final Account account;
    final WbxmlReader wbxml;
    final byte[] text;
    final short[] state;

    /** @param text room for TEXT_SIZE characters */
    MessageReader(Account account, byte[] text) {
        this.account = account;
        this.text = text;
        wbxml = new WbxmlReader((byte) 0, MAX_DEPTH, STRING_TABLE);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** Shares the memory of another, which is not at work at the same time. */
    MessageReader(Account account, MessageReader other) {
        this.account = account;
        text = other.text;
        wbxml = other.wbxml;
        state = other.state;
    }

    // --- what the reader of commands says

    /** The header was read, {@link #isAuthenticated} says of what worth. */
    abstract void readHeader();

    /** An element begins that is none of header and statuses. */
    abstract void beginElement(byte element, byte parent);

    /** An element of the data that goes to the store. */
    abstract void beginDataElement(byte element);

    abstract void endDataElement(byte element);

    /** The next bytes of the data that goes to the store. */
    abstract void takeData(byte[] buf, short off, short len);

    /** Takes the next bytes of the innermost element; false leaves them to the text. */
    abstract boolean takeContent(byte[] buf, short off, short len);

    abstract void endCommand(byte element);

    /** An element of a command, or of results, ends. */
    abstract void endInCommand(byte element, byte parent);

    /** Meta of a command or an item. */
    abstract void endCommandMeta(byte element, boolean ofItem);

    /** A header's element ends that says nothing about the session. */
    abstract void endInSource(byte element, byte parent);

    /** The status of a command has ended. */
    abstract void endStatusOfCommand();

    void beginSession() {
        state[AUTHENTICATED] = Credentials.NONE;
        state[HELD_TO_MAC] = 0;
        state[MSG_ID] = 0;
        state[MAX_MSG_SIZE] = NO_LIMIT;
        state[MAX_OBJ_SIZE] = Short.MAX_VALUE;
    }

    /** The answer to the message {@code ourMessage} begins, 0 before the first. */
    void beginMessage(short ourMessage) {
        for (short i = IN_HEADER; i < HELD_TO_MAC; i++) {
            state[i] = 0;
        }
        if (state[HELD_TO_MAC] != 0) {
            state[AUTHENTICATED] = Credentials.NONE;
        }
        state[OUR_MESSAGE] = ourMessage;
        account.credentials().beginMessage();
        wbxml.begin(this);
    }

    void read(byte[] buf, short off, short len) {
        if (account.credentials().hasMac()) {
            account.credentials().write(buf, off, len);
        }
        wbxml.read(buf, off, len);
    }

    boolean isComplete() {
        return wbxml.isComplete();
    }

    /** MsgID of the message. */
    short message() {
        return state[MSG_ID];
    }

    short maxMsgSize() {
        return state[MAX_MSG_SIZE];
    }

    /** The status for our header, 0 if there is none. */
    short headerStatus() {
        return state[HEADER_STATUS];
    }

    /** The status came with a nonce. */
    boolean hasNonce() {
        return state[HAS_NONCE] != 0;
    }

    /** Type of the challenge that the status came with: MD5 or MAC, NONE for another, or one without a nonce. */
    byte challenged() {
        return (byte) state[CHALLENGED];
    }

    boolean isFinal() {
        return state[FINAL] != 0;
    }

    /** Whether the message counts; one with a MAC does so for now, see {@link #isGenuine}. */
    boolean isAuthenticated() {
        return state[AUTHENTICATED] != Credentials.NONE;
    }

    /** The type of authentication by which the message counts: NONE, MD5 or MAC. */
    byte level() {
        return (byte) state[AUTHENTICATED];
    }

    /** The message carried the credentials, right or wrong. */
    boolean hasCredentials() {
        return state[CRED] != CRED_NONE;
    }

    /** The other side has proven itself by this message, for the first time in the session. */
    final boolean isLogin() {
        return level() == Credentials.MAC ? state[HELD_TO_MAC] == NOW : state[CRED] == CRED_RIGHT;
    }

    /** The least type of authentication that counts. */
    byte demanded() {
        return account.credentials().level();
    }

    /** The type of credentials that the other side has to use: MD5, where MAC would do too, or MAC. */
    final byte wanted() {
        return state[HELD_TO_MAC] != 0 || demanded() == Credentials.MAC ? Credentials.MAC : Credentials.MD5;
    }

    /**
     * The message was read whole: false where it has a MAC that is wrong. Then it does not count, and what was made of it has to
     * be undone.
     */
    final boolean isGenuine() {
        if (state[CRED] != CRED_MAC) {
            return true;
        }
        boolean right = account.credentials().isPeerMessage();
        state[CRED] = right ? CRED_RIGHT : CRED_WRONG;
        if (right) {
            state[HELD_TO_MAC] = state[HELD_TO_MAC] == 0 ? NOW : BEFORE;
        } else {
            state[AUTHENTICATED] = Credentials.NONE;
        }
        return right;
    }

    /** Our status for the header. */
    short headerAnswer() {
        if (!isAuthenticated()) {
            return state[CRED] == CRED_NONE ? Status.AUTHENTICATION_REQUIRED : Status.UNAUTHORIZED;
        }
        return state[CRED] == CRED_NONE || level() == Credentials.MAC ? Status.OK : Status.AUTHENTICATED;
    }

    // --- elements

    @Override
    public void begin(byte element) {
        if (state[IN_DATA] != 0) {
            beginDataElement(element);
            return;
        }
        byte parent = wbxml.ancestor((short) 1);
        state[TEXT_LENGTH] = 0;
        if (parent == 0 && element != Element.SYNC_ML) {
            Fault.raise(Fault.ROOT_ELEMENT);
        }
        switch (element) {
            case Element.SYNC_HDR:
                state[IN_HEADER] = parent == Element.SYNC_ML ? (short) 1 : (short) 0;
                break;
            case Element.SYNC_BODY:
                beginBody();
                break;
            case Element.STATUS:
                beginStatus();
                break;
            case Element.CRED:
            case Element.CHAL:
                state[TYPE] = Credentials.NONE;
                break;
            default:
                beginElement(element, parent);
        }
    }

    boolean isOfItem(byte expected, byte parent) {
        return parent == expected && wbxml.ancestor((short) 2) == Element.ITEM;
    }

    @Override
    public void content(byte[] buf, short off, short len) {
        if (state[IN_DATA] != 0) {
            takeData(buf, off, len);
        } else if (!takeContent(buf, off, len)) {
            short length = state[TEXT_LENGTH];
            if (len > (short) (TEXT_SIZE - length)) {
                state[TEXT_LENGTH] = TOO_LONG;
            } else {
                Util.arrayCopyNonAtomic(buf, off, text, length, len);
                state[TEXT_LENGTH] = (short) (length + len);
            }
        }
    }

    @Override
    public void end(byte element) {
        if (state[IN_DATA] != 0) {
            if (wbxml.depth() > state[IN_DATA]) {
                endDataElement(element);
                return;
            }
            state[IN_DATA] = 0;
            return;
        }
        byte parent = wbxml.ancestor((short) 1);
        if (Command.isCommand(element)) {
            endCommand(element);
        } else if (parent == Element.META) {
            endMeta(element, wbxml.ancestor((short) 2));
        } else if (state[IN_HEADER] != 0) {
            endInHeader(element, parent);
        } else if (parent == Element.STATUS) {
            endInStatus(element);
        } else if (element == Element.STATUS) {
            endStatus();
        } else if (element == Element.FINAL) {
            state[FINAL] = 1;
        } else {
            endInCommand(element, parent);
        }
        state[TEXT_LENGTH] = 0;
    }

    private void endInHeader(byte element, byte parent) {
        switch (element) {
            case Element.VER_DTD:
                require(isText(Text.VER_DTD), Fault.VER_DTD);
                state[HAS_HEADER] |= HAS_DTD;
                break;
            case Element.VER_PROTO:
                require(isText(Text.VER_PROTO), Fault.VER_PROTO);
                state[HAS_HEADER] |= HAS_PROTO;
                break;
            case Element.SESSION_ID:
                require(
                        state[TEXT_LENGTH] != TOO_LONG && account.isSession(text, state[TEXT_LENGTH]),
                        Fault.SESSION_ID);
                state[HAS_HEADER] |= HAS_SESSION;
                break;
            case Element.MSG_ID:
                short message = number();
                require(message > state[MSG_ID], Fault.MSG_ID);
                state[MSG_ID] = message;
                state[HAS_HEADER] |= HAS_MESSAGE;
                break;
            case Element.DATA:
                if (parent == Element.CRED) {
                    endCred();
                }
                break;
            case Element.SYNC_HDR:
                state[IN_HEADER] = 0;
                break;
            default:
                endInSource(element, parent);
        }
    }

    private void beginBody() {
        require(state[HAS_HEADER] == HAS_ALL && state[IN_HEADER] == 0, Fault.HEADER);
        if (account.credentials().hasMac() && level() != Credentials.MD5) { // once accepted, the type stays
            state[CRED] = CRED_MAC;
            state[AUTHENTICATED] = Credentials.MAC;
        } else if (state[CRED] == CRED_RIGHT) {
            state[AUTHENTICATED] = Credentials.MD5;
            account.credentials().renewPeerNonce();
        }
        readHeader();
    }

    /** A digest is worth nothing, and is not looked at, where the message has to have a MAC. */
    private void endCred() {
        state[CRED] = state[TYPE] == Credentials.MD5
                        && wanted() == Credentials.MD5
                        && account.credentials().isPeerDigest(text, (short) 0, state[TEXT_LENGTH])
                ? CRED_RIGHT
                : CRED_WRONG;
    }

    private void endMeta(byte element, byte owner) {
        boolean ofItem = owner == Element.ITEM;
        boolean ofCommand = ofItem || owner == Element.RESULTS || Command.isCommand(owner);
        switch (element) {
            case Element.TYPE:
                if (ofCommand) {
                    endCommandMeta(element, ofItem);
                } else {
                    state[TYPE] = isText(Text.AUTH_MD5)
                            ? Credentials.MD5
                            : isText(Text.AUTH_MAC) ? Credentials.MAC : Credentials.NONE;
                    if (owner == Element.CHAL) {
                        state[STATUS_CHAL] = state[TYPE];
                    }
                }
                break;
            case Element.FORMAT:
            case Element.SIZE:
                if (ofCommand) {
                    endCommandMeta(element, ofItem);
                }
                break;
            case Element.NEXT_NONCE:
                if (owner == Element.CHAL && state[STATUS_COMMAND] == 0 && state[TEXT_LENGTH] != TOO_LONG) {
                    state[STATUS_NONCE] = account.credentials().takeOwnNonce(text, (short) 0, state[TEXT_LENGTH])
                            ? (short) 1
                            : (short) 0;
                }
                break;
            case Element.MAX_MSG_SIZE:
                if (owner == Element.SYNC_HDR) {
                    short max = size();
                    state[MAX_MSG_SIZE] = max < NO_LIMIT && max > 0 ? max : NO_LIMIT;
                }
                break;
            case Element.MAX_OBJ_SIZE:
                if (owner == Element.SYNC_HDR) {
                    state[MAX_OBJ_SIZE] = size();
                }
                break;
            default:
        }
    }

    private void beginStatus() {
        state[STATUS_COMMAND] = -1;
        state[STATUS_MESSAGE] = 0;
        state[STATUS_DATA] = 0;
        state[STATUS_NONCE] = 0;
        state[STATUS_CHAL] = 0;
    }

    final void endInStatus(byte element) {
        switch (element) {
            case Element.MSG_REF:
                state[STATUS_MESSAGE] = number();
                break;
            case Element.CMD_REF:
                state[STATUS_COMMAND] = number();
                break;
            case Element.DATA:
                state[STATUS_DATA] = number();
                break;
            default:
        }
    }

    private void endStatus() {
        short status = state[STATUS_DATA];
        endStatusOfCommand();
        if (state[STATUS_COMMAND] == 0 && state[STATUS_MESSAGE] == state[OUR_MESSAGE]) {
            state[HEADER_STATUS] = status;
            state[HAS_NONCE] = state[STATUS_NONCE];
            state[CHALLENGED] = state[STATUS_NONCE] != 0 ? state[STATUS_CHAL] : Credentials.NONE;
        }
    }

    // --- texts

    static void require(boolean condition, short fault) {
        if (!condition) {
            Fault.raise(fault);
        }
    }

    boolean isText(byte[] expected) {
        return Text.equal(expected, text, (short) 0, state[TEXT_LENGTH]);
    }

    /** The text as a decimal number from 0 to 32767. */
    short number() {
        short length = state[TEXT_LENGTH];
        require(length > 0 && length != TOO_LONG, Fault.NUMBER);
        short value = Text.decimal(text, (short) 0, length);
        require(value >= 0, Fault.NUMBER);
        return value;
    }

    /** The text as a size; what is larger than a short can count is as good as 32767. */
    short size() {
        short length = state[TEXT_LENGTH];
        if (length == 0 || length == TOO_LONG) {
            return Short.MAX_VALUE;
        }
        short value = Text.decimal(text, (short) 0, length);
        return value < 0 ? Short.MAX_VALUE : value;
    }
}
