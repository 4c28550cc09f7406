// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every message of 3GPP TS 23.040 clause 9.2.2, field by field. */
final class SmsTpduTest {
    private static final String TIME = "62114221436580";

    private static Map<String, Object> fields(SmsType type, String hex) {
        return type.fields(ByteString.ofHex(hex.replace(" ", "")));
    }

    @Test
    void a_message_to_the_network_is_a_SUBMIT_or_a_COMMAND() {
        assertThat(fields(SmsType.SUBMIT, "51 07 0B 91 4321436587F9 00 F4 A7 0A 0605040B8423F0 414243"))
                .containsEntry("messageType", Map.of("code", 1, "name", "SMS-SUBMIT"))
                .containsEntry("messageReference", 7)
                .containsEntry("destinationAddress", "+34123456789")
                .containsEntry("validityPeriod", 0xA7)
                .containsEntry("validityMinutes", 24 * 60)
                .containsEntry(
                        "userDataHeader",
                        List.of(Map.of("identifier", 5, "destinationPort", 0x0B84, "originatorPort", 0x23F0)))
                .containsEntry("text", "ABC");

        assertThat(fields(SmsType.COMMAND, "22 01 00 02 05 05 81 2143F5 02 AABB"))
                .containsEntry("statusReportRequest", true)
                .containsEntry("commandType", Map.of("code", 2, "name", "delete previously submitted short message"))
                .containsEntry("messageNumber", 5)
                .containsEntry("destinationAddress", "12345")
                .containsEntry("commandData", "AABB");
        assertThat(new SmsTpdu(ByteString.ofHex("02"), true).messageKind()).isEqualTo(SmsType.COMMAND);
        assertThat(new SmsTpdu(ByteString.ofHex("02")).messageKind()).isEqualTo(SmsType.STATUS_REPORT);
    }

    @Test
    void a_message_from_the_network_is_a_DELIVER_or_a_STATUS_REPORT() {
        // originating address in characters, concatenated, in the default alphabet behind a header of six bytes
        assertThat(fields(SmsType.DELIVER, "44 08 D0 D4F29C0E 00 00" + TIME + "0B 0500030A0201 A8E5391D"))
                .containsEntry("originatingAddress", "Test")
                .containsEntry("moreMessagesToSend", false)
                .containsEntry("serviceCentreTimeStamp", "26112412345608")
                .containsEntry(
                        "userDataHeader",
                        List.of(Map.of("identifier", 0, "concatenationReference", 10, "parts", 2, "part", 1)))
                .containsEntry("text", "Test")
                .containsEntry("userDataLength", 11);

        assertThat(fields(SmsType.STATUS_REPORT, "06 09 05 81 2143F5" + TIME + TIME + "00"))
                .containsEntry("messageReference", 9)
                .containsEntry("recipientAddress", "12345")
                .containsEntry("dischargeTime", "26112412345608")
                .containsEntry("status", 0);
    }

    @Test
    void a_report_has_a_cause_when_it_is_negative() {
        assertThat(fields(SmsType.DELIVER_REPORT, "00 07 7F F6 02 9000"))
                .doesNotContainKey("failureCause")
                .containsEntry("protocolIdentifier", 0x7F)
                .containsEntry("dataCodingScheme", 0xF6)
                .containsEntry("userData", "9000");
        assertThat(fields(SmsType.SUBMIT_REPORT, "01 D3 00" + TIME))
                .containsEntry("failureCause", 0xD3)
                .containsEntry("serviceCentreTimeStamp", "26112412345608");
    }

    @Test
    void a_national_language_in_the_header_holds_for_the_text() {
        // single shift to Turkish: the escape with code 53 is an S with cedilla
        assertThat(fields(SmsType.DELIVER, "40 05 81 2143F5 00 00" + TIME + "07 03240101 D84C01"))
                .containsEntry("userDataHeader", List.of(Map.of("identifier", 0x24, "singleShift", "turkish")))
                .containsEntry("text", "Ş");
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "143, 720", "144, 750", "167, 1440", "168, 2880", "196, 43200", "197, 50400", "255, 635040"})
    void a_relative_validity_period_grows_in_steps(int code, int minutes) {
        assertThat(fields(SmsType.SUBMIT, String.format("11 00 00 81 00 00 %02X 00", code)))
                .containsEntry("validityMinutes", minutes);
    }

    @ParameterizedTest
    @EnumSource(SmsType.class)
    void a_message_that_is_cut_shows_as_far_as_it_goes(SmsType type) {
        ByteString whole = ByteString.ofHex("51070B914321436587F900F4A70905040B8423F0414243");
        for (int end = 1; end < whole.length(); end++) {
            assertThat(type.fields(whole.slice(0, end))).containsKey("messageType");
        }
    }
}
