// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/**
 * What the card has agreed on with each device, object by object: the tree ./Sync. Technical specification clause 4,
 * Synchronisation. Records are nodes of the store, so that they change in the same commit as the objects. They stand apart
 * from the policies, which a server may exchange as a whole.
 *
 * <pre>
 * ./Sync/1/DevId             name of the device
 * ./Sync/1/Anchor            of the last session: its number, VerNo of ./MO, VerNo of ./Policy
 * ./Sync/1/MO/wifi/State     state, VerNo of the object on the card, VerNo on the device; "-" for none
 * ./Sync/1/MO/wifi/URI       where the device has it
 * ./Sync/1/MO/wifi/Resolve   while there is a conflict: what the server decides
 * </pre>
 *
 * <p>There is one record at hand: {@link #read} takes it there, the setters change it, {@link #write} puts it into the tree.
 */
final class SyncRecords implements MessageSink {
    // states of a record, the first letters of their words
    static final byte AGREED = 'a'; // card and device have these versions
    static final byte ADOPTED = 'n'; // the same, and the device does not know yet that it is to connect to the server
    static final byte PENDING = 'p'; // the card was about to change the device's copy
    static final byte DECLINED = 'd'; // the user does not want this version
    static final byte CONFLICT = 'c'; // both have changed it, and the server will be asked
    static final byte REPORTED = 'r'; // and was

    // what the server has decided on a conflict
    static final byte CARD_WINS = 1;
    static final byte DEVICE_WINS = 2;

    /** Of the devices that are remembered; the one known longest makes way. */
    private static final byte MAX_DEVICES = 4;

    private static final byte[] ANCHOR = {'A', 'n', 'c', 'h', 'o', 'r'};
    private static final byte[] STATE = {'S', 't', 'a', 't', 'e'};
    private static final byte[] URI = {'U', 'R', 'I'};
    private static final byte[] RESOLVE = {'R', 'e', 's', 'o', 'l', 'v', 'e'};

    /** The words of the states, each behind its length. */
    private static final byte[] STATES = {
        6, 'a', 'g', 'r', 'e', 'e', 'd', 3, 'n', 'e', 'w', 7, 'p', 'e', 'n', 'd', 'i', 'n', 'g', 8, 'd', 'e', 'c', 'l',
        'i', 'n', 'e', 'd', 8, 'c', 'o', 'n', 'f', 'l', 'i', 'c', 't', 8, 'r', 'e', 'p', 'o', 'r', 't', 'e', 'd'
    };

    private static final byte[] RESOLUTIONS = {4, 'c', 'a', 'r', 'd', 6, 'd', 'e', 'v', 'i', 'c', 'e'};

    // indexes into fields: three of a leaf's value with blanks between
    private static final byte FIRST = 0; // a number, or the first letter of a word
    private static final byte CARD = 1; // VerNo
    private static final byte DEVICE = 2;
    private static final byte VALUES = 3;
    private static final byte KNOWN = 3; // one bit for each of them that is a number
    private static final byte AT = 4; // the field that is read
    private static final byte FIELDS_SIZE = 5;

    final Policy policy;
    private final MoStore store;
    private final short[] fields;

    SyncRecords(MoStore store) {
        this.store = store;
        policy = new Policy(store);
        fields = JCSystem.makeTransientShortArray(FIELDS_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    // --- devices

    /** The node of the device with this DevId; NONE if the card does not know it. */
    short device(byte[] buf, short off, short len) {
        short device = store.firstChild(ManagementTree.devices(store));
        while (device != MoStore.NONE && !store.hasValue(store.child(device, Text.DEV_ID), buf, off, len)) {
            device = store.nextSibling(device);
        }
        return device;
    }

    /** Makes the node of a device that the card does not know. */
    short addDevice(byte[] buf, short off, short len) {
        short devices = ManagementTree.devices(store);
        byte name = '1';
        short known = 0;
        for (short other = store.firstChild(devices); other != MoStore.NONE; other = store.nextSibling(other)) {
            known++;
        }
        if (known == MAX_DEVICES) {
            store.delete(store.firstChild(devices));
        }
        while (isTaken(devices, name)) {
            name++;
        }
        BlockHeap heap = store.heap();
        heap.begin();
        heap.write(name);
        short chain = heap.finish();
        store.draft(Format.NODE, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_DELETE));
        store.draftName(chain, (short) 1);
        short device = store.create();
        heap.begin();
        heap.append(buf, off, len);
        ManagementTree.text(store, device, Text.DEV_ID);
        heap.begin();
        ManagementTree.text(store, device, ANCHOR);
        ManagementTree.interior(store, device, ManagementTree.MO, MoStore.ACCESS_GET);
        store.attach(devices, device);
        return device;
    }

    private boolean isTaken(short devices, byte name) {
        short device = store.firstChild(devices);
        while (device != MoStore.NONE && store.nameByte(device) != name) {
            device = store.nextSibling(device);
        }
        return device != MoStore.NONE;
    }

    /** Tells whether the anchor that the device has is that of the last session with it. */
    boolean isAnchor(short device, byte[] buf, short off, short len) {
        return len != 0 && store.hasValue(store.child(device, ANCHOR), buf, off, len);
    }

    /**
     * Tells whether objects and policies are still those that they were at the end of the last session with the device, and no
     * conflict waits for what the server has decided, nor an object for the device to hear of its server.
     */
    boolean isCurrent(short device) {
        for (short record = firstRecord(device); record != MoStore.NONE; record = store.nextSibling(record)) {
            if (resolution(record) != 0 || read(record) == ADOPTED) {
                return false;
            }
        }
        readLeaf(store.child(device, ANCHOR));
        return fields[CARD] == store.verNo(ManagementTree.objects(store))
                && fields[DEVICE] == store.verNo(ManagementTree.policies(store));
    }

    /** Makes the anchor of the session that ends. */
    void renewAnchor(short device) {
        short anchor = store.child(device, ANCHOR);
        readLeaf(anchor);
        BlockHeap heap = store.heap();
        heap.begin();
        Text.writeUnsigned((short) (fields[FIRST] + 1), heap);
        heap.write((byte) ' ');
        Text.writeUnsigned(store.verNo(ManagementTree.objects(store)), heap);
        heap.write((byte) ' ');
        Text.writeUnsigned(store.verNo(ManagementTree.policies(store)), heap);
        short length = heap.length();
        short value = heap.finish();
        store.draftSuccessorOf(anchor);
        store.draftValue(value, length);
        store.replace(anchor, store.create());
    }

    void writeAnchor(short device, MessageSink to) {
        store.writeLeaf(store.child(device, ANCHOR), to);
    }

    // --- records in the tree

    /** The device's first record, whose siblings are the others; NONE if there is none. */
    short firstRecord(short device) {
        return store.firstChild(store.child(device, ManagementTree.MO));
    }

    /** The device's record of an object below ./MO; NONE if there is none. */
    short record(short device, short object) {
        return store.childNamedAs(store.child(device, ManagementTree.MO), object);
    }

    /** The object of a record; NONE if the card has it no longer. */
    short object(short record) {
        return store.childNamedAs(ManagementTree.objects(store), record);
    }

    /** The device's first record of an object with whose server it is to connect, and does not know; NONE if there is none. */
    short adopted(short device) {
        short record = firstRecord(device);
        while (record != MoStore.NONE && read(record) != ADOPTED) {
            record = store.nextSibling(record);
        }
        return record;
    }

    /** Whether the device does not want the object: so it has no copy anywhere. */
    boolean isDeclined(short record) {
        return store.valueByte(store.child(record, STATE), (short) 0) == DECLINED;
    }

    /** Whether the device's copy of an object is not where the policy wants it. */
    boolean isMisplaced(short record, short object) {
        return !policy.isTarget(object, store.child(record, URI));
    }

    /** The device's copy is gone from where it was: the next goes where the policy wants it. */
    void move(short device, short object) {
        store.delete(record(device, object));
        clear();
        write(device, object, PENDING);
    }

    /** Writes the URI of the device's copy. */
    void writeUri(short record, MessageSink to) {
        store.writeLeaf(store.child(record, URI), to);
    }

    /** Whether the device has an object in the version of now, or its user does not want that. */
    boolean hasVersion(short device, short object) {
        short record = record(device, object);
        if (record == MoStore.NONE) {
            return false;
        }
        read(record);
        return isCardVersion(store.verNo(object));
    }

    /** What the server has decided, CARD_WINS or DEVICE_WINS; 0 if nothing, or there is no conflict. */
    byte resolution(short record) {
        short leaf = store.child(record, RESOLVE);
        return leaf == MoStore.NONE ? (byte) 0 : store.word(leaf, RESOLUTIONS);
    }

    /**
     * The next record, of any device, with a conflict that the server has to be told of, and takes it to hand; NONE behind the
     * last.
     *
     * @param record where to go on from, NONE to begin
     */
    short unreported(short record) {
        short devices = ManagementTree.devices(store);
        short node = record == MoStore.NONE ? devices : record;
        do {
            node = store.following(node, devices, true);
        } while (node != MoStore.NONE && !(isRecord(node, devices) && read(node) == CONFLICT));
        return node;
    }

    private boolean isRecord(short node, short devices) {
        return (short) (store.depth(node) - store.depth(devices)) == 3;
    }

    /**
     * An object makes way for another of its name, or none, whose VerNo begins anew: no record is left to say that a device
     * has it as it is.
     */
    void forgetVersion(short object) {
        if (store.parent(object) != ManagementTree.objects(store)) {
            return;
        }
        short device = store.firstChild(ManagementTree.devices(store));
        for (; device != MoStore.NONE; device = store.nextSibling(device)) {
            short record = record(device, object);
            if (record != MoStore.NONE) {
                byte state = read(record);
                fields[KNOWN] &= (short) ~(1 << CARD);
                write(device, object, state);
            }
        }
    }

    // --- the record at hand

    /** Begins a record without versions. */
    void clear() {
        for (short i = 0; i < FIELDS_SIZE; i++) {
            fields[i] = 0;
        }
    }

    /** Takes a record to hand and returns its state. */
    byte read(short record) {
        readLeaf(store.child(record, STATE));
        return (byte) fields[FIRST];
    }

    private void readLeaf(short leaf) {
        clear();
        store.writeLeaf(leaf, this);
    }

    /** Takes the bytes of a leaf that is read. */
    @Override
    public void write(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            write(buf[off]);
        }
    }

    @Override
    public void write(byte b) {
        short at = fields[AT];
        if (b == ' ') {
            fields[AT]++;
        } else if (b >= '0' && b <= '9') {
            fields[at] = (short) ((short) (fields[at] * 10) + (short) (b - '0'));
            fields[KNOWN] |= (short) (1 << at);
        } else if (at == FIRST && fields[FIRST] == 0) {
            fields[FIRST] = b;
        }
    }

    /** Tells whether the record has this version of the card's object. */
    boolean isCardVersion(short verNo) {
        return isVersion(CARD, verNo);
    }

    /** Tells whether the record has this version of the device's copy. */
    boolean isDeviceVersion(short verNo) {
        return isVersion(DEVICE, verNo);
    }

    /** Tells whether the record has a version of the device's copy: the device had one. */
    boolean hasDeviceVersion() {
        return (fields[KNOWN] & 1 << DEVICE) != 0;
    }

    private boolean isVersion(byte field, short verNo) {
        return (fields[KNOWN] & (short) (1 << field)) != 0 && fields[field] == verNo;
    }

    void setCardVersion(short verNo) {
        fields[CARD] = verNo;
        fields[KNOWN] |= (short) (1 << CARD);
    }

    void setDeviceVersion(short verNo) {
        fields[DEVICE] = verNo;
        fields[KNOWN] |= (short) (1 << DEVICE);
    }

    /**
     * Puts the record at hand into the tree, in the place of the one that the device has for the object. It keeps the URI of
     * that; a new one, and one in the place of a declined one, has that of the policy.
     *
     * @param object of the name that counts
     * @return the record
     */
    short write(short device, short object, byte state) {
        BlockHeap heap = store.heap();
        short old = record(device, object);
        store.draft(Format.NODE, MoStore.ACCESS_GET);
        store.draftNameOf(object);
        if (old != MoStore.NONE) {
            store.draftPropertiesOf(old);
        }
        short record = store.create();
        if (store.aclLength(object) != 0) {
            store.shareAcl(record, object); // it is the business of the object's owner
        }
        heap.begin();
        writeState(state, heap);
        ManagementTree.text(store, record, STATE);
        heap.begin();
        if (old == MoStore.NONE || isDeclined(old)) {
            policy.writeTarget(object, heap);
        } else {
            writeUri(old, heap);
        }
        ManagementTree.text(store, record, URI);
        if (state == CONFLICT || state == REPORTED) {
            appendResolve(record, old, state);
        }
        if (old == MoStore.NONE) {
            store.attach(store.child(device, ManagementTree.MO), record);
        } else {
            store.replace(old, record);
        }
        return record;
    }

    private void writeState(byte state, MessageSink to) {
        byte number = 1;
        for (short at = 0; STATES[(short) (at + 1)] != state; at = (short) (at + 1 + STATES[at])) {
            number++;
        }
        Text.writeWord(STATES, number, to);
        for (byte field = CARD; field < VALUES; field++) {
            to.write((byte) ' ');
            if ((fields[KNOWN] & (short) (1 << field)) != 0) {
                Text.writeUnsigned(fields[field], to);
            } else {
                to.write((byte) '-');
            }
        }
    }

    /** The leaf for the server's decision, which stays when the conflict is only reported. */
    private void appendResolve(short record, short old, byte state) {
        BlockHeap heap = store.heap();
        heap.begin();
        short decided = old == MoStore.NONE || state == CONFLICT ? MoStore.NONE : store.child(old, RESOLVE);
        if (decided != MoStore.NONE) {
            store.writeLeaf(decided, heap);
        }
        ManagementTree.text(store, record, RESOLVE);
        store.change(store.child(record, RESOLVE), Format.CHR, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_REPLACE));
    }
}
