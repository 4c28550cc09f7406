// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import org.bipline.cat.object.Coded;

/** What the card makes of the counter: bits 4 and 5 of the SPI's first byte. ETSI TS 102 225 clause 5.1.1. */
public enum CounterMode implements Coded {
    NONE("no counter"),
    NOT_CHECKED("counter that is not checked"),
    HIGHER("counter that has to be higher than the card's"),
    ONE_HIGHER("counter that has to be one higher than the card's");

    private static final CounterMode[] BY_CODE = values();

    private final String text;

    CounterMode(String text) {
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

    static CounterMode of(int code) {
        return BY_CODE[code];
    }
}
