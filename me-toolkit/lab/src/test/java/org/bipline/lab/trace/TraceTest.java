// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TraceTest {
    private final AtomicLong nanos = new AtomicLong(7_000);
    private final Trace trace = new Trace(() -> Instant.EPOCH, nanos::get);
    private final List<TraceEvent> seen = new ArrayList<>();

    @Test
    void stamps_an_event_with_the_time_since_the_start_and_the_wall_clock() {
        trace.add(seen::add);
        nanos.addAndGet(1_500);

        note("one");

        assertThat(seen)
                .containsExactly(new TraceEvent.Note(
                        new At(1_500, Instant.EPOCH.plusNanos(1_500), "s", Party.ME, Party.CARD), "one"));
    }

    @Test
    void a_sink_that_fails_is_left_out_and_reported_at_the_end() {
        IOException full = new IOException("disk full");
        List<TraceEvent> failing = new ArrayList<>();
        trace.add(event -> {
            failing.add(event);
            throw full;
        });
        trace.add(seen::add);

        note("one");
        note("two");

        assertThat(failing).hasSize(1);
        assertThat(seen).hasSize(2);
        assertThatThrownBy(trace::close).isSameAs(full);
    }

    @Test
    void ignores_events_after_its_end() throws IOException {
        trace.add(seen::add);
        trace.close();

        note("late");

        assertThat(seen).isEmpty();
    }

    private void note(String text) {
        trace.emit("s", Party.ME, Party.CARD, at -> new TraceEvent.Note(at, text));
    }
}
