// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Which trials are made: all with {@code -Dintegrity.all=true}, else a sample, another one for each {@code -Dintegrity.seed}. */
final class Trials {
    static final boolean ALL = Boolean.getBoolean("integrity.all");
    private static final long SEED = Long.getLong("integrity.seed", 0);

    private Trials() {}

    /** What is done in a trial; fails by an exception or an {@link AssertionError}. */
    interface Check<T> {
        void check(T trial) throws Exception;
    }

    /** A source of chance that follows from the seed and the name of the scenario. */
    static SplittableRandom random(String scenario) {
        return new SplittableRandom(SEED + scenario.hashCode());
    }

    /** All trials, or so many of them where not all are wanted. */
    static <T> List<T> sample(String scenario, List<T> all, int size) {
        List<T> sample = new ArrayList<>(all);
        SplittableRandom random = random(scenario);
        while (!ALL && sample.size() > size) {
            sample.remove(random.nextInt(sample.size()));
        }
        return sample;
    }

    /** Makes the trials, as many at a time as there are processors. */
    static <T> void run(List<T> trials, Check<T> check) {
        List<String> failures = trials.parallelStream()
                .flatMap(trial -> failure(trial, check).stream())
                .toList();
        assertThat(failures).as("of %d trials", trials.size()).isEmpty();
    }

    private static <T> Optional<String> failure(T trial, Check<T> check) {
        try {
            check.check(trial);
            return Optional.empty();
        } catch (Exception | AssertionError e) {
            return Optional.of(trial + ": " + e);
        }
    }
}
