// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.bipline.cat.Vectors;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.MalformedObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.UnknownObject;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which objects a PDU must have, and what their tags mean in it. */
final class StructureTest {
    static Stream<Vectors> responses() {
        return Vectors.of("terminal-response", "ok").stream();
    }

    static Stream<Vectors> envelopes() {
        return Vectors.of("envelope", "ok").stream();
    }

    static Stream<Vectors> all() {
        return Stream.of("proactive", "terminal-response", "envelope").flatMap(kind -> Vectors.of(kind, "ok").stream());
    }

    @ParameterizedTest
    @MethodSource("responses")
    void a_response_of_the_test_specifications_lacks_nothing(Vectors vector) throws Exception {
        assertThat(TerminalResponse.decode(vector.pdu()).faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void an_envelope_of_the_test_specifications_lacks_nothing(Vectors vector) throws Exception {
        assertThat(Envelope.decode(vector.pdu()).faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_object_of_every_vector_has_its_fields_named(Vectors vector) throws Exception {
        Pdu pdu = switch (vector.kind()) {
            case "proactive" -> ProactiveCommand.parse(vector.pdu()).pdu();
            case "envelope" -> Envelope.decode(vector.pdu()).pdu();
            default -> TerminalResponse.decode(vector.pdu()).pdu();
        };
        for (ComprehensionTlv tlv : pdu.objects()) {
            assertThat(tlv.object()).isNotInstanceOfAny(UnknownObject.class, MalformedObject.class);
            if (tlv.object().length() > 0) {
                assertThat(tlv.object().fields())
                        .as(tlv.object().title())
                        .isNotEmpty()
                        .doesNotContainKey("fault");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // a result of success without what the command asked for
        "8103012200 82028281 830100, Text string is missing",
        "8103012400 82028281 830100, Item identifier is missing",
        "8103012601 82028281 830100, IMEI is missing",
        "8103014200 82028281 830100, Channel data is missing; Channel data length is missing",
        "8103014001 82028281 830107, Channel status is missing; Buffer size is missing",
        "8103012702 82028281 830100 A40101, Timer value is missing",
        "8103012100 82028281, Result is missing",
        "8103012100 82028281 830100 A40101, Timer identifier is no object of TERMINAL RESPONSE to DISPLAY TEXT",
        // a failure needs no more
        "8103012200 82028281 830112, ''",
        "8103014001 82028281 83023A01, ''",
        "8103012701 82028281 830124, ''"
    })
    void a_response_alone_tells_what_it_lacks(String hex, String faults) throws Exception {
        TerminalResponse response = TerminalResponse.decode(ByteString.ofHex(hex.replace(" ", "")));

        assertThat(texts(response.faults())).isEqualTo(faults);
        assertThat(response.faults()).allMatch(fault -> fault.clause().equals("ETSI TS 102 223 clause 6.8"));
    }

    @ParameterizedTest
    @CsvSource({
        "D304 82020181, Item identifier is missing, ETSI TS 102 223 clause 7.2",
        "D70A 82028281 A503000001 00, tag 0, ''",
        "D709 82028281 A503000001, Timer identifier is missing, ETSI TS 102 223 clause 7.4",
        "D104 82028381, SMS TPDU is missing, 3GPP TS 31.111 clause 7.1.1",
        "D607 990109 82028281, Channel status is missing; Channel data length is missing, ETSI TS 102 223 clause 7.5",
        "D60A 990103 82028281 9B0100, Location information is missing, ETSI TS 102 223 clause 7.5",
        "D60A 990103 82028281 9B0102, '', ETSI TS 102 223 clause 7.5",
        "D607 99011D 82028281, Data connection status is missing; Data connection type is missing; "
                + "Transaction identifier is missing, 3GPP TS 31.111 clause 7.5",
        "D404 82028281, Address is missing, 3GPP TS 31.111 clause 7.3.1"
    })
    void an_envelope_tells_what_it_lacks(String hex, String faults, String clause) {
        ByteString pdu = ByteString.ofHex(hex.replace(" ", ""));
        try {
            List<Fault> found = Envelope.decode(pdu).faults();
            assertThat(texts(found)).isEqualTo(faults);
            assertThat(found).allMatch(fault -> fault.clause().equals(clause));
        } catch (CatDecodingException e) {
            assertThat(e.getMessage()).contains(faults);
        }
    }

    @Test
    void a_tag_means_what_the_command_says() throws Exception {
        assertThat(type("72", "A10340000A")).isEqualTo(DataObjectType.ECAT_SEQUENCE_NUMBER);
        assertThat(type("31", "A1023B00")).isEqualTo(DataObjectType.CARD_ATR);
        assertThat(type("73", "A30101")).isEqualTo(DataObjectType.SA_TEMPLATE);
        assertThat(type("30", "A2028080")).as("malformed there").isNull();
        assertThat(type("10", "B103736970")).isEqualTo(DataObjectType.IMS_URI);
        assertThat(type("15", "B103777777")).isEqualTo(DataObjectType.URL);
        assertThat(type("01", "BA0103")).isEqualTo(DataObjectType.REFRESH_ENFORCEMENT_POLICY);
        assertThat(type("79", "92020102")).isEqualTo(DataObjectType.LSI_NUMBERS);
    }

    @Test
    void a_tag_means_what_the_event_or_the_response_says() throws Exception {
        Envelope connection = Envelope.decode(ByteString.ofHex(
                "D619" + "99011D" + "82028281" + "9D0101" + "AA0102" + "AE011A" + "1C0180" + "0B0103" + "9B0100"));
        assertThat(connection.faults()).isEmpty();
        assertThat(connection.pdu().objects().stream().map(tlv -> tlv.object().title()))
                .containsExactly(
                        "Event list",
                        "Device identities",
                        "Data connection status",
                        "Data connection type",
                        "(E/5G)SM cause",
                        "Transaction identifier",
                        "PDP/PDN/PDU type",
                        "Location status");

        TerminalResponse supported =
                TerminalResponse.decode(ByteString.ofHex("810301261A" + "82028281" + "830100" + "B404" + "08010A00"));
        assertThat(supported.pdu().objects().get(3).object().fields())
                .isEqualTo(Map.of(
                        "technologies",
                        List.of(
                                Map.of(
                                        "technology",
                                        Map.of("code", 8, "name", "eutran"),
                                        "state",
                                        Map.of("code", 1, "name", "enabled")),
                                Map.of(
                                        "technology",
                                        Map.of("code", 10, "name", "ng ran"),
                                        "state",
                                        Map.of("code", 0, "name", "disabled")))));

        TerminalResponse channel = TerminalResponse.decode(ByteString.ofHex(
                "8103014009" + "82028281" + "830100" + "B8028100" + "390205DC" + "C005" + "2108080808"));
        assertThat(channel.faults()).isEmpty();
        assertThat(channel.pdu().objects().get(5).object().fields()).containsEntry("address", "8.8.8.8");
    }

    @Test
    void passwords_and_unseen_input_are_secrets() throws Exception {
        ProactiveCommand open = ProactiveCommand.parse(ByteString.ofHex(
                "D01A" + "8103014001" + "82028182" + "350103" + "390205DC" + "0D020475" + "0D020470" + "0D00"));
        assertThat(secrets(open.pdu().objects().size(), open::isSecret)).containsExactly(5, 6);

        ProactiveCommand browser = ProactiveCommand.parse(
                ByteString.ofHex("D016" + "8103011500" + "82028182" + "3100" + "0D0104" + "0D020475" + "0D020470"));
        assertThat(secrets(browser.pdu().objects().size(), browser::isSecret)).containsExactly(4, 5);

        TerminalResponse unseen =
                TerminalResponse.decode(ByteString.ofHex("8103012304" + "82028281" + "830100" + "8D020431"));
        assertThat(unseen.isSecret(3)).isTrue();
        TerminalResponse seen =
                TerminalResponse.decode(ByteString.ofHex("8103012300" + "82028281" + "830100" + "8D020431"));
        assertThat(seen.isSecret(3)).isFalse();
    }

    @Test
    void the_usual_meaning_of_a_tag_is_one() {
        for (DataObjectType type : DataObjectType.values()) {
            long usual = Stream.of(DataObjectType.values())
                    .filter(other -> other.tag() == type.tag() && other.isUsual())
                    .count();
            assertThat(usual).as("tag of " + type).isEqualTo(1);
        }
    }

    private static List<Integer> secrets(int count, IntPredicate secret) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (secret.test(i)) {
                found.add(i);
            }
        }
        return found;
    }

    private static DataObjectType type(String command, String object) throws Exception {
        String content = "810301" + command + "00" + "82028182" + object;
        Pdu pdu = ProactiveCommand.parse(ByteString.ofHex("D0" + String.format("%02X", content.length() / 2) + content))
                .pdu();
        return Stream.of(DataObjectType.values())
                .filter(type -> pdu.objects().get(2).object().tag() == type.tag()
                        && pdu.first(type).isPresent())
                .findFirst()
                .orElse(null);
    }

    private static String texts(List<Fault> faults) {
        return String.join("; ", faults.stream().map(Fault::text).toList());
    }
}
