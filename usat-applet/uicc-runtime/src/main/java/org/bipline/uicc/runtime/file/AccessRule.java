// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.HexFormat;

/**
 * The access rules of the card, each a record of EF ARR and the condition it states: ETSI TS 102 221 (security attributes in
 * expanded format). An access that a rule does not name is never allowed.
 */
public enum AccessRule {
    READ_ALWAYS(1, Condition.ALWAYS, Condition.NEVER),
    READ_ALWAYS_UPDATE_PIN(2, Condition.ALWAYS, Condition.PIN),
    READ_ALWAYS_UPDATE_ADM(3, Condition.ALWAYS, Condition.ADM),
    READ_PIN_UPDATE_PIN(4, Condition.PIN, Condition.PIN),
    READ_PIN_UPDATE_PIN2(5, Condition.PIN, Condition.PIN2),
    READ_PIN_UPDATE_ADM(6, Condition.PIN, Condition.ADM),
    READ_ADM_UPDATE_ADM(7, Condition.ADM, Condition.ADM);

    /** What has to be fulfilled; the key reference is that of {@code VERIFY}, 0 where no key is asked. */
    public enum Condition {
        ALWAYS(0),
        PIN(0x01),
        PIN2(0x81),
        ADM(0x0A),
        NEVER(0);

        private final int keyReference;

        Condition(int keyReference) {
            this.keyReference = keyReference;
        }

        int keyReference() {
            return keyReference;
        }
    }

    private final int record;
    private final Condition read;
    private final Condition update;

    AccessRule(int record, Condition read, Condition update) {
        this.record = record;
        this.read = read;
        this.update = update;
    }

    Condition read() {
        return read;
    }

    /** Also of INCREASE. */
    Condition update() {
        return update;
    }

    /** Of ACTIVATE FILE and DEACTIVATE FILE. */
    Condition administer() {
        return update == Condition.NEVER ? Condition.NEVER : Condition.ADM;
    }

    /** Number of the record of EF ARR that states this rule. */
    int record() {
        return record;
    }

    /** The record's contents: access mode data objects (01 read, 02 update, 18 activate and deactivate) with their conditions. */
    byte[] encoded() {
        return HexFormat.of()
                .parseHex("800101" + encoded(read) + "800102" + encoded(update) + "800118" + encoded(administer()));
    }

    private static String encoded(Condition condition) {
        return switch (condition) {
            case ALWAYS -> "9000";
            case NEVER -> "9700";
            default -> "A4068301%02X950108".formatted(condition.keyReference);
        };
    }
}
