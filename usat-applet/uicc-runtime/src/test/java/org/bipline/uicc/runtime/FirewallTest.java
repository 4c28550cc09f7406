// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.PACKAGE;
import static org.bipline.uicc.runtime.Cards.SECOND;
import static org.bipline.uicc.runtime.Terminal.bytes;

import org.bipline.uicc.runtime.fixture.FirewallApplet;
import org.bipline.uicc.runtime.fixture.client.ClientApplet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applets cannot keep, reach or have. Java Card 3.0.4 runtime environment, chapters 5, 6 and 11. */
class FirewallTest {
    private static final String TOOLKIT = "0100000000000000";
    private static final String USER_ACTIVITY = "99010482028281";
    private static final String REFUSED = "0001";
    private static final String NO_TRANSIENT_SPACE = "0002";
    private static final String ILLEGAL_TRANSIENT = "0003";
    private static final String DONE = "0000";

    private final Terminal terminal = new Terminal(Uicc.builder()
            .transientMemory(1024)
            .applet(FirewallApplet.class, bytes(PACKAGE), bytes(FIRST), bytes(TOOLKIT), new byte[0])
            .applet(ClientApplet.class, bytes("F000000002"), bytes(SECOND), new byte[0], new byte[0])
            .build());

    FirewallTest() {
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(Cards.log(terminal, FIRST))
                .as("the array of the install parameters")
                .isEqualTo(REFUSED);
    }

    /** What the applet notes of commands to it. */
    private String notes(String... commands) {
        terminal.send("00A40400", FIRST);
        for (String command : commands) {
            assertThat(terminal.send(command)).isEqualTo("9000");
        }
        return Cards.log(terminal, FIRST);
    }

    @ParameterizedTest(name = "object {0}")
    @ValueSource(strings = {"00", "01", "02"})
    void the_apdu_and_global_arrays_are_not_stored(String object) {
        assertThat(notes("8001" + object + "00", "8001" + object + "01", "8001" + object + "02"))
                .isEqualTo(REFUSED.repeat(3));
    }

    @Test
    void global_arrays_are_not_stored_in_fields_of_their_own_type() {
        assertThat(notes("80010103", "80010104", "80010203", "80010204")).isEqualTo(REFUSED.repeat(4));
    }

    @Test
    void handlers_are_not_stored_and_memory_of_the_selected_applet_is_not_there_at_events() {
        notes("80040000");
        terminal.envelope("D6", USER_ACTIVITY);
        assertThat(Cards.log(terminal, FIRST)).isEqualTo(REFUSED.repeat(2) + ILLEGAL_TRANSIENT + REFUSED);
    }

    @Test
    void a_shared_object_runs_in_the_context_of_its_owner_and_shows_its_shareable_interfaces_only() {
        terminal.send("00A40400", SECOND);
        assertThat(terminal.exchange("8001000006" + FIRST)).isEqualTo("01" + "02" + "01" + "00" + "9000");
    }

    @Test
    void an_applet_that_another_one_refers_to_is_not_deleted() {
        terminal.send("00A40400", SECOND);
        terminal.send("80010000", FIRST);
        assertThatThrownBy(() -> terminal.uicc().delete(bytes(FIRST)))
                .isInstanceOfSatisfying(
                        InstallationException.class,
                        e -> assertThat(e.statusWord()).isEqualTo(0x6985));
        assertThat(terminal.send("80020000")).isEqualTo("9000");
        terminal.uicc().delete(bytes(FIRST));
        assertThat(terminal.send("00A40400", FIRST)).isEqualTo("6A82");
    }

    @Test
    void transient_memory_ends_and_comes_back_with_the_deletion_of_the_applet() {
        assertThat(notes("80030000", "80020103", "80020102", "80030000", "80020201", "80020201", "80030000"))
                .isEqualTo("0400" + DONE + NO_TRANSIENT_SPACE + "0100" + DONE + NO_TRANSIENT_SPACE + DONE);
        terminal.uicc().delete(bytes(FIRST));
        terminal.uicc()
                .install(new AppletInstallation(
                        FirewallApplet.class, bytes(PACKAGE), bytes(FIRST), bytes(TOOLKIT), new byte[0]));
        terminal.uicc().reset(); // nothing proactive comes before the next profile
        assertThat(notes("80030000")).isEqualTo(REFUSED + "0400");
    }

    @Test
    void arrays_that_nothing_refers_to_come_back_before_the_command_behind_the_request() {
        assertThat(notes("80020102", "80040000", "80030000")).isEqualTo(DONE + "01FF");
        assertThat(notes("80050001", "80030000", "80050001", "80030000", "80030000"))
                .isEqualTo("02FF".repeat(3));
        terminal.send("00A40400", FIRST);
        assertThat(terminal.send("80040000")).isEqualTo("9000");
    }

    @Test
    void transient_memory_has_a_range() {
        UiccBuilder builder = Uicc.builder();
        assertThatThrownBy(() -> builder.transientMemory(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.transientMemory(32768)).isInstanceOf(IllegalArgumentException.class);
    }
}
