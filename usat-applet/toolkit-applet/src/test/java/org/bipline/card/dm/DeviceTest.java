// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.command;
import static org.bipline.card.dm.CommandsTest.get;
import static org.bipline.card.dm.CommandsTest.replace;

import java.util.HexFormat;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the card asks the ME by PROVIDE LOCAL INFORMATION. ETSI TS 102 223 clause 6.4.15. */
class DeviceTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int PROVIDE_LOCAL_INFORMATION = 0x26;
    private static final String EXEC = command("Exec", 2, "./DevDetail/Ext/ME", "", "");

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

    /** The card's answer to commands in a session of their own. */
    private String answerTo(String commands) {
        me.selectMenu();
        server.read(new String(me.sent(), ISO_8859_1));
        me.receive(server.answer(commands));
        server.read(new String(me.sent(), ISO_8859_1));
        String answer = server.card();
        me.receive(server.end());
        return answer;
    }

    private void tell(String object) {
        me.answer(PROVIDE_LOCAL_INFORMATION, "00", object);
    }

    @Test
    @Tag("MO-10")
    void exec_asks_the_me_what_it_is_and_get_tells_the_server() {
        tell("9408" + "3A44440900000010");
        tell("E209" + "3A44440900000010F2");
        tell("9307" + "62F22000010001");
        tell("BF0108");
        tell("AD02" + "6465");
        String answer = answerTo("<Sequence><CmdID>9</CmdID>" + EXEC + get(3, "./DevDetail/Ext/ME?list=StructData")
                + get(4, "./DevInfo/Lang") + "</Sequence>");
        assertThat(me.questions()).containsExactly("01", "08", "00", "06", "04");
        assertThat(Card.statuses(answer)).containsExactly("9=200", "2=200", "3=200", "4=200");
        assertThat(answer)
                .contains(leaf("Profile", "bin", "#" + "ff".repeat(32)))
                .contains(leaf("IMEI", "chr", "344449000000001"))
                .contains(leaf("IMEISV", "chr", "3444490000000012"))
                .contains(leaf("Location", "bin", "#62f22000010001"))
                .contains(leaf("AccTech", "int", "8"))
                .contains("<Source><LocURI>./DevInfo/Lang</LocURI></Source><Meta><m:Format>chr</m:Format></Meta>"
                        + "<Data>de</Data>");
    }

    private static String leaf(String name, String format, String value) {
        return "<Source><LocURI>./DevDetail/Ext/ME/" + name + "</LocURI></Source><Meta><m:Format>" + format
                + "</m:Format></Meta><Data>" + value + "</Data>";
    }

    @Test
    @Tag("MO-10")
    void what_the_me_does_not_tell_stays_as_it_was() {
        tell("9408" + "3A44440900000010");
        answerTo(EXEC);
        me.answer(PROVIDE_LOCAL_INFORMATION, "20");
        String answer = answerTo(EXEC + get(3, "./DevDetail/Ext/ME/IMEI") + get(4, "./DevDetail/Ext/ME?prop=VerNo"));
        assertThat(answer).contains(leaf("IMEI", "chr", "344449000000001")).contains("<Data>1</Data>");
    }

    @Test
    void exec_of_other_nodes_and_within_atomic_is_refused() {
        assertThat(Card.statuses(answerTo(command("Exec", 2, "./DevDetail/Ext", "", "")
                        + command("Exec", 3, "./DevDetail/Ext/ME/IMEI", "", "")
                        + replace(4, "./DevDetail/Ext/ME/IMEI", "1")
                        + "<Atomic><CmdID>5</CmdID>" + EXEC.replace("<CmdID>2", "<CmdID>6") + "</Atomic>")))
                .containsExactly("2=405", "3=405", "4=405", "5=507", "6=500");
    }

    @ParameterizedTest
    @CsvSource({
        "62114221510048, 20261124T131500Z, an hour to the west",
        "62114221510000, 20261124T121500Z, UTC",
        "62114221510040, 20261124T111500Z, an hour to the east",
        "62101000300040, 20251231T230300Z, the new year in the east",
        "52211332000008, 20251231T230000Z, minus 0",
        "52211332000048, 20260101T000000Z, the new year in the west",
        "82301000000040, 20280229T230000Z, a leap day",
        "821011FFFFFFFF, '', no time",
        "621142215100FF, '', no zone",
        "62004221510000, '', no month",
        "62209221510000, '', no day"
    })
    void the_time_of_changes_is_utc(String time, String stamp, String why) {
        tell("A607" + time);
        String answer = answerTo(addLeaf(2, "./MO/a", "1") + addLeaf(3, "./MO/b", "1"));
        assertThat(me.questions()).containsExactly("03");
        assertThat(Card.statuses(answer)).containsExactly("2=200", "3=200");
        assertThat(answerTo(get(2, "./MO/a?prop=TStamp"))).as(why).contains("<Data>" + stamp + "</Data></Item>");
        assertThat(me.questions()).isEmpty();
    }
}
