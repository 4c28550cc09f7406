// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bipline.me.dm.SessionOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Card, device and the connection between them fail at any step of a local session, as {@link CutTest} has it for sessions over the
 * air. The object is then on either side what it was or what it was to become; afterwards both come to what they had come to
 * without a cut, the next session needs one exchange, and nothing is left open.
 */
@Tag("MO-5")
@Tag("INT-1")
@Tag("INT-2")
class LocalCutTest {
    private static final int SAMPLE = 2; // of each kind of cut in each scenario

    private static final Map<String, Reference> REFERENCES = new ConcurrentHashMap<>();

    @TempDir
    private static Path directory;

    /** Has a run fail at a step, which is half done or not done, as the kind of cut has it. */
    private interface Kind {
        void prepare(LocalRun run, long step, boolean half);
    }

    /** Where is cut, and whether a server looks at the card before the device is back. */
    private record Trial(long step, boolean half, boolean look) {}

    /** What a scenario comes to when nothing is cut. */
    private record Reference(
            TreeImage oldOnCard,
            TreeImage oldOnDevice,
            TreeImage onCard,
            TreeImage onDevice,
            Run.Steps steps,
            long copies,
            Optional<Integer> messages,
            String remains) {}

    static Stream<LocalScenario> scenarios() {
        return LocalScenario.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_power_is_cut_at_any_write(LocalScenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().writes(), LocalRun::cutPower);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_card_is_torn_out_at_any_apdu(LocalScenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().apdus(), LocalRun::tearOut);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_device_goes_off_at_any_apdu(LocalScenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().apdus(), LocalRun::deviceOff);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void the_connection_breaks_at_any_segment(LocalScenario scenario) throws Exception {
        each(scenario, reference(scenario).steps().segments(), LocalRun::breakConnection);
    }

    private static void each(LocalScenario scenario, long steps, Kind kind) throws Exception {
        List<Trial> trials = new ArrayList<>();
        for (long step = 1; step <= steps; step++) {
            for (boolean half : List.of(true, false)) {
                for (boolean look : List.of(true, false)) {
                    trials.add(new Trial(step, half, look));
                }
            }
        }
        Reference reference = reference(scenario);
        Trials.run(Trials.sample(scenario.name(), trials, SAMPLE), trial -> check(scenario, reference, kind, trial));
    }

    private static Reference reference(LocalScenario scenario) throws Exception {
        Reference known = REFERENCES.get(scenario.name());
        if (known == null) {
            known = undisturbed(scenario);
            REFERENCES.put(scenario.name(), known);
        }
        return known;
    }

    private static Reference undisturbed(LocalScenario scenario) throws Exception {
        TreeImage oldOnDevice;
        TreeImage oldOnCard;
        try (LocalRun run = new LocalRun(scenario, directory)) {
            oldOnDevice = run.onDevice();
            oldOnCard = run.onCard();
        }
        try (LocalRun run = new LocalRun(scenario, directory)) {
            run.agree();
            Run.Steps steps = run.steps();
            TreeImage onDevice = run.onDevice();
            long copies = copies(run, onDevice);
            TreeImage onCard = run.onCard();
            run.switchOn();
            Optional<Integer> messages = messages(run);
            assertThat(messages.orElse(1)).isEqualTo(1);
            return new Reference(oldOnCard, oldOnDevice, onCard, onDevice, steps, copies, messages, run.remains());
        }
    }

    /** Messages of the session for which the device was switched on; none where the card opens no port. */
    private static Optional<Integer> messages(LocalRun run) {
        Optional<SessionOutcome> outcome = run.outcome();
        outcome.ifPresent(each -> assertThat(each.state()).as(each.reason()).isEqualTo(SessionOutcome.State.COMPLETE));
        return outcome.map(SessionOutcome::messages);
    }

    /** How often the device was given what it has in the end. */
    private static long copies(LocalRun run, TreeImage end) {
        return run.kept().stream()
                .filter(image -> isSame(image, end))
                .map(TreeImage::versions)
                .distinct()
                .count();
    }

    private static boolean isSame(TreeImage one, TreeImage other) {
        return one.differences(other).isEmpty();
    }

    private static void check(LocalScenario scenario, Reference reference, Kind kind, Trial trial) throws Exception {
        try (LocalRun run = new LocalRun(scenario, directory)) {
            kind.prepare(run, trial.step(), trial.half());
            run.agree();
            assertThat(run.isCut()).as("whether it came to the cut").isTrue();
            if (trial.look()) {
                assertEither(run.onCard(), reference.oldOnCard(), reference.onCard());
            }
            if (trial.look() || !run.isOn()) {
                run.switchOn();
            }
            assertAgreement(run, reference);
            run.switchOn();
            assertThat(messages(run)).as("messages when all is settled").isEqualTo(reference.messages());
            assertAgreement(run, reference);
            run.switchOn();
            assertThat(run.remains()).isEqualTo(reference.remains());
        }
    }

    private static void assertAgreement(LocalRun run, Reference reference) throws Exception {
        assertThat(run.onDevice().differences(reference.onDevice()))
                .as("the device has")
                .isEmpty();
        assertKept(run, reference);
        TreeImage card = run.onCard();
        assertThat(card.differences(reference.onCard())).as("the card has").isEmpty();
        assertThat(card.versions()).isEqualTo(reference.onCard().versions());
    }

    /** The device had what it had before, then what it was to have, or had set it aside; and got that twice at most. */
    private static void assertKept(LocalRun run, Reference reference) throws IOException {
        boolean isNew = false;
        for (TreeImage image : run.kept()) {
            if (image.content().isEmpty()) {
                continue; // set aside, or deleted: that it stays so, the end tells
            }
            if (isSame(image, reference.onDevice())) {
                isNew = true;
            } else {
                assertThat(image.differences(reference.oldOnDevice()))
                        .as("the device has for a while")
                        .isEmpty();
                assertThat(isNew).as("whether it had the new before").isFalse();
            }
        }
        assertThat(copies(run, reference.onDevice())).isLessThanOrEqualTo(reference.copies() + 1);
    }

    private static void assertEither(TreeImage found, TreeImage before, TreeImage after) {
        if (!isSame(found, before)) {
            assertThat(found.differences(after)).as("the card has for a while").isEmpty();
        }
    }
}
