// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DataObjectTest {
    static Stream<List<? extends Coded>> tables() {
        return Stream.of(
                List.of(AccessTechnology.Technology.values()),
                List.of(BearerType.values()),
                List.of(BipError.values()),
                List.of(Device.values()),
                List.of(Event.values()),
                List.of(GeneralResult.values()),
                List.of(LocalInformation.values()),
                List.of(TerminalProblem.values()),
                List.of(TransportProtocol.values()),
                List.of(TypeOfCommand.values()));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void every_code_of_a_table_has_one_row_and_the_holes_have_none(List<? extends Coded> rows) throws Exception {
        var of = rows.get(0).getClass().getMethod("of", int.class);
        for (int code = -1; code <= 256; code++) {
            int wanted = code;
            Object found = of.invoke(null, code);
            assertThat(found)
                    .isEqualTo(rows.stream().filter(r -> r.code() == wanted).findFirst());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 000000", "59, 000095", "60, 001000", "3600, 100000", "86399, 329595", "359999, 999595"})
    void a_timer_value_counts_in_semi_octets(int seconds, String hex) {
        assertThat(TimerValue.ofSeconds(seconds).value()).hasToString(hex);
        assertThat(new TimerValue(ByteString.ofHex(hex)).seconds()).isEqualTo(seconds);
    }

    @Test
    void a_timer_value_has_digits_and_a_limit() {
        assertThatThrownBy(() -> new TimerValue(ByteString.ofHex("0000A0")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimerValue.ofSeconds(360_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimerValue.ofSeconds(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:05:59+01:00, 62114290509540, +01:00",
        "2026-01-02T23:00:00-03:30, 62102032000049, -03:30",
        "2026-01-02T23:00:00+12:45, 62102032000015, +12:45"
    })
    void a_time_has_its_zone_in_quarters_of_an_hour(String time, String hex, String zone) {
        DateTimeAndTimeZone object = DateTimeAndTimeZone.of(OffsetDateTime.parse(time));

        assertThat(object.value()).hasToString(hex.replace(" ", ""));
        assertThat(object.fields()).containsEntry("timeZone", zone);
    }

    @Test
    void a_location_has_two_or_three_digits_of_network_code() {
        assertThat(LocationInformation.of("00101", 1, 0x1234).value()).hasToString("00F11000011234");
        assertThat(LocationInformation.of("001010", 1, 0x1234).value()).hasToString("00011000011234");
        assertThat(new LocationInformation(ByteString.ofHex("00F11000011234")).plmn())
                .isEqualTo("00101");
        assertThat(new LocationInformation(ByteString.ofHex("42163500011234")).plmn())
                .isEqualTo("246531");
    }

    @Test
    void a_network_access_name_is_its_labels() {
        NetworkAccessName name = NetworkAccessName.of("internet.example");

        assertThat(name.value()).hasToString("08696E7465726E6574" + "076578616D706C65");
        assertThat(name.name()).isEqualTo("internet.example");
        assertThatThrownBy(() -> new NetworkAccessName(ByteString.ofHex("0561")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NetworkAccessName.of("a..b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_address_has_the_length_of_its_type() throws Exception {
        InetAddress v6 =
                InetAddress.getByAddress(new byte[] {0x20, 1, 0xD, (byte) 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

        assertThat(OtherAddress.of(v6).value()).hasToString("5720010DB8000000000000000000000001");
        assertThat(OtherAddress.of(v6).address()).contains(v6);
        assertThat(new OtherAddress(ByteString.EMPTY).address()).isEmpty();
        assertThatThrownBy(() -> new OtherAddress(ByteString.ofHex("210A0000")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_status_tells_channel_link_and_drop() {
        ChannelStatus status = ChannelStatus.ofClient(7, true, ChannelStatus.NO_FURTHER_INFORMATION);

        assertThat(status.value()).hasToString("8700");
        assertThat(status.channelIdentifier()).isEqualTo(7);
        assertThat(status.linkEstablished()).isTrue();
        assertThat(new ChannelStatus(1, 5).fields()).containsEntry("linkDropped", true);
    }

    @Test
    void a_code_keeps_its_number_beside_its_name() {
        assertThat(Result.of(BipError.CHANNEL_CLOSED).fields())
                .containsEntry("generalResult", Map.of("code", 0x3A, "name", "bearer independent protocol error"))
                .containsEntry("bearerIndependentProtocolError", Map.of("code", 2, "name", "channel closed"));
        assertThat(new Result(0x7F, ByteString.EMPTY).fields()).containsEntry("generalResult", Map.of("code", 0x7F));
    }

    @Test
    void durations_are_seconds_or_minutes() {
        assertThat(Duration.ofSeconds(255).value()).hasToString("01FF");
        assertThat(Duration.ofSeconds(256).value()).hasToString("0005");
        assertThat(new Duration(2, 15).toTime()).hasMillis(1500);
        assertThat(new Duration(0, 2).toTime()).hasSeconds(120);
    }
}
