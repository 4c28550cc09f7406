// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.test.Fleet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Complete DM sessions per second in one JVM on all cores: menu selection, OPEN CHANNEL, both sides authenticated, one
 * Replace and one Get of a leaf, CLOSE CHANNEL, over loopback sockets. Each thread has a card of its own.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
@Threads(8)
public class SessionBench {
    /** What all threads share. */
    @State(Scope.Benchmark)
    public static class Shared {
        Fleet fleet;
        final AtomicInteger cards = new AtomicInteger();

        @Setup(Level.Trial)
        public void setUp() throws Exception {
            fleet = new Fleet("bench", settings -> {});
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            fleet.close();
        }
    }

    /** A card and its ME. */
    @State(Scope.Thread)
    public static class Mobile {
        private static final String LEAF = "./MO/Counter/Value";

        private int number;
        private int count;
        private MobileEquipment me;

        @Setup(Level.Trial)
        public void setUp(Shared shared) throws Exception {
            number = shared.cards.incrementAndGet();
            me = shared.fleet.switchedOn(shared.fleet.card(number), MeListener.NONE);
            shared.fleet.session(
                    number,
                    me,
                    JobSpec.commands(
                            ManagementCommand.addInterior("./MO/Counter", Optional.empty()),
                            ManagementCommand.add(LEAF, Format.CHR, "text/plain", new NodeValue.Text("0"))));
        }

        @TearDown(Level.Trial)
        public void tearDown() {
            me.close();
        }

        JobSpec job() {
            return JobSpec.commands(
                    ManagementCommand.replace(
                            LEAF, Format.CHR, "text/plain", new NodeValue.Text(Integer.toString(++count))),
                    ManagementCommand.get(LEAF));
        }
    }

    @Benchmark
    public void sessions(Shared shared, Mobile mobile) throws Exception {
        shared.fleet.session(mobile.number, mobile.me, mobile.job());
    }
}
