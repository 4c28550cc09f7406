// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Card, ME, network and server fail at any step of any scenario. What the card holds then is what it held, or what it was to hold;
 * afterwards the server's jobs come to their end, no change is lost and none is made twice that was acknowledged, both sides know
 * each other's nonces, and nothing is left open.
 *
 * <p>All steps are some 18,000 runs, a few minutes; {@code -Dintegrity.all=true} makes them. Otherwise a sample of each scenario
 * is taken, another one for each {@code -Dintegrity.seed}.
 */
@Tag("INT-1")
@Tag("INT-2")
class CutTest {
    private static final int SAMPLE = 12; // of each kind of cut in each scenario
    private static final int SERIES = Trials.ALL ? 200 : 5;
    private static final int LONGEST_SERIES = 5;

    private static final Map<String, Reference> REFERENCES = new ConcurrentHashMap<>();

    /** What is cut, and whether somebody looks at the card between. */
    private record Trial(List<Cut> cuts, boolean look) {}

    /** Makes a cut of a step and of whether the step is half done, or as the kind of cut has it. */
    private interface Kind {
        Cut at(long step, boolean half);
    }

    static Stream<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_power_is_cut_at_any_write(Scenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().writes(), Cut.Power::new);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_card_is_torn_out_at_any_apdu(Scenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().apdus(), Cut.CardOut::new);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_me_goes_off_at_any_apdu(Scenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().apdus(), Cut.MeOff::new);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_network_is_lost_at_any_segment(Scenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().segments(), Cut.NoCoverage::new);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_server_crashes_at_any_segment(Scenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().segments(), Cut.ServerDown::new);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void one_cut_follows_upon_another(Scenario scenario) throws Exception {
        Reference reference = reference(scenario);
        SplittableRandom random = Trials.random(scenario.name());
        List<Trial> trials = Stream.generate(() -> series(reference.steps(), random))
                .limit(SERIES)
                .toList();
        run(reference, trials, 0);
    }

    private static Trial series(Run.Steps steps, RandomGenerator random) {
        List<Cut> cuts = new ArrayList<>();
        int length = random.nextInt(2, LONGEST_SERIES + 1);
        while (cuts.size() < length) {
            boolean half = random.nextBoolean();
            cuts.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new Cut.CardOut(1 + random.nextLong(steps.apdus()), half);
                        case 1 -> new Cut.MeOff(1 + random.nextLong(steps.apdus()), half);
                        case 2 -> new Cut.NoCoverage(1 + random.nextLong(steps.segments()), half);
                        case 3 -> new Cut.ServerDown(1 + random.nextLong(steps.segments()), half);
                        default -> new Cut.Power(1 + random.nextLong(steps.writes()), half);
                    });
        }
        return new Trial(cuts, random.nextBoolean());
    }

    private static Reference reference(Scenario scenario) throws Exception {
        Reference known = REFERENCES.get(scenario.name());
        if (known == null) {
            known = Reference.of(scenario);
            REFERENCES.put(scenario.name(), known);
        }
        return known;
    }

    private static void each(Scenario scenario, long steps, Kind kind) throws Exception {
        List<Trial> trials = new ArrayList<>();
        for (long step = 1; step <= steps; step++) {
            for (boolean half : List.of(true, false)) {
                for (boolean look : List.of(true, false)) {
                    trials.add(new Trial(List.of(kind.at(step, half)), look));
                }
            }
        }
        run(reference(scenario), Trials.sample(scenario.name(), trials, SAMPLE), 1);
    }

    /** Makes the trials; each has to come to at least so many of its cuts. */
    private static void run(Reference reference, List<Trial> trials, int cuts) {
        Trials.run(trials, trial -> {
            if (reference.check(trial.cuts(), trial.look()) < cuts) {
                throw new AssertionError("was over before");
            }
        });
    }
}
