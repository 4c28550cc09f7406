// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.SECOND;
import static org.bipline.uicc.runtime.Cards.log;

import org.bipline.uicc.runtime.fixture.LocationApplet;
import org.junit.jupiter.api.Test;

/** Applets that ask where the ME is: 3GPP TS 31.130, GeoLocation. */
class LocationTest {
    private static final String TOOLKIT = "0100000000000000";
    private static final String LOWER = "0200000000000000";
    private static final String USER_ACTIVITY = "99010482028281";

    /** An ellipsoid point at 45 degrees north, 90 degrees west, without velocity. */
    private static final String REPORT = "82028281" + "7709" + "07" + "00400000C00000" + "00";

    private final Cards cards = new Cards();
    private final Terminal terminal = cards.applet(LocationApplet.class, FIRST, TOOLKIT)
            .applet(LocationApplet.class, SECOND, LOWER)
            .powered();

    @Test
    void the_applet_that_asked_is_told_and_no_other() {
        terminal.profile(Terminal.FULL_PROFILE);
        String command = terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        assertThat(command)
                .isEqualTo("D019" + "8103011600" + "82028182" + "85024C6F" + "1E020102" + "F606" + "058003010104");
        assertThat(terminal.respond(0)).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).isEqualTo("9000");
        assertThat(log(terminal, SECOND)).as("LOCATION_REQUEST_PROCESSING").isEqualTo("0006");
        cards.heard.clear();

        assertThat(terminal.envelope("DD", REPORT)).isEqualTo("9000");
        assertThat(log(terminal, FIRST))
                .as("latitude, longitude, no altitude, 7 bytes, not to be kept, HANDLER_NOT_AVAILABLE")
                .isEqualTo("002D0000" + "805A0000" + "0003" + "0007" + "FFFF" + "0102");
        assertThat(log(terminal, SECOND)).isEmpty();
        assertThat(cards.heard)
                .containsExactly("GEOGRAPHICAL_LOCATION_REPORTING " + FIRST, FIRST + " threw IllegalStateException");

        cards.heard.clear();
        terminal.envelope("DD", REPORT);
        assertThat(cards.heard)
                .as("nobody asked")
                .containsExactly("dropped UNRECOGNIZED_ENVELOPE: no applet is registered to it");
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        terminal.uicc().lock(Terminal.bytes(FIRST));
        terminal.respond(0);
        terminal.envelope("DD", REPORT);
        assertThat(cards.heard)
                .contains("dropped GEOGRAPHICAL_LOCATION_REPORTING for " + FIRST
                        + ": the applet was deleted or locked since its request");
    }

    @Test
    void a_reset_forgets_the_request() {
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        terminal.respond(0);
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        cards.heard.clear();
        terminal.envelope("DD", REPORT);
        assertThat(cards.heard).containsExactly("dropped UNRECOGNIZED_ENVELOPE: no applet is registered to it");
    }

    @Test
    void what_the_me_says_no_to_has_its_reason() {
        terminal.profile(Terminal.FULL_PROFILE);
        int[] results = {0x20, 0x30, 0x22};
        String[] reasons = {"0002", "0003", "0003"};
        for (int i = 0; i < results.length; i++) {
            terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
            terminal.fetch(terminal.respond(results[i])); // the other applet's turn
            terminal.respond(0x30);
            assertThat(log(terminal, FIRST)).isEqualTo(reasons[i]);
        }
    }

    @Test
    void an_me_without_the_command_is_not_asked() {
        terminal.profile("FF".repeat(29) + "DF");
        cards.heard.clear();
        assertThat(terminal.envelope("D6", USER_ACTIVITY)).isEqualTo("9000");
        assertThat(log(terminal, FIRST)).as("UNABLE_TO_PROCESS_COMMAND").isEqualTo("0003");
        assertThat(cards.heard)
                .contains("dropped GEOGRAPHICAL LOCATION REQUEST of " + FIRST
                        + ": the terminal profile does not have it");
    }
}
