// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.SECOND;
import static org.bipline.uicc.runtime.Cards.log;

import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final String TWO_TIMERS = "0102000000000000";
    private static final String ONE_CHANNEL = "0100000001000000";
    private static final String NOTHING = "0200000000000000";
    private static final String ON_USER_ACTIVITY = "010010";
    private static final String USER_ACTIVITY = "99010482028281";
    private static final String OPEN = "0607" + "400182" + "390201F4";
    private static final String SEND = "0608" + "430121" + "B603AABBCC";
    private static final String CLOSE = "0603" + "410021";
    private static final String CLOSE_TO_LISTEN = "0603" + "410121";
    private static final String NOT_ALLOWED = "400F";

    private final Cards cards = new Cards();

    private Terminal ready() {
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        return terminal;
    }

    @Test
    void timers_are_given_up_to_the_allotment() {
        cards.script(FIRST, TWO_TIMERS, "020202", "05").script(SECOND, "0108000000000000", "02", "05");
        Terminal terminal = ready();
        assertThat(log(terminal, FIRST)).isEqualTo("00010002" + "400B");
        assertThat(log(terminal, SECOND)).isEqualTo("0003");
    }

    @Test
    void a_timer_expires_for_its_owner_only() {
        cards.script(FIRST, TWO_TIMERS, "02", "05").script(SECOND, TWO_TIMERS, "02", "05");
        Terminal terminal = ready();
        cards.heard.clear();
        assertThat(terminal.envelope("D7", "82028281" + "A40102" + "A503000000"))
                .isEqualTo("9000");
        assertThat(cards.heard).containsExactly("TIMER_EXPIRATION " + SECOND);
        cards.heard.clear();
        terminal.envelope("D7", "82028281" + "A40107" + "A503000000");
        assertThat(cards.heard).containsExactly("dropped TIMER_EXPIRATION: no applet owns the timer");
    }

    @Test
    void a_timer_is_managed_by_its_owner_only() {
        String startTimer = "0609" + "270082" + "A40101" + "A5010" + "1";
        cards.script(FIRST, TWO_TIMERS, "02", "").script(SECOND, NOTHING, ON_USER_ACTIVITY, startTimer);
        Terminal terminal = ready();
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9000");
        assertThat(log(terminal, SECOND)).isEqualTo(NOT_ALLOWED);
    }

    @Test
    void system_commands_are_not_for_applets() {
        cards.script(
                FIRST,
                NOTHING,
                ON_USER_ACTIVITY,
                "0603" + "250082" + "0603" + "050082" + "0603" + "030082" + "0603" + "040082");
        Terminal terminal = ready();
        terminal.envelope("D6", USER_ACTIVITY);
        assertThat(log(terminal, FIRST)).isEqualTo(NOT_ALLOWED.repeat(4));
    }

    @Test
    void a_channel_belongs_to_who_opened_it_until_it_is_closed() {
        cards.script(FIRST, ONE_CHANNEL, ON_USER_ACTIVITY + "010016", OPEN + "0D" + OPEN + SEND + CLOSE + CLOSE)
                .script(SECOND, NOTHING, "010016", SEND);
        Terminal terminal = ready();
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        String announced = terminal.respond(0x07, "38028100", "390200FA");
        assertThat(terminal.fetch(announced)).contains("8103014301").contains("82028121");

        cards.heard.clear();
        assertThat(terminal.envelope("D6", "990109" + "82028281" + "B8028100" + "B701FF"))
                .isEqualTo("9300");
        assertThat(cards.heard).noneMatch(line -> line.contains(SECOND));

        announced = terminal.respond(0);
        assertThat(terminal.fetch(announced)).contains("8103014100");
        announced = terminal.respond(0x20); // a CLOSE CHANNEL that fails leaves the channel
        assertThat(terminal.fetch(announced)).contains("8103014100");
        assertThat(terminal.respond(0)).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEqualTo("0007" + "0001" + NOT_ALLOWED + "0000" + "0020" + "0000");

        cards.heard.clear();
        terminal.envelope("D6", "990109" + "82028281" + "B8028100" + "B701FF");
        assertThat(cards.heard).containsExactly("dropped EVENT_DOWNLOAD_DATA_AVAILABLE: no applet owns the channel");
    }

    @Test
    void a_port_stays_with_its_owner_when_only_its_connection_is_closed() {
        cards.script(
                FIRST,
                ONE_CHANNEL,
                ON_USER_ACTIVITY + "010016",
                "060C" + "400082" + "390201F4" + "3C03031F90" + CLOSE_TO_LISTEN + CLOSE + CLOSE);
        Terminal terminal = ready();
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        assertThat(terminal.fetch(terminal.respond(0, "38024100", "390201F4"))).contains("8103014101");
        assertThat(terminal.fetch(terminal.respond(0))).contains("8103014100");
        assertThat(terminal.respond(0)).isEqualTo("9000");

        assertThat(log(terminal, FIRST)).isEqualTo("0000".repeat(3) + NOT_ALLOWED);
    }

    @Test
    void data_for_a_channel_reach_its_owner() {
        cards.script(FIRST, ONE_CHANNEL, ON_USER_ACTIVITY + "010016", "05" + OPEN)
                .script(SECOND, NOTHING, "010016", "05");
        Terminal terminal = ready();
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        terminal.respond(0, "38028300");
        cards.heard.clear();
        terminal.envelope("D6", "990109" + "82028281" + "B8028300" + "B701FF");
        assertThat(cards.heard).contains("EVENT_DOWNLOAD_DATA_AVAILABLE " + FIRST);
        assertThat(cards.heard).noneMatch(line -> line.startsWith("EVENT") && line.endsWith(SECOND));
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        cards.heard.clear();
        terminal.envelope("D6", "990109" + "82028281" + "B8028300" + "B701FF");
        assertThat(cards.heard).containsExactly("dropped EVENT_DOWNLOAD_DATA_AVAILABLE: no applet owns the channel");
    }
}
