// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import org.bipline.cat.object.Coded;

/** What a packet is checked by: bits 1 and 2 of the SPI's first byte, 3 and 4 of its second. ETSI TS 102 225 clause 5.1.1. */
public enum Check implements Coded {
    NONE("no check"),
    REDUNDANCY_CHECK("redundancy check"),
    CRYPTOGRAPHIC_CHECKSUM("cryptographic checksum"),
    DIGITAL_SIGNATURE("digital signature");

    private static final Check[] BY_CODE = values();

    private final String text;

    Check(String text) {
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

    static Check of(int code) {
        return BY_CODE[code];
    }
}
