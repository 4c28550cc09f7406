// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.object.AccessTechnology.Technology;
import org.bipline.cat.object.CardReaderStatus;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.LocalInformation;
import org.bipline.cat.object.PlainObject;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of ETSI TS 102 223 clause 7.5; the PDUs are those of 3GPP TS 31.124 clause 27.22.7 where it has the case. */
final class SurroundingsTest {
    private static final MeProfile ALL =
            MeProfile.full().with(b -> b.facilities = java.util.EnumSet.allOf(Facility.class));

    record Case(Event event, String pdu, Consumer<Surroundings> happening) {
        @Override
        public String toString() {
            return event + " " + pdu;
        }
    }

    private final TestMe test = new TestMe(b -> b.profile(ALL));

    @AfterEach
    void powerOff() {
        test.close();
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        Event.MT_CALL,
                        "D60F" + "990100" + "82028381" + "9C0100" + "8603818967",
                        s -> s.incomingCall(0, Optional.of("9876"))),
                new Case(Event.CALL_CONNECTED, "D60A" + "990101" + "82028281" + "9C0180", s -> s.callAnswered(0)),
                new Case(Event.CALL_DISCONNECTED, "D60E" + "990102" + "82028381" + "9C0100" + "9A026090", s -> {
                    s.incomingCall(0, Optional.empty());
                    s.callDisconnected(0, true, Optional.of(ByteString.ofHex("6090")));
                }),
                new Case(Event.CALL_DISCONNECTED, "D60C" + "990102" + "82028281" + "9C0180" + "9A00", s -> {
                    s.incomingCall(0, Optional.empty());
                    s.callDisconnected(0, false, Optional.of(ByteString.EMPTY));
                }),
                new Case(Event.LOCATION_STATUS, "D60A" + "990103" + "82028281" + "9B0102", s -> s.service(2)),
                new Case(
                        Event.LOCATION_STATUS,
                        "D613" + "990103" + "82028281" + "9B0100" + "930700111000020002",
                        s -> s.moveTo("001011", 2, 2)),
                new Case(Event.USER_ACTIVITY, "D607" + "990104" + "82028281", Surroundings::userActivity),
                new Case(Event.IDLE_SCREEN_AVAILABLE, "D607" + "990105" + "82020281", s -> {
                    s.screenBusy(true);
                    s.screenBusy(false);
                }),
                new Case(
                        Event.CARD_READER_STATUS,
                        "D60A" + "990106" + "82028281" + "A00179",
                        s -> s.cardReaderChanged(new CardReaderStatus(0x79))),
                new Case(
                        Event.LANGUAGE_SELECTION,
                        "D60B" + "990107" + "82028281" + "AD026465",
                        s -> s.languageSelected("de")),
                new Case(
                        Event.BROWSER_TERMINATION,
                        "D60A" + "990108" + "82028281" + "B40101",
                        s -> s.browserTerminated(true)),
                new Case(
                        Event.ACCESS_TECHNOLOGY_CHANGE,
                        "D60A" + "99010B" + "82028281" + "BF0103",
                        s -> s.accessTechnology(Technology.UTRAN)),
                new Case(
                        Event.NETWORK_SEARCH_MODE_CHANGE,
                        "D60A" + "99010E" + "82028281" + "E50100",
                        s -> s.networkSearchMode(true)),
                new Case(
                        Event.FRAMES_INFORMATION_CHANGE,
                        "D60A" + "990110" + "82028281" + "E70100",
                        s -> s.frames(ByteString.of(0))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_happens_is_told_to_a_card_that_asked_and_to_no_other(Case happening) {
        test.me.happens(happening.happening);
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(test.recorder.lines)
                .contains("dropped " + happening.event.text() + ": not in the event list that the card has set up");

        try (TestMe asked = new TestMe(b -> b.profile(ALL))) {
            asked.perform(Commands.events(happening.event));
            asked.me.happens(happening.happening);
            assertThat(asked.card.envelope().encode()).hasToString(happening.pdu);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_event_can_be_raised_and_none_that_the_profile_lacks(Event event) {
        EventDownload download = EventDownload.of(event, DeviceIdentities.TERMINAL_TO_UICC);
        test.perform(Commands.events(event));
        test.me.happens(s -> s.raise(download));
        assertThat(test.card.envelope()).isEqualTo(download);

        MeProfile nothing = MeProfile.full().with(b -> b.facilities = java.util.Set.of(Facility.SET_UP_EVENT_LIST));
        try (TestMe poor = new TestMe(b -> b.profile(nothing))) {
            poor.perform(Commands.events(event));
            poor.me.happens(s -> s.raise(download));
            poor.settle();
            assertThat(poor.card.envelopesWaiting()).isZero();
            assertThat(poor.recorder.lines).contains("dropped " + event.text() + ": not in the terminal profile");
        }
    }

    @Test
    void events_are_told_in_the_order_in_which_they_happened_and_after_the_session() {
        UserAction slow = new UserAction.Takes(Duration.ofSeconds(3), new UserAction.Confirms());
        try (TestMe busy = new TestMe(b -> b.profile(ALL).user(UserModel.script(slow)))) {
            busy.perform(
                    Commands.events(Event.LOCATION_STATUS, Event.LANGUAGE_SELECTION, Event.ACCESS_TECHNOLOGY_CHANGE));
            busy.offer(Commands.command(TypeOfCommand.DISPLAY_TEXT, 0x80, TextString.of("Provisioning")));
            busy.me.happens(s -> {
                s.languageSelected("fr");
                s.accessTechnology(Technology.GSM);
                s.moveTo("26201", 7, 8);
            });
            busy.settle();
            assertThat(busy.card.envelopesWaiting()).isZero();

            busy.clock.advance(Duration.ofSeconds(3));

            assertThat(busy.card.response().result().orElseThrow().performed()).isTrue();
            for (Event event :
                    new Event[] {Event.LANGUAGE_SELECTION, Event.ACCESS_TECHNOLOGY_CHANGE, Event.LOCATION_STATUS}) {
                Envelope told = busy.card.envelope();
                assertThat(((EventDownload) told).event()).contains(event);
            }
        }
    }

    @Test
    void user_activity_and_idle_screen_are_told_once() {
        test.perform(Commands.events(Event.USER_ACTIVITY, Event.IDLE_SCREEN_AVAILABLE, Event.LANGUAGE_SELECTION));
        for (int i = 0; i < 2; i++) {
            test.me.happens(s -> {
                s.userActivity();
                s.idleScreenAvailable();
            });
        }
        test.me.happens(s -> s.languageSelected("de"));
        test.settle();

        assertThat(test.card.envelopesWaiting()).isEqualTo(3);
    }

    @Test
    void what_has_not_changed_is_no_event() {
        test.perform(Commands.events(Event.LANGUAGE_SELECTION, Event.ACCESS_TECHNOLOGY_CHANGE));
        test.me.happens(s -> {
            s.languageSelected("en");
            s.accessTechnology(Technology.EUTRAN);
        });
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();
    }

    @Test
    void local_information_tells_what_happened() {
        test.me.happens(s -> {
            s.languageSelected("sv");
            s.accessTechnology(Technology.NG_RAN);
            s.networkSearchMode(true);
            s.moveTo("24001", 0x1234, 0x5678);
        });
        assertThat(local(LocalInformation.LANGUAGE_SETTING)).isEqualTo("00AD027376");
        assertThat(local(LocalInformation.ACCESS_TECHNOLOGY)).isEqualTo("00BF010A");
        assertThat(local(LocalInformation.SEARCH_MODE)).isEqualTo("00E50100");
        assertThat(local(LocalInformation.LOCATION_INFORMATION)).isEqualTo("00930742F01012345678");

        test.me.happens(s -> s.service(Surroundings.LIMITED_SERVICE));
        assertThat(local(LocalInformation.LOCATION_INFORMATION)).isEqualTo("06930742F01012345678");
        test.me.happens(s -> s.service(Surroundings.NO_SERVICE));
        assertThat(local(LocalInformation.LOCATION_INFORMATION)).isEqualTo("2004");
    }

    @ParameterizedTest
    @EnumSource
    void every_local_information_is_told_as_a_scenario_gives_it(LocalInformation wanted) {
        if (wanted == LocalInformation.LOCATION_INFORMATION || wanted == LocalInformation.DATE_TIME_AND_TIME_ZONE) {
            assertThat(local(wanted)).startsWith("00");
            return;
        }
        test.me.happens(s -> s.provide(wanted, new PlainObject(DataObjectType.ESN, ByteString.ofHex("01020304"))));

        assertThat(local(wanted)).isEqualTo("00C60401020304");
        try (TestMe poor = new TestMe(b -> b.profile(MeProfile.full().with(p -> p.facilities = java.util.Set.of())))) {
            assertThat(poor.answerTo(Commands.command(TypeOfCommand.PROVIDE_LOCAL_INFORMATION, wanted.code())))
                    .isEqualTo("30");
        }
    }

    @Test
    void what_the_ME_does_not_know_it_cannot_tell_now() {
        assertThat(local(LocalInformation.MEID)).isEqualTo("2000");
        assertThat(test.recorder.refusals.get(0).text()).isEqualTo("the ME does not know its meid");
    }

    @Test
    void no_place_is_beyond_the_poles() {
        assertThatThrownBy(() -> test.me.happens(s -> s.position(91, 0))).hasMessageContaining("91");
    }

    private String local(LocalInformation wanted) {
        return test.answerTo(Commands.command(TypeOfCommand.PROVIDE_LOCAL_INFORMATION, wanted.code()));
    }
}
