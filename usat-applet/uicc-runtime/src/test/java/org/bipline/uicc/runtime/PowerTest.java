// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.log;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bipline.uicc.runtime.fixture.ThreadApplet;
import org.junit.jupiter.api.Test;

class PowerTest {
    private static final String PLAIN = "0100000000000000";
    private static final String ON_USER_ACTIVITY = "010010";
    private static final String USER_ACTIVITY = "99010482028281";
    private static final String DISPLAY = "0608" + "218102" + "8D03044869";
    private static final String SWALLOW_ALL = "0E" + DISPLAY.substring(2);

    @Test
    void an_applet_that_swallows_everything_does_not_run_on_after_a_reset() {
        Cards cards = new Cards().script(FIRST, PLAIN, ON_USER_ACTIVITY, SWALLOW_ALL);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        terminal.uicc().reset();
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(log(terminal, FIRST)).isEmpty();
        String announced = terminal.envelope("D6", USER_ACTIVITY);
        terminal.fetch(announced);
        terminal.respond(0);
        terminal.uicc().powerOff();
        terminal.uicc().reset();
        assertThat(log(terminal, FIRST)).isEqualTo("0000"); // the log is persistent
    }

    @Test
    void a_thread_that_was_parked_at_a_reset_is_garbage() {
        Uicc uicc = Uicc.builder()
                .applet(
                        ThreadApplet.class,
                        Terminal.bytes(Cards.PACKAGE),
                        Terminal.bytes(FIRST),
                        Terminal.bytes(PLAIN),
                        new byte[0])
                .build();
        Terminal terminal = new Terminal(uicc);
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        WeakReference<?> thread = (WeakReference<?>) System.getProperties().remove(ThreadApplet.THREAD);
        assertThat(thread.get()).isNotNull();
        uicc.reset();
        for (int i = 0; i < 50 && thread.get() != null; i++) {
            System.gc();
        }
        assertThat(thread.get()).isNull();
        terminal.profile(Terminal.FULL_PROFILE); // and the card is alive
    }

    @Test
    void transient_memory_is_cleared_and_the_rest_is_kept() {
        Uicc uicc = Uicc.builder()
                .applet(
                        ThreadApplet.class,
                        Terminal.bytes(Cards.PACKAGE),
                        Terminal.bytes(FIRST),
                        Terminal.bytes(PLAIN),
                        new byte[0])
                .build();
        Terminal terminal = new Terminal(uicc);
        terminal.exchange("00A4040006" + FIRST);
        assertThat(terminal.send("8001000002")).isEqualTo("01019000");
        assertThat(terminal.send("8001000002")).isEqualTo("02029000");
        uicc.reset();
        terminal.exchange("00A4040006" + FIRST);
        assertThat(terminal.send("8001000002")).isEqualTo("03019000");
    }

    @Test
    void many_cards_run_at_once_and_share_nothing() throws Exception {
        int count = 200;
        List<Callable<String>> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int result = i % 16;
            sessions.add(() -> session(result));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> logs = threads.invokeAll(sessions);
            for (int i = 0; i < count; i++) {
                assertThat(logs.get(i).get())
                        .isEqualTo("00%02X".formatted(i % 16).repeat(20));
            }
        }
    }

    private static String session(int result) {
        Cards cards = new Cards().script(FIRST, PLAIN, ON_USER_ACTIVITY, DISPLAY);
        Terminal terminal = cards.powered();
        terminal.profile(Terminal.FULL_PROFILE);
        for (int i = 0; i < 20; i++) {
            terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
            terminal.respond(result);
        }
        return log(terminal, FIRST);
    }
}
