// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import com.licel.jcardsim.base.SimulatorRuntime;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.tnds.Tnds;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.Bearer;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.me.SystemMeClock;
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
    private static final int OPEN_CHANNELS = 10_000;
    private static final InetSocketAddress NOWHERE = new InetSocketAddress("10.0.0.1", 80);

    /** Heap of one idle card: powered, without and with the DM applet, the ME not counted. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Memory {
        public double bytesPerBareCard;
        public double bytesPerCardWithDmApplet;
    }

    /** Heap of a card with the DM applet in the middle of a session, and of its ME: the channel is open, the server is silent. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Channels {
        public double openChannels;
        public double bytesPerCardAndMe;
        public double bytesPerJCardSim;
        public double bytesPerCardAndMeBeyondJCardSim;
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

    /** 10,000 cards at once within 2 GiB of heap. */
    @Benchmark
    @Warmup(iterations = 0)
    @Fork(value = 1, jvmArgsAppend = "-Xmx2g")
    public void openChannels(Channels figures) throws Exception {
        long before = usedHeap();
        List<SimulatorRuntime> bare =
                Stream.generate(SimulatorRuntime::new).limit(CARDS).toList();
        figures.bytesPerJCardSim = (usedHeap() - before) / (double) bare.size();
        SilentNetwork network = new SilentNetwork(new AtomicInteger(), new Semaphore(0));
        List<MobileEquipment> mobiles = new ArrayList<>(OPEN_CHANNELS);
        try (SystemMeClock clock = new SystemMeClock()) {
            before = usedHeap();
            for (int i = 0; i < OPEN_CHANNELS; i++) {
                MobileEquipment me = MobileEquipment.builder()
                        .card(new UiccLink(Fleet.card(i, Fleet.parameters(i, NOWHERE))))
                        .bearer(network)
                        .clock(clock)
                        .build();
                me.powerOn();
                me.awaitIdle(Duration.ofSeconds(30));
                me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
                if (!network.connected().tryAcquire(30, TimeUnit.SECONDS)) {
                    throw new TimeoutException("card " + i + " opens no channel");
                }
                mobiles.add(me);
            }
            figures.openChannels = network.open().get();
            figures.bytesPerCardAndMe = (usedHeap() - before) / (double) OPEN_CHANNELS;
            figures.bytesPerCardAndMeBeyondJCardSim = figures.bytesPerCardAndMe - figures.bytesPerJCardSim;
            if (network.open().get() != OPEN_CHANNELS) {
                throw new IllegalStateException(network.open() + " channels");
            }
            mobiles.forEach(MobileEquipment::close);
        }
    }

    /** Connections to a server that takes everything and never answers. */
    private record SilentNetwork(AtomicInteger open, Semaphore connected) implements Bearer {
        @Override
        public Link connect(
                TransportProtocol protocol, InetSocketAddress destination, Access access, Listener listener) {
            open.incrementAndGet();
            listener.connected(new InetSocketAddress("10.0.0.2", 40_000), destination);
            connected.release();
            return new Link() {
                @Override
                public void request(int bytes) {}

                @Override
                public void send(ByteString bytes) {
                    listener.sent(bytes.length());
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }

        @Override
        public Port listen(InetSocketAddress local, Acceptor acceptor) {
            throw new IllegalStateException("nothing listens");
        }
    }

    @Benchmark
    public void cardInterface(CardInterface figures) throws Exception {
        DmServerListener server = new DmServerListener() {
            @Override
            public void messageReceived(Session session, SyncMl message, int length) {
                figures.dmBytes += length;
            }

            @Override
            public void messageSent(Session session, SyncMl message, int length) {
                figures.dmBytes += length;
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
