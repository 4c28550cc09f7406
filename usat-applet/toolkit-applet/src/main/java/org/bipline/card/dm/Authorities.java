// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import org.bipline.card.https.TlsCredentials;
import uicc.toolkit.ViewHandler;

/**
 * The registry of management authorities, and the account of that which is at work: a session is with one of them. The first is that
 * of the install parameters; the others are added there or by STORE DATA, until the personalisation is over: with its last block or,
 * at the latest, when the card is first put to use. From then on each is changed by itself only ({@link AccountTree}).
 *
 * <p>An authority is written to the free place behind the others, and is there when the number of them says so: a loss of power
 * leaves it whole or not there.
 */
final class Authorities extends Account {
    /** Authorities that have room. */
    static final byte MAX = 4;

    static final short SW_NO_ROOM = ISO7816.SW_FILE_FULL;
    /** There is an authority of that server identifier. ISO/IEC 7816-4, "file already exists". */
    static final short SW_EXISTS = 0x6A89;

    /** Nobody, in the place of the number of an authority. */
    static final byte NONE = -1;

    // indexes into state
    private static final byte COUNT = 0;
    private static final byte CLOSED = 1; // the personalisation is over
    private static final byte ACTIVE = 2;
    private static final byte NOTIFIED = 3; // number of the one whose notification waits for its session
    private static final byte NOTIFIED_DEFAULT = 4; // with the default nonce
    private static final byte STATE_SIZE = 5;

    private final Authority[] all = new Authority[MAX];
    private final byte[] state = new byte[STATE_SIZE];
    private Credentials devices;
    private final short[] notified = new short[1]; // session that is still to be held for a notification, 0 if none

    /** Allocates the registry, at installation. */
    Authorities() {
        Authority first = new Authority(new Credentials(), new TlsCredentials());
        all[0] = first;
        for (byte i = 1; i < MAX; i++) {
            all[i] = new Authority(new Credentials(first.credentials), new TlsCredentials(first.key));
        }
    }

    // --- the registry

    byte count() {
        return state[COUNT];
    }

    /** The authority of a number, 0 for the first. */
    Authority get(byte number) {
        return all[number];
    }

    /**
     * Adds an authority whose TLVs are {@code buf[off .. end)}. ISOException by field where they depart from the table
     * ({@link AuthorityParameters}), {@link #SW_EXISTS}, {@link #SW_NO_ROOM}; nothing has changed then.
     *
     * @param last whether the personalisation is over with it
     */
    void add(byte[] buf, short off, short end, boolean last) {
        AuthorityParameters.check(buf, off, end);
        AuthorityParameters.checkNodeName(buf, off, end);
        put(buf, off, end);
        JCSystem.beginTransaction();
        state[COUNT]++;
        state[CLOSED] = (byte) (last ? 1 : 0);
        JCSystem.commitTransaction();
    }

    /** Adds the first authority, whose TLVs were checked and stand among others. */
    void addFirst(byte[] buf, short off, short end) {
        put(buf, off, end);
        state[COUNT]++;
    }

    private void put(byte[] buf, short off, short end) {
        short id = Tlv.find(buf, off, end, AuthorityParameters.TAG_SERVER_ID);
        if (find(buf, Tlv.value(buf, id), Tlv.length(buf, id)) != NONE) {
            ISOException.throwIt(SW_EXISTS);
        }
        if (state[COUNT] == MAX) {
            ISOException.throwIt(SW_NO_ROOM);
        }
        AuthorityParameters.put(buf, off, end, all[state[COUNT]]);
    }

    /** Whether authorities may still be added. */
    boolean isOpen() {
        return state[CLOSED] == 0;
    }

    /** The personalisation is over. */
    void close() {
        if (state[CLOSED] == 0) {
            state[CLOSED] = 1;
        }
    }

    /**
     * Tells whether an authority has a privilege, a bit of {@link Rights}. Where none are listed the first has them all, as it is
     * that of the card's issuer, and the others none.
     */
    boolean hasPrivilege(byte number, byte privilege) {
        return Rights.hasPrivilege(all[number].rights, privilege, number == 0);
    }

    private byte find(byte[] buf, short off, short len) {
        byte number = (byte) (state[COUNT] - 1);
        while (number != NONE && !equal(all[number].serverId, buf, off, len)) {
            number--;
        }
        return number;
    }

    /** The number of the authority whose server a message names; NONE if the card knows none of that name. */
    byte find(ViewHandler message, short off, short len) {
        byte number = (byte) (state[COUNT] - 1);
        while (number != NONE && !isNamed(all[number].serverId, message, off, len)) {
            number--;
        }
        return number;
    }

    private static boolean isNamed(byte[] name, ViewHandler message, short off, short len) {
        return len == name[0] && message.compareValue(off, name, (short) 1, len) == 0;
    }

    /** The credentials of the devices in local sessions. */
    void setDevices(Credentials credentials) {
        devices = credentials;
    }

    /** The credentials of the devices in local sessions; null where there are none. */
    Credentials devices() {
        return devices;
    }

    // --- the one at work

    /** The authority of the session that runs, or of the last one. */
    Authority active() {
        return all[state[ACTIVE]];
    }

    byte activeNumber() {
        return state[ACTIVE];
    }

    /** The next session is with this one. */
    void select(byte number) {
        if (state[ACTIVE] != number) {
            state[ACTIVE] = number;
        }
    }

    @Override
    byte[] serverName() {
        return active().serverId;
    }

    @Override
    byte[] clientName() {
        return active().clientName;
    }

    @Override
    Credentials credentials() {
        return active().credentials;
    }

    /**
     * A session begins: takes the identifier that a notification asked for, or counts its own, and takes up the nonce that the
     * server gave last.
     */
    void startSession(boolean forNotification) {
        credentials().takeUpOwnNonce();
        if (forNotification) {
            setSession(notified[0]);
            if (state[NOTIFIED_DEFAULT] != 0) {
                credentials().takeUpDefaultNonce();
            }
        } else {
            short[] numbers = active().numbers;
            numbers[Authority.SESSION_ID]++;
            setSession(numbers[Authority.SESSION_ID]);
        }
    }

    // --- notifications

    /** Whether the session was asked for by the last notification already; repetitions ask for one session only. */
    boolean wasNotified(byte number, short sessionId) {
        return all[number].numbers[Authority.LAST_NOTIFIED] == sessionId;
    }

    /** A session is to be held with an authority because of a notification; within a transaction of the caller. */
    void setNotified(byte number, short sessionId, boolean defaultNonce) {
        all[number].numbers[Authority.LAST_NOTIFIED] = sessionId;
        notified[0] = sessionId;
        state[NOTIFIED] = number;
        state[NOTIFIED_DEFAULT] = (byte) (defaultNonce ? 1 : 0);
    }

    /** The session has been held, or is given up. */
    void clearNotified() {
        if (notified[0] != 0) {
            notified[0] = 0;
        }
    }

    boolean isNotified() {
        return notified[0] != 0;
    }

    /** The number of the authority whose notification waits for its session. */
    byte notifiedNumber() {
        return state[NOTIFIED];
    }
}
