// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.SendShortMessage;
import org.bipline.cat.command.SendSs;
import org.bipline.cat.command.SetUpCall;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.AtCommand;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.DtmfString;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.PlainObject;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.SsString;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.object.Url;
import org.bipline.cat.object.UssdString;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that the network serves. */
final class ServicesTest {
    private static final ByteString CALL_CONTROL_AND_SMS_CONTROL = ByteString.ofHex("00000060"); // services 30 and 31
    private static final ByteString USSD = Commands.command(
            TypeOfCommand.SEND_USSD, 0, new UssdString(ByteString.ofHex("0F2A313030"))); // unpacked on purpose: opaque
    private static final ByteString SS = Commands.command(TypeOfCommand.SEND_SS, 0, SsString.of("*21#"));
    private static final ByteString BROWSE = Commands.command(
            TypeOfCommand.LAUNCH_BROWSER, 0, Url.of("http://bipline.test"), AlphaIdentifier.of("Call?"));
    private static final ByteString OPEN = Commands.command(
            TypeOfCommand.OPEN_CHANNEL,
            Commands.ON_DEMAND,
            AlphaIdentifier.of("Call?"),
            BearerDescription.DEFAULT_BEARER,
            new BufferSize(100),
            TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, 80),
            OtherAddress.of(TestMe.SERVER.getAddress()));
    private static final ByteString DTMF = Commands.command(TypeOfCommand.SEND_DTMF, 0, DtmfString.of("12"));
    private static final ByteString SMS = Commands.command( // to +447766215, three bytes
            TypeOfCommand.SEND_SHORT_MESSAGE,
            0,
            new Address(ByteString.ofHex("91112233445566")),
            new SmsTpdu(ByteString.ofHex("0100" + "099144776621F5" + "0004" + "03AABBCC")));

    @Test
    void a_call_needs_the_consent_of_the_user_and_is_told_as_connected() {
        try (TestMe test = new TestMe(b -> b.user(UserModel.script(new UserAction.Refuses())))) {
            test.perform(Commands.events(Event.CALL_CONNECTED));

            assertThat(test.answerTo(call(0))).isEqualTo("22");
            assertThat(test.answerTo(call(0))).isEqualTo("00");

            assertThat(test.card.envelope().encode()).hasToString("D60A990101820283819C0180");
            assertThat(test.answerTo(call(0))).as("a second call").isEqualTo("2002");
            assertThat(test.answerTo(call(2)))
                    .as("a second call, holding the first")
                    .isEqualTo("00");
        }
    }

    @Test
    void reserved_ways_to_set_up_a_call_are_not_understood() {
        for (int qualifier : new int[] {6, 0x10}) {
            assertThat(answer(call(qualifier))).isEqualTo("32");
        }
    }

    @ParameterizedTest
    @CsvSource({"2191", "21", "23"})
    void what_the_network_says_about_a_call_reaches_the_card(String result) {
        ByteString value = ByteString.ofHex(result);
        NetworkModel network = c -> Answer.of(new Result(value.u8(0), value.slice(1)));
        try (TestMe test = new TestMe(b -> b.network(network))) {
            assertThat(test.answerTo(call(0))).isEqualTo(result);
            assertThat(test.answerTo(DTMF)).as("no call goes on").isEqualTo("2007");
        }
    }

    @Test
    void tones_are_sent_during_a_call_only() {
        try (TestMe test = new TestMe()) {
            assertThat(test.answerTo(DTMF)).isEqualTo("2007");
            test.me.happens(s -> s.callConnected(0));
            assertThat(test.answerTo(DTMF)).isEqualTo("00");
            test.me.happens(s -> s.callDisconnected(0, true, Optional.empty()));
            assertThat(test.answerTo(DTMF)).isEqualTo("2007");
        }
    }

    @Test
    void the_user_may_end_an_operation_of_the_network() {
        UnaryOperator<MobileEquipment.Builder> impatient =
                b -> b.user(UserModel.script(new UserAction.EndsSession(), new UserAction.EndsSession()));
        try (TestMe test = new TestMe(impatient)) {
            assertThat(test.answerTo(SS)).isEqualTo("14");
            assertThat(test.answerTo(USSD)).isEqualTo("14");
            assertThat(test.answerTo(SS)).isEqualTo("00");
            assertThat(test.answerTo(USSD)).isEqualTo("008D03044F4B");
        }
    }

    @Test
    void the_text_of_the_network_is_that_of_the_response() {
        NetworkModel network = c -> Answer.performed(TextString.of("balance"));
        try (TestMe test = new TestMe(b -> b.network(network))) {
            assertThat(test.answerTo(USSD)).isEqualTo("008D080462616C616E6365");
        }
    }

    @Test
    void a_short_message_needs_a_network() {
        try (TestMe test = new TestMe()) {
            assertThat(test.answerTo(SMS)).isEqualTo("00");
            test.me.happens(s -> s.service(Surroundings.NO_SERVICE));
            assertThat(test.answerTo(SMS)).isEqualTo("2004");
        }
        NetworkModel failing = c -> Answer.of(new Result(GeneralResult.SMS_RP_ERROR.code(), ByteString.of(0x15)));
        try (TestMe test = new TestMe(b -> b.network(failing))) {
            assertThat(test.answerTo(SMS)).isEqualTo("3515");
        }
    }

    @Test
    void a_card_without_control_services_is_not_asked() {
        try (TestMe test = new TestMe()) {
            for (ByteString command : new ByteString[] {call(0), SS, USSD, SMS}) {
                test.perform(command);
            }
            assertThat(test.card.envelopesWaiting()).isZero();
        }
    }

    @Test
    void the_card_is_asked_about_calls_operations_and_messages_and_may_forbid_them() throws Exception {
        try (TestMe test = controlling()) {
            test.card.envelopeData = ByteString.ofHex("0100");
            for (ByteString command : new ByteString[] {call(0), SS, USSD, SMS}) {
                assertThat(test.answerTo(command)).isEqualTo("3901");
            }
            assertThat(test.card.envelope().encode())
                    .hasToString("D412" + "82028281" + "8603812143" + "930700F11000010001");
            assertThat(test.card.envelope().encode().toString())
                    .startsWith("D4")
                    .contains("9307");
            assertThat(test.card.envelope().encode().toString())
                    .startsWith("D4")
                    .contains("8A050F2A313030");
            assertThat(test.card.envelope().encode().toString())
                    .startsWith("D5")
                    .contains("860791112233445566")
                    .contains("86069144776621F5");
        }
    }

    @Test
    void the_card_may_allow_or_modify_or_be_busy() throws Exception {
        try (TestMe test = controlling()) {
            test.card.envelopeData = ByteString.ofHex("0000");
            assertThat(test.answerTo(SS)).isEqualTo("00");
            test.card.envelopeData = ByteString.ofHex("0205" + "8603812143");
            assertThat(test.answerTo(SS)).as("a call instead").isEqualTo("3902");
            test.card.envelopeStatusWord = 0x9300;
            assertThat(test.answerTo(SS)).isEqualTo("2500");
            test.card.envelopeStatusWord = 0x6F00;
            assertThat(test.answerTo(SS)).isEqualTo("3900");
        }
    }

    @Test
    void what_the_card_makes_of_an_action_is_what_the_network_gets_and_the_card_is_told() throws Exception {
        List<ProactiveCommand> served = new ArrayList<>();
        try (TestMe test = controlling(b -> b.network(command -> {
            served.add(command);
            return NetworkModel.WORKING.serve(command);
        }))) {
            test.card.envelopeData = ByteString.ofHex("0205" + "8903FF2A12");
            assertThat(test.answerTo(SS)).isEqualTo("05" + "A705" + "8903FF2A12");
            assertThat(((SendSs) served.get(0)).ssString().value()).isEqualTo(ByteString.ofHex("FF2A12"));

            test.card.envelopeData = ByteString.ofHex("0209" + "0603915365" + "8502486F");
            assertThat(test.answerTo(call(0))).isEqualTo("05" + "A709" + "0603915365" + "8502486F");
            assertThat(((SetUpCall) served.get(1)).address()).contains(Address.of("+3556"));
            assertThat(((SetUpCall) served.get(1)).confirmationPhase()).contains(AlphaIdentifier.of("Call?"));
            assertThat(test.recorder.lines).contains("screen: Ho");

            test.card.envelopeData = ByteString.ofHex("0203" + "860791");
            assertThat(test.answerTo(SMS)).as("an address that is cut").isEqualTo("3902");
            test.card.envelopeData = ByteString.ofHex("020F" + "860791112233445577" + "8604918967F5");
            assertThat(test.answerTo(SMS)).isEqualTo("05");
            SendShortMessage sent = (SendShortMessage) served.get(2);
            assertThat(sent.serviceCentre()).contains(new Address(ByteString.ofHex("91112233445577")));
            assertThat(sent.tpdu().orElseThrow().value()).hasToString("0100" + "05918967F5" + "0004" + "03AABBCC");
        }
    }

    @Test
    void a_user_may_take_their_time_with_a_call_or_let_it_pass_or_switch_off() {
        for (ByteString command : new ByteString[] {call(0), BROWSE, OPEN}) {
            try (TestMe test = userWho(new UserAction.Takes(Duration.ofSeconds(3), new UserAction.Confirms()))) {
                test.offer(command);
                assertThat(test.me.screen().text()).contains("Call?");
                test.clock.advance(Duration.ofMillis(2999));
                test.settle();
                assertThat(test.card.responsesWaiting()).isZero();
                test.clock.advance(Duration.ofMillis(1));
                assertThat(test.answer()).matches("0[07].*");
                assertThat(test.me.screen().text()).isEmpty();
            }
            try (TestMe test = userWho(new UserAction.Ignores())) {
                test.offer(command);
                test.clock.advance(Duration.ofSeconds(29));
                test.settle();
                assertThat(test.card.responsesWaiting()).isZero();
                test.clock.advance(Duration.ofSeconds(1));
                assertThat(test.answer()).startsWith("12");
            }
            try (TestMe test = userWho(new UserAction.Takes(Duration.ofSeconds(2), new UserAction.SwitchesOff()))) {
                test.offer(command);
                test.clock.advance(Duration.ofSeconds(2));
                assertThat(test.me.screen()).isEqualTo(Screen.EMPTY);
                assertThat(test.recorder.lines).endsWith("off: switched off by the user");
                assertThat(test.card.responsesWaiting()).isZero();
            }
            assertThat(answer(command, new UserAction.GoesBack())).startsWith("11");
            assertThat(answer(command, new UserAction.EndsSession())).startsWith("10");
            assertThat(answer(command, new UserAction.Refuses())).startsWith("22");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SS", "USSD"})
    void the_user_may_do_anything_while_the_network_works(String operation) {
        ByteString command = operation.equals("SS") ? SS : USSD;
        assertThat(answer(command, new UserAction.Refuses())).isEqualTo("22");
        assertThat(answer(command, new UserAction.GoesBack())).isEqualTo("11");
        assertThat(answer(command, new UserAction.IsKeptBy(TerminalProblem.SCREEN_IS_BUSY)))
                .isEqualTo("2001");
        assertThat(answer(command, new UserAction.Ignores())).startsWith("00");
        UserAction ends = new UserAction.Takes(Duration.ofSeconds(2), new UserAction.EndsSession());
        assertThat(answer(command, ends)).as("the network was faster").startsWith("00");

        CompletableFuture<Answer> slow = new CompletableFuture<>();
        try (TestMe test = new TestMe(b -> b.user(UserModel.script(ends, ends)).network(c -> new Answer.Later(slow)))) {
            test.offer(command);
            test.clock.advance(Duration.ofSeconds(2));
            assertThat(test.answer()).isEqualTo("14");

            test.offer(command);
            slow.complete(Answer.performed());
            assertThat(test.answer()).isEqualTo("00");
            test.clock.advance(Duration.ofSeconds(2));
            test.settle();
            assertThat(test.card.responsesWaiting()).isZero();
        }
        try (TestMe test = userWho(new UserAction.SwitchesOff())) {
            test.card.command(command);
            assertThatThrownBy(() -> {
                        test.me.transmit(TestMe.STATUS);
                        test.me.transmit(TestMe.STATUS);
                    })
                    .hasMessageContaining("not powered on");
        }
    }

    @Test
    void a_busy_number_is_called_again_until_the_duration_is_over() {
        Iterator<Integer> results = List.of(0x21, 0x21, 0x00).iterator();
        NetworkModel network = c -> Answer.of(new Result(results.next(), ByteString.EMPTY));
        try (TestMe test = new TestMe(b -> b.network(network))) {
            test.offer(call(1));
            test.clock.advance(Duration.ofSeconds(5));
            test.settle();
            assertThat(test.card.responsesWaiting()).isZero();
            test.clock.advance(Duration.ofMinutes(1));
            assertThat(test.answer()).isEqualTo("00");
        }
        AtomicInteger attempts = new AtomicInteger();
        NetworkModel busy = c -> {
            attempts.incrementAndGet();
            return Answer.of(GeneralResult.NETWORK_CURRENTLY_UNABLE_TO_PROCESS);
        };
        try (TestMe test = new TestMe(b -> b.network(busy))) {
            assertThat(test.answerTo(call(0))).as("without redial").isEqualTo("21");
            test.offer(Commands.command(
                    TypeOfCommand.SET_UP_CALL, 1, Address.of("1234"), org.bipline.cat.object.Duration.ofSeconds(70)));
            test.clock.advance(Duration.ofSeconds(5));
            test.settle();
            test.clock.advance(Duration.ofMinutes(1));
            assertThat(test.answer()).isEqualTo("21");
            assertThat(attempts).hasValue(1 + 3);
        }
    }

    @Test
    void the_user_sees_what_the_ME_does_for_the_card() {
        try (TestMe test = new TestMe()) {
            AlphaIdentifier alpha = AlphaIdentifier.of("Sending");
            test.perform(Commands.command(TypeOfCommand.SEND_SS, 0, alpha, SsString.of("*21#")));
            assertThat(test.recorder.lines).containsSubsequence("screen: Sending", "screen: ");
            test.recorder.lines.clear();

            test.perform(Commands.command(
                    TypeOfCommand.SET_UP_CALL,
                    0,
                    AlphaIdentifier.of("Call?"),
                    Address.of("1234"),
                    AlphaIdentifier.of("Calling")));
            assertThat(test.recorder.lines)
                    .containsSubsequence("screen: Call?", "screen: ", "screen: Calling", "screen: ");
            test.recorder.lines.clear();

            test.perform(Commands.command(TypeOfCommand.SEND_SS, 0, AlphaIdentifier.of(""), SsString.of("*21#")));
            assertThat(test.recorder.lines).noneMatch(line -> line.startsWith("screen"));
        }
    }

    @Test
    void the_card_tells_its_language_and_takes_it_back() {
        try (TestMe test = new TestMe()) {
            test.perform(ByteString.ofHex("D00D8103013501820281822D027365")); // LANGUAGE NOTIFICATION 1.1.1
            assertThat(test.me.screen().language()).contains("se");
            test.perform(Commands.command(TypeOfCommand.LANGUAGE_NOTIFICATION, 0));
            assertThat(test.me.screen().language()).isEmpty();
        }
    }

    @Test
    void the_browser_opens_once_unless_another_window_is_wanted() {
        try (TestMe test = new TestMe()) {
            assertThat(test.answerTo(browse(0))).isEqualTo("00");
            assertThat(test.me.screen().browser()).contains("http://bipline.test");
            assertThat(test.answerTo(browse(0))).isEqualTo("2602");
            assertThat(test.answerTo(browse(3))).isEqualTo("00");
            test.me.happens(s -> s.browserTerminated(false));
            assertThat(test.me.screen().browser()).isEmpty();
            assertThat(test.answerTo(browse(0))).isEqualTo("00");
        }
        try (TestMe test = new TestMe(b -> b.user(UserModel.script(new UserAction.Refuses())))) {
            assertThat(test.answerTo(browse(0))).isEqualTo("22");
        }
    }

    @Test
    void the_modem_answers_an_AT_command() {
        assertThat(answer(Commands.command(TypeOfCommand.RUN_AT_COMMAND, 0, AtCommand.of("AT"))))
                .isEqualTo("00A9024F4B");
    }

    @Test
    void a_multimedia_message_is_under_way_at_the_response_and_its_fate_follows() {
        FileList file = new FileList(ByteString.ofHex("013F007F106F3C"));
        PlainObject identifier = new PlainObject(DataObjectType.MULTIMEDIA_MESSAGE_IDENTIFIER, ByteString.of(1));
        try (TestMe test = new TestMe()) {
            assertThat(test.answerTo(Commands.command(TypeOfCommand.SUBMIT_MULTIMEDIA_MESSAGE, 0, file, identifier)))
                    .isEqualTo("00");
            assertThat(test.card.envelope().encode())
                    .hasToString("DA13" + "82028381" + "9207013F007F106F3C" + "EB0101" + "EC0100");
            assertThat(test.answerTo(Commands.command(
                            TypeOfCommand.RETRIEVE_MULTIMEDIA_MESSAGE,
                            0,
                            new PlainObject(DataObjectType.MULTIMEDIA_MESSAGE_REFERENCE, ByteString.of(9)),
                            file,
                            new PlainObject(DataObjectType.MULTIMEDIA_MESSAGE_CONTENT_IDENTIFIER, ByteString.of(1)))))
                    .isEqualTo("00");
            assertThat(test.card.envelope().encode().toString()).startsWith("DA");
            assertThat(test.answerTo(
                            Commands.command(TypeOfCommand.DISPLAY_MULTIMEDIA_MESSAGE, 0x80, file, identifier)))
                    .isEqualTo("00");
        }
    }

    @Test
    void the_location_follows_in_an_envelope() {
        try (TestMe test = new TestMe()) {
            test.me.happens(s -> s.position(-45, 90));
            assertThat(test.answerTo(Commands.command(
                            TypeOfCommand.GEOGRAPHICAL_LOCATION_REQUEST,
                            0,
                            new PlainObject(
                                    DataObjectType.GEOGRAPHICAL_LOCATION_PARAMETERS,
                                    ByteString.ofHex("000000000000")))))
                    .isEqualTo("00");
            assertThat(test.card.envelope().encode()).hasToString("DD0D" + "82028281" + "F707" + "00C00000400000");
        }
    }

    @Test
    void commands_that_only_tell_something_are_performed() {
        assertThat(answer(Commands.command(
                        TypeOfCommand.ACTIVATE,
                        0,
                        new PlainObject(DataObjectType.ACTIVATE_DESCRIPTOR, ByteString.of(1)))))
                .isEqualTo("00");
        assertThat(answer(Commands.command(
                        TypeOfCommand.CONTACTLESS_STATE_CHANGED,
                        0,
                        new PlainObject(DataObjectType.CONTACTLESS_FUNCTIONALITY_STATE, ByteString.of(0)))))
                .isEqualTo("00");
        assertThat(answer(ByteString.ofHex("D00D8103013501820281822D027365"))) // LANGUAGE NOTIFICATION 1.1.1
                .isEqualTo("00");
    }

    @Test
    void a_local_service_is_declared_once_and_removed_once() {
        try (TestMe test = capable(Facility.DECLARE_SERVICE)) {
            PlainObject service = new PlainObject(DataObjectType.SERVICE_RECORD, ByteString.ofHex("0105"));
            assertThat(test.answerTo(Commands.command(TypeOfCommand.DECLARE_SERVICE, 0, service)))
                    .isEqualTo("00");
            assertThat(test.answerTo(Commands.command(TypeOfCommand.DECLARE_SERVICE, 1, service)))
                    .isEqualTo("00");
            assertThat(test.answerTo(Commands.command(TypeOfCommand.DECLARE_SERVICE, 1, service)))
                    .isEqualTo("3A09");
        }
    }

    @Test
    void no_local_device_is_near() {
        try (TestMe test = capable(Facility.SERVICE_SEARCH)) {
            assertThat(test.answerTo(Commands.command(
                            TypeOfCommand.SERVICE_SEARCH,
                            0,
                            new PlainObject(DataObjectType.SERVICE_SEARCH, ByteString.ofHex("0100")))))
                    .isEqualTo("3A07");
        }
        try (TestMe test = capable(Facility.GET_SERVICE_INFORMATION)) {
            assertThat(test.answerTo(Commands.command(
                            TypeOfCommand.GET_SERVICE_INFORMATION,
                            0,
                            new PlainObject(DataObjectType.ATTRIBUTE_INFORMATION, ByteString.ofHex("0100")))))
                    .isEqualTo("3A07");
        }
    }

    @Test
    void a_screen_without_frames_says_so() {
        try (TestMe test =
                capable(Facility.SET_FRAMES, Facility.GET_FRAMES_STATUS, Facility.EVENT_FRAMES_INFORMATION_CHANGE)) {
            PlainObject frame = new PlainObject(DataObjectType.FRAME_IDENTIFIER, ByteString.of(0));
            ByteString status = Commands.command(TypeOfCommand.GET_FRAMES_STATUS, 0);
            assertThat(test.answerTo(Commands.command(TypeOfCommand.SET_FRAMES, 0, frame)))
                    .isEqualTo("3C02");
            assertThat(test.answerTo(status)).isEqualTo("3C03");
            test.me.happens(s -> s.frames(ByteString.ofHex("00")));
            assertThat(test.answerTo(status)).isEqualTo("00E70100");
        }
    }

    @Test
    void an_additional_card_is_powered_and_used_and_powered_off() {
        List<String> apdus = new ArrayList<>();
        CardLink second = new CardLink() {
            @Override
            public byte[] reset() {
                return new byte[] {0x3B, 0x01};
            }

            @Override
            public byte[] transmit(byte[] apdu) throws CardLinkException {
                apdus.add(ByteString.wrap(apdu).toString());
                if (apdus.size() > 1) {
                    throw new CardLinkException("torn out");
                }
                return new byte[] {(byte) 0x90, 0x00};
            }

            @Override
            public void close() {
                apdus.add("off");
            }
        };
        try (TestMe test = readers(b -> b.additionalCard(second))) {
            assertThat(test.answerTo(reader(TypeOfCommand.PERFORM_CARD_APDU, "2204A0B00000")))
                    .isEqualTo("3804");
            assertThat(test.answerTo(Commands.command(TypeOfCommand.GET_READER_STATUS, 0)))
                    .isEqualTo("00A00151");
            assertThat(test.answerTo(reader(TypeOfCommand.POWER_ON_CARD, ""))).isEqualTo("00A1023B01");
            assertThat(test.answerTo(Commands.command(TypeOfCommand.GET_READER_STATUS, 0)))
                    .isEqualTo("00A001D1");
            assertThat(test.answerTo(reader(TypeOfCommand.PERFORM_CARD_APDU, "2205A0B0000000")))
                    .isEqualTo("00A3029000");
            assertThat(test.answerTo(reader(TypeOfCommand.PERFORM_CARD_APDU, "2205A0B0000000")))
                    .isEqualTo("3807");
            assertThat(test.answerTo(reader(TypeOfCommand.POWER_OFF_CARD, ""))).isEqualTo("00");
            assertThat(test.answerTo(reader(TypeOfCommand.POWER_OFF_CARD, ""))).isEqualTo("3804");
            assertThat(apdus).containsExactly("A0B0000000", "A0B0000000", "off");
        }
    }

    @Test
    void an_ME_without_the_reader_that_it_announces_says_so() {
        try (TestMe test = readers(UnaryOperator.identity())) {
            assertThat(test.answerTo(Commands.command(TypeOfCommand.GET_READER_STATUS, 0)))
                    .isEqualTo("3801");
            assertThat(test.answerTo(reader(TypeOfCommand.POWER_ON_CARD, ""))).isEqualTo("3809");
        }
        assertThat(answer(reader(TypeOfCommand.POWER_ON_CARD, ""))).isEqualTo("30");
    }

    private static TestMe readers(UnaryOperator<MobileEquipment.Builder> more) {
        MeProfile profile = profile(
                Facility.POWER_ON_CARD,
                Facility.POWER_OFF_CARD,
                Facility.PERFORM_CARD_APDU,
                Facility.GET_READER_STATUS,
                Facility.GET_READER_STATUS_IDENTIFIER);
        return new TestMe(b -> more.apply(b.profile(profile)));
    }

    private static ByteString reader(TypeOfCommand type, String object) {
        ByteString command =
                Commands.command(type, 0, DeviceIdentities.of(Device.UICC, Device.ADDITIONAL_CARD_READER_1));
        int length = command.length() - 2 + object.length() / 2;
        return ByteString.ofHex("D0%02X".formatted(length) + command.slice(2) + object);
    }

    private static TestMe capable(Facility... facilities) {
        return new TestMe(b -> b.profile(profile(facilities)));
    }

    private static MeProfile profile(Facility... more) {
        EnumSet<Facility> facilities = EnumSet.copyOf(MeProfile.full().facilities());
        facilities.addAll(Set.of(more));
        return MeProfile.full().with(b -> b.facilities = facilities);
    }

    private static TestMe userWho(UserAction... actions) {
        return new TestMe(b -> b.user(UserModel.script(actions)));
    }

    private static TestMe controlling() throws CardLinkException {
        return controlling(UnaryOperator.identity());
    }

    private static TestMe controlling(UnaryOperator<MobileEquipment.Builder> more) throws CardLinkException {
        TestMe test = new TestMe(more);
        test.card.serviceTable = CALL_CONTROL_AND_SMS_CONTROL;
        test.me.powerOn();
        return test;
    }

    private static ByteString call(int qualifier) {
        return Commands.command(TypeOfCommand.SET_UP_CALL, qualifier, AlphaIdentifier.of("Call?"), Address.of("1234"));
    }

    private static ByteString browse(int qualifier) {
        return Commands.command(TypeOfCommand.LAUNCH_BROWSER, qualifier, Url.of("http://bipline.test"));
    }

    private static String answer(ByteString command, UserAction... actions) {
        try (TestMe test = userWho(actions)) {
            return test.answerTo(command);
        }
    }
}
