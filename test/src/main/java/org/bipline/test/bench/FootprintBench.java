// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.tnds.Tnds;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.test.Fleet;
import org.bipline.uicc.runtime.Uicc;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one card costs in memory, and what one session costs on the card interface. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@Fork(1)
public class FootprintBench {
    private static final int CARDS = 1000;

    /** Heap of one idle card: powered, without and with the DM applet, the ME not counted. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Memory {
        public double bytesPerBareCard;
        public double bytesPerCardWithDmApplet;
    }

    /** The session of the demo: a Passpoint subscription provisioned and read back. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class CardInterface {
        public double apdus;
        public double apduBytes;
        public double dmBytes;
        public double apduBytesPerDmByte;
    }

    @Benchmark
    public void memory(Memory memory) throws Exception {
        List<Uicc> cards = new ArrayList<>(CARDS);
        long before = usedHeap();
        for (int i = 0; i < CARDS; i++) {
            Uicc card = Uicc.builder().build();
            card.reset();
            cards.add(card);
        }
        memory.bytesPerBareCard = (usedHeap() - before) / (double) CARDS;
        cards.forEach(Uicc::close);
        cards.clear();
        try (Fleet fleet = new Fleet("bench", settings -> {})) {
            before = usedHeap();
            for (int i = 0; i < CARDS; i++) {
                Uicc card = fleet.card(i);
                card.reset();
                cards.add(card);
            }
            memory.bytesPerCardWithDmApplet = (usedHeap() - before) / (double) CARDS;
            cards.forEach(Uicc::close);
        }
    }

    @Benchmark
    public void cardInterface(CardInterface figures) throws Exception {
        DmServerListener server = new DmServerListener() {
            @Override
            public void messageReceived(Session session, SyncMl message, org.bipline.dm.ByteString bytes) {
                figures.dmBytes += bytes.length();
            }

            @Override
            public void messageSent(Session session, SyncMl message, org.bipline.dm.ByteString bytes) {
                figures.dmBytes += bytes.length();
            }
        };
        MeListener me = new MeListener() {
            @Override
            public void apduExchanged(ByteString command, ByteString response, long nanos) {
                figures.apdus++;
                figures.apduBytes += command.length() + response.length();
            }
        };
        Path file = Path.of(System.getProperty("bipline.home", "."), "specs/mo/passpoint.xml");
        try (Fleet fleet = new Fleet("bench", settings -> settings.listener(server));
                MobileEquipment mobile = fleet.switchedOn(fleet.card(1), me)) {
            figures.apdus = 0;
            figures.apduBytes = 0;
            figures.dmBytes = 0;
            fleet.session(1, mobile, JobSpec.provision(Tnds.readFile(file)));
            figures.apduBytesPerDmByte = figures.apduBytes / figures.dmBytes;
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
