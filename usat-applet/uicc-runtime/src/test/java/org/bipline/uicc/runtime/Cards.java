// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.bipline.uicc.runtime.Terminal.bytes;

import java.util.ArrayList;
import java.util.List;
import javacard.framework.Applet;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.fixture.ScriptApplet;

/** Cards with the fixtures, and what their listener heard. */
final class Cards {
    static final String PACKAGE = "F000000001";
    static final String FIRST = "F00000000101";
    static final String SECOND = "F00000000102";

    final List<String> heard = new ArrayList<>();
    private final UiccBuilder builder = Uicc.builder().listener(new UiccListener() {
        @Override
        public void triggered(String event, String aid) {
            heard.add(event + " " + aid);
        }

        @Override
        public void dropped(String what, String reason) {
            heard.add("dropped " + what + ": " + reason);
        }

        @Override
        public void threw(String aid, Throwable exception) {
            heard.add(aid + " threw " + exception.getClass().getSimpleName());
        }
    });

    /** Adds a script; {@code toolkit} as in tag 80. */
    Cards script(String aid, String toolkit, String atInstall, String atEvent) {
        builder.applet(
                ScriptApplet.class, bytes(PACKAGE), bytes(aid), bytes(toolkit), bytes(atInstall + "FF" + atEvent));
        return this;
    }

    /** Adds an applet without parameters of its own. */
    Cards applet(Class<? extends Applet> type, String aid, String toolkit) {
        builder.applet(type, bytes(PACKAGE), bytes(aid), bytes(toolkit), new byte[0]);
        return this;
    }

    Cards profile(CardProfile profile) {
        builder.profile(profile);
        return this;
    }

    Terminal powered() {
        return new Terminal(builder.build());
    }

    /** Selects an applet, takes its log and leaves it again. */
    static String log(Terminal terminal, String aid) {
        terminal.send("00A40400", aid);
        String response = terminal.exchange("80CA000000");
        terminal.exchange("00A4040C07A0000000871002");
        return response.substring(0, response.length() - 4);
    }
}
