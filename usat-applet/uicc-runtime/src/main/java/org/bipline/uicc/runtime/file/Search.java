// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** The search for a pattern in the records of a file. ETSI TS 102 221 clause 11.1.7. */
final class Search {
    private Search() {}

    /**
     * Simple search: puts the numbers of the records that hold the pattern anywhere into {@code numbers} and makes the first
     * of them the current record.
     *
     * @param start number of the first record to look at; 0: the one behind (before) the current one
     * @return how many were found
     */
    static int simple(
            Cursor cursor, Ef ef, int start, boolean forward, byte[] pattern, int offset, int length, byte[] numbers) {
        int count = ef.records();
        int number = start;
        if (start == 0) {
            int current = cursor.currentRecord();
            number = forward ? current + 1 : current == 0 ? count : current - 1;
        } else if (start > count) {
            throw FileFault.RECORD_NOT_FOUND.thrown();
        }
        int found = 0;
        for (; number >= 1 && number <= count; number += forward ? 1 : -1) {
            if (holds(ef, number, pattern, offset, length)) {
                if (found == 0) {
                    cursor.setCurrentRecord(number);
                }
                numbers[found++] = (byte) number;
            }
        }
        return found;
    }

    private static boolean holds(Ef ef, int number, byte[] pattern, int offset, int length) {
        int start = (number - 1) * ef.recordLength();
        for (int at = start; at + length <= start + ef.recordLength(); at++) {
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
