// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bipline.lab.scenario.ScenarioResult;
import org.bipline.lab.trace.Field;
import org.bipline.lab.trace.TraceEvent;

/**
 * What runs came across.
 *
 * @param title of what kind the entries are
 * @param entries names, each with how often it was there
 */
public record Coverage(String title, List<Field> entries) {
    public Coverage {
        entries = List.copyOf(entries);
    }

    /** Requirements with their scenarios that passed, and proactive commands, results and envelopes as often as they occurred. */
    public static List<Coverage> of(List<ScenarioResult> results) {
        Map<String, Integer> requirements = new TreeMap<>();
        Map<String, Integer> commands = new TreeMap<>();
        Map<String, Integer> answers = new TreeMap<>();
        Map<String, Integer> envelopes = new TreeMap<>();
        for (ScenarioResult result : results) {
            for (String requirement : result.scenario().requirements()) {
                requirements.merge(requirement, result.passed() ? 1 : 0, Integer::sum);
            }
            for (TraceEvent event : result.events()) {
                if (event instanceof TraceEvent.Proactive command) {
                    commands.merge(command.name(), 1, Integer::sum);
                } else if (event instanceof TraceEvent.TerminalResponse response) {
                    answers.merge(response.summary().split(",", 2)[0], 1, Integer::sum);
                } else if (event instanceof TraceEvent.Envelope envelope) {
                    envelopes.merge(envelope.name(), 1, Integer::sum);
                }
            }
        }
        List<Coverage> coverage = new ArrayList<>();
        add(coverage, "Requirements, with runs that passed", requirements);
        add(coverage, "Proactive commands", commands);
        add(coverage, "Results", answers);
        add(coverage, "Envelopes and events", envelopes);
        return coverage;
    }

    private static void add(List<Coverage> coverage, String title, Map<String, Integer> counts) {
        if (!counts.isEmpty()) {
            coverage.add(new Coverage(
                    title,
                    counts.entrySet().stream()
                            .map(entry ->
                                    new Field(entry.getKey(), entry.getValue().toString()))
                            .toList()));
        }
    }
}
