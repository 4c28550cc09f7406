// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;

/**
 * Which functions of a device servers may run: what a device asks in a local session, and the policies below ./Function that decide.
 * Technical specification clause 15, Functions. A value in a policy that is none of those there gives nothing away.
 *
 * <p>A request is four words: function, server, SHA-256 of the package in hexadecimal digits or a hyphen, nonce. What authorises it is
 * the card's MAC, as OMA DM Security has it for messages, over the first three words and the name of the device.
 */
final class Functions {
    private static final byte[] IDENTIFIER = {'I', 'd', 'e', 'n', 't', 'i', 'f', 'i', 'e', 'r'};
    private static final byte[] SERVER = {'S', 'e', 'r', 'v', 'e', 'r'};
    private static final byte[] PACKAGE = {'P', 'a', 'c', 'k', 'a', 'g', 'e'};
    private static final byte[] DEVICE = {'D', 'e', 'v', 'i', 'c', 'e'};
    private static final byte[] LEVEL = {'L', 'e', 'v', 'e', 'l'};
    private static final byte[] CONSENT = {'C', 'o', 'n', 's', 'e', 'n', 't'};
    private static final byte[] USES = {'U', 's', 'e', 's'};

    /** What a name of a device that is its IMEI begins with. */
    private static final byte[] IMEI = {'I', 'M', 'E', 'I', ':'};

    private static final byte[] FALSE = {5, 'f', 'a', 'l', 's', 'e'};
    private static final byte[] LEVEL_1 = {1, '1'};

    private static final byte WORDS = 4;
    private static final byte FUNCTION_WORD = 0;
    private static final byte SERVER_WORD = 1;
    private static final byte PACKAGE_WORD = 2;
    private static final byte NONCE_WORD = 3;

    /** Where the request stands in the room for texts, behind its length, unsigned. */
    private static final short LENGTH = DeviceAccount.TEXTS;

    private static final short REQUEST = LENGTH + 1;

    /** Characters of the longest request. */
    private static final short MAX_LENGTH = Target.MAX_URI - REQUEST;

    private final MoStore store;
    private final DeviceAccount account;
    private final byte[] texts;

    /** @param texts the room in which the account keeps its own */
    Functions(MoStore store, DeviceAccount account, byte[] texts) {
        this.store = store;
        this.account = account;
        this.texts = texts;
    }

    /** Whether there is anything that a device could be allowed. */
    static boolean hasPolicies(MoStore store) {
        return store.firstChild(ManagementTree.functions(store)) != MoStore.NONE;
    }

    // --- the request

    void clear() {
        texts[LENGTH] = 0;
    }

    /** Takes the next characters of the request; one that is too long has no words, and is refused. */
    void append(byte[] buf, short off, short len) {
        short length = length();
        if (len > (short) (MAX_LENGTH - length)) {
            texts[REQUEST] = ' ';
            texts[LENGTH] = 1;
        } else {
            Util.arrayCopyNonAtomic(buf, off, texts, (short) (REQUEST + length), len);
            texts[LENGTH] = (byte) (length + len);
        }
    }

    boolean isAsked() {
        return length() != 0;
    }

    private short length() {
        return (short) (texts[LENGTH] & 0xFF);
    }

    /** Where a word begins; for WORDS one behind the end. */
    private short begin(byte word) {
        short at = REQUEST;
        short end = (short) (REQUEST + length());
        for (; word > 0 && at < end; at++) {
            if (texts[at] == ' ') {
                word--;
            }
        }
        return at < end ? at : (short) (end + 1);
    }

    private short length(byte word) {
        return (short) (begin((byte) (word + 1)) - begin(word) - 1);
    }

    private boolean isWellFormed() {
        for (byte word = 0; word < WORDS; word++) {
            if (length(word) <= 0) {
                return false;
            }
        }
        return begin((byte) (NONCE_WORD + 1)) > (short) (REQUEST + length()); // no word behind it
    }

    // --- the decision

    /**
     * The first policy that allows what is asked; NONE where none does.
     *
     * @param level of the device's authentication
     */
    short policy(short level) {
        if (level == 0 || !isWellFormed()) {
            return MoStore.NONE;
        }
        short policy = store.firstChild(ManagementTree.functions(store));
        while (policy != MoStore.NONE && !(store.isInterior(policy) && allows(policy, level))) {
            policy = store.nextSibling(policy);
        }
        return policy;
    }

    private boolean allows(short policy, short level) {
        short needed = leaf(policy, LEVEL);
        short uses = leaf(policy, USES);
        short device = leaf(policy, DEVICE);
        return isFunction(leaf(policy, IDENTIFIER))
                && lists(leaf(policy, SERVER), begin(SERVER_WORD), length(SERVER_WORD))
                && (isWithoutPackage() || lists(leaf(policy, PACKAGE), begin(PACKAGE_WORD), length(PACKAGE_WORD)))
                && (device == MoStore.NONE || lists(device, (short) 0, account.deviceLength()))
                && (level > 1 || needed == MoStore.NONE || store.word(needed, LEVEL_1) != 0)
                && (uses == MoStore.NONE || store.unsigned(uses) != 0);
    }

    private boolean isWithoutPackage() {
        return length(PACKAGE_WORD) == 1 && texts[begin(PACKAGE_WORD)] == '-';
    }

    /** Whether a leaf is the function, or with a star as its last segment any operation of its object. */
    private boolean isFunction(short leaf) {
        if (leaf == MoStore.NONE) {
            return false;
        }
        short end = store.valueLength(leaf);
        short begin = begin(FUNCTION_WORD);
        short length = length(FUNCTION_WORD);
        if (end > 1
                && store.valueByte(leaf, (short) (end - 1)) == '*'
                && store.valueByte(leaf, (short) (end - 2)) == '/') {
            end--;
            return end < length && isPart(leaf, (short) 0, begin, end);
        }
        return end == length && isPart(leaf, (short) 0, begin, length);
    }

    /** Whether a list with commas between has the text, or is a star. */
    private boolean lists(short leaf, short text, short length) {
        short end = leaf == MoStore.NONE ? (short) 0 : store.valueLength(leaf);
        if (end == 1 && store.valueByte(leaf, (short) 0) == '*') {
            return true;
        }
        short begin = 0;
        for (short at = 0; at <= end; at++) {
            if (at == end || store.valueByte(leaf, at) == ',') {
                if ((short) (at - begin) == length && length > 0 && isPart(leaf, begin, text, length)) {
                    return true;
                }
                begin = (short) (at + 1);
            }
        }
        return false;
    }

    private boolean isPart(short leaf, short from, short text, short length) {
        for (short i = 0; i < length; i++) {
            if (store.valueByte(leaf, (short) (from + i)) != texts[(short) (text + i)]) {
                return false;
            }
        }
        return true;
    }

    private short leaf(short policy, byte[] name) {
        short leaf = store.child(policy, name);
        return leaf == MoStore.NONE || store.isInterior(leaf) ? MoStore.NONE : leaf;
    }

    boolean asksUser(short policy) {
        short leaf = leaf(policy, CONSENT);
        return leaf == MoStore.NONE || store.word(leaf, FALSE) == 0;
    }

    /** Uses the policy once, for good, before anybody is told. */
    void use(short policy) {
        short uses = leaf(policy, USES);
        if (uses != MoStore.NONE) {
            BlockHeap heap = store.heap();
            heap.begin();
            Text.writeUnsigned((short) (store.unsigned(uses) - 1), heap);
            short length = heap.length();
            short value = heap.finish();
            store.draftSuccessorOf(uses);
            store.draftValue(value, length);
            store.replace(uses, store.create());
            store.commit();
        }
        record(Status.OK);
    }

    /** Tells whether the device is the ME that it says it is, as far as the ME tells. */
    boolean isOf(Device device) {
        short digits = (short) IMEI.length;
        return account.deviceLength() < digits
                || Util.arrayCompare(texts, (short) 0, IMEI, (short) 0, digits) != 0
                || device.hasImei(texts, digits, (short) (account.deviceLength() - digits));
    }

    /** Notes in the security log what has become of the request. */
    void record(short status) {
        if (!isWellFormed()) {
            store.log()
                    .record(
                            SecurityLog.FUNCTION,
                            status,
                            texts,
                            (short) 0,
                            account.deviceLength(),
                            null,
                            (short) 0,
                            (short) 0);
            return;
        }
        store.log()
                .record(
                        SecurityLog.FUNCTION,
                        status,
                        texts,
                        begin(SERVER_WORD),
                        length(SERVER_WORD),
                        texts,
                        begin(FUNCTION_WORD),
                        length(FUNCTION_WORD));
    }

    // --- the answer

    void writeServer(MessageSink to) {
        to.write(texts, begin(SERVER_WORD), length(SERVER_WORD));
    }

    /** Writes what authorises the request. */
    void writeAuthorisation(MessageSink to) {
        account.credentials()
                .writeOwnMacOf(
                        texts,
                        REQUEST,
                        (short) (begin(NONCE_WORD) - REQUEST),
                        (short) 0,
                        account.deviceLength(),
                        begin(NONCE_WORD),
                        length(NONCE_WORD),
                        to);
    }
}
