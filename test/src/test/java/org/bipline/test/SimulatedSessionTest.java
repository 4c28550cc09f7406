// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.lab.trace.TraceSink;
import org.bipline.me.VirtualClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole path, from the applet to the server's store, on a virtual clock: each step at its time, from the seed. */
final class SimulatedSessionTest {
    private static final int SEEDS = 30;
    private static final Duration IDLE_CONNECTION = Duration.ofMinutes(3); // the gateway waits for two
    private static final String LEAF = "./MO/Counter/Value";
    private static final JobSpec CREATE = JobSpec.commands(
            ManagementCommand.addInterior("./MO/Counter", Optional.empty()),
            ManagementCommand.add(LEAF, Format.CHR, "text/plain", NodeValue.text("none")));

    /** Keeps the events of a trace. */
    private static final class Events implements TraceSink {
        private final List<TraceEvent> events = new ArrayList<>();

        @Override
        public void accept(TraceEvent event) {
            events.add(event);
        }

        @Override
        public void close() {
            // they stay
        }

        Trace trace(VirtualClock clock) {
            Trace trace = new Trace(() -> clock.now().toInstant(), clock::nanos);
            trace.add(this);
            return trace;
        }

        /** Bytes over channels so far, in both directions. */
        int channelData() {
            return events.stream()
                    .filter(TraceEvent.Bytes.class::isInstance)
                    .mapToInt(event -> ((TraceEvent.Bytes) event).data().length())
                    .sum();
        }
    }

    private static List<TraceEvent> traceOfASession(long seed, boolean secured) throws Exception {
        Events events = new Events();
        VirtualClock clock = new VirtualClock();
        try (SimulatedCard card = SimulatedCard.builder(clock, seed)
                .secured(secured)
                .trace(events.trace(clock))
                .build()) {
            Job job = card.submit(CREATE);
            card.session();
            assertThat(card.outcome().succeeded()).isTrue();
            assertThat(card.job(job).state()).isEqualTo(JobState.DONE);
        }
        return events.events;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_same_seed_gives_the_same_trace_and_another_seed_another(boolean secured) throws Exception {
        List<TraceEvent> first = traceOfASession(1, secured);

        assertThat(first).hasSizeGreaterThan(100);
        assertThat(first.stream().anyMatch(TraceEvent.TlsHandshake.class::isInstance))
                .isEqualTo(secured);
        assertThat(traceOfASession(1, secured)).isEqualTo(first);
        assertThat(traceOfASession(2, secured)).isNotEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("INT-1")
    void after_the_link_is_lost_at_any_byte_the_card_is_tidy_and_the_next_session_converges(long seed)
            throws Exception {
        Events events = new Events();
        VirtualClock clock = new VirtualClock();
        NodeValue value = NodeValue.text(Long.toString(seed).repeat(200)); // for the link to break within it
        try (SimulatedCard card = SimulatedCard.builder(clock, seed)
                .secured(seed % 5 != 0)
                .trace(events.trace(clock))
                .build()) {
            card.submit(CREATE);
            card.session();
            assertThat(card.outcome().succeeded()).isTrue();
            Job job = card.submit(JobSpec.commands(
                    ManagementCommand.replace(LEAF, Format.CHR, "text/plain", value), ManagementCommand.get(LEAF)));
            int shortest = events.channelData(); // the session to be cut is longer than the one before
            card.simulation()
                    .network()
                    .loseCoverageAfter(1 + card.simulation().random().nextInt(shortest));

            card.session(); // which leaves no channel open, or it would not come back
            assertThat(card.outcome().succeeded()).isFalse();
            assertThat(card.job(job).state()).isNotEqualTo(JobState.DONE);

            card.simulation().network().regainCoverage();
            card.session();
            assertThat(card.outcome().succeeded()).isTrue();
            assertThat(card.job(job).state()).isEqualTo(JobState.DONE);
            assertThat(card.job(job).results())
                    .singleElement()
                    .satisfies(result -> assertThat(result.value()).contains(value));
            clock.advance(IDLE_CONNECTION); // nobody told the gateway that the link is lost
            assertThat(card.simulation().connections()).isZero();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }
}
