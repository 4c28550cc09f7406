// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bipline.cat.command.Fault;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.ResponseLength;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HandlersTest {
    private static final ByteString WAIT_FOR_USER = display(0x80);

    private TestMe test = new TestMe();

    @AfterEach
    void powerOff() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource({
        "00, 93 07 00F110 0001 0001",
        "01, 94 08 4A09512430325781",
        "03, A6 07 62114290035140",
        "04, AD 02 656E",
        "06, BF 01 08",
        "08, E2 09 4309512430325701F1"
    })
    void gives_local_information(String qualifier, String object) {
        TerminalResponse response = test.perform(
                Commands.command(TypeOfCommand.PROVIDE_LOCAL_INFORMATION, Integer.parseInt(qualifier, 16)));

        assertThat(response.encode().toString())
                .isEqualTo("81030126" + qualifier + "82028281" + "830100" + object.replace(" ", ""));
    }

    @Test
    void local_information_that_the_profile_lacks_is_beyond_it() {
        assertThat(resultOf(Commands.command(TypeOfCommand.PROVIDE_LOCAL_INFORMATION, 7)))
                .isEqualTo(Result.of(GeneralResult.BEYOND_TERMINAL_CAPABILITIES));
    }

    @Test
    void repeats_the_command_details_with_their_flag_and_answers_from_terminal_to_uicc() {
        TerminalResponse response = test.perform(ByteString.ofHex("D0090103070200" + "82028182"));

        assertThat(response.encode()).hasToString("0103070200" + "82028281" + "830100");
    }

    @Test
    void refuses_a_type_that_the_standard_does_not_know() {
        assertThat(resultOf(ByteString.ofHex("D0098103017F0082028182")).generalResult())
                .isEqualTo(0x31);
        assertThat(test.recorder.refusals).hasSize(1);
    }

    @Test
    void a_command_that_the_ME_lacks_is_beyond_its_capabilities_however_incomplete_it_is() {
        assertThat(resultOf(ByteString.ofHex("D009" + "8103015000" + "82028182"))
                        .generalResult())
                .isEqualTo(0x30);
        assertThat(test.recorder.refusals)
                .extracting(Fault::text)
                .containsExactly("SET FRAMES is not in the terminal profile");
    }

    @Test
    void says_which_object_is_missing_and_where_the_standard_demands_it() {
        TerminalResponse response = test.perform(Commands.command(TypeOfCommand.POLL_INTERVAL, 0));

        assertThat(response.encode()).hasToString("8103010300" + "82028281" + "830136");
        Fault fault = test.recorder.refusals.get(0);
        assertThat(fault.text()).contains("Duration is missing");
        assertThat(fault.clause()).isEqualTo("ETSI TS 102 223 clause 6.6.6");
        assertThat(fault.offset()).isEqualTo(11);
    }

    @Test
    void answers_a_command_without_command_details_with_empty_ones() {
        assertThat(test.perform(ByteString.ofHex("D00482028182")).encode()).hasToString("8100" + "82028281" + "830136");
    }

    @Test
    void tells_that_it_left_an_unknown_object_aside() {
        assertThat(resultOf(ByteString.ofHex("D00B" + "8103010200" + "82028182" + "5A00")))
                .isEqualTo(Result.of(GeneralResult.PERFORMED_WITH_PARTIAL_COMPREHENSION));
    }

    @Test
    void a_command_whose_facility_is_not_in_the_profile_is_refused() {
        TerminalProfile profile = TerminalProfile.of(Set.of(Facility.PROFILE_DOWNLOAD), 0);
        try (TestMe poor = new TestMe(b -> b.profile(MeProfile.full().withTerminalProfile(profile)))) {
            for (ByteString command : new ByteString[] {
                Commands.command(TypeOfCommand.MORE_TIME, 0),
                Commands.command(TypeOfCommand.POLLING_OFF, 0),
                Commands.command(TypeOfCommand.PROVIDE_LOCAL_INFORMATION, 1),
                Commands.events(),
                Commands.getChannelStatus(),
                Commands.closeChannel(1),
                Commands.startTimer(1, 1),
                WAIT_FOR_USER
            }) {
                assertThat(poor.perform(command).result())
                        .contains(Result.of(GeneralResult.BEYOND_TERMINAL_CAPABILITIES));
            }
        }
    }

    @Test
    void polls_at_the_interval_of_the_card_until_polling_is_off() {
        TerminalResponse response = test.perform(
                Commands.command(TypeOfCommand.POLL_INTERVAL, 0, new org.bipline.cat.object.Duration(1, 20)));
        assertThat(response.encode()).hasToString("8103010300" + "82028281" + "830100" + "84020114");

        int before = test.card.statusCommands.get();
        for (int i = 0; i < 3; i++) {
            test.clock.advance(Duration.ofSeconds(20));
            test.me.menuItems(); // the ME has taken what the clock posted
        }
        assertThat(test.card.statusCommands.get() - before).isEqualTo(3);

        test.perform(Commands.command(TypeOfCommand.POLLING_OFF, 0));
        before = test.card.statusCommands.get();
        test.clock.advance(Duration.ofHours(1));
        test.me.menuItems();
        assertThat(test.card.statusCommands.get()).isEqualTo(before);
        assertThat(test.clock.waiting()).isZero();
    }

    @Test
    void a_poll_interval_below_a_second_becomes_a_second() {
        TerminalResponse response = test.perform(
                Commands.command(TypeOfCommand.POLL_INTERVAL, 0, new org.bipline.cat.object.Duration(2, 5)));

        assertThat(response.first(org.bipline.cat.object.Duration.class))
                .contains(new org.bipline.cat.object.Duration(1, 1));
    }

    @Test
    void latency_lies_before_every_response_be_it_early_or_late() {
        MeProfile slow = MeProfile.full().with(b -> b.latency = Duration.ofMillis(200));
        UserAction late = new UserAction.Takes(Duration.ofSeconds(2), new UserAction.Confirms());
        try (TestMe slowly = new TestMe(b -> b.profile(slow).user(UserModel.script(late)))) {
            slowly.offer(Commands.command(TypeOfCommand.MORE_TIME, 0));
            slowly.clock.advance(Duration.ofMillis(199));
            slowly.settle();
            assertThat(slowly.card.responsesWaiting()).isZero();
            slowly.clock.advance(Duration.ofMillis(1));
            assertThat(slowly.answer()).isEqualTo("00");

            slowly.offer(WAIT_FOR_USER);
            slowly.clock.advance(Duration.ofSeconds(2));
            slowly.settle();
            assertThat(slowly.card.responsesWaiting()).isZero();
            slowly.clock.advance(Duration.ofMillis(200));
            assertThat(slowly.answer()).isEqualTo("00");
        }
    }

    @Test
    void a_refusal_points_at_the_object_that_is_wrong() {
        test.perform(Commands.command(TypeOfCommand.GET_INPUT, 0, TextString.of("Text?"), new ResponseLength(6, 5)));
        Fault fault = test.recorder.refusals.get(0);
        assertThat(fault.text()).isEqualTo("Response length: minimum 6 is above maximum 5");
        assertThat(fault.offset()).isEqualTo(2 + 5 + 4 + 8);

        test.perform(Commands.command(TypeOfCommand.SET_FRAMES, 0));
        assertThat(test.recorder.refusals.get(1).offset()).isEqualTo(2);
    }

    @Test
    void a_platform_reset_resets_and_a_session_on_another_interface_is_none_of_this_ME() {
        MeProfile capable =
                with(Facility.LSI_COMMAND_UICC_PLATFORM_RESET, Facility.LSI_COMMAND_PROACTIVE_SESSION_REQUEST);
        assertThat(test.answerTo(Commands.command(TypeOfCommand.LSI_COMMAND, 0)))
                .as("not in the profile")
                .isEqualTo("30");
        try (TestMe other = new TestMe(b -> b.profile(capable))) {
            assertThat(other.answerTo(Commands.command(TypeOfCommand.LSI_COMMAND, 0)))
                    .isEqualTo("00");
            other.offer(Commands.command(TypeOfCommand.LSI_COMMAND, 1));
            assertThat(other.card.resets).hasValue(2);
            assertThat(other.card.responsesWaiting()).isZero();
        }
    }

    @Test
    void commands_of_the_eCAT_client_need_its_facility() {
        ByteString container = Commands.command(TypeOfCommand.COMMAND_CONTAINER, 0);
        ByteString control = Commands.command(TypeOfCommand.ENCAPSULATED_SESSION_CONTROL, 0);
        assertThat(test.answerTo(container)).isEqualTo("30");
        assertThat(test.answerTo(control)).isEqualTo("30");
        try (TestMe other = new TestMe(b -> b.profile(with(Facility.COMMAND_CONTAINER)))) {
            assertThat(other.answerTo(container)).isEqualTo("00");
            assertThat(other.answerTo(control)).isEqualTo("00");
        }
    }

    private static MeProfile with(Facility... more) {
        EnumSet<Facility> facilities = EnumSet.copyOf(MeProfile.full().facilities());
        facilities.addAll(Set.of(more));
        return MeProfile.full().with(b -> b.facilities = facilities);
    }

    @Test
    void a_scenario_takes_the_place_of_a_handler() {
        try (TestMe scenario = new TestMe(
                b -> b.handler(TypeOfCommand.MORE_TIME, (c, me) -> Answer.of(GeneralResult.NO_RESPONSE_FROM_USER)))) {
            assertThat(scenario.perform(Commands.command(TypeOfCommand.MORE_TIME, 0))
                            .result())
                    .contains(Result.of(GeneralResult.NO_RESPONSE_FROM_USER));
        }
    }

    @Test
    void a_scenario_leaves_to_the_ME_what_it_does_not_want_to_change() {
        AtomicInteger calls = new AtomicInteger();
        CommandHandler everySecond = (c, me) -> calls.incrementAndGet() % 2 == 0
                ? Answer.of(GeneralResult.NO_RESPONSE_FROM_USER)
                : CommandHandler.OWN.handle(c, me);
        try (TestMe scenario = new TestMe(b -> b.handler(TypeOfCommand.MORE_TIME, everySecond))) {
            for (GeneralResult expected :
                    new GeneralResult[] {GeneralResult.PERFORMED_SUCCESSFULLY, GeneralResult.NO_RESPONSE_FROM_USER}) {
                assertThat(scenario.perform(Commands.command(TypeOfCommand.MORE_TIME, 0))
                                .result())
                        .contains(Result.of(expected));
            }
        }
    }

    @Test
    void a_handler_that_throws_still_gives_the_card_its_response() {
        try (TestMe scenario = new TestMe(b -> b.handler(TypeOfCommand.MORE_TIME, (c, me) -> {
            throw new IllegalStateException("broken on purpose");
        }))) {
            assertThat(scenario.perform(Commands.command(TypeOfCommand.MORE_TIME, 0))
                            .result())
                    .contains(Result.of(TerminalProblem.NO_SPECIFIC_CAUSE));
            assertThat(scenario.perform(Commands.getChannelStatus()).result())
                    .contains(Result.of(GeneralResult.PERFORMED_SUCCESSFULLY));
        }
    }

    private static ByteString display(int qualifier) {
        return Commands.command(TypeOfCommand.DISPLAY_TEXT, qualifier, TextString.of("Provisioning"));
    }

    private Result resultOf(ByteString command) {
        return test.perform(command).result().orElseThrow();
    }
}
