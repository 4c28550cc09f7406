// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bipline.uicc.runtime.Terminal.bytes;

import org.bipline.uicc.runtime.fixture.FirewallApplet;
import org.bipline.uicc.runtime.fixture.ScriptApplet;
import org.bipline.uicc.runtime.fixture.client.ClientApplet;
import org.bipline.uicc.runtime.fixture.multi.MultiApplet;
import org.junit.jupiter.api.Test;

/** Deletion of applets and packages. Java Card 3.0.4 runtime environment, clause 11.3.4. */
class DeletionTest {
    private static final String PACKAGE = "F000000001";
    private static final String TOKEN = "F00000000101";
    private static final String SCRIPT = "F00000000102";
    private static final String MULTI_PACKAGE = "F000000002";
    private static final String MULTI = "F00000000201";
    private static final String SIBLING = "F00000000202";
    private static final String CLIENT_PACKAGE = "F000000003";
    private static final String CLIENT = "F00000000301";
    private static final String USER_ACTIVITY = "99010482028281";

    private final Terminal terminal = new Terminal(Uicc.builder()
            .applet(FirewallApplet.class, bytes(PACKAGE), bytes(TOKEN), bytes(""), bytes(""))
            .applet(MultiApplet.class, bytes(MULTI_PACKAGE), bytes(MULTI), bytes(""), bytes(""))
            .applet(MultiApplet.class, bytes(MULTI_PACKAGE), bytes(SIBLING), bytes(""), bytes(""))
            .applet(ClientApplet.class, bytes(CLIENT_PACKAGE), bytes(CLIENT), bytes(""), bytes(""))
            .build());
    private final Uicc uicc = terminal.uicc();

    private static String refusal(Runnable deletion) {
        InstallationException e = catchThrowableOfType(InstallationException.class, deletion::run);
        assertThat(e.statusWord()).isEqualTo(0x6985);
        assertThat(e.clause()).contains("11.3.4");
        return e.reason();
    }

    private void installScript(String toolkit, String script) {
        uicc.install(new AppletInstallation(
                ScriptApplet.class, bytes(PACKAGE), bytes(SCRIPT), bytes(toolkit), bytes(script)));
    }

    @Test
    void an_applet_stays_while_one_of_its_package_is_active_on_a_channel() {
        terminal.send("0070000001");
        terminal.send("01A40400", MULTI);
        assertThat(refusal(() -> uicc.delete(bytes(MULTI)))).contains("active on a logical channel");
        assertThat(refusal(() -> uicc.delete(bytes(SIBLING)))).contains("another one of its package");
        assertThat(refusal(() -> uicc.deletePackageAndApplets(bytes(MULTI_PACKAGE))))
                .contains("active");
        assertThat(terminal.send("8101000003")).isEqualTo("010101" + "9000");
        terminal.send("00708001");
        uicc.delete(bytes(MULTI));
        assertThat(terminal.send("00A40400", MULTI)).isEqualTo("6A82");
        assertThat(terminal.send("00A40400", SIBLING)).isEqualTo("9000");
    }

    @Test
    void an_applet_that_waits_for_a_terminal_response_stays() {
        installScript("0100000000000000", "010010FF" + "0605" + "210081" + "0500");
        terminal.profile(Terminal.FULL_PROFILE);
        String announced = terminal.envelope("D6", USER_ACTIVITY);
        assertThat(refusal(() -> uicc.delete(bytes(SCRIPT)))).contains("TERMINAL RESPONSE");
        terminal.fetch(announced);
        assertThat(terminal.respond(0)).isEqualTo("9000");
        uicc.delete(bytes(SCRIPT));
    }

    @Test
    void what_a_deleted_applet_has_at_the_me_is_ended_there() {
        String open = "0607" + "400182" + "390201F4";
        String start = "060B" + "270082" + "A40101" + "A503000001";
        String declare = "0607" + "470082" + "C1020000";
        installScript(
                "01" + "01" + "01" + "01" + "0101" + "01" + "00" + "00" + "01",
                "0441" + "02" + "13" + "010010" + "FF" + open + start + declare);
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.fetch(terminal.envelope("D6", USER_ACTIVITY));
        terminal.fetch(terminal.respond(0, "38028200"));
        terminal.fetch(terminal.respond(0));
        terminal.respond(0);

        uicc.delete(bytes(SCRIPT));
        String announced = terminal.send("80F2000C");
        assertThat(terminal.fetch(announced)).endsWith("810301" + "4100" + "8202" + "8122");
        assertThat(terminal.fetch(terminal.respond(0))).endsWith("810301" + "2701" + "8202" + "8182" + "A40101");
        assertThat(terminal.fetch(terminal.respond(0))).endsWith("810301" + "4701" + "8202" + "8182" + "C1020000");
        assertThat(terminal.fetch(terminal.respond(0))).as("SET UP MENU").endsWith("8F00");
        assertThat(terminal.fetch(terminal.respond(0))).as("SET UP EVENT LIST").endsWith("1900");
        assertThat(terminal.respond(0)).isEqualTo("9000");
    }

    @Test
    void a_package_goes_without_applets_or_with_all_of_them() {
        assertThat(refusal(() -> uicc.deletePackage(bytes(MULTI_PACKAGE)))).contains("an applet of the package");
        terminal.send("00A40400", MULTI);
        assertThat(terminal.send("8005000001")).isEqualTo("029000");
        terminal.send("00A4040C07A0000000871002");
        uicc.delete(bytes(SIBLING));
        install(SIBLING);
        terminal.send("00A40400", MULTI);
        assertThat(terminal.send("8005000001")).as("the package stayed").isEqualTo("039000");
        terminal.send("00A4040C07A0000000871002");
        uicc.deletePackageAndApplets(bytes(MULTI_PACKAGE));
        assertThat(terminal.send("00A40400", MULTI)).isEqualTo("6A82");
        assertThat(terminal.send("00A40400", SIBLING)).isEqualTo("6A82");
        assertThatThrownBy(() -> uicc.deletePackage(bytes(MULTI_PACKAGE))).isInstanceOf(IllegalArgumentException.class);
        install(MULTI);
        terminal.send("00A40400", MULTI);
        assertThat(terminal.send("8005000001")).as("static fields are new").isEqualTo("019000");
        terminal.send("00A4040C07A0000000871002");
        uicc.delete(bytes(MULTI));
        uicc.deletePackage(bytes(MULTI_PACKAGE));
    }

    private void install(String aid) {
        uicc.install(new AppletInstallation(MultiApplet.class, bytes(MULTI_PACKAGE), bytes(aid), bytes(""), bytes("")));
    }

    @Test
    void a_package_that_another_one_needs_stays() {
        assertThat(refusal(() -> uicc.deletePackageAndApplets(bytes(PACKAGE))))
                .contains(ClientApplet.class.getPackageName())
                .contains("needs it");
        uicc.deletePackageAndApplets(bytes(CLIENT_PACKAGE));
        uicc.deletePackageAndApplets(bytes(PACKAGE));
    }

    @Test
    void an_applet_that_another_one_refers_to_stays_and_references_within_what_goes_do_not_count() {
        terminal.send("00A40400", CLIENT);
        terminal.send("80010000", TOKEN);
        terminal.send("00A4040C07A0000000871002");
        assertThat(refusal(() -> uicc.delete(bytes(TOKEN)))).contains("refers to the applet");
        uicc.deletePackageAndApplets(bytes(CLIENT_PACKAGE));
        uicc.delete(bytes(TOKEN));
    }

    @Test
    void an_applet_is_told_before_and_has_no_say() {
        terminal.send("0070000001");
        terminal.send("01A40400", MULTI);
        refusal(() -> uicc.delete(bytes(MULTI)));
        assertThat(terminal.send("8102000006")).isEqualTo("100101" + "50" + "0000" + "9000");
        terminal.send("00708001");
        uicc.delete(bytes(MULTI));
    }

    @Test
    void a_package_aid_means_one_package() {
        assertThatThrownBy(() -> uicc.install(new AppletInstallation(
                        ScriptApplet.class, bytes(MULTI_PACKAGE), bytes(SCRIPT), bytes(""), bytes("FF"))))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("package AID")
                .hasMessageContaining(MultiApplet.class.getPackageName());
    }
}
