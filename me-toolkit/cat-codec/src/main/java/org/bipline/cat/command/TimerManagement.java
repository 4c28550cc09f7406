// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.TIMER_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TIMER_VALUE;
import static org.bipline.cat.object.TypeOfCommand.TIMER_MANAGEMENT;

import java.util.Optional;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TimerIdentifier;
import org.bipline.cat.object.TimerValue;

/** TIMER MANAGEMENT. ETSI TS 102 223 clause 6.6.21. */
public record TimerManagement(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            TIMER_MANAGEMENT,
            "6.6.21",
            TimerManagement::new,
            required(TIMER_IDENTIFIER),
            conditional(TIMER_VALUE, TimerManagement::starts));

    public TimerManagement {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** Values of bits 1 and 2 of the qualifier. ETSI TS 102 223 clause 8.6. */
    public static final int START = 0;

    public static final int DEACTIVATE = 1;
    public static final int GET_CURRENT_VALUE = 2;

    private static boolean starts(Pdu pdu) {
        return (pdu.required(CommandDetails.class).commandQualifier() & 3) == START;
    }

    /** {@link #START}, {@link #DEACTIVATE}, {@link #GET_CURRENT_VALUE} or 3, which is reserved. */
    public int action() {
        return details().commandQualifier() & 3;
    }

    public TimerIdentifier timerIdentifier() {
        return pdu.required(TimerIdentifier.class);
    }

    public Optional<TimerValue> timerValue() {
        return pdu.first(TimerValue.class);
    }
}
