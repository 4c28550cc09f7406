// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.PACKAGE;
import static org.bipline.uicc.runtime.Cards.SECOND;
import static org.bipline.uicc.runtime.Terminal.bytes;

import java.nio.file.Path;
import javacard.framework.Applet;
import org.bipline.uicc.runtime.fixture.MenuApplet;
import org.bipline.uicc.runtime.fixture.ScriptApplet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {
    private static InstallationException refusal(
            Uicc uicc, Class<? extends Applet> type, String aid, String toolkit, String data) {
        return catchThrowableOfType(
                InstallationException.class,
                () -> uicc.install(
                        new AppletInstallation(type, bytes(PACKAGE), bytes(aid), bytes(toolkit), bytes(data))));
    }

    @ParameterizedTest
    @CsvSource({
        "01, maximum number of timers, end after 1 bytes",
        "0109, maximum number of timers, 9 is more than the 8",
        "01001001, position of menu entry 1, end after 4 bytes",
        "010010010181, identifier of menu entry 1, range 128 to 255",
        "0100100200010001, identifier of menu entry 2, 1 is used twice",
        "0100000008, maximum number of channels, 8 is more than the 7",
        "010000000003, minimum security level, only 0 bytes follow",
        "01000000000002B000, TAR values, a TAR has three bytes",
        "0100000000000009, maximum number of services, 9 is more than the 8"
    })
    void a_wrong_field_is_named_with_reason_and_clause(String toolkit, String field, String reason) {

        InstallationException e = refusal(Uicc.builder().build(), ScriptApplet.class, FIRST, toolkit, "FF");
        assertThat(e.field()).isEqualTo(field);
        assertThat(e.reason()).contains(reason);
        assertThat(e.clause()).contains("TS 102 226");
        assertThat(e.statusWord()).isEqualTo(0x6A80);
        assertThat(e).hasMessageContaining("6A80").hasMessageContaining(field);
        assertThat(e.value())
                .isEqualTo(toolkit.substring(2 * e.offset().orElseThrow())
                        .substring(0, e.value().length()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', C9, 0, '', mandatory",
        "C9, C9, 0, C9, the length is missing",
        "C902FF, C9, 0, C9, '2 bytes should follow, not 1'",
        "C900C900, C9, 2, C9, twice",
        "C900EA00B100, B1, 4, B1, not known",
        "C98201FF, length of tag C9, 1, 82, up to 7F",
        "C900EF05C703010203, C7, 6, 010203, two or four bytes",
        "C900EF0BC7020100C80401020304, EF, 2, EF, '11 bytes should follow, not 10'",
        "C900EF04CA02FF00, length of access domain, 6, FF, end inside",
        "C900EF09CA070100FF00000000EA00, CA, 6, CA, exclude each other"
    })
    void a_wrong_object_of_the_install_parameters_field_is_named_with_its_offset(
            String parameters, String field, int offset, String value, String reason) {
        InstallationException e =
                catchThrowableOfType(InstallationException.class, () -> InstallParameters.parse(bytes(parameters)));
        assertThat(e.field()).contains(field);
        assertThat(e.offset()).hasValue(offset);
        assertThat(e.value()).isEqualTo(value);
        assertThat(e.reason()).contains(reason);
        assertThat(e.statusWord()).isEqualTo(0x6A80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C90B" + "010010FF" + "05050505050505" + "EA0A8008" + "0100000000000000",
                "C90B" + "010010FF" + "05050505050505" + "EF12C7020100C8020100CA0801000100000000" + "00"
            })
    void an_applet_comes_from_a_directory_of_class_files_with_the_install_parameters_field(String parameters)
            throws Exception {
        Path classes = Path.of(ScriptApplet.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Uicc uicc = Uicc.builder()
                .applet(classes, ScriptApplet.class.getName(), bytes(FIRST), bytes(parameters))
                .build();
        Terminal terminal = new Terminal(uicc);
        terminal.profile(Terminal.FULL_PROFILE);
        terminal.envelope("D6", "99010482028281");
        assertThat(Cards.log(terminal, FIRST)).isEqualTo("0010".repeat(7));
    }

    @Test
    void a_class_or_a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> Uicc.builder()
                        .applet(Path.of("target/test-classes"), "no.such.Applet", bytes(FIRST), bytes("C900"))
                        .build())
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("6A88")
                .hasMessageContaining("no.such.Applet");
        assertThatThrownBy(() -> Uicc.builder().applet(Path.of("no.jar"), "A", bytes(FIRST), bytes("C900")))
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("no.jar");
    }

    @Test
    void identifiers_tars_and_aids_are_given_once() {
        Uicc uicc = new Cards()
                .script(FIRST, "010010010105000003B0001100", "FF", "")
                .powered()
                .uicc();
        assertThat(refusal(uicc, ScriptApplet.class, SECOND, "010010010105", "FF")
                        .reason())
                .isEqualTo("5 is taken by another applet");
        assertThat(refusal(uicc, ScriptApplet.class, SECOND, "0100000000" + "00" + "03B00011", "FF")
                        .reason())
                .isEqualTo("B00011 is assigned to another applet");
        assertThat(refusal(uicc, ScriptApplet.class, FIRST, "0100000000", "FF").field())
                .isEqualTo("instance AID");
    }

    @Test
    void an_applet_that_refuses_leaves_nothing_behind() {
        Uicc uicc = Uicc.builder().build();
        InstallationException e = refusal(uicc, MenuApplet.class, FIRST, "01000201010100000000", "414243");
        assertThat(e.reason()).contains("ToolkitException");
        assertThat(e.statusWord()).isEqualTo(0x6985);
        assertThat(refusal(uicc, ScriptApplet.class, FIRST, "010010010101", "07" + "6A84"))
                .satisfies(refused -> assertThat(refused.statusWord()).isEqualTo(0x6A84));
        Terminal terminal = new Terminal(uicc);
        assertThat(terminal.send("00A40400", FIRST)).isEqualTo("6A82");
        assertThat(terminal.send("80100000", Terminal.FULL_PROFILE)).isEqualTo("9000");
        uicc.install(new AppletInstallation(
                MenuApplet.class, bytes(PACKAGE), bytes(FIRST), bytes("010010010101"), bytes("414243")));
    }

    @Test
    void an_identifier_of_zero_is_chosen_by_the_card_and_positions_are_kept() {
        Cards cards = new Cards()
                .script(FIRST, "01001001" + "0000", "0441", "")
                .script(SECOND, "01001002" + "0107" + "0100", "04420443", "");
        Terminal terminal = cards.powered();
        assertThat(terminal.fetch(terminal.send("80100000", "01000020")))
                .endsWith("8F028143" + "8F020742" + "8F028041");
    }

    @Test
    void access_parameters_are_checked() {
        assertThatThrownBy(() -> Uicc.builder()
                        .applet(new AppletInstallation(
                                ScriptApplet.class,
                                bytes(PACKAGE),
                                bytes(FIRST),
                                bytes("0100000000"),
                                bytes("000102"),
                                bytes("FF")))
                        .build())
                .isInstanceOf(InstallationException.class)
                .hasMessageContaining("access domain DAP");
    }

    @Test
    void applet_parameters_have_their_limit() {
        String script = "FF".repeat(245);
        assertThat(refusal(Uicc.builder().build(), ScriptApplet.class, FIRST, "", script + "FF"))
                .satisfies(e -> assertThat(e.field()).isEqualTo("applet parameters (C9)"))
                .satisfies(e -> assertThat(e.reason()).contains("246 bytes are too long"));
        Uicc.builder()
                .applet(ScriptApplet.class, bytes(PACKAGE), bytes(FIRST), bytes(""), bytes(script))
                .build();
    }

    @Test
    void an_aid_has_5_to_16_bytes() {
        assertThat(refusal(Uicc.builder().build(), ScriptApplet.class, "F0000000", "", "FF")
                        .reason())
                .contains("5 to 16 bytes, not 4");
    }

    @Test
    void an_applet_is_selectable_and_triggered_from_the_moment_it_is_made_so() {
        Uicc uicc = Uicc.builder().build();
        uicc.installOnly(new AppletInstallation(
                ScriptApplet.class, bytes(PACKAGE), bytes(FIRST), bytes("0100000000"), bytes("010010FF05")));
        Terminal terminal = new Terminal(uicc);
        terminal.profile(Terminal.FULL_PROFILE);
        assertThat(terminal.send("00A40400", FIRST)).isEqualTo("6A82");
        assertThat(terminal.envelope("D6", "99010482028281")).isEqualTo("9000");
        uicc.lock(bytes(FIRST));
        uicc.unlock(bytes(FIRST));
        assertThat(terminal.send("00A40400", FIRST)).isEqualTo("6A82");
        uicc.makeSelectable(bytes(FIRST));
        assertThatThrownBy(() -> uicc.makeSelectable(bytes(FIRST))).isInstanceOf(IllegalArgumentException.class);
        terminal.fetch(terminal.send("80F2000C"));
        terminal.respond(0);
        assertThat(terminal.envelope("D6", "99010482028281")).isEqualTo("9000");
        assertThat(Cards.log(terminal, FIRST)).isEqualTo("0010");
    }
}
