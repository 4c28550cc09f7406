// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.SECOND;
import static org.bipline.uicc.runtime.Cards.log;

import org.junit.jupiter.api.Test;

class TriggeringTest {
    private static final String PLAIN = "0100000000000000";
    private static final String LOWER = "0200000000000000";
    private static final String USER_ACTIVITY = "99010482028281";
    private static final String ON_USER_ACTIVITY = "010010";
    private static final String NOTE_EVENT = "05";
    private static final String DISPLAY = "0608" + "218102" + "8D03044869";

    private final Cards cards = new Cards();

    @Test
    void applets_are_triggered_by_priority_and_among_equals_the_last_installed_first() {
        cards.script(FIRST, LOWER, ON_USER_ACTIVITY, NOTE_EVENT)
                .script(SECOND, PLAIN, ON_USER_ACTIVITY, NOTE_EVENT)
                .script("F00000000103", PLAIN, ON_USER_ACTIVITY, NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        cards.heard.clear();
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9000");
        assertThat(cards.heard)
                .containsExactly(
                        "EVENT_DOWNLOAD_USER_ACTIVITY F00000000103",
                        "EVENT_DOWNLOAD_USER_ACTIVITY " + SECOND,
                        "EVENT_DOWNLOAD_USER_ACTIVITY " + FIRST);
    }

    @Test
    void the_next_applet_is_triggered_when_the_one_before_has_its_response() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, DISPLAY).script(SECOND, LOWER, ON_USER_ACTIVITY, DISPLAY);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        String announced = terminal.envelope("D6", USER_ACTIVITY);
        terminal.fetch(announced);
        assertThat(log(terminal, SECOND)).isEmpty();
        assertThat(terminal.respond(0x01)).isEqualTo(announced);
        assertThat(log(terminal, FIRST)).isEqualTo("0001");
        terminal.fetch(announced);
        assertThat(terminal.respond(0x10)).isEqualTo("9000");
        assertThat(log(terminal, SECOND)).isEqualTo("0010");
    }

    @Test
    void an_applet_that_throws_stops_neither_the_next_one_nor_the_card() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, "08").script(SECOND, LOWER, ON_USER_ACTIVITY, NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9000");
        assertThat(cards.heard).contains(FIRST + " threw NullPointerException");
        assertThat(log(terminal, SECOND)).isEqualTo("0010");
    }

    @Test
    void an_applet_may_tell_the_me_that_the_card_is_busy() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, "079300");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9300");
    }

    @Test
    void another_exception_of_an_applet_does_not_reach_the_me() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, "076985");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9000");
    }

    @Test
    void who_is_triggered_in_anothers_session_does_not_get_the_handler() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, DISPLAY).script(SECOND, LOWER, "03001E", DISPLAY);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        String announced = terminal.envelope("D6", USER_ACTIVITY);
        terminal.fetch(announced);
        assertThat(terminal.send("80F2000C")).isEqualTo("9000");
        assertThat(log(terminal, SECOND)).isEqualTo("4002"); // HANDLER_NOT_AVAILABLE
        assertThat(cards.heard)
                .contains("dropped proactive handler for " + SECOND + ": a proactive command is under way");
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void without_a_terminal_profile_nobody_gets_the_handler() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, DISPLAY);
        Terminal terminal = cards.powered();
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEqualTo("4002"); // HANDLER_NOT_AVAILABLE
        assertThat(cards.heard)
                .contains("dropped proactive handler for " + FIRST + ": there was no TERMINAL PROFILE yet");
    }

    @Test
    void an_envelope_for_an_applet_that_waits_is_to_be_sent_again() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, DISPLAY);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9300");
        terminal.respond(0);
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).startsWith("91");
    }

    @Test
    void the_handler_available_event_comes_once() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, NOTE_EVENT + "0F007B");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.envelope("D6", USER_ACTIVITY);
        terminal.send("80F2000C");
        assertThat(log(terminal, FIRST)).isEqualTo("0010007B");
    }

    @Test
    void only_another_applet_of_the_same_or_a_higher_priority_counts_as_waiting() {
        String noteWaiting = "12";
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, noteWaiting)
                .script("F00000000103", LOWER, ON_USER_ACTIVITY, noteWaiting)
                .script(SECOND, LOWER, "01007B", NOTE_EVENT)
                .script("F00000000104", "0300000000000000", ON_USER_ACTIVITY, noteWaiting);
        Terminal terminal = cards.powered(); // without a profile nobody gets the handler, so SECOND goes on waiting
        terminal.envelope("D6", USER_ACTIVITY);
        assertThat(log(terminal, FIRST)).isEqualTo("0000");
        assertThat(log(terminal, "F00000000103")).isEqualTo("0001");
        assertThat(log(terminal, "F00000000104")).isEqualTo("0001");
    }

    @Test
    void the_first_command_comes_before_the_profile() {
        cards.script(FIRST, PLAIN, "01007F010001", NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(log(terminal, FIRST)).isEqualTo("007F0001");
        terminal.uicc().reset();
        assertThat(log(terminal, FIRST)).isEqualTo("007F");
    }

    @Test
    void a_posted_response_is_data_of_the_envelope_and_a_command_follows_it() {
        cards.script(FIRST, PLAIN, "01FFFF", "0903AABBCC" + DISPLAY);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.envelope("EE", "8100")).isEqualTo("6103");
        assertThat(terminal.send("00C0000003")).isEqualTo("AABBCC9110");
    }

    @Test
    void the_envelope_response_is_gone_once_a_command_was_sent() {
        cards.script(FIRST, PLAIN, "01FFFF", DISPLAY + "0901AA");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.fetch(terminal.envelope("EE", "8100"));
        terminal.respond(0);
        assertThat(log(terminal, FIRST)).isEqualTo("00004002");
    }

    @Test
    void a_locked_applet_is_not_triggered_and_says_so() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.uicc().lock(Terminal.bytes(FIRST));
        cards.heard.clear();
        terminal.envelope("D6", USER_ACTIVITY);
        assertThat(cards.heard)
                .contains("dropped EVENT_DOWNLOAD_USER_ACTIVITY for " + FIRST
                        + ": the applet is locked or not yet selectable");
        assertThat(terminal.send("00A40400", FIRST)).isEqualTo("6A82");
        terminal.uicc().unlock(Terminal.bytes(FIRST));
        assertThat(terminal.exchange("00A4040006" + FIRST)).startsWith("9");
    }

    @Test
    void busy_of_one_among_several_applets_is_not_told() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, "079300").script(SECOND, LOWER, ON_USER_ACTIVITY, NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9000");
    }

    @Test
    void help_is_asked_only_of_an_entry_that_has_it() {
        cards.script(FIRST, "010001" + "01" + "0101" + "00000000", "0441", NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        cards.heard.clear();
        assertThat(terminal.envelope("D3", "82020181" + "900101" + "9500")).isEqualTo("9000");
        assertThat(cards.heard)
                .containsExactly("dropped MENU_SELECTION_HELP_REQUEST: no applet owns the menu entry with help");
    }

    @Test
    void a_transaction_that_is_open_at_send_or_at_the_end_is_rolled_back() {
        String registers = "0B" + "01000F";
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, registers + DISPLAY + "0C" + registers);
        Terminal terminal = cards.powered();
        String events = "8103010500" + "82028182" + "1901";
        assertThat(terminal.fetch(terminal.send("80100000", Terminal.FULL_PROFILE)))
                .endsWith(events + "04");
        terminal.respond(0);
        String announced = terminal.envelope("D6", USER_ACTIVITY);
        assertThat(announced).isEqualTo("9110");
        terminal.fetch(announced);
        assertThat(terminal.respond(0)).isEqualTo("9000"); // no SET UP EVENT LIST with one more
        assertThat(log(terminal, FIRST)).isEqualTo("0000" + "4002"); // NOT_IN_PROGRESS
    }

    @Test
    void a_transaction_that_is_committed_is_kept() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, "0B" + "01000F" + "0C");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.fetch(terminal.envelope("D6", USER_ACTIVITY))).endsWith("19020304");
    }

    @Test
    void applets_that_wait_for_the_handler_get_it_before_the_card_tells_what_they_changed() {
        cards.script(FIRST, PLAIN, ON_USER_ACTIVITY, "01000F" + "0F007B" + DISPLAY);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        String announced = terminal.envelope("D6", USER_ACTIVITY);
        terminal.fetch(announced);
        assertThat(terminal.respond(0)).isEqualTo(announced); // of the event PROACTIVE_HANDLER_AVAILABLE
        terminal.fetch(announced);
        assertThat(terminal.fetch(terminal.respond(0))).contains("8103010500");
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void an_applet_that_always_waits_for_the_handler_does_not_keep_the_card_busy() {
        cards.script(FIRST, PLAIN, "01007B", NOTE_EVENT + "01007B");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        log(terminal, FIRST);
        assertThat(terminal.send("80F2000C")).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).startsWith("007B");
    }

    @Test
    void a_service_triggers_its_applet_while_it_is_declared_to_the_me() {
        String declare = "0608" + "470082" + "C103000000";
        cards.script(FIRST, "0100000000000001", "13" + ON_USER_ACTIVITY, NOTE_EVENT + declare);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        String connection = "99010D82028381C103000000";
        String dropped =
                "dropped EVENT_DOWNLOAD_LOCAL_CONNECTION: no applet owns the service, or it is not declared to the ME";
        assertThat(terminal.envelope("D6", connection)).isEqualTo("9000");
        assertThat(cards.heard).contains(dropped);
        assertThat(terminal.fetch(terminal.envelope("D6", USER_ACTIVITY))).endsWith("C103000000");
        assertThat(terminal.respond(0)).isEqualTo("9000");
        terminal.fetch(terminal.envelope("D6", connection));
        terminal.respond(0);
        assertThat(log(terminal, FIRST)).isEqualTo("0000" + "0010" + "0000" + "001B" + "0000");
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        cards.heard.clear();
        assertThat(terminal.envelope("D6", connection)).isEqualTo("9000");
        assertThat(cards.heard).contains(dropped);
    }

    @Test
    void an_update_by_the_me_comes_with_the_place_and_the_length() {
        String files = "02" + "3F007FFF6F3C" + "3F007FFF6F05";
        cards.script(FIRST, PLAIN, "140D" + files, NOTE_EVENT + "15");
        Terminal terminal = cards.powered();
        terminal.exchange("00A4040C07A0000000871002");
        terminal.exchange("002000010830303030FFFFFFFF");
        terminal.exchange("00A4000C026F3C");
        assertThat(terminal.send("00DC0304B0" + "00" + "FF".repeat(175))).isEqualTo("9000");
        terminal.exchange("00A4000C026F05");
        assertThat(terminal.send("00D60002026672")).isEqualTo("9000");
        assertThat(terminal.send("00D68201026672")).isEqualTo("9000"); // by short identifier: the offset is in P2 alone
        assertThat(log(terminal, FIRST))
                .isEqualTo("007C" + "0003" + "00B0" + "007C" + "0002" + "0002" + "007C" + "0001" + "0002");
    }

    @Test
    void events_that_follow_from_something_else_are_neither_set_nor_cleared() {
        String set = "010007" + "010008" + "01000B" + "010013" + "01001B" + "01007C";
        String clear = "0A0007" + "0A0008" + "0A000B" + "0A0013" + "0A001B" + "0A007C";
        cards.script(FIRST, PLAIN, set + clear + "01001E" + "0A001E", "");
        String notAllowed = "400D";
        String notSupported = "4006";
        // EXTERNAL_FILE_UPDATE is the one that clearEvent takes, for all files
        assertThat(log(cards.powered(), FIRST)).isEqualTo(notAllowed.repeat(11) + notSupported.repeat(2));
    }

    @Test
    void an_envelope_response_is_as_long_as_one_get_response_takes() {
        String tooMuchForTheHandler = "160101";
        String tooMuchWithTagAndLength = "1600FE";
        cards.script(FIRST, PLAIN, "01FFFF", tooMuchForTheHandler + tooMuchWithTagAndLength);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.envelope("EE", "8100")).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEqualTo("4001" + "4003"); // HANDLER_OVERFLOW, BAD_LENGTH
    }

    @Test
    void the_longest_envelope_response_comes_whole() {
        cards.script(FIRST, PLAIN, "01FFFF", "1600FD");
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.envelope("EE", "8100")).isEqualTo("6100");
        assertThat(terminal.send("00C0000000")).isEqualTo("8681FD" + "00".repeat(253) + "9000");
    }

    @Test
    void a_change_of_a_data_connection_is_asked_for_where_the_me_knows_one_kind_of_it() {
        cards.script(FIRST, PLAIN, "010025", NOTE_EVENT);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE); // ends before the bits of this event
        String profile = Terminal.FULL_PROFILE + "0000" + "04";
        assertThat(terminal.fetch(terminal.send("80100000", profile))).endsWith("1901" + "1D");
        terminal.respond(0);
        assertThat(terminal.envelope("D6", "99011D" + "82028281" + "9D0100" + "AA0100"))
                .isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEqualTo("0025");
    }
}
