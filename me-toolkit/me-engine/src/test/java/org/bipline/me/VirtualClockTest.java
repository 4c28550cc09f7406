// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualClockTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock();
    private final List<String> done = new ArrayList<>();

    @Test
    void runs_what_is_due_in_the_order_of_time_then_of_scheduling() {
        schedule(3, "third");
        schedule(1, "first");
        schedule(1, "first too");
        schedule(2, "second");
        clock.advance(SECOND.multipliedBy(2));

        assertThat(done).containsExactly("first at 1", "first too at 1", "second at 2");
        assertThat(clock.now()).isEqualTo(VirtualClock.EPOCH.plusSeconds(2));
        assertThat(clock.waiting()).isEqualTo(1);
    }

    @Test
    void what_a_task_schedules_runs_in_the_same_move_when_it_is_due() {
        clock.schedule(SECOND, () -> schedule(1, "next"));
        clock.advance(SECOND.multipliedBy(2));

        assertThat(done).containsExactly("next at 2");
    }

    @Test
    void a_cancelled_task_does_not_run() {
        MeClock.Alarm alarm = clock.schedule(SECOND, () -> done.add("never"));
        alarm.cancel();
        clock.advance(SECOND);

        assertThat(done).isEmpty();
        assertThat(clock.runNext()).isFalse();
    }

    @Test
    void goes_from_task_to_task() {
        schedule(5, "a");
        schedule(7, "b");

        while (clock.runNext()) {
            assertThat(done).isNotEmpty();
        }
        assertThat(done).containsExactly("a at 5", "b at 7");
        assertThat(clock.nanos()).isEqualTo(SECOND.multipliedBy(7).toNanos());
    }

    private void schedule(int seconds, String name) {
        clock.schedule(
                SECOND.multipliedBy(seconds),
                () -> done.add(name + " at " + Duration.ofNanos(clock.nanos()).toSeconds()));
    }
}
