// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Objects;
import org.bipline.dm.syncml.StatusCode;

/**
 * What must hold of an earlier step of a job for a step to be sent. Of a step that was not sent itself, nothing holds but what is
 * negated.
 */
public sealed interface Condition {
    /** The earlier step, from 0. */
    int step();

    /** The client answered the step with this status. */
    record StatusIs(int step, StatusCode code) implements Condition {
        public StatusIs {
            Objects.requireNonNull(code);
        }
    }

    /** The step brought this text: the value that a Get read, or what the user entered or chose. */
    record ValueIs(int step, String value) implements Condition {
        public ValueIs {
            Objects.requireNonNull(value);
        }

        /** Values may be secret. */
        @Override
        public String toString() {
            return "ValueIs[step=" + step + "]";
        }
    }

    /** The contrary. */
    record Not(Condition condition) implements Condition {
        public Not {
            if (condition instanceof Not) {
                throw new IllegalArgumentException("twice negated");
            }
        }

        @Override
        public int step() {
            return condition.step();
        }
    }

    static Condition statusIs(int step, int code) {
        return new StatusIs(step, new StatusCode(code));
    }

    static Condition statusIsNot(int step, int code) {
        return new Not(statusIs(step, code));
    }

    static Condition valueIs(int step, String value) {
        return new ValueIs(step, value);
    }

    static Condition valueIsNot(int step, String value) {
        return new Not(valueIs(step, value));
    }

    /** True if the condition is on the status of the step, whichever it is. */
    default boolean isOnStatus() {
        return switch (this) {
            case StatusIs status -> true;
            case ValueIs value -> false;
            case Not not -> not.condition().isOnStatus();
        };
    }
}
