// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.cat.Vectors;
import org.bipline.cat.object.BearerType;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.MalformedObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.UnknownObject;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ProactiveCommandTest {
    static Stream<Vectors> well_formed() {
        return Vectors.of("proactive", "ok").stream();
    }

    static Stream<Vectors> responses() {
        return Vectors.of("terminal-response", "ok").stream();
    }

    @ParameterizedTest
    @MethodSource("well_formed")
    void reads_and_writes_a_command_back_to_the_same_bytes(Vectors vector) throws Exception {
        ProactiveCommand command = ProactiveCommand.decode(vector.pdu());

        assertThat(command).isNotInstanceOf(UnknownCommand.class);
        assertThat(command.encode()).isEqualTo(vector.pdu());
        assertThat(command.partlyComprehended()).isFalse();
        assertThat(command.pdu().objects())
                .noneMatch(tlv -> tlv.object() instanceof UnknownObject || tlv.object() instanceof MalformedObject);
    }

    @ParameterizedTest
    @MethodSource("well_formed")
    void refuses_every_truncation_of_a_command(Vectors vector) {
        for (int end = 0; end < vector.pdu().length(); end++) {
            ByteString cut = vector.pdu().slice(0, end);
            assertThatThrownBy(() -> ProactiveCommand.decode(cut)).isInstanceOf(CatDecodingException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("responses")
    void reads_and_writes_a_terminal_response_back_to_the_same_bytes(Vectors vector) throws Exception {
        TerminalResponse response = TerminalResponse.decode(vector.pdu());

        assertThat(response.encode()).isEqualTo(vector.pdu());
        assertThat(response.pdu().objects())
                .noneMatch(tlv -> tlv.object() instanceof UnknownObject || tlv.object() instanceof MalformedObject);
        assertThat(response.result()).isPresent();
        assertThat(response.details()).isPresent();
        assertThat(response.devices()).contains(DeviceIdentities.TERMINAL_TO_UICC);
    }

    @Test
    void reads_every_object_of_open_channel() throws Exception {
        OpenChannel open = (OpenChannel) command("open-channel-231-ok");

        assertThat(open.details()).isEqualTo(new CommandDetails(1, 0x40, 1));
        assertThat(open.devices()).isEqualTo(DeviceIdentities.UICC_TO_TERMINAL);
        assertThat(open.immediateLinkEstablishment()).isTrue();
        assertThat(open.automaticReconnection()).isFalse();
        assertThat(open.alphaIdentifier().orElseThrow().text()).isEqualTo("Open ID");
        assertThat(open.bearer().orElseThrow().bearer()).contains(BearerType.PACKET_SERVICE);
        assertThat(open.bearer().orElseThrow().parameters()).hasToString("030403041F02");
        assertThat(open.bufferSize().bytes()).isEqualTo(1400);
        assertThat(open.networkAccessName().orElseThrow().name()).isEqualTo("TestGp.rs");
        assertThat(open.userLogin().orElseThrow().text()).isEqualTo("UserLog");
        assertThat(open.userPassword().orElseThrow().text()).isEqualTo("UserPwd");
        assertThat(open.transportProtocol()).contains(TransportProtocol.UDP_CLIENT_REMOTE);
        assertThat(open.transportLevel().orElseThrow().port()).isEqualTo(44444);
        assertThat(open.localAddress()).isEmpty();
        assertThat(open.destination().orElseThrow().address())
                .contains(InetAddress.getByAddress(new byte[] {1, 1, 1, 1}));
    }

    @Test
    void shows_no_password() throws Exception {
        assertThat(command("open-channel-231-ok").toString())
                .doesNotContain("UserPwd")
                .doesNotContain(ByteString.copyOf("UserPwd".getBytes(StandardCharsets.US_ASCII))
                        .toString());
    }

    @Test
    void tells_the_local_address_from_the_destination_by_position() throws Exception {
        OpenChannel open = (OpenChannel) ProactiveCommand.decode(ByteString.ofHex("D023" + "8103014001" + "82028182"
                + "350103" + "39020578" + "3E05210A000001" + "3C03020050" + "3E05210A000002"));

        assertThat(open.localAddress().orElseThrow().value()).hasToString("210A000001");
        assertThat(open.destination().orElseThrow().value()).hasToString("210A000002");
    }

    @Test
    void reads_menu_items_and_the_menus_removal() throws Exception {
        SetUpMenu menu = (SetUpMenu) command("set-up-menu-111-ok");
        assertThat(menu.title().text()).isEqualTo("Toolkit Menu");
        assertThat(menu.items()).extracting(Item::identifier).containsExactly(1, 2, 3, 4);
        assertThat(menu.items()).extracting(Item::text).containsExactly("Item 1", "Item 2", "Item 3", "Item 4");
        assertThat(menu.removesMenu()).isFalse();

        SetUpMenu removal = (SetUpMenu) ProactiveCommand.decode(ByteString.ofHex("D00D81030125008202818285008F00"));
        assertThat(removal.removesMenu()).isTrue();
    }

    @Test
    void keeps_flags_unknown_objects_and_redundant_lengths() throws Exception {
        // BER length in two bytes, details without the flag, a tag of three bytes, a length in three bytes
        ByteString pdu = ByteString.ofHex("D08118" + "0103010200" + "82028182" + "7F811104DEADBEEF" + "5A820003010203");
        ProactiveCommand command = ProactiveCommand.parse(pdu);

        assertThat(command.encode()).isEqualTo(pdu);
        List<DataObject> objects =
                command.pdu().objects().stream().map(ComprehensionTlv::object).toList();
        assertThat(objects)
                .endsWith(
                        new UnknownObject(0x111, ByteString.ofHex("DEADBEEF")),
                        new UnknownObject(0x5A, ByteString.ofHex("010203")));
        assertThat(command.partlyComprehended()).isTrue();
    }

    @Test
    void leaves_an_unknown_object_aside_unless_its_comprehension_is_required() throws Exception {
        ProactiveCommand moreTime = ProactiveCommand.decode(ByteString.ofHex("D00B8103010200820281825A00"));
        assertThat(moreTime.partlyComprehended()).isTrue();

        CatDecodingException refusal = refusalOf("D00B810301020082028182DA00");
        assertThat(refusal.generalResult()).isEqualTo(CatDecodingException.DATA_NOT_UNDERSTOOD);
        assertThat(refusal.offset()).isEqualTo(11);
        assertThat(refusal.commandDetails()).contains(ByteString.ofHex("8103010200"));
    }

    @Test
    void refuses_a_command_without_an_object_of_its_minimum_set() {
        CatDecodingException refusal = refusalOf("D009810301030082028182");

        assertThat(refusal.generalResult()).isEqualTo(CatDecodingException.REQUIRED_VALUES_MISSING);
        assertThat(refusal.clause()).isEqualTo("ETSI TS 102 223 clause 6.6.6");
        assertThat(refusal.offset()).isEqualTo(11);
        assertThat(refusal).hasMessageContaining("Duration is missing");
    }

    @Test
    void a_remote_channel_needs_a_bearer_and_an_address_and_a_server_needs_neither() throws Exception {
        String common = "D012" + "8103014000" + "82028182" + "39020578";
        assertThat(ProactiveCommand.parse(ByteString.ofHex(common + "3C03030050"))
                        .faults())
                .isEmpty();

        List<Fault> faults =
                ProactiveCommand.parse(ByteString.ofHex(common + "3C03020050")).faults();
        assertThat(faults)
                .extracting(Fault::text)
                .containsExactly(
                        "Bearer description is missing", "Other address (data destination address) is missing");
    }

    @Test
    void refuses_a_second_buffer_size_whose_comprehension_is_required() {
        CatDecodingException refusal =
                refusalOf("D014" + "8103014001" + "82028182" + "350103" + "39020578" + "B9020100");

        assertThat(refusal).hasMessageContaining("Buffer size occurs more than 1 times");
    }

    @Test
    void refuses_a_malformed_object_with_its_clause() {
        // timer value with a digit that is none
        CatDecodingException refusal = refusalOf("D011810301270082028182A40101A5030000FA");

        assertThat(refusal.generalResult()).isEqualTo(CatDecodingException.DATA_NOT_UNDERSTOOD);
        assertThat(refusal.clause()).isEqualTo("ETSI TS 102 223 clause 8.38");
        assertThat(refusal.offset()).isEqualTo(14);
    }

    @Test
    void a_command_of_unknown_type_is_a_value() throws Exception {
        ProactiveCommand command = ProactiveCommand.decode(ByteString.ofHex("D0098103017F0082028182"));

        assertThat(command).isInstanceOf(UnknownCommand.class);
        assertThat(command.name()).isEqualTo("UNKNOWN");
    }

    @Test
    void refuses_what_has_no_command_details_and_can_say_none() {
        CatDecodingException refusal = refusalOf("D00482028182");

        assertThat(refusal.generalResult()).isEqualTo(CatDecodingException.REQUIRED_VALUES_MISSING);
        assertThat(refusal.commandDetails()).isEmpty();
    }

    @Test
    void a_broken_structure_behind_the_command_details_still_tells_them() {
        CatDecodingException refusal = refusalOf("D009810301030084050102");

        assertThat(refusal.offset()).isEqualTo(8);
        assertThat(refusal.commandDetails()).contains(ByteString.ofHex("8103010300"));
    }

    @Test
    void a_record_takes_no_pdu_of_another_command() {
        Pdu pdu = Pdu.of(ProactiveCommand.TAG, new CommandDetails(1, 2, 0), DeviceIdentities.UICC_TO_TERMINAL);

        assertThat(new MoreTime(pdu).name()).isEqualTo("MORE TIME");
        assertThatThrownBy(() -> new PollingOff(pdu)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ProactiveCommand command(String vector) throws CatDecodingException {
        Vectors found = Vectors.of("proactive", "ok").stream()
                .filter(v -> v.name().equals(vector))
                .findFirst()
                .orElseThrow();
        return ProactiveCommand.decode(found.pdu());
    }

    private static CatDecodingException refusalOf(String hex) {
        return catchThrowableOfType(CatDecodingException.class, () -> ProactiveCommand.decode(ByteString.ofHex(hex)));
    }
}
