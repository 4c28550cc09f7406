// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects whose fields depend on each other or are packed in bits. */
final class FieldsTest {
    private static Map<String, Object> fields(DataObjectType type, String hex) {
        return type.decode(ByteString.ofHex(hex.replace(" ", ""))).fields();
    }

    @Test
    void a_shape_has_degrees_and_metres() {
        // 3GPP TS 23.032: 45 degrees north is 2^22, 90 degrees west is -2^22
        assertThat(fields(DataObjectType.GAD_SHAPES, "08 10 400000 C00000 12 00"))
                .containsEntry("latitude", "45.00000")
                .containsEntry("longitude", "-90.00000")
                .containsEntry("uncertaintyMetres", "45.6");
        assertThat(fields(DataObjectType.GAD_SHAPES, "09 80 C00000 000000 8064 00"))
                .containsEntry("latitude", "-45.00000")
                .containsEntry("altitudeMetres", -100);
        assertThat(fields(DataObjectType.GAD_SHAPES, "13 53 000000000000 400000000000 000000400000 00"))
                .containsEntry(
                        "points",
                        List.of(
                                Map.of("latitude", "0.00000", "longitude", "0.00000"),
                                Map.of("latitude", "45.00000", "longitude", "0.00000"),
                                Map.of("latitude", "0.00000", "longitude", "90.00000")));
        assertThat(fields(DataObjectType.GAD_SHAPES, "0D A0 000000000000 0064 12 2D 5A 5F 00"))
                .containsEntry("innerRadiusMetres", 500)
                .containsEntry("offsetAngleDegrees", 90)
                .containsEntry("includedAngleDegrees", 180)
                .containsEntry("confidencePercent", 95);
        assertThat(fields(DataObjectType.GAD_SHAPES, "0E 90 000000000000 0064 12 09 2D 28 5F 00"))
                .containsEntry("altitudeMetres", 100)
                .containsEntry("orientationDegrees", 90)
                .containsEntry("confidencePercent", 95);
        assertThat(fields(DataObjectType.GAD_SHAPES, "08 10 4000")).containsEntry("fault", "not of the coding");
    }

    @Test
    void a_shape_may_move() {
        // 3GPP TS 23.032 clause 8.15: bearing 300, 100 km/h, 5 km/h downwards, uncertain by 2 and 3 km/h
        assertThat(fields(DataObjectType.GAD_SHAPES, "07 00 400000 000000 07 33 2C 0064 05 02 03"))
                .containsEntry(
                        "velocity",
                        Map.of(
                                "bearingDegrees",
                                300,
                                "horizontalSpeed",
                                100,
                                "verticalSpeed",
                                -5,
                                "uncertaintySpeed",
                                2,
                                "verticalUncertaintySpeed",
                                3));
        assertThat(fields(DataObjectType.GAD_SHAPES, "07 00 400000 000000 04 00 5A 0010"))
                .containsEntry("velocity", Map.of("bearingDegrees", 90, "horizontalSpeed", 16));
    }

    @Test
    void measurements_of_GERAN_are_read_bit_by_bit() {
        // no discontinuous transmission, valid, levels 30 and 31, qualities 1 and 2, one neighbour
        Map<String, Object> results =
                fields(DataObjectType.NETWORK_MEASUREMENT_RESULTS, "1E 1F 14 54 14 20 00 00 00 00 00 00 00 00 00 00");
        assertThat(results)
                .containsEntry("rxlevFullServingCell", 30)
                .containsEntry("rxlevSubServingCell", 31)
                .containsEntry("measurementsValid", true)
                .containsEntry("rxqualFullServingCell", 1)
                .containsEntry("rxqualSubServingCell", 2)
                .containsEntry("neighbourCells", List.of(Map.of("rxlev", 20, "bcchFrequency", 2, "bsic", 33)));
        assertThat(fields(DataObjectType.BCCH_CHANNEL_LIST, "00405003")).containsEntry("channels", List.of(1, 5, 0));
    }

    @Test
    void a_request_for_a_context_is_read_as_the_message_that_it_is() {
        assertThat(fields(
                        DataObjectType.PDP_CONTEXT_ACTIVATION_PARAMETERS,
                        "0A 41 05 03 03 1F739F 02 0121 28 04 03 617063 27 01 80"))
                .containsEntry("messageName", "ACTIVATE PDP CONTEXT REQUEST")
                .containsEntry("requestedNsapi", 5)
                .containsEntry("requestedPdpAddress", "0121")
                .containsEntry("accessPointName", "apc");
        assertThat(fields(DataObjectType.EPS_PDN_CONNECTION_ACTIVATION_PARAMETERS, "02 01 D0 31 D1 28 04 03 617063"))
                .containsEntry("messageName", "PDN CONNECTIVITY REQUEST")
                .containsEntry("pdnType", Map.of("code", 3, "name", "IPv4v6"))
                .containsEntry("requestType", Map.of("code", 1, "name", "initial request"))
                .containsEntry("accessPointName", "apc");
        assertThat(fields(DataObjectType.PDU_SESSION_ESTABLISHMENT_PARAMETERS, "2E 05 01 C1 FFFF 91"))
                .containsEntry("messageName", "PDU SESSION ESTABLISHMENT REQUEST")
                .containsEntry("pduSessionIdentity", 5)
                .containsEntry("pduSessionType", Map.of("code", 1, "name", "IPv4"));
        // clause 8.143: the data network name before it
        assertThat(fields(DataObjectType.PDU_SESSION_ESTABLISHMENT_PARAMETERS, "25 04 03 617063 2E 05 01 C1 FFFF 91"))
                .containsEntry("dataNetworkName", "apc")
                .containsEntry("messageName", "PDU SESSION ESTABLISHMENT REQUEST");
    }

    @Test
    void a_page_of_a_broadcast_has_its_numbers_and_its_text() {
        assertThat(fields(DataObjectType.CELL_BROADCAST_PAGE, "4011 1001 0F 11 D4F29C0E"))
                .containsEntry("messageCode", 1)
                .containsEntry("updateNumber", 1)
                .containsEntry("messageIdentifier", 0x1001)
                .containsEntry("page", 1)
                .containsEntry("pages", 1)
                .containsEntry("text", "Test");
    }

    @Test
    void lists_of_the_later_releases_are_taken_apart() {
        assertThat(fields(DataObjectType.SLICES_INFORMATION, "02 01FFFFFF 02000001"))
                .containsEntry("servedSlices", List.of(Map.of("sst", 1), Map.of("sst", 2, "sd", "000001")));
        assertThat(fields(DataObjectType.SLICES_INFORMATION, "00")).containsEntry("servedSlices", List.of());
        assertThat(fields(DataObjectType.SLICES_INFORMATION, "02 01FFFFFF"))
                .containsEntry("fault", "not of the coding");
        assertThat(fields(DataObjectType.ALLOWED_SLICES_INFORMATION, "01 01 04 02000001"))
                .containsEntry("slices", List.of(Map.of("sst", 1), Map.of("sst", 2, "sd", "000001")));
        assertThat(fields(DataObjectType.ALLOWED_SLICES_INFORMATION, "0901")).containsEntry("slices", "0901");
        assertThat(fields(DataObjectType.CAG_INFORMATION_LIST, "07 00F110 00000007"))
                .containsEntry("entries", List.of(Map.of("plmn", "00101", "cagIds", List.of("00000007"))));
        assertThat(fields(DataObjectType.IMPU_LIST, "80 03 746162 80 01 63"))
                .containsEntry("publicUserIdentities", List.of("tab", "c"));
        assertThat(fields(DataObjectType.MEDIA_TYPE, "03")).containsEntry("media", List.of("voice", "video"));
        assertThat(fields(DataObjectType.PLMN_WITH_ACCESS_TECHNOLOGY_LIST, "00F110 4080"))
                .containsEntry(
                        "plmns", List.of(Map.of("plmn", "00101", "accessTechnologies", List.of("GSM", "E-UTRAN"))));
    }

    @Test
    void what_call_control_asks_for_is_shown_object_by_object() {
        // the answer of the card without its result: 3GPP TS 31.111 clause 8.30
        assertThat(fields(DataObjectType.CALL_CONTROL_REQUESTED_ACTION, "86 03 91 21F3 85 01 41"))
                .containsEntry(
                        "objects",
                        List.of(
                                Map.of(
                                        "name",
                                        "Address",
                                        "typeOfNumber",
                                        Map.of("code", 1, "name", "international number"),
                                        "numberingPlan",
                                        Map.of("code", 1, "name", "ISDN/telephony"),
                                        "dialledNumber",
                                        "123"),
                                Map.of("name", "Alpha identifier", "text", "A")));
        // tags that call control gives a meaning of its own
        assertThat(fields(DataObjectType.CALL_CONTROL_REQUESTED_ACTION, "B1 03 746162 FE 01 02"))
                .containsEntry(
                        "objects",
                        List.of(
                                Map.of("name", "IMS URI", "uri", "tab"),
                                Map.of("name", "Media Type", "media", List.of("video"))));
        assertThat(fields(DataObjectType.CALL_CONTROL_REQUESTED_ACTION, "00 01 02"))
                .containsEntry("objects", List.of(Map.of("tag", 0, "value", "02")));
        assertThat(fields(DataObjectType.CALL_CONTROL_REQUESTED_ACTION, "86 7F"))
                .containsEntry("objects", "867F");
    }

    @Test
    void a_closed_access_group_has_its_status_and_its_names() {
        assertThat(fields(DataObjectType.CAG_CELL_SELECTION_STATUS, "01 41"))
                .containsEntry("generalInformation", Map.of("code", 1, "name", "camped on a CAG cell"))
                .containsEntry("additionalInformation", List.of("present", "manual CAG selection"));
        assertThat(fields(DataObjectType.CAG_NAME_LIST, "80 02 C3A9 80 01 42 81 01 00"))
                .containsEntry("names", List.of("é", "B", Map.of("tag", 0x81, "value", "00")));
        assertThat(fields(DataObjectType.EXTENDED_INFORMATION, "01 00000007"))
                .containsEntry("type", Map.of("code", 1, "name", "CAG-ID"))
                .containsEntry("information", "00000007");
    }

    @Test
    void a_service_of_Bluetooth_is_shown_as_its_data_elements() {
        // Bluetooth Core Specification, volume 3, part B: a list of attributes with service class and protocols
        String record = "35 19 09 0001 35 03 19 1101 09 0004 35 0C 35 03 19 0100 35 05 19 0003 08 05 08 20";
        assertThat(fields(DataObjectType.SERVICE_RECORD, "01 02" + record))
                .containsEntry("localBearerTechnology", Map.of("code", 1, "name", "Bluetooth"))
                .containsEntry("serviceIdentifier", 2)
                .containsEntry(
                        "serviceRecord",
                        List.of(
                                List.of(
                                        1L,
                                        List.of("UUID 1101"),
                                        4L,
                                        List.of(List.of("UUID 0100"), List.of("UUID 0003", 5L))),
                                32L));
    }

    @ParameterizedTest
    @CsvSource({
        "00, nil",
        "10 FE, -2",
        "13 8000000000000000, -9223372036854775808",
        "0C 000102030405060708090A0B0C0D0E0F, 000102030405060708090A0B0C0D0E0F",
        "28 00, false",
        "25 02 4142, AB",
        "26 0001 41, A",
        "47 00000001 43, C",
        "3D 02 08 07, {alternatives=[7]}"
    })
    void a_data_element_has_its_type(String hex, String shown) {
        assertThat(fields(DataObjectType.SERVICE_SEARCH, "01" + hex).get("serviceSearch"))
                .hasToString("[" + shown + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "35 05 19 1101",
                "48 00",
                "25",
                "27 80000000",
                "35 01 09",
                "3535353535353535353535353535353535353535"
            })
    void what_is_no_data_element_stays_bytes(String hex) {
        String bytes = hex.replace(" ", "");
        assertThat(fields(DataObjectType.ATTRIBUTE_INFORMATION, "01" + bytes))
                .containsEntry("attributeInformation", bytes);
        assertThat(fields(DataObjectType.ATTRIBUTE_INFORMATION, "02" + "0807"))
                .containsEntry("attributeInformation", "0807");
    }

    @Test
    void sequences_are_read_to_a_depth_that_the_stack_holds() {
        String elements = "0807";
        for (int depth = 0; depth < 20; depth++) {
            elements = "35%02X%s".formatted(elements.length() / 2, elements);
        }
        assertThat(fields(DataObjectType.SERVICE_SEARCH, "01" + elements)).containsEntry("serviceSearch", elements);
    }

    @Test
    void a_text_has_its_formats_and_a_card_its_answer() {
        assertThat(fields(DataObjectType.TEXT_ATTRIBUTE, "00 05 16 94"))
                .containsEntry(
                        "textFormatting",
                        List.of(Map.of(
                                "start",
                                0,
                                "length",
                                5,
                                "alignment",
                                Map.of("code", 2, "name", "right"),
                                "fontSize",
                                Map.of("code", 1, "name", "large"),
                                "styles",
                                List.of("bold"),
                                "foregroundColour",
                                Map.of("code", 4, "name", "dark green"),
                                "backgroundColour",
                                Map.of("code", 9, "name", "white"))));
        assertThat(fields(DataObjectType.CARD_ATR, "3B 92 95 80 1F C1 41 42"))
                .containsEntry("convention", "direct")
                .containsEntry("historicalBytes", "4142");
        assertThat(fields(DataObjectType.ECAT_SEQUENCE_NUMBER, "400102"))
                .containsEntry("commandTypeIndicator", Map.of("code", 1, "name", "TERMINAL RESPONSE"))
                .containsEntry("counter", 0x102);
    }

    @Test
    void a_guaranteed_bit_rate_of_EUTRAN_has_as_many_rates_as_it_needs() {
        assertThat(new BearerDescription(0x0B, ByteString.ofHex("0902")).fields())
                .containsEntry("qualityOfServiceClassIdentifier", 9)
                .containsEntry("packetDataProtocolType", Map.of("code", 2, "name", "IP"))
                .doesNotContainKey("maximumBitrateUplink");
        assertThat(new BearerDescription(0x0B, ByteString.ofHex("010203040502")).fields())
                .containsEntry("maximumBitrateUplink", 2)
                .containsEntry("guaranteedBitrateDownlink", 5);
        assertThat(BearerDescription.DEFAULT_BEARER.fields())
                .isEqualTo(Map.of("bearerType", Map.of("code", 3, "name", "default bearer")));
    }
}
