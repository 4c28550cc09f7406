// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;

/** What an ME tells of networks, cells, frames and applications, written out by the rules of the clauses named. */
final class NetworkObjectsTest {
    private static Map<String, Object> fields(DataObjectType type, String hex) {
        ByteString value = ByteString.ofHex(hex.replace(" ", ""));
        DataObject object = type.decode(value);
        assertThat(object.value()).isEqualTo(value);
        return object.fields();
    }

    @Test
    void a_list_of_closed_groups_has_them_under_their_network() {
        // 3GPP TS 31.111 clause 8.100; CSG ID 1 in 27 bits is 0000003F, the five bits behind it are 1
        assertThat(fields(DataObjectType.CSG_ID_LIST, "80 03 62F209 81 07 0000003F 800041 81 04 FFFFFFFF"))
                .isEqualTo(Map.of(
                        "entries",
                        List.of(
                                Map.of("plmn", "26290"),
                                Map.of("csgId", 1, "name", "A"),
                                Map.of("csgId", 0x7FFFFFF, "name", ""))));
        assertThat(fields(DataObjectType.CSG_ID_LIST, "80 03 62F209 81 09 00"))
                .isEqualTo(Map.of("entries", "800362F209810900"));
        assertThat(fields(DataObjectType.CSG_ID, "0000003F")).isEqualTo(Map.of("csgId", 1));
        assertThat(fields(DataObjectType.HNB_NAME, "80 0041 0042")).isEqualTo(Map.of("name", "AB"));
        assertThat(fields(DataObjectType.CSG_CELL_SELECTION_STATUS, "01 41"))
                .containsEntry("additionalInformation", List.of("present", "manual CSG selection"));
    }

    @Test
    void addresses_and_cells_are_objects_within_the_object() {
        // clauses 8.140 and 8.141
        assertThat(fields(DataObjectType.IP_ADDRESS_LIST, "3E 05 21 7F000001 BE 05 21 0A000001"))
                .isEqualTo(Map.of(
                        "addresses",
                        List.of(
                                Map.of(
                                        "name",
                                        "Other address (data destination address)",
                                        "typeOfAddress",
                                        "IPv4",
                                        "address",
                                        "127.0.0.1"),
                                Map.of(
                                        "name",
                                        "Other address (data destination address)",
                                        "typeOfAddress",
                                        "IPv4",
                                        "address",
                                        "10.0.0.1"))));
        assertThat(fields(DataObjectType.SURROUNDING_MACROCELLS, "BF 01 08 93 00"))
                .isEqualTo(Map.of(
                        "objects",
                        List.of(
                                Map.of(
                                        "name",
                                        "Access technology",
                                        "technologies",
                                        List.of(Map.of("code", 8, "name", "eutran"))),
                                Map.of("name", "Location information"))));
    }

    @Test
    void a_response_may_have_addresses_and_cells_as_objects_of_their_own() throws Exception {
        // clause 6.8.7
        assertThat(TerminalResponse.decode(ByteString.ofHex("8103012612" + "82028281" + "830100" + "BE05217F000001"))
                        .faults())
                .isEmpty();
        assertThat(TerminalResponse.decode(ByteString.ofHex("8103012613" + "82028281" + "830100" + "BF0108" + "9300"))
                        .faults())
                .isEmpty();
        assertThat(TerminalResponse.decode(ByteString.ofHex("8103012612" + "82028281" + "830100"))
                        .faults())
                .isNotEmpty();
    }

    @Test
    void a_location_may_be_unknown_or_a_network_only() {
        assertThat(new LocationInformation(ByteString.EMPTY).fields()).isEmpty();
        assertThat(new LocationInformation(ByteString.EMPTY).cellIdentity()).isEqualTo(ByteString.EMPTY);
        assertThat(fields(DataObjectType.LOCATION_INFORMATION, "00F110")).isEqualTo(Map.of("plmn", "00101"));
        assertThat(DataObjectType.LOCATION_INFORMATION.decode(ByteString.ofHex("00F11000")))
                .isInstanceOf(MalformedObject.class);
    }

    @Test
    void timing_advances_have_the_width_of_their_network() {
        // clauses 8.46, 8.134 and 8.144
        assertThat(fields(DataObjectType.EUTRAN_TIMING_ADVANCE, "01 0100"))
                .isEqualTo(Map.of("meStatus", Map.of("code", 1, "name", "not idle"), "primaryTimingAdvance", 256));
        assertThat(fields(DataObjectType.NG_RAN_TIMING_ADVANCE, "02 010000"))
                .isEqualTo(Map.of("meStatus", Map.of("code", 2, "name", "connected"), "primaryTimingAdvance", 65536));
    }

    /** The bits of the message; Wireshark reads the same as an LTE RRC MeasurementReport. */
    private static final String REPORT = "0000" // c1, measurementReport-r8
            + "0" // no later extension
            + "01" // no extension of the results, neighbours
            + "00000" + "0110010" + "010100" // measId 1, RSRP 50, RSRQ 20
            + "000" + "001" // list of E-UTRAN, two cells
            + "1" + "100001111" // cell 271 with its global identity
            + "1" + "1" + "000000000001" + "0" + "00000001" // other networks, 001 01
            + "0001001000110100010101100111" + "1000100110101011" // cell identity, tracking area code
            + "000" + "0" + "1" + "000100000001" // one network: country as above, 101
            + "011" + "0101101" + "001111" // RSRP 45, RSRQ 15
            + "0" + "000000011" + "010" + "0101000"; // cell 3, RSRP 40 only

    @Test
    void a_report_of_another_frequency_of_EUTRAN_is_read_bit_by_bit() {
        StringBuilder hex = new StringBuilder();
        for (int at = 0; at < REPORT.length(); at += 4) {
            String four = (REPORT + "000").substring(at, at + 4);
            hex.append(Integer.toHexString(Integer.parseInt(four, 2)));
        }
        String even = hex.length() % 2 == 0 ? hex.toString() : hex + "0";
        assertThat(fields(DataObjectType.EUTRAN_INTER_FREQUENCY_MEASUREMENT_RESULTS, "00010000" + even))
                .containsEntry("frequency", 0x10000)
                .containsEntry("measId", 1)
                .containsEntry("rsrpServingCell", 50)
                .containsEntry("rsrqServingCell", 20)
                .containsEntry(
                        "neighbourCells",
                        List.of(
                                Map.of(
                                        "physCellId",
                                        271,
                                        "plmn",
                                        "00101",
                                        "cellIdentity",
                                        0x1234567,
                                        "trackingAreaCode",
                                        0x89AB,
                                        "otherPlmns",
                                        List.of("101"),
                                        "rsrp",
                                        45,
                                        "rsrq",
                                        15),
                                Map.of("physCellId", 3, "rsrp", 40)));
        assertThat(fields(DataObjectType.EUTRAN_INTER_FREQUENCY_MEASUREMENT_RESULTS, "00010000" + even.substring(0, 8)))
                .containsEntry("fault", "not of the coding");
    }

    @Test
    void frames_have_sizes_and_applications_ports_and_names() {
        // ETSI TS 102 223 clauses 8.79, 8.81 and 8.88
        assertThat(fields(DataObjectType.FRAMES_INFORMATION, "01 0C14 0314"))
                .isEqualTo(Map.of(
                        "defaultFrameIdentifier",
                        1,
                        "frames",
                        List.of(Map.of("height", 12, "width", 20), Map.of("height", 3, "width", 20))));
        assertThat(fields(DataObjectType.REGISTRY_APPLICATION_DATA, "1F90 04 21 44 4D"))
                .isEqualTo(Map.of("port", 8080, "dataCodingScheme", 4, "addressType", 0x21, "name", "DM"));
        assertThat(fields(DataObjectType.MEID, "A0000000000001 00"))
                .isEqualTo(Map.of("meid", "A0000000000001", "reserved", 0));
    }

    @Test
    void reports_and_flags_of_later_releases_are_told() {
        assertThat(fields(DataObjectType.PROSE_REPORT_DATA, "3C612F3E")).isEqualTo(Map.of("report", "<a/>"));
        assertThat(fields(DataObjectType.URI_TRUNCATED, "")).isEqualTo(Map.of("truncated", true));
    }
}
