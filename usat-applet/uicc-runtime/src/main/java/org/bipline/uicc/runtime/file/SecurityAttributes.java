// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** The security attributes of a file, as its FCP have them. ETSI TS 102 221 clause 11.1.1.4.7. */
sealed interface SecurityAttributes {
    /** No attributes: nobody has access. */
    SecurityAttributes NONE = new Expanded(new byte[0]);

    AccessCondition condition(Access access, CardFile file);

    void write(Response out);

    /**
     * By reference to a record of an EF ARR (tag 8B). The EF ARR is looked for in the DF that holds the file (a DF: in itself
     * first), then in the DFs above it.
     */
    record Referenced(int arr, int record) implements SecurityAttributes {
        @Override
        public AccessCondition condition(Access access, CardFile file) {
            for (Df df = file instanceof Df own ? own : file.parent(); df != null; df = df.parent()) {
                if (df.child(arr) instanceof Ef ef && ef.structure() == Ef.Structure.LINEAR_FIXED) {
                    return record < 1 || record > ef.records()
                            ? AccessCondition.NEVER
                            : AccessRules.expanded(ef.record(record), access, file instanceof Df);
                }
            }
            return AccessCondition.NEVER;
        }

        @Override
        public void write(Response out) {
            out.add(0x8B).add(3).add(arr >> 8).add(arr & 0xFF).add(record);
        }
    }

    /** Rules in the FCP themselves (tag AB). */
    @SuppressWarnings("ArrayRecordComponent") // shared with nobody, and compared by nobody
    record Expanded(byte[] rules) implements SecurityAttributes {
        @Override
        public AccessCondition condition(Access access, CardFile file) {
            return AccessRules.expanded(rules, access, file instanceof Df);
        }

        @Override
        public void write(Response out) {
            out.add(0xAB).add(rules.length).add(rules, 0, rules.length);
        }
    }

    /** An access mode byte and a security condition byte for each of its bits (tag 8C). */
    @SuppressWarnings("ArrayRecordComponent")
    record Compact(byte[] rules) implements SecurityAttributes {
        @Override
        public AccessCondition condition(Access access, CardFile file) {
            return AccessRules.compact(rules, access);
        }

        @Override
        public void write(Response out) {
            out.add(0x8C).add(rules.length).add(rules, 0, rules.length);
        }
    }
}
