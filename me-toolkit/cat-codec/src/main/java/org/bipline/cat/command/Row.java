// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import java.util.function.Predicate;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.Pdu;

/**
 * One row of a {@link Structure}: a data object that a kind of PDU may have.
 *
 * @param presence in which PDUs it belongs to the minimum set
 * @param required whether a PDU without the object lacks part of its minimum set
 * @param max how often the object may occur
 * @param secretFrom from which occurrence on, counted from 1, the object holds a secret, or 0
 * @param secret in which PDUs it does
 */
public record Row(
        DataObjectType type,
        Presence presence,
        Predicate<Pdu> required,
        int max,
        int secretFrom,
        Predicate<Pdu> secret) {
    /** In which PDUs an object belongs to the minimum set. */
    public enum Presence {
        MANDATORY,
        CONDITIONAL,
        OPTIONAL
    }

    static final int UNLIMITED = Integer.MAX_VALUE;

    /** An object of the minimum set. */
    public static Row required(DataObjectType type) {
        return new Row(type, Presence.MANDATORY, Row::always, 1, 0, Row::never);
    }

    /** An object that belongs to the minimum set of some PDUs only. */
    public static Row conditional(DataObjectType type, Predicate<Pdu> required) {
        return new Row(type, Presence.CONDITIONAL, required, 1, 0, Row::never);
    }

    public static Row optional(DataObjectType type) {
        return new Row(type, Presence.OPTIONAL, Row::never, 1, 0, Row::never);
    }

    /** The same row for an object that may occur several times. */
    public Row times(int count) {
        return new Row(type, presence, required, count, secretFrom, secret);
    }

    /** The same row for an object that may occur any number of times. */
    public Row repeated() {
        return times(UNLIMITED);
    }

    /** The same row for an object that holds a secret from this occurrence on: a password behind a login. */
    public Row secretFrom(int occurrence) {
        return new Row(type, presence, required, max, occurrence, Row::always);
    }

    /** The same row for an object that holds a secret in some PDUs: what the user enters unseen. */
    public Row secretIf(Predicate<Pdu> condition) {
        return new Row(type, presence, required, max, 1, condition);
    }

    private static boolean always(Pdu pdu) {
        return true;
    }

    private static boolean never(Pdu pdu) {
        return false;
    }
}
