// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.List;

/** Takes what the steps of a run find. The first step that does not go as it is to ends the run. */
interface Judge {
    /** The step has not gone as it is to, for this reason and these fields. */
    void end(Step step, String reason, List<Mismatch> mismatches);

    /** A check of the step has held. */
    void checked(Step step);

    /** Whether the run has its verdict. */
    boolean ended();

    /** One check on one field. */
    default void check(Step step, String field, String expected, String seen, boolean met) {
        if (met) {
            checked(step);
        } else {
            end(step, "", List.of(new Mismatch(field, expected, seen)));
        }
    }

    /** A check on several fields at once. */
    default void check(Step step, List<Mismatch> mismatches) {
        if (mismatches.isEmpty()) {
            checked(step);
        } else {
            end(step, "", mismatches);
        }
    }
}
