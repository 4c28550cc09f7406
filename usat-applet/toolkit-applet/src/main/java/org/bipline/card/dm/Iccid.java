// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;
import uicc.access.FileView;
import uicc.access.UICCConstants;
import uicc.access.UICCException;

/** The card's identifier as a URN, from EF ICCID (ETSI TS 102 221 clause 13.2). */
class Iccid {
    private static final short FID_MF = 0x3F00;
    private static final short BYTES = 10;
    private static final byte[] PREFIX = {'I', 'C', 'C', 'I', 'D', ':'};

    /** {@code ICCID:} and the digits. */
    final byte[] text =
            new byte[(short) (PREFIX.length + (short) (2 * BYTES))]; // written once: RAM would be held for ever

    private final FileView files;

    Iccid(FileView files) {
        this.files = files;
    }

    /** Reads the file and returns the length of the text; 0 if the file cannot be read or has no digit. */
    short read() {
        short digits = Util.arrayCopyNonAtomic(PREFIX, (short) 0, text, (short) 0, (short) PREFIX.length);
        short bytes = (short) (digits + BYTES);
        if (!readFile(text, bytes)) {
            return 0;
        }
        // two digits a byte, the first in the low half, padded with F; they never overtake the bytes they come from
        for (; bytes < (short) text.length; bytes++) {
            byte pair = text[bytes];
            digits = append(digits, (byte) (pair & 0x0F));
            digits = append(digits, (byte) ((pair >> 4) & 0x0F));
        }
        return digits == (short) PREFIX.length ? (short) 0 : digits;
    }

    /** Reads the 10 bytes of the file; false if it cannot be read. */
    boolean readFile(byte[] to, short off) {
        try {
            files.select(FID_MF);
            files.select(UICCConstants.FID_EF_ICCID);
            files.readBinary((short) 0, to, off, BYTES);
            return true;
        } catch (UICCException e) {
            return false;
        }
    }

    private short append(short off, byte digit) {
        if (digit <= 9) {
            text[off++] = (byte) ('0' + digit);
        }
        return off;
    }
}
