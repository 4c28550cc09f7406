// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

/**
 * Security parameter indicator: how a command packet is secured, and how the card is to answer. Reserved bits are kept. ETSI
 * TS 102 225 clause 5.1.1; bit 6 of the second byte 3GPP TS 31.115 clause 4.2.
 *
 * @param first the first byte
 * @param second the second byte
 */
public record Spi(int first, int second) {
    private static final int CODE = 0x03;
    private static final int CIPHERING = 0x04;
    private static final int COUNTER_SHIFT = 3;
    private static final int RESPONSE_CHECK_SHIFT = 2;
    private static final int RESPONSE_CIPHERING = 0x10;
    private static final int BY_SUBMIT = 0x20;

    public Spi {
        if (first < 0 || first > 0xFF || second < 0 || second > 0xFF) {
            throw new IllegalArgumentException("SPI %X %X".formatted(first, second));
        }
    }

    /** What asks for no response packet. */
    public static Spi of(Check check, boolean ciphered, CounterMode counter) {
        return new Spi(check.code() | (ciphered ? CIPHERING : 0) | counter.code() << COUNTER_SHIFT, 0);
    }

    /** The same, and asks for a response packet secured in this way. */
    public Spi withReceipt(ReceiptRequest request, Check check, boolean ciphered) {
        int code = request.code() | check.code() << RESPONSE_CHECK_SHIFT | (ciphered ? RESPONSE_CIPHERING : 0);
        return new Spi(first, code | (second & BY_SUBMIT));
    }

    /** The same, with the response packet in an SMS-SUBMIT and not in the SMS-DELIVER-REPORT. */
    public Spi receiptBySubmit() {
        return new Spi(first, second | BY_SUBMIT);
    }

    public Check check() {
        return Check.of(first & CODE);
    }

    public boolean isCiphered() {
        return (first & CIPHERING) != 0;
    }

    public CounterMode counterMode() {
        return CounterMode.of(first >> COUNTER_SHIFT & CODE);
    }

    public ReceiptRequest receipt() {
        return ReceiptRequest.of(second & CODE);
    }

    public Check receiptCheck() {
        return Check.of(second >> RESPONSE_CHECK_SHIFT & CODE);
    }

    public boolean isReceiptCiphered() {
        return (second & RESPONSE_CIPHERING) != 0;
    }

    public boolean isReceiptBySubmit() {
        return (second & BY_SUBMIT) != 0;
    }
}
