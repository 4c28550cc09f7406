// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.delete;
import static org.bipline.card.dm.CommandsTest.get;

import java.util.HexFormat;
import java.util.List;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts 1100 to 1104 (OMA DM Protocol 1.2, User interaction commands) as proactive commands on the ME. */
class UserInteractionTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int DISPLAY_TEXT = 0x21;
    private static final int GET_INKEY = 0x22;
    private static final int GET_INPUT = 0x23;
    private static final int SELECT_ITEM = 0x24;

    // bits of the terminal profile, TS 102 223 clause 5.2
    private static final int UCS2_ENTRY = 13;
    private static final int BIT_DISPLAY_TEXT = 16;
    private static final int BIT_GET_INKEY = 17;
    private static final int BIT_GET_INPUT = 18;
    private static final int BIT_SELECT_ITEM = 24;

    private final HttpDmServer server = new HttpDmServer();
    private ScriptedMe me = new ScriptedMe(card());

    private static UiccBuilder card() {
        return Uicc.builder()
                .applet(
                        DmApplet.class,
                        HEX.parseHex("F06269706C03"),
                        HEX.parseHex("F06269706C0301"),
                        HEX.parseHex("01012001010101000000"),
                        HEX.parseHex("8005217F000001" + "81021F90" + "8903737276" + "8A027331" + "8B0463617264"
                                + "8C026331"));
    }

    private static String alert(int command, int code, String... items) {
        StringBuilder alert = new StringBuilder("<Alert><CmdID>" + command + "</CmdID><Data>" + code + "</Data>");
        for (String item : items) {
            alert.append(item.isEmpty() ? "<Item/>" : "<Item><Data>" + item + "</Data></Item>");
        }
        return alert + "</Alert>";
    }

    /** Statuses of the commands, which the server sends in a session of their own. */
    private List<String> statuses(String commands) {
        me.selectMenu();
        server.read(new String(me.sent(), ISO_8859_1));
        me.commands();
        me.receive(server.answer(commands));
        server.read(new String(me.sent(), ISO_8859_1));
        List<String> statuses = Card.statuses(server.card());
        me.receive(server.end());
        return statuses;
    }

    /** The commands of a type since the last call, without command details and device identities. */
    private List<String> commands(int type) {
        return me.commands().stream()
                .filter(c -> Integer.parseInt(c.substring(6, 8), 16) == type)
                .map(c -> c.substring(8, 10) + " " + c.substring(18))
                .toList();
    }

    private static String text(String tag, String text) {
        return tag + String.format("%02X", text.length() + 1) + "04" + HEX.formatHex(text.getBytes(ISO_8859_1));
    }

    @Test
    void a_text_is_displayed_for_the_time_asked_for() {
        assertThat(statuses(alert(2, 1100, "MINDT=10", "Hello"))).containsExactly("2=200");
        assertThat(commands(DISPLAY_TEXT)).containsExactly("00 " + text("8D", "Hello") + "0402010A");
        assertThat(statuses(alert(2, 1100, "MINDT=600&amp;XX=1", "Hello"))).containsExactly("2=200");
        assertThat(commands(DISPLAY_TEXT)).containsExactly("00 " + text("8D", "Hello") + "0402000A");
        statuses(alert(2, 1100, "", "Zürich €"));
        String ucs2 = HEX.formatHex("Zürich €".getBytes(UTF_16BE));
        assertThat(commands(DISPLAY_TEXT)).containsExactly("00 8D1108" + ucs2);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 8D020401, 200",
        "00, 8D020400, 304",
        "10, '', 214",
        "11, '', 214",
        "12, '', 408",
        "2001, '', 500",
        "30, '', 416",
        "31, '', 406",
        "00, '', 500",
    })
    void the_user_confirms_or_rejects(String result, String objects, int status) {
        me.answer(GET_INKEY, result, objects);
        assertThat(statuses(alert(2, 1101, "MAXDT=20&amp;DR=1", "Go on?"))).containsExactly("2=" + status);
        assertThat(commands(GET_INKEY)).containsExactly("04 " + text("8D", "Go on?") + "04020114");
    }

    @Test
    @Tag("INT-1")
    void no_ends_the_sequence_that_the_question_stands_in_and_fails_the_atomic() {
        me.answer(GET_INKEY, "00", "8D020400");
        assertThat(statuses("<Sequence><CmdID>2</CmdID>" + addLeaf(3, "./MO/a", "1") + alert(4, 1101, "", "Go on?")
                        + addLeaf(5, "./MO/b", "1") + "<Atomic><CmdID>6</CmdID>" + delete(7, "./MO/a") + "</Atomic>"
                        + "</Sequence>" + get(8, "./MO")))
                .containsExactly("2=200", "3=200", "4=304", "5=215", "6=215", "7=215", "8=200");
        assertThat(server.card()).contains("<Data>a</Data>");
        me.answer(GET_INKEY, "00", "8D020400");
        assertThat(statuses("<Atomic><CmdID>2</CmdID>" + delete(3, "./MO/a") + alert(4, 1101, "", "Go on?")
                        + addLeaf(5, "./MO/b", "1") + "</Atomic>" + get(6, "./MO")))
                .containsExactly("2=507", "3=216", "4=304", "5=215", "6=200");
        assertThat(server.card()).contains("<Data>a</Data>");
        me.answer(GET_INKEY, "00", "8D020400");
        assertThat(statuses(alert(2, 1101, "", "Go on?") + delete(3, "./MO/a"))).containsExactly("2=304", "3=200");
    }

    @Test
    @Tag("INT-1")
    void a_user_who_cancels_ends_the_message() {
        me.answer(GET_INKEY, "10");
        assertThat(statuses(addLeaf(2, "./MO/a", "1") + "<Sequence><CmdID>3</CmdID>" + alert(4, 1101, "", "Go on?")
                        + addLeaf(5, "./MO/b", "1") + "</Sequence>" + addLeaf(6, "./MO/c", "1")
                        + alert(7, 1100, "", "Hello") + "<Sequence><CmdID>8</CmdID>" + get(9, "./MO") + "</Sequence>"))
                .containsExactly("2=200", "3=200", "4=214", "5=215", "6=215", "7=215", "8=215", "9=215");
        assertThat(commands(DISPLAY_TEXT)).isEmpty();
        me.answer(GET_INKEY, "10");
        assertThat(statuses("<Atomic><CmdID>2</CmdID>" + delete(3, "./MO/a") + alert(4, 1101, "", "Go on?")
                        + "<Atomic><CmdID>5</CmdID>" + addLeaf(6, "./MO/b", "1") + "</Atomic></Atomic>" + get(7, ".")))
                .containsExactly("2=507", "3=216", "4=214", "5=215", "6=215", "7=215");
        assertThat(statuses(get(2, "./MO/a"))).containsExactly("2=200");
    }

    @Test
    void the_user_types_a_text() {
        me.answer(GET_INPUT, "00", "8D0908" + HEX.formatHex("CNN€".getBytes(UTF_16BE)));
        assertThat(statuses(alert(2, 1102, "DR=John+D%6Fe&amp;MAXLEN=30", "Name?")))
                .containsExactly("2=200");
        assertThat(server.card()).contains("<Data>200</Data><Item><Data>CNN€</Data></Item></Status>");
        assertThat(commands(GET_INPUT))
                .containsExactly("03 " + text("8D", "Name?") + "9102001E" + text("97", "John Doe"));
        me.start(UCS2_ENTRY);
        me.answer(GET_INPUT, "00", "8D0D04" + "412040" + "00" + "02" + "7E" + "1B65" + "1B28" + "20" + "11");
        assertThat(statuses(alert(2, 1102, "ET=P", "Name?"))).containsExactly("2=200");
        assertThat(server.card()).contains("<Item><Data>A ¡@$ü€{ _</Data></Item>");
        assertThat(commands(GET_INPUT)).containsExactly("05 " + text("8D", "Name?") + "910200FF");
    }

    @ParameterizedTest
    @CsvSource({"A, 03, 00FF", "N, 01, 00FF", "D, 00, 0808", "T, 00, 0606", "P, 00, 00FF", "I, 01, 00FF", "X, 01, 00FF"
    })
    void the_kind_of_input_decides_what_can_be_typed(String kind, String qualifier, String length) {
        me.answer(GET_INPUT, "00", "8D0304" + "3132");
        assertThat(statuses(alert(2, 1102, "IT=" + kind, "?"))).containsExactly("2=200");
        assertThat(server.card()).contains("<Item><Data>12</Data></Item>");
        assertThat(commands(GET_INPUT)).containsExactly(qualifier + " " + text("8D", "?") + "9102" + length);
    }

    @Test
    void an_empty_or_too_long_answer() {
        me.answer(GET_INPUT, "00", "8D00");
        assertThat(statuses(alert(2, 1102, "", "?"))).containsExactly("2=200");
        assertThat(server.card()).doesNotContain("<Item>");
        me.answer(GET_INPUT, "00", "8D81C904" + "41".repeat(200));
        assertThat(statuses(alert(2, 1102, "", "?"))).containsExactly("2=416");
    }

    @Test
    void the_user_selects_one_of_several() {
        me.answer(SELECT_ITEM, "00", "900102");
        assertThat(statuses(alert(2, 1103, "DR=3", "Service", "CNN", "Mobilbank", "Café")))
                .containsExactly("2=200");
        assertThat(server.card()).contains("<Data>200</Data><Item><Data>2</Data></Item></Status>");
        assertThat(commands(SELECT_ITEM))
                .containsExactly("00 8507" + hex("Service") + "8F0401" + hex("CNN") + "8F0A02" + hex("Mobilbank")
                        + "8F0A0380" + HEX.formatHex("Café".getBytes(UTF_16BE)) + "100103");
        me.answer(SELECT_ITEM, "00", "900104");
        assertThat(statuses(alert(2, 1103, "", "Service", "CNN", "B", "C"))).containsExactly("2=500");
        me.answer(SELECT_ITEM, "12");
        assertThat(statuses(alert(2, 1103, "", "Service", "CNN", "B", "C"))).containsExactly("2=408");
    }

    private static String hex(String text) {
        return HEX.formatHex(text.getBytes(ISO_8859_1));
    }

    @Test
    void the_user_selects_several() {
        for (String item : List.of("01", "03", "02", "04")) {
            me.answer(SELECT_ITEM, "00", "9001" + item);
        }
        assertThat(statuses(alert(2, 1104, "DR=2-3", "Services", "CNN", "Bank", "Game")))
                .containsExactly("2=200");
        assertThat(server.card()).contains("<Data>200</Data><Item><Data>1</Data></Item></Status>");
        List<String> commands = commands(SELECT_ITEM);
        assertThat(commands).hasSize(4);
        assertThat(commands.get(0))
                .contains("8F0401" + hex("CNN") + "8F0702" + hex("* Bank") + "8F0703" + hex("* Game") + "8F0304"
                        + hex("OK"));
        assertThat(commands.get(3)).contains("8F0601" + hex("* CNN") + "8F0502" + hex("Bank") + "8F0503" + hex("Game"));
        for (String item : List.of("01", "03", "04")) {
            me.answer(SELECT_ITEM, "00", "9001" + item);
        }
        statuses(alert(2, 1104, "", "Services", "CNN", "Bank", "Game"));
        assertThat(server.card()).contains("<Item><Data>1</Data></Item><Item><Data>3</Data></Item></Status>");
        me.answer(SELECT_ITEM, "00", "900101").answer(SELECT_ITEM, "11");
        assertThat(statuses(alert(2, 1104, "", "Services", "CNN", "Bank"))).containsExactly("2=214");
    }

    @Test
    void alerts_without_their_items_are_incomplete() {
        assertThat(statuses(alert(2, 1100)
                        + alert(3, 1101, "")
                        + alert(4, 1102, "MAXLEN=3")
                        + alert(5, 1103, "", "Title")
                        + alert(6, 1104, "", "Title")
                        + alert(7, 1105, "", "x")))
                .containsExactly("2=412", "3=412", "4=412", "5=412", "6=412", "7=406");
    }

    @Test
    void what_the_me_cannot_show_is_416() {
        assertThat(statuses(alert(2, 1100, "", "x".repeat(254))
                        + alert(3, 1100, "", "ü".repeat(120))
                        + alert(4, 1103, "", "t".repeat(100), "u".repeat(150))))
                .containsExactly("2=416", "3=416", "4=416");
        assertThat(me.types()).doesNotContain("21", "24");
    }

    @ParameterizedTest
    @ValueSource(ints = {BIT_DISPLAY_TEXT, BIT_GET_INKEY, BIT_GET_INPUT, BIT_SELECT_ITEM})
    void an_me_without_the_command_is_406(int missing) {
        me = new ScriptedMe(card(), missing);
        String choice = missing == BIT_SELECT_ITEM ? "406" : "500"; // the terminal's answer has no item
        me.answer(GET_INKEY, "00", "8D020401");
        assertThat(statuses(alert(2, 1100, "", "x")
                        + alert(3, 1101, "", "x")
                        + alert(4, 1102, "", "x")
                        + alert(5, 1103, "", "x", "y")
                        + alert(6, 1104, "", "x", "y")))
                .containsExactly(
                        missing == BIT_DISPLAY_TEXT ? "2=406" : "2=200",
                        missing == BIT_GET_INKEY ? "3=406" : "3=200",
                        missing == BIT_GET_INPUT ? "4=406" : "4=200",
                        "5=" + choice,
                        "6=" + choice);
    }
}
