// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import org.bipline.uicc.runtime.vm.Transactions;

/** An elementary file. Its contents are those of the personalisation, shared among cards, until the first update. */
public final class Ef implements CardFile {
    /** Structure of an EF with its file descriptor byte (not shareable bit set), ETSI TS 102 221 clause 11.1.1.4.3. */
    public enum Structure {
        TRANSPARENT(0x41),
        LINEAR_FIXED(0x42),
        CYCLIC(0x46);

        private final int descriptor;

        Structure(int descriptor) {
            this.descriptor = descriptor;
        }

        int descriptor() {
            return descriptor;
        }
    }

    private final Df parent;
    private final int identifier;
    private final int shortIdentifier;
    private final Structure structure;
    private final int recordLength;
    private final AccessRule rule;
    private byte[] contents;
    private boolean shared = true;
    private boolean activated = true;

    /** {@code shortIdentifier} 0: none; {@code recordLength} 0 for a transparent file. */
    Ef(
            Df parent,
            int identifier,
            int shortIdentifier,
            Structure structure,
            int recordLength,
            AccessRule rule,
            byte[] contents) {
        this.parent = parent;
        this.identifier = identifier;
        this.shortIdentifier = shortIdentifier;
        this.structure = structure;
        this.recordLength = recordLength;
        this.rule = rule;
        this.contents = contents;
    }

    @Override
    public Df parent() {
        return parent;
    }

    @Override
    public int identifier() {
        return identifier;
    }

    int shortIdentifier() {
        return shortIdentifier;
    }

    Structure structure() {
        return structure;
    }

    AccessRule rule() {
        return rule;
    }

    int size() {
        return contents.length;
    }

    int recordLength() {
        return recordLength;
    }

    int records() {
        return contents.length / recordLength;
    }

    boolean isActivated() {
        return activated;
    }

    void setActivated(boolean activated, Transactions transactions) {
        boolean before = this.activated;
        transactions.log(() -> this.activated = before);
        this.activated = activated;
    }

    byte byteAt(int offset) {
        return contents[offset];
    }

    void read(int offset, byte[] destination, int destinationOffset, int length) {
        System.arraycopy(contents, offset, destination, destinationOffset, length);
    }

    void write(int offset, byte[] source, int sourceOffset, int length, Transactions transactions) {
        if (shared) {
            contents = contents.clone();
            shared = false;
        }
        if (transactions.isOpen()) {
            byte[] before = new byte[length];
            System.arraycopy(contents, offset, before, 0, length);
            transactions.log(() -> System.arraycopy(before, 0, contents, offset, length));
        }
        System.arraycopy(source, sourceOffset, contents, offset, length);
    }

    /** Makes the oldest record of a cyclic file the newest, record 1, with new contents. */
    void rotate(byte[] source, int sourceOffset, Transactions transactions) {
        byte[] turned = new byte[contents.length];
        System.arraycopy(source, sourceOffset, turned, 0, recordLength);
        System.arraycopy(contents, 0, turned, recordLength, contents.length - recordLength);
        write(0, turned, 0, turned.length, transactions);
    }

    /** The first bytes of the file, without moving any record pointer. */
    public byte[] contents() {
        return contents.clone();
    }
}
