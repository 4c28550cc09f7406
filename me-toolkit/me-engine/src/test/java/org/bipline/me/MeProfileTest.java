// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MeProfileTest {
    private static final ByteString TEXT =
            Commands.command(TypeOfCommand.DISPLAY_TEXT, 0x80, TextString.of("Provisioning"));

    static Stream<MeProfile> presets() {
        return Stream.of(MeProfile.full(), MeProfile.iotModule(), MeProfile.bipModem());
    }

    @ParameterizedTest
    @MethodSource("presets")
    void a_preset_announces_what_it_does_and_opens_channels(MeProfile preset) {
        assertThat(preset.terminalProfile().facilities()).isEqualTo(preset.facilities());
        assertThat(preset.terminalProfile().channels()).isEqualTo(preset.channels());
        try (TestMe test = new TestMe(b -> b.profile(preset))) {
            assertThat(test.perform(Commands.openChannel(Commands.IMMEDIATE, 100, TestMe.SERVER))
                            .result()
                            .orElseThrow()
                            .performed())
                    .isTrue();
        }
    }

    @Test
    void a_module_has_no_user_and_a_modem_no_messages() {
        assertThat(answer(MeProfile.full(), TEXT)).isEqualTo("00");
        assertThat(answer(MeProfile.iotModule(), TEXT)).isEqualTo("30");
        assertThat(MeProfile.iotModule().supports(Facility.NO_DISPLAY)).isTrue();
        assertThat(MeProfile.iotModule().supports(Facility.SEND_SHORT_MESSAGE)).isTrue();
        assertThat(MeProfile.bipModem().supports(Facility.SEND_SHORT_MESSAGE)).isFalse();
    }

    @Test
    void an_ME_may_announce_what_it_refuses() {
        MeProfile liar = MeProfile.full().refusing(Set.of(Facility.DISPLAY_TEXT));

        assertThat(liar.terminalProfile()).isEqualTo(MeProfile.full().terminalProfile());
        assertThat(answer(liar, TEXT)).isEqualTo("30");
    }

    @Test
    void a_terminal_profile_of_other_length_is_announced_as_it_is() {
        TerminalProfile longer = new TerminalProfile(ByteString.ofHex("FFFFFFFF00000000"));
        MeProfile profile = MeProfile.full().withTerminalProfile(longer);

        assertThat(profile.terminalProfile()).isEqualTo(longer);
        assertThat(profile.supports(Facility.OPEN_CHANNEL)).isFalse();
        assertThat(profile.supports(Facility.DISPLAY_TEXT)).isTrue();
    }

    @Test
    void a_profile_that_cannot_be_is_none() {
        assertThatThrownBy(() -> MeProfile.full().with(b -> b.channels = 8)).hasMessage("8 channels");
        assertThatThrownBy(() -> MeProfile.full().withImei("1", "2")).hasMessageContaining("15 digits");
        assertThatThrownBy(() -> MeProfile.full().with(b -> b.language = "german"))
                .hasMessageContaining("german");
        assertThatThrownBy(() -> MeProfile.full().withMaxBufferSize(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> MeProfile.full().with(b -> b.userTimeout = Duration.ZERO))
                .hasMessageContaining("time-outs");
        EnumSet<Facility> mutable = EnumSet.of(Facility.MORE_TIME);
        MeProfile profile = MeProfile.full().with(b -> b.facilities = mutable);
        mutable.clear();
        assertThat(profile.facilities()).containsExactly(Facility.MORE_TIME);
    }

    @Test
    void a_slow_ME_answers_after_its_latency() {
        MeProfile slow = MeProfile.full().with(b -> b.latency = Duration.ofMillis(200));
        try (TestMe test = new TestMe(b -> b.profile(slow))) {
            test.offer(Commands.command(TypeOfCommand.MORE_TIME, 0));
            assertThat(test.card.responsesWaiting()).isZero();
            test.clock.advance(Duration.ofMillis(200));
            assertThat(test.answer()).isEqualTo("00");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "full, 00, 3A03, 03",
        "iot-module, 00, 3A03, 03",
        "bip-modem, 00, 3A03, 30",
        "bip-errors-without-cause, 00, 3A, 03",
        "refresh-ignored, 00, 3A03, 00",
        "envelopes-lost, 00, 3A03, 03",
        "small-buffers, 07, 3A03, 03",
        "busy-during-calls, 00, 3A03, 03",
        "channels-announced-in-vain, 30, 30, 03"
    })
    void presets_differ(String name, String open, String close, String refresh) {
        MePreset preset = MePreset.of(name).orElseThrow();
        assertThat(preset.text()).isEqualTo(name);
        assertThat(answer(preset.profile(), Commands.openChannel(Commands.IMMEDIATE, 200, TestMe.SERVER)))
                .startsWith(open);
        assertThat(answer(preset.profile(), Commands.closeChannel(3))).isEqualTo(close);
        FileList files = new FileList(ByteString.ofHex("013F002FE2"));
        assertThat(answer(preset.profile(), Commands.command(TypeOfCommand.REFRESH, 1, files)))
                .isEqualTo(refresh);
        assertThat(preset.profile().terminalProfile().supports(Facility.OPEN_CHANNEL))
                .isTrue();
    }

    @Test
    void quirk_bip_error_without_cause() {
        ByteString close = Commands.closeChannel(3);
        assertThat(answer(MeProfile.full(), close))
                .isEqualTo("3A%02X".formatted(BipError.CHANNEL_IDENTIFIER_NOT_VALID.code()));
        assertThat(answer(MeProfile.full().withQuirks(Quirk.BIP_ERROR_WITHOUT_CAUSE), close))
                .isEqualTo("3A");
    }

    @Test
    void quirk_envelopes_swallowed() {
        MeProfile profile = MeProfile.full().withQuirks(Quirk.ENVELOPES_SWALLOWED);
        try (TestMe test = new TestMe(b -> b.profile(profile))) {
            test.perform(Commands.events(Event.LANGUAGE_SELECTION));
            test.me.happens(s -> s.languageSelected("de"));
            assertThatThrownBy(() -> test.me.selectMenuItem(1))
                    .isInstanceOf(CardLinkException.class)
                    .hasMessageStartingWith("menu selection did not reach the card");
            assertThat(test.card.envelopesWaiting()).isZero();
            assertThat(test.recorder.lines).contains("dropped language selection: the ME hands over no envelopes");
        }
    }

    @Test
    void quirk_no_channels_during_a_call() {
        MeProfile profile = MeProfile.full().withQuirks(Quirk.NO_CHANNELS_DURING_CALL);
        try (TestMe test = new TestMe(b -> b.profile(profile))) {
            ByteString open = Commands.openChannel(Commands.IMMEDIATE, 100, TestMe.SERVER);
            test.me.happens(s -> s.callConnected(0));
            assertThat(test.answerTo(open)).startsWith("2002").contains("B9020064"); // the buffer size asked for
            test.me.happens(s -> s.callDisconnected(0, false, Optional.empty()));
            assertThat(test.answerTo(open)).startsWith("00");
            test.me.happens(s -> s.callConnected(0));
            assertThat(test.answerTo(Commands.sendData(1, true, ByteString.of(1))))
                    .isEqualTo("2002");
            assertThat(test.answerTo(Commands.receiveData(1, 1))).isEqualTo("2002");
        }
    }

    private static String answer(MeProfile profile, ByteString command) {
        try (TestMe test = new TestMe(b -> b.profile(profile))) {
            return test.answerTo(command);
        }
    }
}
