// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of the ME that start a session. Technical specification clause 1, Events. */
class UpdateEventsTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int TIMER_BIT = 56; // start and stop of timers

    // of the event list, TS 102 223 clause 8.25
    private static final int LOCATION_STATUS = 0x03;
    private static final int LANGUAGE_SELECTION = 0x07;
    private static final int ACCESS_TECHNOLOGY_CHANGE = 0x0B;
    private static final int NETWORK_SEARCH_MODE_CHANGE = 0x0E;

    private final ScriptedMe me = new ScriptedMe(Uicc.builder()
            .applet(
                    DmApplet.class,
                    HEX.parseHex("F06269706C03"),
                    HEX.parseHex("F06269706C0301"),
                    HEX.parseHex("01012001010101000000"),
                    HEX.parseHex("8005217F00000181021F908903737276" + "8A0273318B04636172648C026331")));

    private final HttpDmServer server = new HttpDmServer();

    /** A session from the menu in which the server gives these commands. */
    private void manage(String commands) {
        me.sent();
        me.selectMenu();
        answer(commands);
        if (!commands.isEmpty()) {
            answer("");
        }
        assertOutcome("00FF");
        me.types();
    }

    private void answer(String commands) {
        server.read(new String(me.sent(), ISO_8859_1));
        me.receive(server.answer(commands));
    }

    private static String replace(int command, String leaf, String value) {
        return CommandsTest.replace(command, "./Update/" + leaf, value);
    }

    private void want(String events, String distance) {
        manage(replace(2, "Event", events) + replace(3, "Distance", distance));
    }

    private void assertOutcome(String start) {
        me.transmit("00A4040007F06269706C0301");
        assertThat(me.transmit("80CADF2000")).startsWith("DF2009" + start);
    }

    private void locationChanges() {
        me.event(LOCATION_STATUS, "1B0100");
    }

    /** Minutes that the timer runs for, whole ones only. */
    private int minutes() {
        String value = me.timerValue();
        return value == null ? 0 : 60 * swapped(value.substring(0, 2)) + swapped(value.substring(2, 4));
    }

    private static int swapped(String octet) {
        return Integer.parseInt(new StringBuilder(octet).reverse().toString());
    }

    /** Lets the distance to the last session pass. */
    private void pass() {
        while (me.timerValue() != null) {
            me.expireTimer();
        }
        assertThat(me.types()).doesNotContain("40");
    }

    @ParameterizedTest
    @Tag("MO-4")
    @CsvSource({
        "LocationStatus, 3, 1B0100",
        "LanguageSelection, 7, AD026465",
        "AccessTechnologyChange, 11, BF0103",
        "NetworkSearchModeChange, 14, E50100"
    })
    void an_event_that_is_named_starts_a_session_a_minute_later(String name, int event, String object) {
        me.event(event, object);
        assertThat(me.timerValue()).isNull();
        want("SwitchOf, " + name + " x", "30");
        pass();
        me.event(event, object);
        assertThat(minutes()).isEqualTo(1);
        me.expireTimer();
        assertThat(me.types()).contains("40");
        answer("");
        assertOutcome("00FF");
        assertThat(minutes()).isEqualTo(30);
    }

    @Test
    @Tag("MO-4")
    void each_of_several_events_counts_and_no_other() {
        want("AccessTechnologyChange,LocationStatus", "5");
        pass();
        me.event(LANGUAGE_SELECTION, "AD026465");
        me.event(NETWORK_SEARCH_MODE_CHANGE, "E50100");
        assertThat(me.timerValue()).isNull();
        me.event(ACCESS_TECHNOLOGY_CHANGE, "BF0103");
        assertThat(minutes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "LocationStatu",
                "LocationStatusx",
                "xLocationStatus",
                "locationstatus",
                "LocationStatus/x",
                "LocationLocationStatusAccessTechnologyChange"
            })
    void other_words_are_passed_over(String words) {
        want(words, "5");
        locationChanges();
        assertThat(me.timerValue()).isNull();
    }

    @Test
    @Tag("MO-4")
    void an_event_is_no_longer_reported_once_it_is_not_named() {
        want("LocationStatus", "5");
        want("", "5");
        locationChanges();
        assertThat(me.timerValue()).isNull();
    }

    @Test
    @Tag("MO-4")
    void a_storm_of_events_starts_one_session_after_the_distance() {
        want("LocationStatus", "90");
        for (int i = 0; i < 10; i++) {
            locationChanges();
        }
        assertThat(me.timerValue()).isEqualTo("100000");
        me.expireTimer();
        locationChanges();
        assertThat(minutes()).isEqualTo(30);
        me.expireTimer();
        assertThat(me.types()).contains("40");
        answer("");
        assertThat(me.timerValue()).isEqualTo("100000");
        pass();
    }

    /** Else a storm would put the session off for ever. */
    @Test
    void an_event_while_another_waits_does_not_touch_the_timer() {
        want("LocationStatus", "5");
        pass();
        locationChanges();
        me.types();
        locationChanges();
        assertThat(me.types()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "x, 60", "1, 1", "65535, 60"})
    void the_distance_is_an_hour_where_it_is_no_number_of_minutes(String distance, int minutes) {
        want("LocationStatus", distance);
        locationChanges();
        assertThat(minutes()).isEqualTo(minutes);
    }

    @Test
    @Tag("MO-4")
    void an_event_during_a_session_asks_for_one_after_it() {
        want("LocationStatus", "5");
        pass();
        me.selectMenu();
        locationChanges();
        answer("");
        me.types();
        assertThat(minutes()).isEqualTo(5);
        me.expireTimer();
        assertThat(me.types()).contains("40");
    }

    @Test
    @Tag("MO-4")
    void a_session_from_the_menu_serves_the_event_that_waits() {
        want("LocationStatus", "5");
        pass();
        locationChanges();
        manage("");
        assertThat(minutes()).isEqualTo(5);
        pass();
    }

    @Test
    @Tag("MO-4")
    void what_waits_and_what_is_named_survive_a_reset_that_brings_nothing_forward() {
        want("LocationStatus", "45");
        me.start();
        assertThat(minutes()).isEqualTo(45);
        locationChanges();
        me.start();
        assertThat(minutes()).isEqualTo(45);
        me.types();
        me.expireTimer();
        assertThat(me.types()).contains("40");
    }

    @Test
    @Tag("MO-4")
    void the_ME_that_is_switched_on_is_an_event() {
        want("SwitchOn", "10");
        me.start();
        assertThat(minutes()).isEqualTo(10);
        me.expireTimer();
        assertThat(me.types()).contains("40");
        for (int delay : new int[] {10, 10}) { // an ME that the session itself resets
            me.start();
            assertThat(minutes()).isBetween(1, delay);
        }
    }

    @Test
    @Tag("TR-5")
    void a_session_for_an_event_is_repeated_as_one_on_schedule_is() {
        want("LocationStatus", "200");
        pass();
        locationChanges();
        for (int delay : new int[] {1, 4, 16, 60}) {
            me.answer(ScriptedMe.OPEN_CHANNEL, "21");
            me.expireTimer();
            assertThat(minutes()).isBetween(delay, delay == 60 ? delay : delay + delay / 2);
        }
        me.expireTimer();
        assertThat(minutes()).isBetween(4, 36);
        me.answer(ScriptedMe.OPEN_CHANNEL, "21");
        me.expireTimer();
        assertThat(me.types()).contains("40").doesNotContain("21");
        pass();
    }

    @Test
    void without_timers_an_event_starts_nothing() {
        want("LocationStatus", "5");
        me.start(TIMER_BIT);
        locationChanges();
        assertThat(me.types()).isEmpty();
        assertThat(me.timerValue()).isNull();
    }
}
