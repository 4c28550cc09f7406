// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import org.bipline.cat.object.Coded;

/** Whether the card is to answer: bits 1 and 2 of the SPI's second byte. ETSI TS 102 225 clause 5.1.1. */
public enum ReceiptRequest implements Coded {
    NONE("no proof of receipt"),
    ALWAYS("proof of receipt"),
    ON_ERROR("proof of receipt for an error"),
    RESERVED("reserved");

    private static final ReceiptRequest[] BY_CODE = values();

    private final String text;

    ReceiptRequest(String text) {
        this.text = text;
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // the table has every code from 0 on
    public int code() {
        return ordinal();
    }

    @Override
    public String text() {
        return text;
    }

    static ReceiptRequest of(int code) {
        return BY_CODE[code];
    }
}
