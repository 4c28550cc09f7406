// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ProactiveResponseHandlerSystem;
import uicc.toolkit.TerminalProfile;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;

/**
 * The user interaction alerts of OMA DM Protocol 1.2, clause User interaction commands, as proactive commands of ETSI TS
 * 102 223. The server waits for the user, as the message is not answered before.
 *
 * <table>
 * <caption>Alerts</caption>
 * <tr><th>alert</th><th>command</th><th>options</th></tr>
 * <tr><td>1100 display</td><td>DISPLAY TEXT, cleared after a delay</td><td>MINDT as duration</td></tr>
 * <tr><td>1101 confirm or reject</td><td>GET INKEY for yes or no</td><td>MAXDT as duration</td></tr>
 * <tr><td>1102 text input</td><td>GET INPUT</td><td>DR as default text, MAXLEN, IT, ET</td></tr>
 * <tr><td>1103 single choice</td><td>SELECT ITEM</td><td>DR as default item</td></tr>
 * <tr><td>1104 multiple choice</td><td>SELECT ITEM again and again: an item changes between chosen (marked by an asterisk)
 * and not, the last one, OK, ends it</td><td>DR as items chosen at first</td></tr>
 * </table>
 *
 * Other options are passed over, as the text demands.
 */
final class UserInteraction {
    static final short DISPLAY = 1100;
    static final short CONFIRM = 1101;
    static final short TEXT_INPUT = 1102;
    static final short SINGLE_CHOICE = 1103;
    static final short MULTIPLE_CHOICE = 1104;

    // indexes into state
    private static final byte CHOSEN = 0; // one bit for each choice
    private static final byte ANSWER = 1;
    private static final byte STATE_SIZE = 2;

    private static final byte MAX_CHOICES = 15; // bits
    private static final short MAX_COMMAND = 252; // with its tag and length 255: a FETCH of 256 is announced as 91 00

    // command qualifiers, TS 102 223 clause 8.6
    private static final byte CLEAR_AFTER_DELAY = 0x00;
    private static final byte YES_OR_NO = 0x04;
    private static final byte ALPHABET = 0x01; // else digits
    private static final byte UCS2 = 0x02;
    private static final byte HIDDEN = 0x04;

    // data coding schemes of a text string, clause 8.15
    private static final byte DCS_DEFAULT = 0x04; // default alphabet, a character in each byte
    private static final byte DCS_UCS2 = 0x08;
    private static final byte ALPHA_UCS2 = (byte) 0x80; // first byte of an alpha identifier, TS 102 221 annex A

    private static final byte YES = 0x01;

    private static final byte SECONDS = 0x01; // unit of a duration, clause 8.8
    private static final byte MINUTES = 0x00;

    private static final byte NO_LIMIT = (byte) 0xFF; // of the response length, clause 8.11

    private static final byte[] MINDT = {'M', 'I', 'N', 'D', 'T', '='};
    private static final byte[] MAXDT = {'M', 'A', 'X', 'D', 'T', '='};
    private static final byte[] DR = {'D', 'R', '='};
    private static final byte[] MAXLEN = {'M', 'A', 'X', 'L', 'E', 'N', '='};
    private static final byte[] IT = {'I', 'T', '='};
    private static final byte[] ET = {'E', 'T', '='};
    private static final byte[] OK = {'O', 'K'};
    private static final byte[] MARK = {'*', ' '};

    final AlertItems items;
    private final StatusQueue queue;
    private final short[] state;
    private final byte[] pair;

    /** @param text room for the texts of an alert, at most 255 bytes */
    UserInteraction(byte[] text, StatusQueue queue) {
        items = new AlertItems(text);
        this.queue = queue;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
        pair = JCSystem.makeTransientByteArray((short) 2, JCSystem.CLEAR_ON_RESET);
    }

    static boolean is(short alert) {
        return alert >= DISPLAY && alert <= MULTIPLE_CHOICE;
    }

    /** Reference in the queue to what the user has typed or chosen in the alert that was run last; NO_REFERENCE for none. */
    short answer() {
        return state[ANSWER];
    }

    /** Carries the alert out and returns its status. */
    short run(short alert) {
        state[ANSWER] = StatusQueue.NO_REFERENCE;
        boolean choice = alert >= SINGLE_CHOICE;
        if (items.count() < (short) (choice ? 3 : 2)) {
            return Status.INCOMPLETE_COMMAND;
        }
        if (!items.areComplete() || (choice && items.count() > (short) (MAX_CHOICES + 2))) {
            return isSupported(alert) ? Status.RANGE_NOT_SATISFIABLE : Status.NOT_SUPPORTED;
        }
        if (!isSupported(alert)) {
            return Status.NOT_SUPPORTED;
        }
        try {
            return carryOut(alert);
        } catch (ToolkitException e) {
            return e.getReason() == ToolkitException.HANDLER_OVERFLOW
                    ? Status.RANGE_NOT_SATISFIABLE
                    : Status.COMMAND_FAILED;
        }
    }

    private static boolean isSupported(short alert) {
        try {
            return TerminalProfile.check(profileBit(alert));
        } catch (ToolkitException e) {
            return false; // no terminal profile
        }
    }

    private static short profileBit(short alert) {
        switch (alert) {
            case DISPLAY:
                return TerminalProfile.IDX_PROACTIVE_UICC_DISPLAY_TEXT;
            case CONFIRM:
                return TerminalProfile.IDX_PROACTIVE_UICC_GET_INKEY;
            case TEXT_INPUT:
                return TerminalProfile.IDX_PROACTIVE_UICC_GET_INPUT;
            default:
                return TerminalProfile.IDX_PROACTIVE_UICC_SELECT_ITEM;
        }
    }

    private short carryOut(short alert) {
        switch (alert) {
            case DISPLAY:
                return display();
            case CONFIRM:
                return confirm();
            case TEXT_INPUT:
                return input();
            case SINGLE_CHOICE:
                return choose();
            default:
                return chooseSeveral();
        }
    }

    private short display() {
        ProactiveHandler handler = command(ToolkitConstants.PRO_CMD_DISPLAY_TEXT, CLEAR_AFTER_DELAY, false);
        items.item((short) 1);
        appendText(handler, ToolkitConstants.TAG_TEXT_STRING);
        appendDuration(handler, MINDT, TerminalProfile.IDX_PROACTIVE_UICC_DISPLAY_TEXT_VARIABLE_TIMEOUT);
        return send(handler);
    }

    private short confirm() {
        ProactiveHandler handler = command(ToolkitConstants.PRO_CMD_GET_INKEY, YES_OR_NO, true);
        items.item((short) 1);
        appendText(handler, ToolkitConstants.TAG_TEXT_STRING);
        appendDuration(handler, MAXDT, TerminalProfile.IDX_PROACTIVE_UICC_GET_INKEY_VARIABLE_TIMEOUT);
        short status = send(handler);
        if (status != Status.OK) {
            return status;
        }
        ProactiveResponseHandler response = ProactiveResponseHandlerSystem.getTheHandler();
        if (response.findTLV(ToolkitConstants.TAG_TEXT_STRING, (byte) 1) == ToolkitConstants.TLV_NOT_FOUND
                || response.getValueLength() != 2) {
            return Status.COMMAND_FAILED;
        }
        return response.getValueByte((short) 1) == YES ? Status.OK : Status.NOT_MODIFIED;
    }

    private short input() {
        byte kind = items.letter(IT, (byte) 'A');
        byte qualifier = kind == 'D' || kind == 'T' || kind == 'P' ? (byte) 0 : ALPHABET;
        if (kind == 'A' && TerminalProfile.check(TerminalProfile.IDX_UCS2_ENTRY)) {
            qualifier |= UCS2;
        }
        if (items.letter(ET, (byte) 'T') == 'P') {
            qualifier |= HIDDEN;
        }
        byte min = 0;
        byte max = maxLength();
        if (kind == 'D') { // DDMMYYYY
            min = 8;
            max = 8;
        } else if (kind == 'T') { // hhmmss
            min = 6;
            max = 6;
        }
        ProactiveHandler handler = command(ToolkitConstants.PRO_CMD_GET_INPUT, qualifier, true);
        items.item((short) 1);
        appendText(handler, ToolkitConstants.TAG_TEXT_STRING);
        handler.appendTLV((byte) (ToolkitConstants.TAG_RESPONSE_LENGTH | ToolkitConstants.TAG_SET_CR), min, max);
        if (items.option(DR)) {
            items.decodeOption();
            appendText(handler, ToolkitConstants.TAG_DEFAULT_TEXT);
        }
        short status = send(handler);
        return status == Status.OK ? keepInput() : status;
    }

    /** MAXLEN as a maximum of the response length. */
    private byte maxLength() {
        short max = items.option(MAXLEN) ? items.number() : (short) -1;
        return max <= 0 || max > (short) 254 ? NO_LIMIT : (byte) max;
    }

    private short keepInput() {
        ProactiveResponseHandler response = ProactiveResponseHandlerSystem.getTheHandler();
        queue.beginText();
        if (response.findTLV(ToolkitConstants.TAG_TEXT_STRING, (byte) 1) == ToolkitConstants.TLV_NOT_FOUND
                || response.getValueLength() == 0) {
            return Status.OK; // nothing was typed
        }
        byte scheme = response.getValueByte((short) 0);
        short length = (short) (response.getValueLength() - 1);
        if (length > (short) items.text.length) {
            return Status.RANGE_NOT_SATISFIABLE;
        }
        response.copyValue((short) 1, items.text, (short) 0, length);
        if (scheme == DCS_UCS2) {
            Characters.writeUcs2(items.text, (short) 0, length, queue);
        } else if (scheme == DCS_DEFAULT) {
            Characters.writeDefault(items.text, (short) 0, length, queue);
        } else {
            return Status.COMMAND_FAILED;
        }
        return endAnswer();
    }

    private short choose() {
        ProactiveHandler handler = command(ToolkitConstants.PRO_CMD_SELECT_ITEM, (byte) 0, true);
        items.item((short) 1);
        appendAlpha(handler);
        short choices = (short) (items.count() - 2);
        for (short n = 1; n <= choices; n++) {
            items.item((short) (n + 1));
            appendItem(handler, n, false);
        }
        if (items.option(DR)) {
            short chosen = items.number();
            if (chosen >= 1 && chosen <= choices) {
                handler.appendTLV(ToolkitConstants.TAG_ITEM_IDENTIFIER, (byte) chosen);
            }
        }
        short status = send(handler);
        if (status != Status.OK) {
            return status;
        }
        short chosen = chosenItem();
        if (chosen < 1 || chosen > choices) {
            return Status.COMMAND_FAILED;
        }
        queue.beginText();
        queue.write((byte) chosen);
        return endAnswer();
    }

    private short endAnswer() {
        state[ANSWER] = queue.endText();
        return state[ANSWER] == StatusQueue.NO_REFERENCE ? Status.RANGE_NOT_SATISFIABLE : Status.OK;
    }

    private static short chosenItem() {
        return (short) (ProactiveResponseHandlerSystem.getTheHandler().getItemIdentifier() & 0xFF);
    }

    private short chooseSeveral() {
        short choices = (short) (items.count() - 2);
        state[CHOSEN] = 0;
        if (items.option(DR)) {
            chooseDefaults(choices);
        }
        while (true) {
            ProactiveHandler handler = command(ToolkitConstants.PRO_CMD_SELECT_ITEM, (byte) 0, true);
            items.item((short) 1);
            appendAlpha(handler);
            for (short n = 1; n <= choices; n++) {
                items.item((short) (n + 1));
                appendItem(handler, n, isChosen(n));
            }
            short done = (short) (choices + 1);
            handler.appendTLV(
                    (byte) (ToolkitConstants.TAG_ITEM | ToolkitConstants.TAG_SET_CR),
                    (byte) done,
                    OK,
                    (short) 0,
                    (short) OK.length);
            short status = send(handler);
            if (status != Status.OK) {
                return status;
            }
            short chosen = chosenItem();
            if (chosen == done) {
                return keepChoices(choices);
            }
            if (chosen < 1 || chosen > choices) {
                return Status.COMMAND_FAILED;
            }
            state[CHOSEN] = (short) (state[CHOSEN] ^ (short) (1 << (short) (chosen - 1)));
        }
    }

    private boolean isChosen(short choice) {
        return (state[CHOSEN] & (short) (1 << (short) (choice - 1))) != 0;
    }

    private short keepChoices(short choices) {
        queue.beginText();
        for (short n = 1; n <= choices; n++) {
            if (isChosen(n)) {
                queue.write((byte) n);
            }
        }
        return endAnswer();
    }

    /** The numbers of DR, with minus signs between them. */
    private void chooseDefaults(short choices) {
        short number = 0;
        short at = items.offset();
        for (short end = (short) (at + items.length()); at <= end; at++) {
            if (at == end || items.text[at] == '-') {
                if (number >= 1 && number <= choices) {
                    state[CHOSEN] |= (short) (1 << (short) (number - 1));
                }
                number = 0;
            } else {
                number = (short) ((short) (number * 10) + (short) (items.text[at] - '0'));
            }
        }
    }

    // --- commands

    private static ProactiveHandler command(byte type, byte qualifier, boolean asks) {
        ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
        handler.init(type, qualifier, asks ? ToolkitConstants.DEV_ID_TERMINAL : ToolkitConstants.DEV_ID_DISPLAY);
        return handler;
    }

    /** Sends the command, if a FETCH can hold it, and returns the status for its result. */
    private static short send(ProactiveHandler handler) {
        return handler.getLength() > MAX_COMMAND ? Status.RANGE_NOT_SATISFIABLE : status(handler.send());
    }

    /** Status for a general result, TS 102 223 clause 8.12. */
    private static short status(byte result) {
        switch (result & 0xF0) {
            case 0x00:
                return Status.OK;
            case 0x10:
                return result == ToolkitConstants.RES_CMD_PERF_NO_RESP_FROM_USER
                        ? Status.REQUEST_TIMEOUT
                        : Status.OPERATION_CANCELLED;
            case 0x20:
                return Status.COMMAND_FAILED;
            default:
                return result == ToolkitConstants.RES_ERROR_CMD_TYP_NOT_UNDERSTOOD
                        ? Status.NOT_SUPPORTED
                        : Status.RANGE_NOT_SATISFIABLE;
        }
    }

    /** Appends the text at hand as a text string, in the default alphabet where that has its characters. */
    private void appendText(ProactiveHandler handler, byte tag) {
        short off = items.offset();
        short length = items.length();
        tag |= ToolkitConstants.TAG_SET_CR;
        if (Characters.arePlain(items.text, off, length)) {
            handler.appendTLV(tag, DCS_DEFAULT, items.text, off, length);
        } else {
            beginObject(handler, tag, (short) (1 + Characters.ucs2Length(items.text, off, length)));
            appendByte(handler, DCS_UCS2);
            Characters.appendUcs2(handler, items.text, off, length, pair);
        }
    }

    /** Appends the title as alpha identifier. */
    private void appendAlpha(ProactiveHandler handler) {
        short off = items.offset();
        short length = items.length();
        byte tag = (byte) (ToolkitConstants.TAG_ALPHA_IDENTIFIER | ToolkitConstants.TAG_SET_CR);
        if (Characters.arePlain(items.text, off, length)) {
            handler.appendTLV(tag, items.text, off, length);
        } else {
            beginObject(handler, tag, (short) (1 + Characters.ucs2Length(items.text, off, length)));
            appendByte(handler, ALPHA_UCS2);
            Characters.appendUcs2(handler, items.text, off, length, pair);
        }
    }

    private void appendItem(ProactiveHandler handler, short number, boolean marked) {
        short off = items.offset();
        short length = items.length();
        short mark = marked ? (short) MARK.length : (short) 0;
        byte tag = (byte) (ToolkitConstants.TAG_ITEM | ToolkitConstants.TAG_SET_CR);
        boolean plain = Characters.arePlain(items.text, off, length);
        short bytes = plain
                ? (short) (length + mark)
                : (short) (1 + (short) (2 * mark) + Characters.ucs2Length(items.text, off, length));
        beginObject(handler, tag, (short) (1 + bytes));
        appendByte(handler, (byte) number);
        if (plain) {
            handler.appendArray(MARK, (short) 0, mark);
            handler.appendArray(items.text, off, length);
        } else {
            appendByte(handler, ALPHA_UCS2);
            Characters.appendUcs2(handler, MARK, (short) 0, mark, pair);
            Characters.appendUcs2(handler, items.text, off, length, pair);
        }
    }

    private void beginObject(ProactiveHandler handler, byte tag, short length) {
        appendByte(handler, tag);
        if (length > (short) 255) {
            ToolkitException.throwIt(ToolkitException.HANDLER_OVERFLOW);
        }
        if (length > (short) 127) {
            appendByte(handler, (byte) 0x81);
        }
        appendByte(handler, (byte) length);
    }

    private void appendByte(ProactiveHandler handler, byte b) {
        pair[0] = b;
        handler.appendArray(pair, (short) 0, (short) 1);
    }

    /** Appends the seconds of the option as duration, where it is given and the ME takes it. */
    private void appendDuration(ProactiveHandler handler, byte[] name, short profileBit) {
        if (!items.option(name) || !TerminalProfile.check(profileBit)) {
            return;
        }
        short seconds = items.number();
        if (seconds > (short) 255) {
            short minutes = (short) ((short) (seconds + 59) / 60);
            handler.appendTLV(ToolkitConstants.TAG_DURATION, MINUTES, (byte) (minutes > 255 ? 255 : minutes));
        } else if (seconds > 0) {
            handler.appendTLV(ToolkitConstants.TAG_DURATION, SECONDS, (byte) seconds);
        }
    }
}
