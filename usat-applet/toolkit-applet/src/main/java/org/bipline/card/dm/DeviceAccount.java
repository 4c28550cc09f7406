// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.MessageDigest;

/**
 * The account of the devices that the card serves in local sessions: the device is the other side, which authenticates itself as a
 * server does over the air. All devices have the same name and secrets, or each has its own ({@link DeviceCredentials}); they are
 * told apart by their DevId. Without secrets it authenticates nobody.
 */
final class DeviceAccount extends Account {
    /** Characters of the longest DevId, and of the longest session identifier. */
    private static final short MAX_DEV_ID = 64;

    private static final short MAX_SESSION_ID = 16;

    /** Characters of the texts. */
    static final short TEXTS = MAX_DEV_ID + MAX_SESSION_ID;

    /** Failures that lock the credentials: an authority unlocks them. */
    private static final byte MAX_FAILURES = 10;

    private static final byte FIRST_DELAY = 1; // minutes

    // indexes into lengths
    private static final byte DEV_ID = 0;
    private static final byte SESSION_ID = 1;
    private static final byte LENGTHS_SIZE = 2;

    private final byte[] deviceName = new byte[1 + MAX_NAME];
    private final byte[] cardName = new byte[1 + MAX_NAME];
    private final Credentials credentials;
    private final byte[] texts; // DevId, and behind its room the session identifier
    private final byte[] lengths;
    private final byte[] cardSecret; // overwritten when the card's name is known
    private final boolean hasCredentials;
    private final boolean hasOwn; // each device has secrets of its own
    private final byte[] hasCardName = new byte[1]; // not 0: it is known
    /** DevId, behind its length, of the device that gave the nonce for the card's credentials last. */
    private final byte[] nonceGiver = new byte[1 + MAX_DEV_ID];

    /**
     * Allocates the account, at installation.
     *
     * @param texts room for 80 characters that is not used otherwise during local sessions
     * @param name of all devices, null where each has its own
     * @param deviceSecret their secret, or that of which theirs are made; null where nobody authenticates himself
     * @param cardSecret by which the card authenticates itself, or of which those are made by which it does
     */
    DeviceAccount(Account other, byte[] texts, byte[] name, byte[] deviceSecret, byte[] cardSecret) {
        super(other);
        this.texts = texts;
        this.cardSecret = cardSecret;
        lengths = JCSystem.makeTransientByteArray(LENGTHS_SIZE, JCSystem.CLEAR_ON_RESET);
        setLimits(other.maxMsgSize(), other.maxObjSize());
        hasCredentials = deviceSecret != null;
        hasOwn = hasCredentials && name == null;
        credentials = hasOwn
                ? new DeviceCredentials(other.credentials(), this, deviceSecret, cardSecret)
                : new Credentials(other.credentials());
        credentials.setLocking(MAX_FAILURES, FIRST_DELAY);
        if (name != null) {
            short length = (short) name.length;
            put(deviceName, name, (short) 0, length);
            credentials.setPeer(name, (short) 0, length, deviceSecret, (short) 0, (short) deviceSecret.length);
        }
    }

    @Override
    byte[] serverName() {
        return deviceName;
    }

    @Override
    byte[] clientName() {
        return cardName;
    }

    @Override
    Credentials credentials() {
        return credentials;
    }

    /** Takes the card's name, {@code name[0 .. len)}, which is known only after the installation. */
    void setCardName(byte[] name, short len) {
        if (hasCredentials && hasCardName[0] == 0) {
            put(cardName, name, (short) 0, len);
            if (!hasOwn) {
                credentials.setOwn(name, (short) 0, len, cardSecret, (short) 0, (short) cardSecret.length);
            }
            hasCardName[0] = 1;
            Util.arrayFillNonAtomic(cardSecret, (short) 0, (short) cardSecret.length, (byte) 0);
        }
    }

    /** The name in a MAC's field; where each device has its own, that is its DevId, which the message tells and the MAC proves. */
    @Override
    boolean isServer(byte[] buf, short off, short len) {
        return hasOwn || super.isServer(buf, off, len);
    }

    /** Digests the DevId. */
    void updateDevId(MessageDigest digest) {
        digest.update(texts, (short) 0, lengths[DEV_ID]);
    }

    /** Records what has happened with the device. */
    void log(SecurityLog log, byte operation, short outcome) {
        log.record(operation, outcome, texts, (short) 0, lengths[DEV_ID], null, (short) 0, (short) 0);
    }

    /** Keeps the nonce that the device gave, beyond the session: it has authenticated itself. */
    void keepNonce() {
        credentials().keepOwnNonce();
        if (!hasNonceOfDevice()) {
            JCSystem.beginTransaction();
            nonceGiver[0] = lengths[DEV_ID];
            Util.arrayCopy(texts, (short) 0, nonceGiver, (short) 1, lengths[DEV_ID]);
            JCSystem.commitTransaction();
        }
    }

    /** Whether the device can know the nonce of the card's credentials: no other has given one since. */
    boolean hasNonceOfDevice() {
        return !hasCredentials
                || (nonceGiver[0] == lengths[DEV_ID]
                        && Util.arrayCompare(texts, (short) 0, nonceGiver, (short) 1, lengths[DEV_ID]) == 0);
    }

    /** Whether devices have to authenticate themselves. */
    boolean hasCredentials() {
        return hasCredentials;
    }

    /** A session begins: the next message says which, and with which device. */
    void startSession() {
        credentials().takeUpOwnNonce();
        lengths[DEV_ID] = 0;
        lengths[SESSION_ID] = 0;
    }

    @Override
    boolean isSession(byte[] text, short len) {
        if (lengths[SESSION_ID] != 0) {
            return len == lengths[SESSION_ID] && Util.arrayCompare(text, (short) 0, texts, MAX_DEV_ID, len) == 0;
        }
        if (len == 0 || len > MAX_SESSION_ID) {
            return false;
        }
        Util.arrayCopyNonAtomic(text, (short) 0, texts, MAX_DEV_ID, len);
        lengths[SESSION_ID] = (byte) len;
        return true;
    }

    @Override
    void writeSessionId(MessageSink sink) {
        sink.write(texts, MAX_DEV_ID, lengths[SESSION_ID]);
    }

    /** Takes the name of the device; false if it is none, or another than before. */
    boolean isDevice(byte[] text, short len) {
        if (lengths[DEV_ID] != 0) {
            return len == lengths[DEV_ID] && Util.arrayCompare(text, (short) 0, texts, (short) 0, len) == 0;
        }
        if (len == 0 || len > MAX_DEV_ID) {
            return false;
        }
        Util.arrayCopyNonAtomic(text, (short) 0, texts, (short) 0, len);
        lengths[DEV_ID] = (byte) len;
        return true;
    }

    /** Whether the ME has the name of the device, as {@link Binding#check}. */
    boolean check(Binding binding) {
        return binding.check(texts, (short) 0, lengths[DEV_ID]);
    }

    /** Characters of the device's name, with which the texts begin. */
    short deviceLength() {
        return lengths[DEV_ID];
    }

    /** The node of the device; NONE if the card does not know it. */
    short device(SyncRecords records) {
        return records.device(texts, (short) 0, lengths[DEV_ID]);
    }

    short addDevice(SyncRecords records) {
        return records.addDevice(texts, (short) 0, lengths[DEV_ID]);
    }

    @Override
    void writePeer(MessageSink sink) {
        sink.write(texts, (short) 0, lengths[DEV_ID]);
    }
}
