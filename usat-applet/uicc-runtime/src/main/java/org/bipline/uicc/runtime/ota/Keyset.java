// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import org.bipline.uicc.runtime.vm.Transactions;

/** The keys of one key set version and their counter, which only rises. ETSI TS 102 225 clause 5.1.4, TS 102 226 clause 8. */
public final class Keyset {
    /** The value after which no packet is accepted that wants the counter checked. */
    static final long LAST = 0xFF_FFFF_FFFFL;

    private final Description description;
    private final Transactions transactions;
    private long counter;

    /** What a keyset is made from. Its text tells no key. */
    public static final class Description {
        private final int version;
        private final SecurityKey ciphering;
        private final SecurityKey checksum;
        private final int checksumLength;
        private final long counter;

        /**
         * The keys, and where their counter begins.
         *
         * @param version 1 to 15
         * @param checksumLength bytes of a checksum that AES makes, 4 or 8; that of triple DES has 8
         * @param counter the highest value that counts as used, 0 to 2^40 - 1
         */
        public Description(int version, SecurityKey ciphering, SecurityKey checksum, int checksumLength, long counter) {
            if (version < 1 || version > 15) {
                throw new IllegalArgumentException("a key set version is 1 to 15, not " + version);
            }
            if (checksumLength != 8 && !(checksumLength == 4 && checksum.isAes())) {
                throw new IllegalArgumentException("a checksum has 8 bytes, or 4 that AES makes");
            }
            this.version = version;
            this.ciphering = ciphering;
            this.checksum = checksum;
            this.checksumLength = checksumLength;
            this.counter = counter;
        }

        public int version() {
            return version;
        }
    }

    public Keyset(Description description, Transactions transactions) {
        this.description = description;
        this.transactions = transactions;
        this.counter = description.counter;
    }

    public int version() {
        return description.version;
    }

    SecurityKey ciphering() {
        return description.ciphering;
    }

    SecurityKey checksum() {
        return description.checksum;
    }

    int checksumLength() {
        return description.checksumLength;
    }

    /** The highest value that was used. */
    public long counter() {
        return counter;
    }

    /** Writes the counter of a packet that is accepted: before its application sees it, so that no cut of power lets it come twice. */
    void use(long value) {
        transactions.writing();
        counter = value;
    }
}
