// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BearerType;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.NetworkAccessName;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The sequences of 3GPP TS 31.124 that use an open channel over E-UTRAN, as far as they show on the card interface: which
 * EPS bearer the radio activates and releases is beyond an ME without radio. The PDUs are built here.
 */
final class EutranSequencesTest {
    private static final String SPEC = "3GPP TS 31.124";
    private static final InetSocketAddress SERVER = new InetSocketAddress("1.1.1.1", 44444);
    private static final BearerDescription EUTRAN =
            new BearerDescription(BearerType.EUTRAN_PACKET_SERVICE.code(), ByteString.ofHex("0902"));
    private static final ByteString DATA = ByteString.ofHex("0001020304050607");

    private final TestMe test = new TestMe();
    private final List<Peer> peers = new ArrayList<>();

    @BeforeEach
    void open() {
        test.network.accessPoint("TestGp.rs", "UserLog", "UserPwd");
        test.network.receiveDatagrams(SERVER, peers::add);
        test.perform(Commands.events(Event.CHANNEL_STATUS, Event.DATA_AVAILABLE));
        TerminalResponse response = test.perform(Commands.command(
                TypeOfCommand.OPEN_CHANNEL,
                Commands.IMMEDIATE,
                EUTRAN,
                new BufferSize(1400),
                NetworkAccessName.of("TestGp.rs"),
                TextString.of("UserLog"),
                TextString.of("UserPwd"),
                TransportLevel.of(TransportProtocol.UDP_CLIENT_REMOTE, SERVER.getPort()),
                OtherAddress.of(SERVER.getAddress())));
        assertPerformed(response);
        assertThat(response.first(BearerDescription.class)).contains(EUTRAN);
    }

    @AfterEach
    void powerOff() {
        test.close();
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.28.3")
    void sequence_27_22_4_28_3_close_channel_over_eutran() {
        assertPerformed(test.perform(Commands.closeChannel(1)));
        assertThat(status()).isEqualTo(ChannelStatus.ofClient(0, false, ChannelStatus.NO_FURTHER_INFORMATION));
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.29.1/1.2")
    void sequence_27_22_4_29_1_2_receive_data_over_eutran() {
        test.perform(Commands.sendData(1, true, DATA));
        test.settle();
        peers.getFirst().send(ByteString.wrap(new byte[1000]));
        test.settle();
        assertThat(test.card.envelope().encode()).hasToString("D60E" + "990109" + "82028281" + "B8028100" + "B701FF");

        int[] remaining = {0xFF, 0xFF, 0xFF, 0xC8, 0x00};
        for (int left : remaining) {
            TerminalResponse response = test.perform(Commands.receiveData(1, 200));
            assertPerformed(response);
            assertThat(response.first(ChannelData.class)).contains(new ChannelData(ByteString.wrap(new byte[200])));
            assertThat(response.first(ChannelDataLength.class)).contains(new ChannelDataLength(left));
        }
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.30.3")
    void sequence_27_22_4_30_3_send_data_over_eutran() {
        TerminalResponse response = test.perform(Commands.sendData(1, true, DATA));
        assertPerformed(response);
        assertThat(response.first(ChannelDataLength.class)).contains(new ChannelDataLength(0xFF));
        test.settle();
        assertThat(peers.getFirst().pieces()).containsExactly(DATA);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.31.1/1.4")
    void sequence_27_22_4_31_1_4_get_channel_status_over_eutran() {
        assertThat(status()).isEqualTo(ChannelStatus.ofClient(1, true, ChannelStatus.NO_FURTHER_INFORMATION));
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.31.1/1.5")
    void sequence_27_22_4_31_1_5_get_channel_status_after_a_link_over_eutran_dropped() {
        test.network.loseCoverage();
        test.settle();
        assertThat(test.card.envelope().encode()).hasToString("D60B" + "99010A" + "82028281" + "B8020105");
        assertThat(status()).isEqualTo(ChannelStatus.ofClient(1, false, ChannelStatus.LINK_DROPPED));
    }

    private ChannelStatus status() {
        TerminalResponse response = test.perform(Commands.getChannelStatus());
        assertPerformed(response);
        return response.first(ChannelStatus.class).orElseThrow();
    }

    private static void assertPerformed(TerminalResponse response) {
        assertThat(response.result()).contains(Result.of(GeneralResult.PERFORMED_SUCCESSFULLY));
    }
}
