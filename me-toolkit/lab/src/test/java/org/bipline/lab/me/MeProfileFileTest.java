// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bipline.cat.object.AccessTechnology.Technology;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MePreset;
import org.bipline.me.MeProfile;
import org.bipline.me.Quirk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MeProfileFileTest {
    @TempDir
    Path directory;

    @Test
    void an_empty_description_is_a_full_handset() throws Exception {
        assertThat(read("{}")).isEqualTo(MeProfile.full());
        assertThat(read("preset: BIP_MODEM")).isEqualTo(MeProfile.bipModem());
        assertThat(read("preset: IOT_MODULE")).isEqualTo(MeProfile.iotModule());
    }

    @ParameterizedTest
    @EnumSource
    void every_preset_is_a_place_to_begin_under_either_form_of_its_name(MePreset preset) throws Exception {
        assertThat(read("preset: " + preset)).isEqualTo(preset.profile());
        assertThat(read("{preset: " + preset.text() + ", language: sv}"))
                .isEqualTo(preset.profile().with(b -> b.language = "sv"));
    }

    @Test
    void everything_can_be_different() throws Exception {
        MeProfile profile = read("""
                imei: "356938035643809"
                imeisv: "3569380356438012"
                language: sv
                plmn: "24001"
                areaCode: 0x1234
                cellIdentity: 7
                accessTechnology: NG_RAN
                channels: 3
                maxBufferSize: 512
                statusInterval: PT1M
                connectTimeout: PT5S
                userTimeout: PT10S
                latency: PT0.2S
                quirks: [BIP_ERROR_WITHOUT_CAUSE, NO_CHANNELS_DURING_CALL]
                """);

        assertThat(profile)
                .isEqualTo(MeProfile.full()
                        .withImei("356938035643809", "3569380356438012")
                        .withMaxBufferSize(512)
                        .withQuirks(Quirk.NO_CHANNELS_DURING_CALL, Quirk.BIP_ERROR_WITHOUT_CAUSE)
                        .with(b -> {
                            b.language = "sv";
                            b.plmn = "24001";
                            b.areaCode = 0x1234;
                            b.cellIdentity = 7;
                            b.accessTechnology = Technology.NG_RAN;
                            b.channels = 3;
                            b.statusInterval = Duration.ofMinutes(1);
                            b.connectTimeout = Duration.ofSeconds(5);
                            b.userTimeout = Duration.ofSeconds(10);
                            b.latency = Duration.ofMillis(200);
                        }));
        assertThat(profile.terminalProfile().channels()).isEqualTo(3);
    }

    @Test
    void bytes_are_both_said_and_done_unless_the_file_tells_them_apart() throws Exception {
        MeProfile honest = read("terminalProfile: \"0100010000\"");
        assertThat(honest.terminalProfile().bytes()).isEqualTo(ByteString.ofHex("0100010000"));
        assertThat(honest.facilities()).containsExactlyInAnyOrder(Facility.PROFILE_DOWNLOAD, Facility.DISPLAY_TEXT);

        MeProfile liar = read("announces: FFFF");
        assertThat(liar.terminalProfile()).isEqualTo(new TerminalProfile(ByteString.ofHex("FFFF")));
        assertThat(liar.facilities()).isEqualTo(MeProfile.full().facilities());
    }

    @Test
    void facilities_come_and_go_and_may_be_announced_in_vain() throws Exception {
        MeProfile profile = read("""
                adds: [SERVICE_SEARCH]
                lacks: [LAUNCH_BROWSER]
                refuses: [SEND_DATA]
                """);

        assertThat(profile.supports(Facility.SERVICE_SEARCH)).isTrue();
        assertThat(profile.terminalProfile().supports(Facility.SERVICE_SEARCH)).isTrue();
        assertThat(profile.supports(Facility.LAUNCH_BROWSER)).isFalse();
        assertThat(profile.terminalProfile().supports(Facility.LAUNCH_BROWSER)).isFalse();
        assertThat(profile.supports(Facility.SEND_DATA)).isFalse();
        assertThat(profile.terminalProfile().supports(Facility.SEND_DATA)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "preset: TOASTER | no preset \"TOASTER\"; there are full, iot-module, ",
                "colour: red | colour",
                "channels: 9 | 9 channels",
                "latency: soon | \"soon\" is no time; write it like PT0.5S",
                "imei: '12' | IMEI has 15 digits",
                "announces: XY | not a hexadecimal digit",
                "quirks: [SLOW] | SLOW",
                "areaCode: [ | line 1"
            })
    void what_describes_no_ME_is_a_wrong_input(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(2);
            assertThat(failure).hasMessageContaining(message).hasMessageContaining("me.yaml");
        });
    }

    @Test
    void a_file_that_is_not_there_is_a_wrong_input() {
        assertThatThrownBy(() -> MeProfileFile.read(directory.resolve("none.yaml")))
                .hasMessageEndingWith(
                        "none.yaml: cannot be read; give the path of a YAML file, or a preset: full, iot-module, bip-modem, "
                                + "bip-errors-without-cause, refresh-ignored, envelopes-lost, small-buffers, busy-during-calls, "
                                + "channels-announced-in-vain");
    }

    @Test
    void an_me_may_have_a_dm_client() throws Exception {
        assertThat(read("{}").dmClient()).isEmpty();
        assertThat(read("dmClient: {}").dmClient())
                .contains(new DmClientProfile(
                        Optional.empty(), Optional.empty(), Optional.empty(), DmClientProfile.Guard.NONE));
        DmClientProfile client = read("""
                dmClient:
                  cardPort: 5080
                  name: phone
                  secret: phone's own
                  cardSecret: card's own
                  tree: device.xml
                  guard: CARD
                """).dmClient().orElseThrow();
        assertThat(client)
                .isEqualTo(new DmClientProfile(
                        Optional.of(5080),
                        Optional.of(new DmClientProfile.Account("phone", "phone's own", "card's own")),
                        Optional.of(Path.of("device.xml")),
                        DmClientProfile.Guard.CARD));
        assertThat(client.toString()).contains("phone").doesNotContain("own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dmClient: {cardPort: 70000} | port of the card 70000",
                "dmClient: {name: x} | go together",
                "dmClient: {name: '', secret: y, cardSecret: z} | a name and two secrets",
                "dmClient: {guard: me} | [NONE, CARD]",
                "dmClient: {port: 1} | port"
            })
    void a_dm_client_that_cannot_be_is_refused(String yaml, String reason) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(Failure.class).hasMessageContaining(reason);
    }

    private MeProfile read(String yaml) throws IOException, Failure {
        return MeProfileFile.read(Files.writeString(directory.resolve("me.yaml"), yaml));
    }
}
