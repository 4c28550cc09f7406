// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** What a run of a scenario says of what was tested. */
public sealed interface Verdict {
    /** Everything that the scenario checks is as it expects. */
    record Pass(int checks) implements Verdict {
        @Override
        public String toString() {
            return "pass, " + checks + (checks == 1 ? " check" : " checks");
        }
    }

    /**
     * Something is not as the scenario expects.
     *
     * @param line line of the step in the scenario's file
     * @param step the step in words
     * @param reason what is wrong
     * @param mismatches the fields behind the reason
     */
    record Fail(int line, String step, String reason, List<Mismatch> mismatches) implements Verdict {
        public Fail {
            mismatches = List.copyOf(mismatches);
        }

        @Override
        public String toString() {
            return "fail at line " + line + ", " + step + ": " + explained(reason, mismatches);
        }
    }

    /** A precondition was not met: nothing is said of what was to be tested. The parts are as those of {@link Fail}. */
    record Inconclusive(int line, String step, String reason, List<Mismatch> mismatches) implements Verdict {
        public Inconclusive {
            mismatches = List.copyOf(mismatches);
        }

        @Override
        public String toString() {
            return "inconclusive at line " + line + ", " + step + ": " + explained(reason, mismatches);
        }
    }

    private static String explained(String reason, List<Mismatch> mismatches) {
        String fields = mismatches.stream().map(Mismatch::toString).collect(Collectors.joining("; "));
        return reason.isEmpty() || fields.isEmpty() ? reason + fields : reason + ": " + fields;
    }
}
