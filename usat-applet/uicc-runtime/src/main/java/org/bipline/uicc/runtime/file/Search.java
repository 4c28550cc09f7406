// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** The search for a pattern in the records of a file. ETSI TS 102 221 clause 11.1.7. */
final class Search {
    private static final int ENHANCED = 6;
    private static final int FROM_VALUE = 0x08;

    private final Cursor cursor;
    private final Ef ef;
    private final byte[] pattern;
    private final int offset;
    private final int length;

    /** A search in the file that is selected, which its owner may read. */
    Search(Cursor cursor, Ef ef, byte[] pattern, int offset, int length) {
        this.cursor = cursor;
        this.ef = ef;
        this.pattern = pattern;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Puts the numbers of the records that hold the pattern into {@code numbers} and makes the first of them the current record.
     *
     * @param mode 4 forward, 5 backward, 6 enhanced
     * @param number of the record to begin with, 0 for the current one
     * @param indication of the enhanced search, its two bytes: 04xx forward and 05xx backward from the record, 06xx and 07xx from
     *     the one behind and before it; plus 08xx: xx is not the offset to begin at, but the value to begin after
     * @return how many were found
     */
    int find(int mode, int number, int indication, byte[] numbers) {
        int start = mode == ENHANCED ? indication >> 8 & 0x07 : mode;
        if (mode < 4 || mode > ENHANCED || start < 4 || (mode == ENHANCED && (indication & 0xF000) != 0)) {
            throw FileFault.INVALID_MODE.thrown();
        }
        int count = ef.records();
        boolean forward = (start & 1) == 0;
        int step = forward ? 1 : -1;
        if (number > count || number < 0) {
            throw FileFault.RECORD_NOT_FOUND.thrown();
        }
        int at = number == 0 ? cursor.currentRecord() : number;
        if (at == 0) {
            at = forward ? 1 : count; // no current record: all are looked at
        } else if (start >= 6) {
            at += step;
        }
        int found = 0;
        for (; at >= 1 && at <= count; at += step) {
            if (holds(at, mode == ENHANCED ? indication : 0)) {
                if (found == 0) {
                    cursor.setCurrentRecord(at);
                }
                numbers[found++] = (byte) at;
            }
        }
        return found;
    }

    private boolean holds(int number, int indication) {
        int begin = (number - 1) * ef.recordLength();
        int end = begin + ef.recordLength();
        int at = begin + (indication & 0xFF);
        if ((indication >> 8 & FROM_VALUE) != 0) {
            at = begin;
            while (at < end && ef.byteAt(at) != (byte) indication) {
                at++;
            }
            at++;
        }
        for (; at + length <= end; at++) {
            int i = 0;
            while (i < length && ef.byteAt(at + i) == pattern[offset + i]) {
                i++;
            }
            if (i == length) {
                return true;
            }
        }
        return false;
    }
}
