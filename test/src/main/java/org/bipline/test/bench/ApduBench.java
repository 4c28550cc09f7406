// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import com.licel.jcardsim.base.SimulatorRuntime;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javacard.framework.AID;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.CardLinkException;
import org.bipline.me.MobileEquipment;
import org.bipline.me.SystemMeClock;
import org.bipline.me.network.InMemoryNetwork;
import org.bipline.uicc.runtime.Uicc;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * APDU round trips: the same command to the same applet through raw jCardSim, through our UICC, and through our ME and UICC,
 * and READ BINARY on our file system. Goal: the first three within a factor of 1.3.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ApduBench {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] AID_BYTES = HEX.parseHex("A0000000FF01");
    private static final byte[] SELECT = HEX.parseHex("00A4040006A0000000FF01");
    private static final byte[] COMMAND = HEX.parseHex("8050000008");
    private static final byte[] SELECT_ICCID = HEX.parseHex("00A40004022FE2");
    private static final byte[] READ_BINARY = HEX.parseHex("00B000000A");

    private SimulatorRuntime raw;
    private Uicc uicc;
    private Uicc files;
    private SystemMeClock clock;
    private MobileEquipment me;
    private ByteString meCommand;

    @Setup
    public void setUp() throws CardLinkException {
        raw = new SimulatorRuntime();
        AID aid = new AID(AID_BYTES, (short) 0, (byte) AID_BYTES.length);
        raw.loadApplet(aid, EchoApplet.class);
        raw.installApplet(aid, new byte[0], (short) 0, (byte) 0);
        check(raw.transmitCommand(SELECT), 2);
        check(raw.transmitCommand(COMMAND), 10);

        uicc = Uicc.builder()
                .applet(EchoApplet.class, HEX.parseHex("A0000000FF"), AID_BYTES, new byte[0], new byte[0])
                .build();
        uicc.reset();
        check(uicc.transmit(SELECT), 2);
        check(uicc.transmit(COMMAND), 10);

        files = Uicc.builder().build();
        files.reset();
        files.transmit(SELECT_ICCID);
        check(files.transmit(READ_BINARY), 12);

        clock = new SystemMeClock();
        me = MobileEquipment.builder()
                .card(new UiccLink(Uicc.builder()
                        .applet(EchoApplet.class, HEX.parseHex("A0000000FF"), AID_BYTES, new byte[0], new byte[0])
                        .build()))
                .bearer(new InMemoryNetwork(clock, 1).bearer(InetAddress.getLoopbackAddress()))
                .clock(clock)
                .build();
        me.powerOn();
        me.transmit(ByteString.wrap(SELECT));
        meCommand = ByteString.wrap(COMMAND);
        check(me.transmit(meCommand).toBytes(), 10);
    }

    @TearDown
    public void tearDown() {
        me.close();
        clock.close();
    }

    private static void check(byte[] response, int length) {
        if (response.length != length || response[length - 2] != (byte) 0x90) {
            throw new IllegalStateException(HEX.formatHex(response));
        }
    }

    @Benchmark
    public byte[] rawJCardSim() {
        return raw.transmitCommand(COMMAND);
    }

    @Benchmark
    public byte[] uiccToApplet() {
        return uicc.transmit(COMMAND);
    }

    @Benchmark
    public ByteString meToApplet() throws CardLinkException {
        return me.transmit(meCommand);
    }

    @Benchmark
    public byte[] uiccReadBinary() {
        return files.transmit(READ_BINARY);
    }
}
