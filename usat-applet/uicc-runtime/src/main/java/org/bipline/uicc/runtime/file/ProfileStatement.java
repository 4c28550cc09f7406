// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import org.bipline.uicc.runtime.ota.Keyset;

/** One line of the description of a card. Nothing of it is changed by the cards that are made from it. */
@SuppressWarnings("ArrayRecordComponent")
sealed interface ProfileStatement {
    int line();

    /** An access rule; the first one is record 1 of each EF ARR. */
    record Rule(int line, String name, byte[] encoded) implements ProfileStatement {}

    /** A PIN or key of a DF. */
    record Key(int line, String df, Pin.Description pin) implements ProfileStatement {}

    /** The subscriber who can be authenticated. */
    record Subscriber(int line, Aka.Subscriber subscriber) implements ProfileStatement {}

    /** Keys and counter for secured packets. */
    record OtaKeys(int line, Keyset.Description keyset) implements ProfileStatement {}

    /** A directory; {@code aid} is empty where it is no ADF. */
    record Directory(int line, String path, byte[] aid, String rule) implements ProfileStatement {}

    /**
     * An EF.
     *
     * @param size bytes of all records
     * @param rule name of a rule, or security attributes themselves: {@code ab:HEX} or {@code 8c:HEX}
     * @param variable what differs from card to card, {@code @iccid}; empty: the contents are those given
     */
    record File(
            int line,
            String path,
            Ef.Structure structure,
            int recordLength,
            int size,
            int shortIdentifier,
            String rule,
            String variable,
            byte[] contents,
            boolean shareable,
            LifeCycle lifeCycle)
            implements ProfileStatement {}
}
