// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.me.VirtualClock;
import org.bipline.test.SimulatedCard;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Complete DM sessions per second on all cores, those of {@link SessionBench}, in simulation: virtual clock, network and
 * store in memory, over plain TCP and over TLS. Each thread has a world of its own, with a card and a server.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
@Threads(Threads.MAX)
public class SimulationBench {
    private static final AtomicInteger WORLDS = new AtomicInteger();

    /** The world of one thread. */
    @State(Scope.Thread)
    public static class World {
        private static final String LEAF = "./MO/Counter/Value";

        /** Whether card and gateway speak TLS; each session but the first then resumes the one before. */
        @Param({"false", "true"})
        public boolean tls;

        private SimulatedCard card;
        private int count;

        @Setup(Level.Trial)
        public void setUp() throws Exception {
            card = SimulatedCard.builder(new VirtualClock(), WORLDS.incrementAndGet())
                    .secured(tls)
                    .build();
            session(JobSpec.commands(
                    ManagementCommand.addInterior("./MO/Counter", Optional.empty()),
                    ManagementCommand.add(LEAF, Format.CHR, "text/plain", NodeValue.text("0"))));
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            card.close();
        }

        private void session(JobSpec spec) throws Exception {
            Job job = card.submit(spec);
            card.session();
            Job after = card.job(job);
            if (after.state() != JobState.DONE) {
                throw new IllegalStateException(after.state() + " " + after.reason());
            }
        }
    }

    @Benchmark
    public void sessions(World world) throws Exception {
        world.session(JobSpec.commands(
                ManagementCommand.replace(
                        World.LEAF, Format.CHR, "text/plain", NodeValue.text(Integer.toString(++world.count))),
                ManagementCommand.get(World.LEAF)));
    }
}
