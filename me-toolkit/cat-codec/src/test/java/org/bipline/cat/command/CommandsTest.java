// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bipline.cat.Vectors;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.ItemIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Tone;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the views of the single commands read off their objects. */
final class CommandsTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "END_OF_PROACTIVE_SESSION") // a next action but no command
    void every_type_of_command_has_a_record_and_a_clause(TypeOfCommand type) throws Exception {
        Pdu pdu =
                Pdu.of(ProactiveCommand.TAG, new CommandDetails(1, type.code(), 0), DeviceIdentities.UICC_TO_TERMINAL);
        ProactiveCommand command = ProactiveCommand.parse(pdu.encode());

        assertThat(command).isNotInstanceOf(UnknownCommand.class);
        assertThat(command.table().orElseThrow().type()).isEqualTo(type);
        assertThat(command.table().orElseThrow().clause())
                .matches("ETSI TS 102 223( clause 6\\.6\\.\\d+)?|3GPP TS 31.111");
    }

    @Test
    void an_input_has_its_bounds_and_its_default() throws Exception {
        GetInput input = (GetInput) vector("get-input-511");

        assertThat(input.responseLength().minimum()).isEqualTo(5);
        assertThat(input.responseLength().maximum()).isEqualTo(5);
        assertThat(input.defaultText().orElseThrow().text()).isEqualTo("12345");
        assertThat(input.hidden()).isFalse();
    }

    @Test
    void a_selection_has_a_title_items_and_a_default() throws Exception {
        SelectItem select = (SelectItem) vector("select-item-311");

        assertThat(select.title().map(AlphaIdentifier::text)).contains("Toolkit Select");
        assertThat(select.items()).extracting(Item::text).contains("Item 1");
        assertThat(select.defaultItem().map(ItemIdentifier::code)).contains(2);
    }

    @Test
    void a_tone_has_a_name_and_a_duration() throws Exception {
        PlayTone tone = (PlayTone) vector("play-tone-111");

        assertThat(tone.tone().flatMap(Tone::kind)).contains(Tone.Kind.DIAL_TONE);
        assertThat(tone.duration().orElseThrow().toTime()).hasSeconds(5);
    }

    @Test
    void a_call_has_a_number_and_two_alpha_identifiers() throws Exception {
        SetUpCall call = (SetUpCall) vector("set-up-call-211");

        assertThat(call.address().orElseThrow().number()).isEqualTo("+012340123456p1p2");
        assertThat(call.confirmationPhase()).isPresent();
        assertThat(call.callSetUpPhase()).isPresent().isNotEqualTo(call.confirmationPhase());
    }

    @Test
    void a_short_message_tells_destination_and_text() throws Exception {
        SendShortMessage send = (SendShortMessage) vector("send-short-message-111");

        assertThat(send.tpdu().orElseThrow().fields())
                .containsEntry("messageType", Map.of("code", 1, "name", "SMS-SUBMIT"))
                .containsEntry("destinationAddress", "+012345678")
                .containsEntry("text", "Test Message");
    }

    @Test
    void strings_of_services_are_digits_and_text() throws Exception {
        assertThat(((SendSs) vector("send-ss-161")).ssString().string()).isEqualTo("+**21*01234567890123456789*10#");
        assertThat(((SendUssd) vector("send-ussd-111")).ussdString().text())
                .startsWith("ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz-1234567890");
        assertThat(((SendDtmf) vector("send-dtmf-221")).dtmf().digits()).isEqualTo("1p2");
    }

    @Test
    void an_address_of_a_browser_may_be_the_default_one_and_its_password_is_not_shown() throws Exception {
        LaunchBrowser browser = (LaunchBrowser) vector("launch-browser-131");

        assertThat(browser.url().text()).isEmpty();
        assertThat(browser.browserIdentity().orElseThrow().fields())
                .containsEntry("browserIdentity", Map.of("code", 0, "name", "default browser"));
        assertThat(browser.toString()).doesNotContain("TextString");
    }

    @Test
    void an_apdu_for_another_card_has_its_data() throws Exception {
        PerformCardApdu perform = (PerformCardApdu) vector("perform-card-apdu-121");

        assertThat(perform.apdu().data()).hasToString("7F20");
        assertThat(perform.devices().destination()).isEqualTo(0x11);
    }

    @Test
    void a_specific_language_notification_needs_its_language() throws Exception {
        LanguageNotification specific =
                (LanguageNotification) ProactiveCommand.parse(ByteString.ofHex("D009" + "8103013501" + "82028182"));
        assertThat(specific.faults()).extracting(Fault::text).containsExactly("Language is missing");

        LanguageNotification none =
                (LanguageNotification) ProactiveCommand.parse(ByteString.ofHex("D009" + "8103013500" + "82028182"));
        assertThat(none.faults()).isEmpty();
    }

    @Test
    void a_command_of_the_other_standard_names_that_in_its_faults() throws Exception {
        ProactiveCommand location = ProactiveCommand.parse(ByteString.ofHex("D009" + "8103011600" + "82028182"));

        assertThat(location.faults()).extracting(Fault::clause).containsExactly("3GPP TS 31.111");
    }

    private static ProactiveCommand vector(String name) throws Exception {
        return ProactiveCommand.decode(Vectors.of("proactive", "ok").stream()
                .filter(v -> v.name().equals(name + "-ok"))
                .findFirst()
                .orElseThrow()
                .pdu());
    }
}
