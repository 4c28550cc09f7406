// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.uicc.runtime.Terminal.bytes;

import org.bipline.uicc.runtime.fixture.MenuApplet;
import org.junit.jupiter.api.Test;

class MenuTest {
    static final String PACKAGE = "F000000001";
    static final String AID = "F00000000101";

    private final Terminal terminal = new Terminal(Uicc.builder()
            .applet(MenuApplet.class, bytes(PACKAGE), bytes(AID), bytes("01001001010100000000"), bytes("414243"))
            .build());

    @Test
    void the_menu_is_set_up_after_the_terminal_profile() {
        assertThat(terminal.send("80100000", Terminal.FULL_PROFILE)).isEqualTo("9117");
        assertThat(terminal.fetch("9117"))
                .isEqualTo("D015" + "8103012500" + "82028182" + "850455494343" + "8F0401414243");
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void an_applet_waits_for_the_terminal_response_and_the_card_goes_on() {
        terminal.profile(Terminal.FULL_PROFILE);
        String announced = terminal.selectMenu(1);
        assertThat(terminal.send("00A40000023F00")).isEqualTo(announced);
        assertThat(terminal.fetch(announced)).isEqualTo("D00E" + "8103012181" + "82028102" + "8D03044869");
    }
}
