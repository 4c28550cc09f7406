// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.bipline.cat.object.DefaultText;
import org.bipline.cat.object.ImmediateResponse;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.ItemIdentifier;
import org.bipline.cat.object.ResponseLength;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.Tone;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that turn to the user. PDUs named after a sequence are those of 3GPP TS 31.124 clause 27.22.4. */
final class DialoguesTest {
    private static final UserAction CONFIRMS = new UserAction.Confirms();
    private static final UserAction REFUSES = new UserAction.Refuses();
    private static final UserAction ENDS = new UserAction.EndsSession();
    private static final UserAction GOES_BACK = new UserAction.GoesBack();
    private static final UserAction IGNORES = new UserAction.Ignores();
    private static final UserAction HELP = new UserAction.AsksForHelp(Optional.empty());
    private static final ByteString WAITS = text(0x80);
    private static final ByteString GOES_AWAY = text(0x00);

    @Test
    void a_text_is_read_or_ends_the_session_or_leads_back() {
        assertThat(after(WAITS, CONFIRMS)).isEqualTo("00");
        assertThat(after(GOES_AWAY, CONFIRMS)).isEqualTo("00");
        assertThat(after(WAITS, ENDS)).isEqualTo("10");
        assertThat(after(WAITS, GOES_BACK)).isEqualTo("11");
        assertThat(after(WAITS, new UserAction.IsKeptBy(TerminalProblem.SCREEN_IS_BUSY)))
                .isEqualTo("2001");
    }

    @Test
    void a_text_that_waits_for_the_user_times_out_and_another_one_just_goes_away() {
        for (ByteString command : new ByteString[] {WAITS, GOES_AWAY}) {
            try (TestMe test = meOf(IGNORES)) {
                test.offer(command);
                assertThat(test.me.screen().text()).contains("Provisioning");
                test.clock.advance(Duration.ofSeconds(29));
                test.settle();
                assertThat(test.card.responsesWaiting()).isZero();

                test.clock.advance(Duration.ofSeconds(1));

                assertThat(test.answer()).isEqualTo(command.equals(WAITS) ? "12" : "00");
                assertThat(test.me.screen().text()).isEmpty();
            }
        }
    }

    @Test
    void a_text_says_how_long_it_waits() {
        try (TestMe test = meOf(IGNORES)) {
            test.offer(Commands.command(
                    TypeOfCommand.DISPLAY_TEXT,
                    0x80,
                    TextString.of("Provisioning"),
                    new org.bipline.cat.object.Duration(2, 25)));
            test.clock.advance(Duration.ofMillis(2499));
            test.settle();
            assertThat(test.card.responsesWaiting()).isZero();

            test.clock.advance(Duration.ofMillis(1));
            assertThat(test.answer()).isEqualTo("12");
        }
    }

    @Test
    void a_sustained_text_stays_behind_its_response_for_its_duration() {
        try (TestMe test = meOf(ENDS)) {
            assertThat(test.answerTo(Commands.command(
                            TypeOfCommand.DISPLAY_TEXT,
                            0x80,
                            TextString.of("Provisioning"),
                            new ImmediateResponse(),
                            new org.bipline.cat.object.Duration(1, 5))))
                    .isEqualTo("00");
            assertThat(test.me.screen().text()).contains("Provisioning");

            test.clock.advance(Duration.ofSeconds(5));
            assertThat(test.me.screen().text()).isEmpty();
        }
    }

    @Test
    void a_busy_screen_takes_texts_of_high_priority_only() {
        try (TestMe test = new TestMe()) {
            test.me.happens(s -> s.screenBusy(true));

            assertThat(test.answerTo(text(0x80))).isEqualTo("2001");
            assertThat(test.answerTo(text(0x81))).isEqualTo("00");
            assertThat(test.recorder.refusals.get(0).clause()).isEqualTo("ETSI TS 102 223 clause 8.12.2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // qualifier, key, answer
        "00, 0, 8D020430",
        "00, +, 8D02042B",
        "01, q, 8D020471",
        "01, x, 8D020478",
        "03, ル, 8D030830EB",
        "03, Д, 8D03080414"
    })
    void a_key_comes_back_in_the_coding_that_the_card_wants(String qualifier, String key, String object) {
        assertThat(after(inkey(qualifier), new UserAction.Enters(key))).isEqualTo("00" + object);
    }

    @ParameterizedTest
    @CsvSource({"00, a", "00, 12", "01, ル", "00, ''"})
    void a_key_that_is_none_is_as_if_never_pressed(String qualifier, String key) {
        assertThat(afterWaiting(inkey(qualifier), new UserAction.Enters(key))).isEqualTo("12");
    }

    @Test
    void yes_is_one_and_no_is_zero() {
        assertThat(after(inkey("04"), CONFIRMS)).isEqualTo("008D020401");
        assertThat(after(inkey("04"), REFUSES)).isEqualTo("008D020400");
    }

    @Test
    void help_is_there_only_where_the_card_has_it() {
        assertThat(after(inkey("80"), HELP)).isEqualTo("13");
        assertThat(afterWaiting(inkey("00"), HELP)).isEqualTo("12");
        assertThat(after(input(0x80, 0, 5), HELP)).isEqualTo("13");
    }

    @Test
    void a_key_with_variable_time_out_says_how_long_it_took() {
        ByteString command = Commands.command(
                TypeOfCommand.GET_INKEY, 0, TextString.of("Key?"), new org.bipline.cat.object.Duration(1, 10));
        try (TestMe test = meOf(new UserAction.Takes(Duration.ofSeconds(3), new UserAction.Enters("5")))) {
            test.offer(command);
            test.clock.advance(Duration.ofSeconds(3));
            assertThat(test.answer()).isEqualTo("008D0204358402021E");
        }
        try (TestMe test = meOf(IGNORES)) {
            test.offer(command);
            test.clock.advance(Duration.ofSeconds(10));
            assertThat(test.answer()).isEqualTo("128402010A");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // qualifier, minimum, maximum, text, answer
        "01, 5, 5, AbCdE, 8D06044162436445",
        "04, 5, 8, 2345678, 8D080432333435363738",
        "00, 0, 20, '', 8D0104",
        "08, 3, 255, 123, 8D040031D90C",
        "03, 1, 5, ЗДР, 8D0708041704140420"
    })
    void input_comes_back_in_the_coding_that_the_card_wants(
            String qualifier, int minimum, int maximum, String text, String object) {
        ByteString command = input(Integer.parseInt(qualifier, 16), minimum, maximum);
        assertThat(after(command, new UserAction.Enters(text))).isEqualTo("00" + object);
    }

    @ParameterizedTest
    @CsvSource({"00, 12", "00, 123456", "00, 12a", "01, ЗДР"})
    void input_of_other_length_or_letters_is_not_taken(String qualifier, String text) {
        ByteString command = input(Integer.parseInt(qualifier, 16), 3, 5);
        assertThat(afterWaiting(command, new UserAction.Enters(text))).isEqualTo("12");
    }

    @Test
    void the_user_may_take_the_default_text() {
        ByteString command = Commands.command(
                TypeOfCommand.GET_INPUT,
                1,
                TextString.of("Name?"),
                new ResponseLength(1, 10),
                DefaultText.of("bipline"));

        assertThat(after(command, CONFIRMS)).isEqualTo("008D08046269706C696E65");
        assertThat(after(command)).as("the patient user").isEqualTo("008D08046269706C696E65");
    }

    @Test
    void a_minimum_above_the_maximum_is_refused() {
        assertThat(after(input(0, 6, 5))).isEqualTo("32");
    }

    @Test
    void an_item_is_picked_or_the_default_taken_or_help_wanted() {
        ByteString command = Commands.command(
                TypeOfCommand.SELECT_ITEM, 0x80, Item.of(1, "One"), Item.of(0xFB, "Two"), new ItemIdentifier(1));

        assertThat(after(command, new UserAction.Selects(0xFB))).isEqualTo("009001FB");
        assertThat(after(command, CONFIRMS)).isEqualTo("00900101");
        assertThat(after(command)).as("the patient user").isEqualTo("00900101");
        assertThat(after(command, new UserAction.AsksForHelp(Optional.of(0xFB))))
                .isEqualTo("139001FB");
        assertThat(after(command, HELP)).isEqualTo("13900101");
        assertThat(after(command, GOES_BACK)).isEqualTo("11");
        assertThat(after(command, ENDS)).isEqualTo("10");
        assertThat(afterWaiting(command, new UserAction.Selects(9))).isEqualTo("12");
    }

    @Test
    void an_empty_item_is_no_choice() {
        assertThat(after(Commands.command(TypeOfCommand.SELECT_ITEM, 0, Item.of(1, "One"), new Item(ByteString.EMPTY))))
                .isEqualTo("32");
    }

    @Test
    void a_tone_is_played_to_its_end_unless_the_user_ends_it() {
        ByteString command = Commands.command(
                TypeOfCommand.PLAY_TONE,
                0,
                new Tone(Tone.Kind.GENERAL_BEEP.code()),
                new org.bipline.cat.object.Duration(1, 5));
        try (TestMe test = new TestMe()) {
            test.offer(command);
            test.clock.advance(Duration.ofMillis(4999));
            test.settle();
            assertThat(test.card.responsesWaiting()).isZero();
            test.clock.advance(Duration.ofMillis(1));
            assertThat(test.answer()).isEqualTo("00");
        }
        assertThat(after(command, ENDS)).isEqualTo("10");
        assertThat(after(Commands.command(TypeOfCommand.PLAY_TONE, 0, new Tone(0x7F))))
                .isEqualTo("30");
    }

    @Test
    void an_icon_is_not_shown_and_none_stands_without_a_text() {
        assertThat(after(ByteString.ofHex("D0138103012180820281028D04046162639E020001"), CONFIRMS))
                .isEqualTo("04");
        assertThat(after(ByteString.ofHex("D00F8103012180820281028D009E020001"))) // DISPLAY TEXT 1.9.1
                .isEqualTo("32");
    }

    @Test
    void a_reserved_duration_is_not_understood() {
        for (org.bipline.cat.object.Duration wrong : new org.bipline.cat.object.Duration[] {
            new org.bipline.cat.object.Duration(3, 1), new org.bipline.cat.object.Duration(1, 0)
        }) {
            assertThat(after(Commands.command(TypeOfCommand.GET_INKEY, 0, TextString.of("Key?"), wrong)))
                    .isEqualTo("32");
        }
    }

    @Test
    void the_idle_text_stays_until_an_empty_one_comes_or_the_card_is_reset() throws Exception {
        try (TestMe test = new TestMe()) {
            ByteString idle = Commands.command(TypeOfCommand.SET_UP_IDLE_MODE_TEXT, 0, TextString.of("bipline"));
            assertThat(test.answerTo(idle)).isEqualTo("00");
            assertThat(test.me.screen().idleText()).contains("bipline");
            test.perform(Commands.command(TypeOfCommand.SET_UP_IDLE_MODE_TEXT, 0, new TextString(ByteString.EMPTY)));
            assertThat(test.me.screen().idleText()).isEmpty();

            test.perform(idle);
            test.me.powerOn();
            assertThat(test.me.screen().idleText()).isEmpty();
        }
    }

    @Test
    void a_user_who_switches_off_leaves_the_card_without_a_response() {
        try (TestMe test = meOf(new UserAction.SwitchesOff())) {
            assertThatThrownBy(() -> {
                        test.card.command(WAITS);
                        test.me.transmit(TestMe.STATUS);
                        test.me.transmit(TestMe.STATUS);
                    })
                    .isInstanceOf(CardLinkException.class)
                    .hasMessageStartingWith("the card is not powered on");
            assertThat(test.card.responsesWaiting()).isZero();
            assertThat(test.recorder.lines).endsWith("off: switched off by the user");
        }
    }

    private static ByteString text(int qualifier) {
        return Commands.command(TypeOfCommand.DISPLAY_TEXT, qualifier, TextString.of("Provisioning"));
    }

    private static ByteString inkey(String qualifier) {
        return Commands.command(TypeOfCommand.GET_INKEY, Integer.parseInt(qualifier, 16), TextString.of("Key?"));
    }

    private static ByteString input(int qualifier, int minimum, int maximum) {
        return Commands.command(
                TypeOfCommand.GET_INPUT, qualifier, TextString.of("Text?"), new ResponseLength(minimum, maximum));
    }

    private static TestMe meOf(UserAction... actions) {
        return new TestMe(b -> b.user(UserModel.script(actions)));
    }

    private static String after(ByteString command, UserAction... actions) {
        try (TestMe test = meOf(actions)) {
            return test.answerTo(command);
        }
    }

    private static String afterWaiting(ByteString command, UserAction action) {
        try (TestMe test = meOf(action)) {
            test.offer(command);
            test.clock.advance(Duration.ofSeconds(30));
            return test.answer();
        }
    }
}
