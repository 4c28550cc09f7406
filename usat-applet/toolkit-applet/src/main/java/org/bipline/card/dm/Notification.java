// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import uicc.toolkit.EnvelopeHandlerSystem;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ViewHandler;
import uicc.usim.toolkit.USATEnvelopeHandler;
import uicc.usim.toolkit.USATEnvelopeHandlerSystem;

/**
 * Package 0, by which the server asks for a session: in a secured packet to the applet's TAR, or as WAP push in an unformatted
 * short message. OMA DM Notification 1.2; 3GPP TS 31.115; SMS-DELIVER of 3GPP TS 23.040. It is read where it stands, in the
 * envelope.
 *
 * <p>The secured data are package 0 alone: the headers of WSP only say for which application of the device a push is, and that
 * the TAR does.
 *
 * <p>A notification counts if its digest is right for the nonce that the server was given last, or for 00000000, with which a
 * server that has lost the nonce calls; its session then begins with credentials for that nonce. The server's own credentials
 * are never taken for it, as whoever has recorded a session with it could repeat that.
 */
final class Notification {
    // user interaction modes
    static final byte INFORMATIVE = 2;
    static final byte USER_INTERACTION = 3;

    // what was read; the values are the application data of a response packet, technical specification clause 1
    static final byte TAKEN = 0x00;
    static final byte REFUSED = 0x01; // no known server made it
    static final byte REPEATED = 0x02; // it names the session that the last one asked for
    static final byte NO_NOTIFICATION = (byte) 0xFF;

    private static final byte TAG_SMS_TPDU = 0x0B;

    private static final byte HAS_HEADER = 0x40; // TP-User-Data-Header-Indicator
    private static final short FIXED = 13; // first octet, address length and type, PID, DCS, time stamp of 7, length
    private static final byte PORTS_16_BIT = 0x05; // information element of two ports
    private static final short PUSH_PORT = 2948;

    private static final byte PUSH = 0x06; // PDU type of WSP
    private static final byte CONTENT_TYPE = (byte) 0xC4; // application/vnd.syncml.notification, 44 as short integer
    private static final byte APPLICATION_ID = (byte) 0xAF; // header X-Wap-Application-Id
    private static final byte DM_CLIENT = (byte) 0x87; // its value, 07 as short integer
    private static final byte MAX_VALUE_LENGTH = 30; // WSP: a value's first byte that is its length

    private static final short DIGEST = 16;
    private static final short TRIGGER_HEADER = 8; // up to the server identifier
    private static final short VERSION_1_1 = 11; // tenths, of ten bits

    // indexes into state
    private static final byte AT = 0; // reading position
    private static final byte END = 1;
    private static final byte SESSION_ID = 2;
    private static final byte UI_MODE = 3;
    private static final byte DEFAULT_NONCE = 4;
    private static final byte STATE_SIZE = 5;

    private static final byte AUTHORITY =
            0; // in the place of the position: number of the one that asks, once all is read

    private final Authorities authorities;
    private final short[] state;

    Notification(Authorities authorities) {
        this.authorities = authorities;
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** Session identifier that the notification asks for, not 0. */
    short sessionId() {
        return state[SESSION_ID];
    }

    /** Number of the authority that asks. */
    byte authority() {
        return (byte) state[AUTHORITY];
    }

    byte uiMode() {
        return (byte) state[UI_MODE];
    }

    /** The digest is one for the nonce 00000000. */
    boolean hasDefaultNonce() {
        return state[DEFAULT_NONCE] != 0;
    }

    /** Reads EVENT_UNFORMATTED_SMS_PP_ENV. */
    byte readPush() {
        ViewHandler envelope = EnvelopeHandlerSystem.getTheHandler();
        boolean found = envelope.findTLV(TAG_SMS_TPDU, (byte) 1) != ToolkitConstants.TLV_NOT_FOUND
                && findPush(envelope)
                && findNotification(envelope);
        return found ? judge(envelope) : NO_NOTIFICATION;
    }

    /** Reads EVENT_FORMATTED_SMS_PP_ENV, whose packet the framework has deciphered and checked. */
    byte readSecured() {
        USATEnvelopeHandler envelope = USATEnvelopeHandlerSystem.getTheHandler();
        envelope.findTLV(TAG_SMS_TPDU, (byte) 1); // which is there, as the event is
        state[AT] = envelope.getSecuredDataOffset();
        state[END] = (short) (state[AT] + envelope.getSecuredDataLength());
        return judge(envelope);
    }

    private byte judge(ViewHandler message) {
        if (!readTrigger(message)) {
            return REFUSED;
        }
        return authorities.wasNotified(authority(), state[SESSION_ID]) ? REPEATED : TAKEN;
    }

    private static short unsigned(ViewHandler message, short at) {
        return (short) (message.getValueByte(at) & 0xFF);
    }

    /** Moves to the first byte behind the user data header, if that names the port of WAP push. */
    private boolean findPush(ViewHandler message) {
        short length = message.getValueLength();
        if (length <= FIXED || (message.getValueByte((short) 0) & HAS_HEADER) == 0) {
            return false;
        }
        short data = (short) (FIXED + (short) ((short) (unsigned(message, (short) 1) + 1) >> 1));
        if (data >= length) {
            return false;
        }
        short end = (short) (data + unsigned(message, (short) (data - 1)));
        state[END] = end < length ? end : length;
        short element = (short) (data + 1);
        short header = (short) (element + unsigned(message, data));
        state[AT] = header;
        while ((short) (element + 1) < header && header < state[END]) {
            short value = (short) (element + 2);
            short size = unsigned(message, (short) (element + 1));
            if (message.getValueByte(element) == PORTS_16_BIT && size == 4) {
                return message.getValueShort(value) == PUSH_PORT;
            }
            element = (short) (value + size);
        }
        return false;
    }

    /** Moves behind the headers of WSP, if they name package 0 and the DM client. */
    private boolean findNotification(ViewHandler message) {
        short at = (short) (state[AT] + 1); // behind the transaction identifier
        if ((short) (state[END] - at) < 3 || message.getValueByte(at) != PUSH) {
            return false;
        }
        short headers = (short) (at + 2);
        short length = message.getValueByte((short) (at + 1));
        if (length < 0 || length >= (short) (state[END] - headers)) {
            return false;
        }
        short body = (short) (headers + length);
        short type = headers;
        byte first = message.getValueByte(headers);
        short next = (short) (headers + 1);
        if (first >= 1 && first <= MAX_VALUE_LENGTH) { // a type with parameters
            type = next;
            next = (short) (next + first);
        }
        if (type >= body || message.getValueByte(type) != CONTENT_TYPE) {
            return false;
        }
        while (next < (short) (body - 1)) {
            if (message.getValueByte(next) == APPLICATION_ID && message.getValueByte((short) (next + 1)) == DM_CLIENT) {
                state[AT] = body;
                return true;
            }
            next++;
        }
        return false;
    }

    private boolean readTrigger(ViewHandler message) {
        short digest = state[AT];
        short trigger = (short) (digest + DIGEST);
        short length = (short) (state[END] - trigger);
        if (length < TRIGGER_HEADER) { // what is shorter than a digest too
            return false;
        }
        short bits = message.getValueShort(trigger); // version, mode, initiator and the first of those to come
        short name = (short) (trigger + TRIGGER_HEADER);
        short nameLength = unsigned(message, (short) (name - 1));
        state[SESSION_ID] = message.getValueShort((short) (trigger + 5));
        state[UI_MODE] = (short) ((bits >> 4) & 0x03);
        if ((short) ((bits >> 6) & 0x03FF) != VERSION_1_1
                || state[SESSION_ID] == 0
                || nameLength > (short) (length - TRIGGER_HEADER)) {
            return false;
        }
        state[AUTHORITY] = authorities.find(message, name, nameLength);
        if (state[AUTHORITY] == Authorities.NONE) {
            return false;
        }
        Credentials credentials = authorities.get(authority()).credentials;
        credentials.digestTrigger(message, trigger, length);
        state[DEFAULT_NONCE] = 0;
        if (credentials.isNotification(message, digest, false)) {
            return true;
        }
        state[DEFAULT_NONCE] = 1;
        return credentials.isNotification(message, digest, true);
    }
}
