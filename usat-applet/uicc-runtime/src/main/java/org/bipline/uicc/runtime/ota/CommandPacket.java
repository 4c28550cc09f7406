// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import java.util.Arrays;

/**
 * A command packet: command header and secured data. ETSI TS 102 225 clause 5.1; its place in a short message, cell broadcast
 * page or USSD string is said in 3GPP TS 31.115.
 */
public final class CommandPacket {
    /** CPL (2), CHL, SPI (2), KIc, KID, TAR (3), CNTR (5), PCNTR. */
    private static final int FIXED = 16;

    private static final int CIPHERED = 10; // from CNTR on
    private static final int HEADER_WITHOUT_CHECK = 13; // SPI to PCNTR: what CHL counts at least

    private final byte[] bytes;
    private final int from;
    private final int end;

    private CommandPacket(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.from = from;
        this.end = end;
    }

    /** The packet that begins at {@code from} with CPL; null where lengths and bytes do not agree. */
    public static CommandPacket parse(byte[] bytes, int from, int end) {
        if (end - from < FIXED) {
            return null;
        }
        int packetLength = ((bytes[from] & 0xFF) << 8) | (bytes[from + 1] & 0xFF);
        int headerLength = bytes[from + 2] & 0xFF;
        boolean fits = packetLength <= end - from - 2 // what follows in the last page of a broadcast is filling
                && headerLength >= HEADER_WITHOUT_CHECK
                && headerLength + 1 <= packetLength;
        return fits ? new CommandPacket(bytes, from, from + 2 + packetLength) : null;
    }

    /** Offset of what is behind the packet. */
    int end() {
        return end;
    }

    private int at(int offset) {
        return bytes[from + offset] & 0xFF;
    }

    /** First byte of the SPI: redundancy check, checksum or signature, ciphering, counter. */
    int spi1() {
        return at(3);
    }

    /** Second byte of the SPI: the proof of receipt that the sender wants. */
    int spi2() {
        return at(4);
    }

    /** Key set version and algorithm of the ciphering. */
    int kic() {
        return at(5);
    }

    /** Key set version and algorithm of the check. */
    int kid() {
        return at(6);
    }

    /** The 40 bits of the counter. */
    long counter() {
        long counter = 0;
        for (int i = CIPHERED; i < CIPHERED + 5; i++) {
            counter = counter << 8 | at(i);
        }
        return counter;
    }

    /** Whether the padding that it tells of has room in its data. */
    boolean hasRoomForPadding() {
        return at(15) <= end - dataOffset();
    }

    /** Redundancy check or cryptographic checksum. */
    byte[] check() {
        return Arrays.copyOfRange(bytes, from + FIXED, dataOffset());
    }

    /** What the check is made of: all of the packet but the check itself. */
    byte[] checked() {
        int data = end - dataOffset();
        byte[] checked = Arrays.copyOfRange(bytes, from, from + FIXED + data);
        System.arraycopy(bytes, dataOffset(), checked, FIXED, data);
        return checked;
    }

    /** The same packet in the same carrier, deciphered from CNTR on; null where its length is not one of whole blocks. */
    CommandPacket deciphered(SecurityKey key) {
        byte[] ciphered = Arrays.copyOfRange(bytes, from + CIPHERED, end);
        if (ciphered.length % key.blockSize() != 0) {
            return null;
        }
        byte[] clear = bytes.clone();
        System.arraycopy(key.decipher(ciphered), 0, clear, from + CIPHERED, ciphered.length);
        return new CommandPacket(clear, from, end);
    }

    /** TPDU, page or string that the packet stands in. */
    public byte[] carrier() {
        return bytes.clone();
    }

    /** Toolkit application reference: which application the packet is for. */
    public int tar() {
        return at(7) << 16 | at(8) << 8 | at(9);
    }

    /** TAR, CNTR and PCNTR as they stand, which a response packet gives back. */
    byte[] reference() {
        return Arrays.copyOfRange(bytes, from + 7, from + FIXED);
    }

    /** Where the secured data begin, or what is behind the packet where it has none. */
    public int dataOffset() {
        return from + 3 + at(2);
    }

    /** Length of the secured data, padding of the ciphering not counted. */
    public int dataLength() {
        int padding = at(15);
        return Math.max(0, end - padding - dataOffset());
    }

    /** Whether the sender wants a response packet for this outcome. */
    public boolean wantsResponse(ResponseStatus status) {
        return switch (spi2() & 0x03) {
            case 1 -> true;
            case 2 -> status != ResponseStatus.POR_OK;
            default -> false;
        };
    }

    /** Whether the response packet goes back in an SMS-SUBMIT, not in the SMS-DELIVER-REPORT. */
    public boolean wantsSubmit() {
        return (spi2() & 0x20) != 0;
    }
}
