// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.PACKAGE;
import static org.bipline.uicc.runtime.Cards.SECOND;
import static org.bipline.uicc.runtime.Terminal.bytes;

import java.util.ArrayList;
import java.util.List;
import org.bipline.uicc.runtime.fixture.HostileApplet;
import org.bipline.uicc.runtime.fixture.ScriptApplet;
import org.bipline.uicc.runtime.fixture.WeatherApplet;
import org.bipline.uicc.runtime.vm.MemoryWatch;
import org.junit.jupiter.api.Test;

/** Applets that are not written as ours are. */
class ForeignAppletsTest {
    private static final String WEATHER = "0100" + "1003" + "0000" + "0000" + "0000" + "01" + "0000";
    private static final String USER_ACTIVITY = "99010482028281";
    private static final String IDLE_SCREEN = "99010582020281";

    private final List<String> heard = new ArrayList<>();
    private final Terminal terminal = hostile();

    private static Terminal weather() {
        Terminal terminal = new Terminal(Uicc.builder()
                .applet(WeatherApplet.class, bytes(PACKAGE), bytes(FIRST), bytes(WEATHER), new byte[0])
                .build());
        terminal.profile(Terminal.FULL_PROFILE);
        return terminal;
    }

    private static String questions(Terminal terminal) {
        terminal.exchange("00A4040006" + FIRST);
        String response = terminal.send("8001000002");
        terminal.exchange("00A4040C07A0000000871002");
        return response;
    }

    /** One question over a UDP channel. */
    private static void ask(Terminal terminal, String number, String answer) {
        String open = terminal.fetch(terminal.selectMenu(0x80));
        assertThat(open).contains("400182028182").contains("3C03011388").contains("3E05210A000001");
        String send = terminal.fetch(terminal.respond(0, "38028100", "350103", "390200C8"));
        assertThat(send).contains("430182028121").endsWith("3602" + "51" + number);
        assertThat(terminal.respond(0, "3701FF")).isEqualTo("9000");
        String received = "36%02X".formatted(answer.length() / 2) + answer;
        String receive = terminal.fetch(terminal.envelope(
                "D6", "990109" + "82028281" + "38028100" + "3701%02X".formatted(answer.length() / 2)));
        assertThat(receive).contains("420082028121");
        assertThat(terminal.fetch(terminal.respond(0, received, "370100"))).contains("410082028121");
        assertThat(terminal.fetch(terminal.respond(0))).contains("210082028102").endsWith(answer);
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void static_fields_are_the_cards_own_and_survive_a_reset() {
        Terminal one = weather();
        Terminal two = weather();
        ask(one, "01", "73756E");
        ask(one, "02", "7261696E");
        ask(two, "01", "736E6F77");
        assertThat(questions(one)).isEqualTo("00029000");
        assertThat(questions(two)).isEqualTo("00019000");
        one.uicc().reset();
        one.profile(Terminal.FULL_PROFILE);
        assertThat(one.fetch(one.selectMenu(0x81))).endsWith("7261696E");
        one.respond(0);
        assertThat(one.selectMenu(0x82)).isEqualTo("9000");
        assertThat(questions(one)).isEqualTo("00009000");
        assertThat(questions(two)).isEqualTo("00019000");
    }

    private Terminal hostile() {
        return new Terminal(Uicc.builder()
                .listener(new UiccListener() {
                    @Override
                    public void threw(String aid, Throwable exception) {
                        heard.add(aid + " threw " + exception.getClass().getSimpleName());
                    }
                })
                .applet(HostileApplet.class, bytes(PACKAGE), bytes(FIRST), bytes("0100000000000000"), new byte[0])
                .applet(
                        ScriptApplet.class,
                        bytes(PACKAGE),
                        bytes(SECOND),
                        bytes("0200000000000000"),
                        bytes("010011010010FF05"))
                .build());
    }

    private String hostileSays(String command) {
        terminal.exchange("00A4040006" + FIRST);
        String response = terminal.send(command);
        terminal.exchange("00A4040C07A0000000871002");
        return response;
    }

    @Test
    void an_applet_that_throws_what_no_card_knows_stops_nobody() {
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.send("80F2000C");
        assertThat(heard).contains(FIRST + " threw StackOverflowError");
        assertThat(terminal.envelope("D6", IDLE_SCREEN)).isEqualTo("9000");
        assertThat(heard).contains(FIRST + " threw Surprise");
        assertThat(Cards.log(terminal, SECOND)).isEqualTo("0011");
        assertThat(hostileSays("8003000001"))
                .as("what open transactions changed")
                .isEqualTo("009000");
    }

    @Test
    void a_sequence_without_end_ends_with_the_session_and_the_handler_is_of_no_use_then() {
        terminal.profile(Terminal.FULL_PROFILE);
        String announced = terminal.envelope("D6", USER_ACTIVITY);
        for (int i = 0; i < 100; i++) {
            assertThat(terminal.fetch(announced)).contains("0200");
            announced = terminal.respond(i % 0x40);
        }
        assertThat(hostileSays("8002000001")).as("HANDLER_NOT_AVAILABLE").startsWith("02");
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(hostileSays("8002000001")).startsWith("02");
        assertThat(terminal.envelope("D6", IDLE_SCREEN)).isEqualTo("9000");
        assertThat(Cards.log(terminal, SECOND)).contains("0011");
    }

    @Test
    void what_it_allocates_at_events_is_counted() {
        terminal.profile(Terminal.FULL_PROFILE);
        try (MemoryWatch watch = terminal.uicc().watchMemory()) {
            terminal.envelope("D6", IDLE_SCREEN);
            assertThat(watch.allocations())
                    .containsExactly(
                            "new array in " + HostileApplet.class.getName() + ".processToolkit",
                            "new " + HostileApplet.class.getName() + "$Surprise in " + HostileApplet.class.getName()
                                    + ".processToolkit");
        }
    }
}
