// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of data objects and the objects that have no record of their own. */
final class ObjectTableTest {
    @ParameterizedTest
    @EnumSource(DataObjectType.class)
    void any_value_is_shown_and_written_back(DataObjectType type) {
        Random random = new Random(type.tag());
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            ByteString value = ByteString.wrap(bytes);
            DataObject object = type.decode(value);

            assertThat(object).isNotInstanceOf(UnknownObject.class);
            assertThat(object.value()).isEqualTo(value);
            assertThat(object.fields()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(DataObjectType.class)
    void every_object_names_the_document_of_its_coding(DataObjectType type) {
        assertThat(type.clause()).matches("(ETSI TS 102 223|3GPP TS 31.111)( clause 8\\.\\d+)?");
    }

    @Test
    void a_plain_object_has_the_length_of_its_fields() {
        assertThat(new PlainObject(DataObjectType.ROUTING_AREA_INFORMATION, ByteString.ofHex("00F110000102")).fields())
                .isEqualTo(Map.of("plmn", "00101", "locationAreaCode", 1, "routingAreaCode", 2));
        ByteString cut = ByteString.ofHex("00F1100001");
        assertThatThrownBy(() -> new PlainObject(DataObjectType.ROUTING_AREA_INFORMATION, cut))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(decode(0x73, cut)).isInstanceOf(MalformedObject.class);
    }

    @Test
    void a_list_shows_its_elements_and_what_is_left_of_one() {
        assertThat(decode(0x79, ByteString.ofHex("00F110" + "42163500")).fields())
                .isEqualTo(Map.of("plmns", List.of("00101", "246531", "00")));
    }

    @Test
    void codes_have_names_where_the_table_has_them() {
        assertThat(decode(0x65, ByteString.of(1)).fields())
                .isEqualTo(Map.of("mode", Map.of("code", 1, "name", "automatic")));
        assertThat(decode(0x65, ByteString.of(9)).fields()).isEqualTo(Map.of("mode", Map.of("code", 9)));
        assertThat(decode(0x66, ByteString.of(0, 50)).fields())
                .isEqualTo(Map.of("layout", Map.of("code", 0), "relativeSizes", List.of(50)));
    }

    @ParameterizedTest
    @CsvSource({
        "00F1100001, 1, ''",
        "00F11000010203, 1, 0203",
        "00F110000102030405, 1, 02030405",
        "00F1100001020304050607, 258, 0304050607"
    })
    void a_location_has_the_identity_of_its_access_technology(String hex, int areaCode, String cell) {
        LocationInformation location = new LocationInformation(ByteString.ofHex(hex));

        assertThat(location.plmn()).isEqualTo("00101");
        assertThat(location.areaCode()).isEqualTo(areaCode);
        assertThat(location.cellIdentity()).hasToString(cell);
    }

    @ParameterizedTest
    @CsvSource({"+491701234567, 91947110325476", "110, 8111F0", "*21#, 812AB1", "12p3, 81213C"})
    void a_number_has_its_digits_in_semi_octets(String number, String hex) {
        ByteString value = ByteString.ofHex(hex);

        assertThat(Address.of(number).value()).isEqualTo(value);
        assertThat(Address.of(number).number()).isEqualTo(number);
        assertThat(SsString.of(number).string()).isEqualTo(number);
    }

    @Test
    void letters_are_no_digits_and_an_empty_address_no_number() {
        assertThatThrownBy(() -> Address.of("12a")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Address(ByteString.EMPTY).number()).isEmpty();
    }

    @Test
    void a_bearer_has_the_parameters_of_its_type() {
        assertThat(DataObjectType.BEARER_DESCRIPTION
                        .decode(ByteString.ofHex("02030403041F02"))
                        .fields())
                .containsEntry("precedenceClass", 3)
                .containsEntry("meanThroughputClass", 31)
                .containsEntry("packetDataProtocolType", Map.of("code", 2, "name", "IP"));
        assertThat(DataObjectType.BEARER_DESCRIPTION
                        .decode(ByteString.ofHex("0B09010203040000000003"))
                        .fields())
                .containsEntry("qualityOfServiceClassIdentifier", 9);
        assertThat(DataObjectType.BEARER_DESCRIPTION
                        .decode(ByteString.ofHex("0C01"))
                        .fields())
                .containsEntry("pduSessionType", Map.of("code", 1, "name", "IPv4"));
        assertThat(DataObjectType.BEARER_DESCRIPTION
                        .decode(ByteString.ofHex("0203"))
                        .fields())
                .containsEntry("bearerParameters", "03");
    }

    @Test
    void additional_information_has_the_table_of_its_general_result() {
        assertThat(new Result(0x38, ByteString.of(6)).fields())
                .containsEntry("multipleCardCommandError", Map.of("code", 6, "name", "mute card"));
        assertThat(new Result(0x26, ByteString.of(2)).fields())
                .containsEntry("launchBrowserError", Map.of("code", 2, "name", "browser unavailable"));
        assertThat(new Result(0x39, ByteString.of(1)).fields())
                .containsEntry("callControlProblem", Map.of("code", 1, "name", "action not allowed"));
        assertThat(new Result(0x3C, ByteString.of(3)).fields())
                .containsEntry("framesError", Map.of("code", 3, "name", "no frame defined"));
    }

    @Test
    void a_reader_tells_its_state_bit_by_bit() {
        CardReaderStatus status = new CardReaderStatus(0x79);

        assertThat(status.reader()).isEqualTo(1);
        assertThat(status.cardPresent()).isTrue();
        assertThat(status.cardPowered()).isFalse();
    }

    @Test
    void a_delivered_message_tells_its_originator_and_a_cut_one_that_it_is_cut() {
        String head = "04" + "0491" + "2143" + "00" + "04" + "42112190900000" + "02";
        assertThat(new SmsTpdu(ByteString.ofHex(head + "4869")).fields())
                .containsEntry("originatingAddress", "+1234")
                .containsEntry("serviceCentreTimeStamp", "24111209090000")
                .containsEntry("text", "Hi");
        assertThat(new SmsTpdu(ByteString.ofHex("040491")).fields()).containsEntry("fault", "cut");
    }

    private static DataObject decode(int tag, ByteString value) {
        return DataObjectType.decode(tag, value, 0, value.length(), TagMeaning.USUAL);
    }
}
