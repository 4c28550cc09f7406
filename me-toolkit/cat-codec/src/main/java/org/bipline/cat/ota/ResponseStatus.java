// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.cat.object.Coded;

/** Status codes of a response packet, and what a sender can do. ETSI TS 102 225 clause 5.2, table 5; the last 3GPP TS 31.115 clause 7. */
public enum ResponseStatus implements Coded {
    POR_OK(0x00, "proof of receipt OK", ""),
    CHECK_FAILED(
            0x01,
            "redundancy check, checksum or signature failed",
            "a key is not that of the card (KID, or KIc where the packet is ciphered), or the packet was altered"),
    COUNTER_LOW(
            0x02,
            "counter too low",
            "the keys are right; the card has seen this counter or a higher one: the packet came before, or continue with a higher counter"),
    COUNTER_HIGH(
            0x03, "counter too high", "the keys are right; the SPI wants the card's counter and one, and this is more"),
    COUNTER_BLOCKED(0x04, "counter blocked", "the keyset has reached its last counter: it takes no packet any more"),
    CIPHERING_ERROR(
            0x05, "ciphering error", "the ciphered part has no whole blocks, or its padding is longer than its data"),
    UNIDENTIFIED_SECURITY_ERROR(
            0x06,
            "unidentified security error",
            "the card has no keyset of this version, or one with another algorithm or length of the checksum"),
    INSUFFICIENT_MEMORY(0x07, "insufficient memory to process the message", "send less at once"),
    MORE_TIME(0x08, "more time needed to process the message", "the response comes later"),
    TAR_UNKNOWN(0x09, "TAR unknown", "no application with this TAR is on the card, or it takes no short messages"),
    INSUFFICIENT_SECURITY_LEVEL(
            0x0A,
            "insufficient security level",
            "the SPI is below the minimum security level of the application; the counter is only checked under a checksum"),
    RESPONSE_IN_SUBMIT(0x0B, "the response data follow in an SMS-SUBMIT", ""),
    RESPONSE_IN_USSD(0x0C, "the response data follow by USSD", "");

    private final int code;
    private final String text;
    private final String remedy;

    ResponseStatus(int code, String text, String remedy) {
        this.code = code;
        this.text = text;
        this.remedy = remedy;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String text() {
        return text;
    }

    /** Why it may be and what helps, in words; empty where nothing is wrong. */
    public String remedy() {
        return remedy;
    }

    public static Optional<ResponseStatus> of(int code) {
        return Stream.of(values()).filter(s -> s.code == code).findFirst();
    }
}
