// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.SECOND;

import org.junit.jupiter.api.Test;

class SystemCommandsTest {
    private static final String MENU_ENTRY = "010001" + "01" + "0101" + "00000000";
    private static final String SECOND_ENTRY = "010001" + "01" + "0202" + "00000000";
    private static final String PLAIN = "0100000000000000";
    private static final String EVENT_LIST = "8103010500" + "82028182";

    /** Bits: profile download, SET UP MENU (29); SET UP EVENT LIST (32); POLL INTERVAL (21), POLLING OFF (22). */
    private static final String MENU_ONLY = "01000020";

    private static final String EVENTS_ONLY = "01000000" + "0900"; // event list, call disconnected
    private static final String POLLING_ONLY = "010060";

    private final Cards cards = new Cards();

    @Test
    void nothing_is_set_up_that_the_profile_does_not_have() {
        cards.script(FIRST, MENU_ENTRY, "0441" + "01000F" + "03001E", "");
        Terminal terminal = cards.powered();
        assertThat(terminal.send("80100000", "01")).isEqualTo("9000");
        assertThat(cards.heard)
                .contains(
                        "dropped SET UP MENU: the terminal profile does not have it",
                        "dropped POLL INTERVAL: the terminal profile does not have it")
                .filteredOn(line -> line.contains("EVENT_DOWNLOAD"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("not in the event list"));
        cards.heard.clear();
        terminal.send("80F2000C");
        assertThat(cards.heard).as("told once").noneMatch(line -> line.contains("SET UP MENU"));
        assertThat(terminal.send("80100000", "00000000" + "10"))
                .as("the event is known, the list is not")
                .isEqualTo("9000");
        assertThat(cards.heard).contains("dropped SET UP EVENT LIST: the terminal profile does not have it");
    }

    @Test
    void the_menu_follows_installation_lock_and_deletion() {
        cards.script(FIRST, MENU_ENTRY, "0441", "").script(SECOND, SECOND_ENTRY, "0442", "");
        Terminal terminal = cards.powered();
        String both = "8F020141" + "8F020242";
        assertThat(terminal.fetch(terminal.send("80100000", MENU_ONLY))).endsWith(both);
        terminal.respond(0);
        terminal.uicc().lock(Terminal.bytes(FIRST));
        assertThat(terminal.fetch(terminal.send("80F2000C"))).endsWith("85045549434" + "38F020242");
        terminal.respond(0);
        terminal.uicc().unlock(Terminal.bytes(FIRST));
        assertThat(terminal.fetch(terminal.send("80F2000C"))).endsWith(both);
        terminal.respond(0);
        terminal.uicc().delete(Terminal.bytes(SECOND));
        assertThat(terminal.fetch(terminal.send("80F2000C"))).endsWith("8F020141");
        terminal.respond(0);
        terminal.uicc().delete(Terminal.bytes(FIRST));
        assertThat(terminal.fetch(terminal.send("80F2000C"))).endsWith("8F00");
    }

    @Test
    void the_title_of_the_menu_is_that_of_ef_sume() {
        cards.script(FIRST, MENU_ENTRY, "0441", "");
        Terminal terminal = cards.powered();
        terminal.profile(MENU_ONLY);
        assertThat(terminal.send("0020000A083838383838383838")).isEqualTo("9000");
        assertThat(terminal.send("00A4080C047F106F54")).isEqualTo("9000");
        String announced = terminal.send("00D6000009" + "8501585004" + "00001390");
        assertThat(terminal.fetch(announced)).endsWith("850158" + "8F020141" + "500400001390");
    }

    @Test
    void the_event_list_is_the_union_that_the_profile_allows() {
        cards.script(FIRST, PLAIN, "01000E", "0A000E").script(SECOND, PLAIN, "01000E01000F", "");
        Terminal terminal = cards.powered();
        assertThat(terminal.fetch(terminal.send("80100000", EVENTS_ONLY))).isEqualTo("D00C" + EVENT_LIST + "190102");
        assertThat(cards.heard)
                .contains("dropped EVENT_DOWNLOAD_LOCATION_STATUS for " + SECOND
                        + ": not in the event list: the terminal profile has no bit 36");
        assertThat(terminal.respond(0)).isEqualTo("9000");
        assertThat(terminal.envelope("D6", "990102")).isEqualTo("9000"); // the other applet still wants it
        terminal.uicc().delete(Terminal.bytes(SECOND));
        assertThat(terminal.fetch(terminal.send("80F2000C"))).isEqualTo("D00B" + EVENT_LIST + "1900");
    }

    @Test
    void polling_takes_the_shortest_interval_and_ends_with_the_last_who_polls() {
        cards.script(FIRST, PLAIN, "03003C", "030000").script(SECOND, PLAIN, "03001E", "030000");
        Terminal terminal = cards.powered();
        assertThat(terminal.fetch(terminal.send("80100000", POLLING_ONLY)))
                .isEqualTo("D00D" + "8103010300" + "82028182" + "8402011E");
        assertThat(terminal.respond(0, "8402011E")).isEqualTo("9000");
        assertThat(terminal.fetch(terminal.send("80F2000C"))).isEqualTo("D009" + "8103010400" + "82028182");
    }
}
