// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TimerManagement;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.bipline.dm.tnds.TndsException;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a session costs on the card interface, beside the least that {@link Least} allows for the same stream of bytes. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class CardInterfaceBench {
    /** From the menu selection to the idle ME. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Figures {
        public double streamBytes;
        public double apdus;
        public double apduBytes;
        public double apdusToLeast;
        public double bytesToLeast;
    }

    /** {@code small}: a Get; {@code object}: a Passpoint subscription, read back; {@code bulk}: 16,000 bytes in four leaves, read back. */
    @State(Scope.Thread)
    public static class Session {
        @Param({"small", "object", "bulk"})
        public String kind;

        JobSpec job() throws IOException, TndsException {
            return switch (kind) {
                case "small" -> JobSpec.commands(ManagementCommand.get("./DevInfo/DevId"));
                case "object" ->
                    JobSpec.provision(
                            Tnds.readFile(Path.of(System.getProperty("bipline.home", "."), "specs/mo/passpoint.xml")));
                case "bulk" -> JobSpec.provision(bulk());
                default -> throw new IllegalArgumentException(kind);
            };
        }

        private static MgmtTree bulk() {
            MgmtNode.Builder root = MgmtNode.interior("Bulk");
            for (int i = 0; i < 4; i++) {
                root.child(
                        MgmtNode.leaf("L" + i, "0123456789abcdef".repeat(250)).build());
            }
            return MgmtTree.of(root.build());
        }
    }

    @Benchmark
    public void session(Session session, Figures figures) throws Exception {
        Least least = new Least();
        MeListener listener = new MeListener() {
            @Override
            public void apduExchanged(ByteString command, ByteString response, long nanos) {
                figures.apdus++;
                figures.apduBytes += command.length() + response.length();
            }

            @Override
            public void bytesSent(int channel, ByteString bytes) {
                least.sent(bytes.length());
            }

            @Override
            public void bytesReceived(int channel, ByteString bytes) {
                least.received(bytes.length());
            }
        };
        try (Fleet fleet = new Fleet("bench", settings -> {});
                MobileEquipment mobile = fleet.switchedOn(fleet.card(1), listener)) {
            figures.apdus = 0;
            figures.apduBytes = 0;
            fleet.session(1, mobile, session.job());
        }
        figures.streamBytes = least.stream;
        figures.apdusToLeast = figures.apdus / least.apdus();
        figures.bytesToLeast = figures.apduBytes / least.bytes();
    }

    /** From the open channel to the first byte of HTTP, without the timer that every session starts. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class HandshakeFigures {
        public double streamBytes;
        public double apdus;
        public double apduBytes;
    }

    /** {@code full}, or {@code resumed} by the identifier of the session before. */
    @State(Scope.Thread)
    public static class Handshake {
        @Param({"full", "resumed"})
        public String kind;
    }

    @Benchmark
    public void handshake(Handshake handshake, HandshakeFigures figures) throws Exception {
        Meter meter = new Meter();
        byte[] key = new byte[16];
        try (Fleet fleet = new Fleet("bench", settings -> {})) {
            fleet.know(1, key);
            Uicc card =
                    Fleet.card(1, Fleet.parameters(1, fleet.securedAddress()).preSharedKey(Fleet.psk(1, key)));
            try (MobileEquipment mobile = fleet.switchedOn(card, meter)) {
                JobSpec job = JobSpec.commands(ManagementCommand.get("./DevInfo/DevId"));
                if (handshake.kind.equals("resumed")) {
                    fleet.session(1, mobile, job);
                    meter.clear();
                }
                fleet.session(1, mobile, job);
            }
        }
        figures.streamBytes = meter.stream;
        figures.apdus = meter.apdus;
        figures.apduBytes = meter.bytes;
    }

    /** Counts what crosses the interface for a handshake. */
    private static final class Meter implements MeListener {
        private static final int APPLICATION_DATA = 23; // type of record
        private static final int PAIR = 2; // FETCH and TERMINAL RESPONSE

        private boolean counts;
        private int left; // exchanges that belong to another command
        private int lastBytes;
        private int stream;
        private int apdus;
        private int bytes;

        void clear() {
            stream = 0;
            apdus = 0;
            bytes = 0;
        }

        @Override
        public void apduExchanged(ByteString command, ByteString response, long nanos) {
            if (!counts) {
                return;
            }
            lastBytes = command.length() + response.length();
            if (left > 0) {
                left--;
            } else {
                apdus++;
                bytes += lastBytes;
            }
        }

        @Override
        public void channelOpened(int channel, int bufferSize, String destination) {
            counts = true;
            left = 1; // the response to OPEN CHANNEL
        }

        /** A command was fetched: that of the timer does not count. */
        @Override
        public void proactiveCommand(ProactiveCommand command) {
            if (counts && command instanceof TimerManagement) {
                uncount();
                left = PAIR - 1;
            }
        }

        @Override
        public void bytesSent(int channel, ByteString sent) {
            if (counts && sent.u8(0) == APPLICATION_DATA) {
                uncount();
                counts = false;
            } else if (counts) {
                stream += sent.length();
            }
        }

        @Override
        public void bytesReceived(int channel, ByteString received) {
            if (counts) {
                stream += received.length();
            }
        }

        /** What was exchanged last is part of something else. */
        private void uncount() {
            apdus--;
            bytes -= lastBytes;
        }
    }

    /**
     * The least that a stream of bytes over one BIP channel costs on the interface, counted as the bytes of command and response
     * APDUs without procedure bytes. Assumptions:
     *
     * <ul>
     *   <li>The session begins with a menu selection, opens and closes one channel by the shortest commands with all objects that
     *       a TCP channel needs (bearer 03, IPv4, no names), and needs no timer and no other command.
     *   <li>Each request goes in SEND DATA commands of 241 bytes of channel data, the most that fits a FETCH of 256 bytes; each
     *       response is announced by one DATA AVAILABLE event and comes in RECEIVE DATA of 237 bytes, the most that fits a
     *       TERMINAL RESPONSE of 255.
     *   <li>A proactive command is a FETCH and a TERMINAL RESPONSE, which also announces the next; an envelope announces the first.
     *   <li>HTTP is what the two ends say to each other: it is part of the stream.
     * </ul>
     */
    static final class Least {
        private static final int HEADER = 5; // CLA, INS, P1, P2 and a length
        private static final int STATUS = 2;
        private static final int SHORT_TAG = 2; // of the proactive command or envelope, and its length
        private static final int LONG_TAG = 3;
        private static final int DETAILS = 5 + 4; // command details, device identities
        private static final int RESULT = 3;
        private static final int LENGTH = 3; // channel data length
        private static final int MAX_SEND = 256 - LONG_TAG - DETAILS - 3; // tag and length of channel data
        private static final int MAX_RECEIVE = 255 - DETAILS - RESULT - 3 - LENGTH;
        private static final int OPEN = 2 + 3 + 4 + 5 + 7; // alpha identifier, bearer, buffer, transport level, address
        private static final int OPENED = 4 + 3 + 4; // channel status, bearer, buffer

        private int stream;
        private int apdus;
        private int bytes;
        private int pending;
        private boolean sending = true;

        Least() {
            exchange(HEADER + SHORT_TAG + 4 + 3, STATUS); // MENU SELECTION
            command(SHORT_TAG + DETAILS + OPEN, DETAILS + RESULT + OPENED);
            command(SHORT_TAG + DETAILS, DETAILS + RESULT); // CLOSE CHANNEL
        }

        void sent(int count) {
            turn(true);
            pending += count;
            stream += count;
        }

        void received(int count) {
            turn(false);
            pending += count;
            stream += count;
        }

        int apdus() {
            turn(!sending);
            return apdus;
        }

        int bytes() {
            turn(!sending);
            return bytes;
        }

        private void turn(boolean nowSending) {
            if (nowSending == sending) {
                return;
            }
            if (!sending && pending > 0) {
                exchange(HEADER + SHORT_TAG + 3 + 4 + 4 + 3, STATUS); // DATA AVAILABLE
            }
            for (; pending > 0; pending -= sending ? MAX_SEND : MAX_RECEIVE) {
                int part = Math.min(pending, sending ? MAX_SEND : MAX_RECEIVE);
                int object = part + (part > 127 ? 3 : 2);
                if (sending) {
                    command(LONG_TAG + DETAILS + object, DETAILS + RESULT + LENGTH);
                } else {
                    command(SHORT_TAG + DETAILS + LENGTH, DETAILS + RESULT + object + LENGTH);
                }
            }
            pending = 0;
            sending = nowSending;
        }

        private void command(int fetched, int response) {
            exchange(HEADER, fetched + STATUS);
            exchange(HEADER + response, STATUS);
        }

        private void exchange(int command, int response) {
            apdus++;
            bytes += command + response;
        }
    }
}
