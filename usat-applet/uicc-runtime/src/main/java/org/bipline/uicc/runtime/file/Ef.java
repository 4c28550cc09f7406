// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bipline.uicc.runtime.vm.Transactions;

/** An elementary file. Its contents are those of the personalisation, shared among cards, until the first update. */
public final class Ef extends CardFile {
    /** Structure of an EF with its file descriptor byte (working EF, shareable), ETSI TS 102 221 clause 11.1.1.4.3. */
    public enum Structure {
        TRANSPARENT(0x41),
        LINEAR_FIXED(0x42),
        CYCLIC(0x46),
        BER_TLV(0x79);

        static final int SHAREABLE = 0x40;
        private final int descriptor;

        Structure(int descriptor) {
            this.descriptor = descriptor;
        }

        int descriptor() {
            return descriptor;
        }
    }

    /**
     * What does not change in the life of an EF.
     *
     * @param shortIdentifier 0: none
     * @param recordLength 0 where there are no records
     * @param shareable whether two may have it selected at the same time
     */
    record Description(
            int identifier,
            int shortIdentifier,
            Structure structure,
            int recordLength,
            boolean shareable,
            SecurityAttributes security) {}

    private final Description description;
    private byte[] contents;
    private boolean shared = true;

    /** Of a BER-TLV structure EF: its data objects by tag, and the most bytes that they may take. Replaced, never changed. */
    private Map<Integer, byte[]> objects = Collections.emptyMap();

    private int capacity;

    /** Who has selected a file that is not shareable. */
    private Cursor holder;

    /** For a BER-TLV structure EF {@code contents} is as long as its objects may become. */
    Ef(Df parent, Description description, byte[] contents) {
        super(parent, description.identifier(), description.security());
        this.description = description;
        boolean tlv = description.structure() == Structure.BER_TLV;
        this.contents = tlv ? new byte[0] : contents;
        this.capacity = contents.length;
    }

    int shortIdentifier() {
        return description.shortIdentifier();
    }

    public Structure structure() {
        return description.structure();
    }

    boolean hasRecords() {
        return description.recordLength() > 0;
    }

    boolean isShareable() {
        return description.shareable();
    }

    /** Of a BER-TLV structure EF what it may hold at most. */
    int size() {
        return structure() == Structure.BER_TLV ? capacity : contents.length;
    }

    public int recordLength() {
        return description.recordLength();
    }

    int records() {
        return contents.length / description.recordLength();
    }

    boolean isActivated() {
        return lifeCycle() != LifeCycle.DEACTIVATED;
    }

    /** Takes an EF that is not shareable; false where somebody else has it selected. */
    boolean take(Cursor cursor) {
        if (description.shareable()) {
            return true;
        }
        if (holder != null && holder != cursor) {
            holder.refresh(); // it may be a view that the card has cleared, and that nobody used since
            if (holder.ef() == this) {
                return false;
            }
        }
        holder = cursor;
        return true;
    }

    byte byteAt(int offset) {
        return contents[offset];
    }

    void read(int offset, byte[] destination, int destinationOffset, int length) {
        System.arraycopy(contents, offset, destination, destinationOffset, length);
    }

    byte[] record(int number) {
        int length = description.recordLength();
        return Arrays.copyOfRange(contents, (number - 1) * length, number * length);
    }

    void write(int offset, byte[] source, int sourceOffset, int length, Transactions transactions) {
        if (shared) {
            contents = contents.clone();
            shared = false;
        }
        byte[] before = transactions.isOpen() ? Arrays.copyOfRange(contents, offset, offset + length) : contents;
        transactions.log(length, () -> System.arraycopy(before, 0, contents, offset, length));
        System.arraycopy(source, sourceOffset, contents, offset, length);
    }

    /** Makes the oldest record of a cyclic file the newest, record 1, with new contents. */
    void rotate(byte[] source, int sourceOffset, Transactions transactions) {
        byte[] turned = new byte[contents.length];
        System.arraycopy(source, sourceOffset, turned, 0, recordLength());
        System.arraycopy(contents, 0, turned, recordLength(), contents.length - recordLength());
        write(0, turned, 0, turned.length, transactions);
    }

    /** Bytes that are added hold FF; {@code empty}: a BER-TLV structure EF loses its data objects. */
    void resize(int size, boolean empty, Transactions transactions) {
        byte[] before = contents;
        Map<Integer, byte[]> objectsBefore = objects;
        int capacityBefore = capacity;
        boolean sharedBefore = shared;
        transactions.log(() -> {
            contents = before;
            objects = objectsBefore;
            capacity = capacityBefore;
            shared = sharedBefore;
        });
        if (empty) {
            objects = Collections.emptyMap();
        }
        capacity = size;
        if (structure() != Structure.BER_TLV) {
            contents = Arrays.copyOf(contents, size);
            Arrays.fill(contents, Math.min(before.length, size), size, (byte) 0xFF);
            shared = false;
        }
    }

    /** The data objects of a BER-TLV structure EF, in the order in which they came. */
    Map<Integer, byte[]> objects() {
        return objects;
    }

    /** Puts a whole data object, tag and length included; null removes it. */
    void setObject(int tag, byte[] object, Transactions transactions) {
        Map<Integer, byte[]> next = new LinkedHashMap<>(objects);
        if (object == null) {
            next.remove(tag);
        } else {
            next.put(tag, object);
        }
        Map<Integer, byte[]> before = objects;
        transactions.log(() -> objects = before);
        objects = next;
    }

    /** Bytes that the data objects take. */
    int used() {
        return objects.values().stream().mapToInt(object -> object.length).sum();
    }

    /** The bytes of the file, without moving any record pointer. */
    public byte[] contents() {
        return contents.clone();
    }
}
