// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BearerType;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.NetworkAccessName;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.me.network.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The sequences of 3GPP TS 31.124 on OPEN CHANNEL to GET CHANNEL STATUS and their two events that an ME without radio can
 * show, with the PDUs of that specification: a server at UDP port 44444 of 1.1.1.1 behind the access point TestGp.rs. The
 * comprehension-required flags of a response are the ME's choice and are not compared. What is left out, and why, stands in
 * specs/technical-specification.md.
 */
final class ChannelSequencesTest {
    private static final String SPEC = "3GPP TS 31.124";

    private static final InetSocketAddress SERVER = new InetSocketAddress("1.1.1.1", 44444);
    private static final String ACCESS_POINT = "470A06546573744770027273";
    private static final String BEARER_AND_BUFFER = "350702030403041F02" + "39020578";
    private static final String LOGIN_AND_DESTINATION =
            "0D08F4557365724C6F67" + "0D08F455736572507764" + "3C0301AD9C" + "3E052101010101";
    private static final String OPEN_CHANNEL_2_1 =
            "D036" + "8103014001" + "82028182" + BEARER_AND_BUFFER + LOGIN_AND_DESTINATION;
    private static final String OPEN_CHANNEL_2_2 =
            "D042" + "8103014001" + "82028182" + BEARER_AND_BUFFER + ACCESS_POINT + LOGIN_AND_DESTINATION;
    private static final String OPEN_CHANNEL_2_3 = "D04B" + "8103014001" + "82028182" + "05074F70656E204944"
            + BEARER_AND_BUFFER + ACCESS_POINT + LOGIN_AND_DESTINATION;
    private static final String OPEN_CHANNEL_2_4 =
            "D044" + "8103014001" + "82028182" + "0500" + BEARER_AND_BUFFER + ACCESS_POINT + LOGIN_AND_DESTINATION;
    private static final String OPEN_CHANNEL_5_1 = "D053" + "8103014001" + "82028182" + "05094F70656E2049442031"
            + BEARER_AND_BUFFER + ACCESS_POINT + LOGIN_AND_DESTINATION + "D004000900B4";
    private static final String OPENED =
            "8103014001" + "82028281" + "830100" + "38028100" + "350702030403041F02" + "39020578";
    private static final String CLOSE_CHANNEL = "D009" + "8103014100" + "82028121";
    private static final String RECEIVE_DATA = "D00C" + "8103014200" + "82028121" + "B701C8";
    private static final String SEND_DATA_IMMEDIATE = "D013" + "8103014301" + "82028121" + "B6080001020304050607";
    private static final String GET_CHANNEL_STATUS = "D009" + "8103014400" + "82028182";

    private final List<Peer> peers = new ArrayList<>();
    private TestMe test;

    @BeforeEach
    void networkOfTheSpecification() {
        start(UnaryOperator.identity());
    }

    @AfterEach
    void powerOff() {
        test.close();
    }

    private void start(UnaryOperator<MobileEquipment.Builder> more) {
        test = new TestMe(more);
        peers.clear();
        test.network.accessPoint("TestGp.rs", "UserLog", "UserPwd");
        test.network.receiveDatagrams(SERVER, peers::add);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.2/2.1")
    void sequence_27_22_4_27_2_1_open_channel_immediate_gprs_without_network_access_name() {
        assertResponse(OPEN_CHANNEL_2_1, OPENED);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.2/2.2")
    void sequence_27_22_4_27_2_2_open_channel_immediate_gprs_with_network_access_name() {
        assertResponse(OPEN_CHANNEL_2_2, OPENED);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.2/2.3")
    void sequence_27_22_4_27_2_3_open_channel_immediate_gprs_with_alpha_identifier() {
        assertResponse(OPEN_CHANNEL_2_3, OPENED);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.2/2.4")
    void sequence_27_22_4_27_2_4_open_channel_immediate_gprs_with_null_alpha_identifier() {
        restart(b -> b.user(refusing()));
        assertResponse(OPEN_CHANNEL_2_4, OPENED); // nobody is asked
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.2/2.5")
    void sequence_27_22_4_27_2_5_open_channel_immediate_gprs_performed_with_modification_of_the_buffer_size() {
        restart(b -> b.profile(MeProfile.full().withMaxBufferSize(1000)));
        assertResponse(
                OPEN_CHANNEL_2_2,
                "8103014001" + "82028281" + "830107" + "38028100" + "350702030403041F02" + "390203E8");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.2/2.7")
    void sequence_27_22_4_27_2_7_open_channel_immediate_gprs_user_did_not_accept() {
        restart(b -> b.user(refusing()));
        assertResponse(OPEN_CHANNEL_2_3, "8103014001" + "82028281" + "830122" + "350702030403041F02" + "39020578");
        assertThat(peers).isEmpty();
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.5/5.1")
    void sequence_27_22_4_27_5_1_open_channel_with_text_attribute() {
        assertResponse(OPEN_CHANNEL_5_1, OPENED);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.6/6.1")
    void sequence_27_22_4_27_6_1_open_channel_immediate_eutran_bearer_type_02() {
        assertOpensOver(new BearerDescription(BearerType.PACKET_SERVICE.code(), ByteString.ofHex("030403041F02")));
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.6/6.2")
    void sequence_27_22_4_27_6_2_open_channel_immediate_eutran_bearer_type_0B() {
        assertOpensOver(new BearerDescription(BearerType.EUTRAN_PACKET_SERVICE.code(), ByteString.ofHex("0902")));
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.27.6/6.3")
    void sequence_27_22_4_27_6_3_open_channel_immediate_eutran_default_bearer() {
        assertOpensOver(BearerDescription.DEFAULT_BEARER);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.28.1/1.1")
    void sequence_27_22_4_28_1_1_close_channel_successful() {
        open();
        assertResponse(CLOSE_CHANNEL, "8103014100" + "82028281" + "830100");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.28.1/1.2")
    void sequence_27_22_4_28_1_2_close_channel_with_an_invalid_channel_identifier() {
        open();
        assertResponse("D009" + "8103014100" + "82028122", "8103014100" + "82028281" + "83023A03");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.28.1/1.3")
    void sequence_27_22_4_28_1_3_close_channel_on_a_channel_already_closed() {
        open();
        perform(CLOSE_CHANNEL);
        assertResponse(CLOSE_CHANNEL, "8103014100" + "82028281" + "83023A02");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.28.2/2.1")
    void sequence_27_22_4_28_2_1_close_channel_with_text_attribute() {
        open();
        assertResponse(
                "D01B" + "8103014100" + "82028121" + "850A436C6F73652049442031" + "D004000A00B4",
                "8103014100" + "82028281" + "830100");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.29.1/1.1")
    void sequence_27_22_4_29_1_1_receive_data_on_a_channel_already_opened() {
        test.perform(Commands.events(Event.DATA_AVAILABLE));
        open();
        sendFromServer(1000);
        assertEnvelope("D60E" + "990109" + "82028281" + "B8028100" + "B701FF");

        int[] remaining = {0xFF, 0xFF, 0xFF, 0xC8, 0x00};
        for (int block = 0; block < remaining.length; block++) {
            TerminalResponse response = perform(RECEIVE_DATA);
            assertThat(response.result()).contains(Result.of(GeneralResult.PERFORMED_SUCCESSFULLY));
            assertThat(response.first(ChannelData.class))
                    .contains(new ChannelData(pattern(1000).slice(block * 200, block * 200 + 200)));
            assertThat(response.first(ChannelDataLength.class)).contains(new ChannelDataLength(remaining[block]));
        }
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.29.2/2.1")
    void sequence_27_22_4_29_2_1_receive_data_with_text_attribute() {
        open();
        sendFromServer(1000);
        TerminalResponse response = perform(
                "D022" + "8103014200" + "82028121" + "850E5265636569766520446174612031" + "B701C8" + "D004000E00B4");

        assertThat(response.result()).contains(Result.of(GeneralResult.PERFORMED_SUCCESSFULLY));
        assertThat(response.first(ChannelData.class)).contains(new ChannelData(pattern(200)));
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.30.1/1.1")
    void sequence_27_22_4_30_1_1_send_data_immediate_mode() {
        open();
        assertResponse(SEND_DATA_IMMEDIATE, "8103014301" + "82028281" + "830100" + "B701FF");
        assertThat(arrived()).containsExactly(ByteString.ofHex("0001020304050607"));
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.30.1/1.2")
    void sequence_27_22_4_30_1_2_send_data_store_mode() {
        open();
        assertResponse(storing200Bytes(), "8103014300" + "82028281" + "830100" + "B701FF");
        assertThat(peers).isEmpty();
        perform(SEND_DATA_IMMEDIATE);
        assertThat(arrived()).extracting(ByteString::length).containsExactly(208);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.30.1/1.3")
    void sequence_27_22_4_30_1_3_send_data_store_mode_transmit_buffer_fully_used() {
        open();
        int[] room = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xC8, 0x00};
        for (int left : room) {
            assertThat(perform(storing200Bytes()).first(ChannelDataLength.class))
                    .contains(new ChannelDataLength(left));
        }
        assertThat(perform(storing200Bytes()).result())
                .contains(Result.of(BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE));
        perform("D00B" + "8103014301" + "82028121" + "B600");
        assertThat(arrived()).extracting(ByteString::length).containsExactly(1400);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.30.1/1.4")
    void sequence_27_22_4_30_1_4_two_consecutive_send_data_store_mode() {
        open();
        for (int round = 0; round < 2; round++) {
            assertResponse(storing200Bytes(), "8103014300" + "82028281" + "830100" + "B701FF");
            perform(SEND_DATA_IMMEDIATE);
        }
        assertThat(arrived()).extracting(ByteString::length).containsExactly(208, 208);
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.30.1/1.5")
    void sequence_27_22_4_30_1_5_send_data_immediate_mode_with_a_bad_channel_identifier() {
        open();
        assertResponse(
                "D013" + "8103014301" + "82028122" + "B6080001020304050607", "8103014301" + "82028281" + "83023A03");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.30.2/2.1")
    void sequence_27_22_4_30_2_1_send_data_with_text_attribute() {
        open();
        assertResponse(
                "D026" + "8103014301" + "82028121" + "850B53656E6420446174612031" + "B6080001020304050607"
                        + "D004000B00B4",
                "8103014301" + "82028281" + "830100" + "B701FF");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.31.1/1.1")
    void sequence_27_22_4_31_1_1_get_channel_status_without_a_channel() {
        assertResponse(GET_CHANNEL_STATUS, "8103014400" + "82028281" + "830100" + "B8020000");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.31.1/1.2")
    void sequence_27_22_4_31_1_2_get_channel_status_with_a_channel_opened() {
        open();
        assertResponse(GET_CHANNEL_STATUS, "8103014400" + "82028281" + "830100" + "B8028100");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.4.31.1/1.3")
    void sequence_27_22_4_31_1_3_get_channel_status_after_a_link_dropped() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        open();
        test.network.loseCoverage();
        test.settle();
        assertEnvelope("D60B" + "99010A" + "82028281" + "B8020105");
        assertResponse(GET_CHANNEL_STATUS, "8103014400" + "82028281" + "830100" + "B8020105");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.7.10.1/1.1")
    void sequence_27_22_7_10_1_1_event_download_data_available() {
        test.perform(Commands.events(Event.DATA_AVAILABLE));
        open();
        sendFromServer(1000);
        assertEnvelope("D60E" + "990109" + "82028281" + "B8028100" + "B701FF");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.7.10.2/2.1")
    void sequence_27_22_7_10_2_1_event_download_data_available_in_uicc_server_mode() {
        test.perform(Commands.events(Event.DATA_AVAILABLE));
        openServer();
        Peer peer = connect();
        peer.send(pattern(1000));
        test.settle();
        assertEnvelope("D60E" + "990109" + "82028281" + "B8028100" + "B701FF");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.7.11.1/1.1")
    void sequence_27_22_7_11_1_1_event_download_channel_status_on_a_link_dropped() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        open();
        test.network.loseCoverage();
        test.settle();
        assertEnvelope("D60B" + "99010A" + "82028281" + "B8020105");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.7.11.2/2.1")
    void sequence_27_22_7_11_2_1_event_download_channel_status_listen_state_in_uicc_server_mode() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        openServer();
        Peer peer = connect();
        test.card.envelope();
        peer.close();
        test.settle();
        assertEnvelope("D60B" + "99010A" + "82028281" + "B8024100");
    }

    @Test
    @Conformance(spec = SPEC, sequence = "27.22.7.11.2/2.2")
    void sequence_27_22_7_11_2_2_event_download_channel_status_established_state_in_uicc_server_mode() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        openServer();
        connect();
        assertEnvelope("D60B" + "99010A" + "82028281" + "B8028100");
    }

    private void restart(UnaryOperator<MobileEquipment.Builder> more) {
        test.close();
        start(more);
    }

    @Test
    void alpha_identifiers_tell_the_user_of_each_command_and_only_who_turns_away_stops_it() {
        List<String> told = new ArrayList<>();
        Queue<UserAction> actions = new ArrayDeque<>();
        restart(b -> b.user(command -> {
            told.add(command.name());
            return actions.isEmpty() ? new UserAction.Refuses() : actions.remove();
        }));
        open(); // without alpha identifier
        String send = "D020" + "8103014301" + "82028121" + "850B53656E6420446174612031" + "B6080001020304050607";
        actions.add(new UserAction.EndsSession());
        actions.add(new UserAction.GoesBack());
        actions.add(new UserAction.IsKeptBy(TerminalProblem.SCREEN_IS_BUSY));
        assertResponse(send, "8103014301" + "82028281" + "830110");
        assertResponse(send, "8103014301" + "82028281" + "830111");
        assertResponse(send, "8103014301" + "82028281" + "83022001");
        assertThat(peers).isEmpty();
        // nobody waits for these
        actions.add(new UserAction.Ignores());
        actions.add(new UserAction.AsksForHelp(Optional.empty()));
        actions.add(new UserAction.Takes(Duration.ofMillis(1), new UserAction.EndsSession()));
        for (int i = 0; i < 3; i++) {
            assertResponse(send, "8103014301" + "82028281" + "830100" + "B701FF");
        }
        told.clear();
        assertResponse(send, "8103014301" + "82028281" + "830100" + "B701FF");
        assertResponse(SEND_DATA_IMMEDIATE, "8103014301" + "82028281" + "830100" + "B701FF");
        perform("D00E" + "8103014200" + "82028121" + "8500" + "B701C8"); // a null alpha identifier tells nothing
        perform("D00F" + "8103014200" + "82028121" + "850141" + "B701C8");
        assertResponse("D00C" + "8103014100" + "82028121" + "850141", "8103014100" + "82028281" + "830100");
        assertThat(told).containsExactly("SEND DATA", "RECEIVE DATA", "CLOSE CHANNEL");
    }

    @Test
    void a_user_who_switches_off_at_an_alpha_identifier_leaves_the_card_without_an_answer() {
        restart(b -> b.user(command -> new UserAction.SwitchesOff()));
        open();
        test.card.command(ByteString.ofHex("D00F" + "8103014200" + "82028121" + "850141" + "B701C8"));
        assertThatThrownBy(test::settle).hasRootCauseMessage("the card is not powered on: switched off by the user");
        assertThat(test.card.responsesWaiting()).isZero();
        assertThat(test.recorder.lines).endsWith("off: switched off by the user");
    }

    private static UserModel refusing() {
        return command -> new UserAction.Refuses();
    }

    private void open() {
        assertResponse(OPEN_CHANNEL_2_2, OPENED);
    }

    private void openServer() {
        assertResponse(
                "D014" + "8103014000" + "82028182" + "0500" + "39020578" + "3C03030DBC",
                "8103014000" + "82028281" + "830100" + "38024100" + "39020578");
    }

    private Peer connect() {
        Peer peer = test.network.connect(new InetSocketAddress(TestMe.OWN.getAddress(), 3516));
        test.settle();
        return peer;
    }

    private void assertOpensOver(BearerDescription bearer) {
        TerminalResponse response = test.perform(Commands.command(
                TypeOfCommand.OPEN_CHANNEL,
                Commands.IMMEDIATE,
                bearer,
                new BufferSize(1400),
                NetworkAccessName.of("TestGp.rs"),
                TextString.of("UserLog"),
                TextString.of("UserPwd"),
                TransportLevel.of(TransportProtocol.UDP_CLIENT_REMOTE, SERVER.getPort()),
                OtherAddress.of(SERVER.getAddress())));

        assertThat(response.result()).contains(Result.of(GeneralResult.PERFORMED_SUCCESSFULLY));
        assertThat(response.first(BearerDescription.class)).contains(bearer);
    }

    private static String storing200Bytes() {
        return "D081D4" + "8103014300" + "82028121" + "B681C8" + pattern(200);
    }

    private List<ByteString> arrived() {
        test.settle();
        return peers.get(0).pieces();
    }

    /** The server answers the ME, whose address it knows from what the ME sent. */
    private void sendFromServer(int count) {
        perform(SEND_DATA_IMMEDIATE);
        test.settle();
        peers.get(0).send(pattern(count));
        test.settle();
    }

    private static ByteString pattern(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return ByteString.wrap(bytes);
    }

    private TerminalResponse perform(String command) {
        return test.perform(ByteString.ofHex(command));
    }

    private void assertResponse(String command, String expected) {
        try {
            assertThat(objects(perform(command)))
                    .isEqualTo(objects(TerminalResponse.decode(ByteString.ofHex(expected))));
        } catch (CatDecodingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<DataObject> objects(TerminalResponse response) {
        return response.pdu().objects().stream().map(ComprehensionTlv::object).toList();
    }

    private void assertEnvelope(String expected) {
        Envelope envelope = test.card.envelope();
        assertThat(envelope.encode()).hasToString(expected);
    }
}
