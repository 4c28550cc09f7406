// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Cards.FIRST;

import org.bipline.uicc.runtime.fixture.KeyApplet;
import org.junit.jupiter.api.Test;

class KeysTest {
    /** AES-128 of a zero block under a key of ones (01 in each byte), from openssl. */
    private static final String UNDER_ONES = "B6AE";

    private final Terminal terminal =
            new Cards().applet(KeyApplet.class, FIRST, "").powered();

    @Test
    void a_key_that_is_cleared_on_reset_outlives_deselection_and_takes_no_memory_when_it_is_used() {
        select();
        terminal.send("8001010000");
        String first = terminal.exchange("8002000000");
        assertThat(first).startsWith(UNDER_ONES).endsWith("9000");
        for (int i = 0; i < 2000; i++) {
            assertThat(terminal.exchange("8002000000")).isEqualTo(first);
        }
        terminal.send("00A40004", "3F00");
        select();
        assertThat(terminal.exchange("8002000000")).isEqualTo(first);
    }

    @Test
    void it_does_not_outlive_a_reset() {
        select();
        terminal.send("8001010000");
        terminal.uicc().reset();
        select();
        assertThat(terminal.exchange("8002000000")).doesNotStartWith(UNDER_ONES);
    }

    private void select() {
        assertThat(terminal.send("00A40400", FIRST)).isEqualTo("9000");
    }
}
