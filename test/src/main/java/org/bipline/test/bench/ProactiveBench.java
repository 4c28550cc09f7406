// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import com.licel.jcardsim.base.SimulatorRuntime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javacard.framework.AID;
import org.bipline.lab.card.ToolkitParameters;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.MobileEquipment;
import org.bipline.me.SystemMeClock;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.uicc.runtime.Uicc;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole proactive command: FETCH, decoding, handler, TERMINAL RESPONSE, the applet resumed until its next command; beside
 * what it cannot do without: two APDUs of raw jCardSim, and a hand-over from one virtual thread to another and back. Goal:
 * the first within twice the sum of the other two.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(TalkativeApplet.COMMANDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ProactiveBench {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] AID_BYTES = HEX.parseHex("A0000000FF02");
    private static final byte[] COMMAND = HEX.parseHex("8050000008");
    private static final int MENU_ITEM = 1;

    private SimulatorRuntime raw;
    private SystemMeClock clock;
    private MobileEquipment me;

    @Setup
    public void setUp() throws Exception {
        raw = new SimulatorRuntime();
        AID aid = new AID(AID_BYTES, (short) 0, (byte) AID_BYTES.length);
        raw.loadApplet(aid, EchoApplet.class);
        raw.installApplet(aid, new byte[0], (short) 0, (byte) 0);
        raw.transmitCommand(HEX.parseHex("00A4040006" + HEX.formatHex(AID_BYTES)));

        byte[] toolkit = new ToolkitParameters()
                .menuTextLength(4)
                .menuEntry(1, MENU_ITEM)
                .encode();
        Uicc uicc = Uicc.builder()
                .applet(TalkativeApplet.class, HEX.parseHex("A0000000FF"), AID_BYTES, toolkit, new byte[0])
                .build();
        clock = new SystemMeClock();
        me = MobileEquipment.builder()
                .card(new UiccLink(uicc))
                .bearer(new InMemoryNetwork(clock, 1).bearer(InetAddress.getLoopbackAddress()))
                .clock(clock)
                .build();
        me.powerOn();
    }

    @TearDown
    public void tearDown() {
        me.close();
        clock.close();
    }

    @Benchmark
    public Void proactiveCommand() throws Exception {
        return onVirtualThread(() -> {
            me.selectMenuItem(MENU_ITEM);
            me.awaitIdle(Duration.ofMinutes(1));
            return null;
        });
    }

    @Benchmark
    public int twoRawApdus() {
        int bytes = 0;
        for (int i = 0; i < TalkativeApplet.COMMANDS; i++) {
            bytes += raw.transmitCommand(COMMAND).length + raw.transmitCommand(COMMAND).length;
        }
        return bytes;
    }

    @Benchmark
    public Void handOverAndBack() throws Exception {
        return onVirtualThread(() -> {
            Baton baton = new Baton(Thread.currentThread());
            baton.there = Thread.startVirtualThread(() -> {
                for (int i = 0; i < TalkativeApplet.COMMANDS; i++) {
                    baton.await(true);
                    baton.give(false, baton.here);
                }
            });
            for (int i = 0; i < TalkativeApplet.COMMANDS; i++) {
                baton.give(true, baton.there);
                baton.await(false);
            }
            return null;
        });
    }

    private static <T> T onVirtualThread(Callable<T> work) throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.startVirtualThread(task);
        return task.get();
    }

    /** Two threads of which one works while the other is parked. */
    private static final class Baton {
        final Thread here;
        volatile Thread there;
        private volatile boolean isThere;

        Baton(Thread here) {
            this.here = here;
        }

        void give(boolean away, Thread next) {
            isThere = away;
            LockSupport.unpark(next);
        }

        void await(boolean away) {
            while (isThere != away) {
                LockSupport.park(this);
            }
        }
    }
}
