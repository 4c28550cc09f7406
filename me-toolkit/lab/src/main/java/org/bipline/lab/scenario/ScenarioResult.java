// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.time.Duration;
import java.util.List;
import org.bipline.lab.trace.TraceEvent;

/**
 * A run that is over.
 *
 * @param seed what its chances followed from
 * @param took how long it took in real time
 * @param events everything that happened, in order
 */
public record ScenarioResult(Scenario scenario, long seed, Verdict verdict, Duration took, List<TraceEvent> events) {
    public ScenarioResult {
        events = List.copyOf(events);
    }

    public boolean passed() {
        return verdict instanceof Verdict.Pass;
    }
}
