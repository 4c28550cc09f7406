// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addInterior;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.command;
import static org.bipline.card.dm.CommandsTest.delete;
import static org.bipline.card.dm.CommandsTest.get;
import static org.bipline.card.dm.CommandsTest.replace;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one authority can do to, and learn of, what another has on the card. */
class AuthorityRightsTest {
    private static final String CURIOUS = "curious.example";
    private static final String OWN =
            "Add=curious.example&amp;Get=curious.example&amp;Replace=curious.example" + "&amp;Delete=curious.example";

    private Card card = card("");

    private static Card card(String rights) {
        Card card = new Card(Card.authority(CURIOUS, "s2", "c2", rights));
        card.manage(TndsTest.add(2, "./MO/bank", TndsTest.node("", type("urn:x:bank") + TndsTest.leaf("pin", "4711")))
                + TndsTest.add(3, "./Policy/bank", TndsTest.node("", TndsTest.leaf("Direction", "device"))));
        return card.as(CURIOUS, "s2");
    }

    /** A card on which the authority has rights of its own: tag 9E with these TLVs. */
    private static Card limitedTo(String tlvs) {
        return card("9E" + "%02X".formatted(tlvs.length() / 2) + tlvs);
    }

    private static String tlv(int tag, String text) {
        byte[] bytes = Card.bytes(text);
        return "%02X%02X".formatted(tag, bytes.length) + HexFormat.of().formatHex(bytes);
    }

    private static String type(String name) {
        return "<d:RTProperties><d:Type><d:DDFName>" + name + "</d:DDFName></d:Type></d:RTProperties>";
    }

    private static String copy(String from, String to) {
        return "<Copy><CmdID>2</CmdID><Item><Target><LocURI>" + to + "</LocURI></Target><Source><LocURI>" + from
                + "</LocURI></Source></Item></Copy>";
    }

    private String status(String command) {
        List<String> statuses = card.manage(command);
        assertThat(statuses).hasSize(1);
        return statuses.get(0).substring(2);
    }

    private String answer(String command) {
        String answer = card.answerTo(command);
        card.finish();
        return answer;
    }

    /** The TNDS object that Get of a node gives, byte by byte as text. */
    private String object(String uri) {
        String answer = answer(get(2, uri + "?list=TNDS"));
        int begin = answer.indexOf("<Data>#") + 7;
        String hex = answer.substring(begin, answer.indexOf('<', begin));
        return new String(HexFormat.of().parseHex(hex), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    // --- what another owns

    @Test
    @Tag("SEC-1")
    void what_another_owns_is_not_there_for_any_command() {
        List<String> before = card.tree("./MO");
        for (String command : new String[] {
            get(2, "./MO/bank"),
            get(2, "./MO/bank/pin"),
            get(2, "./MO/bank?prop=ACL"),
            get(2, "./MO/bank/pin?prop=Size"),
            get(2, "./MO/bank?list=TNDS"),
            replace(2, "./MO/bank/pin", "0000"),
            replace(2, "./MO/bank?prop=ACL", "Get=*"),
            replace(2, "./MO/bank?prop=Name", "mine"),
            replace(2, "./MO/bank/pin?prop=Title", "t"),
            delete(2, "./MO/bank"),
            delete(2, "./MO/bank/pin"),
            addLeaf(2, "./MO/bank/more", "1"),
            addLeaf(2, "./MO/bank/pin", "1"),
            copy("./MO/bank/pin", "./MO/mine"),
            TndsTest.replace(2, "./MO/bank", TndsTest.leaf("", "x")),
            command("Exec", 2, "./MO/bank", "", ""),
            get(2, "./Policy/bank"),
            get(2, "./Policy/bank/Direction"),
            replace(2, "./Policy/bank/Direction", "both"),
            get(2, "./DMAcc/1"),
            get(2, "./DMAcc/1/AppAuth/1/AAuthName"),
            replace(2, "./DMAcc/1/AppAuth/2/AAuthSecret", "stolen"),
            get(2, "./Update"),
            get(2, "./Update/Schedule"),
            replace(2, "./Update/Schedule", "1"),
            get(2, "./Sync"),
            get(2, "./SecurityLog/Done"),
        }) {
            assertThat(status(command)).as(command).isEqualTo("404");
            assertThat(status(command.replace("bank", "none")))
                    .as("as if it was not there: " + command)
                    .isEqualTo("404");
        }
        assertThat(card.tree("./MO")).isEqualTo(before);
    }

    @Test
    @Tag("SEC-1")
    void lists_and_objects_leave_out_what_another_owns() {
        assertThat(answer(get(2, "./MO"))).contains("<Data></Data>").doesNotContain("bank");
        assertThat(answer(get(2, "./DMAcc"))).contains("<Data>curious.example</Data>");
        assertThat(answer(get(2, "."))).contains("<Data>DevInfo/DevDetail/DMAcc/Policy/MO</Data>");
        for (String list : List.of("Struct", "StructData")) {
            assertThat(answer(get(2, ".?list=" + list)))
                    .contains("./DMAcc/curious.example")
                    .doesNotContain("bank", "4711", "server.example", "Schedule", "IMEI");
        }
        assertThat(object("."))
                .contains("curious.example")
                .doesNotContain("bank", "4711", "server.example", "Schedule", "IMEI");
    }

    @Test
    @Tag("SEC-1")
    void the_owner_gives_rights_by_its_list_and_only_those() {
        card.as(Card.SERVER, Card.SERVER_SECRET)
                .manage(replace(
                        2,
                        "./MO/bank?prop=ACL",
                        "Get=server.example+curious.example&amp;Replace=server.example&amp;Delete=server.example"));
        card.as(CURIOUS, "s2");
        assertThat(answer(get(2, "./MO/bank/pin"))).contains("4711");
        assertThat(answer(get(2, "./MO"))).contains("<Data>bank</Data>");
        assertThat(status(replace(2, "./MO/bank/pin", "0000"))).isEqualTo("425");
        assertThat(status(delete(2, "./MO/bank"))).isEqualTo("425");
        assertThat(status(replace(2, "./MO/bank?prop=ACL", "Get=*"))).isEqualTo("425");
    }

    @Test
    @Tag("SEC-1")
    void what_an_authority_adds_is_its_own_and_not_there_for_the_first() {
        assertThat(card.manage(addInterior(2, "./MO/mine")
                        + addLeaf(3, "./MO/leaf", "1")
                        + TndsTest.add(4, "./MO/object", TndsTest.node("", TndsTest.leaf("a", "1")))
                        + TndsTest.add(5, "./MO", TndsTest.node("child", TndsTest.leaf("a", "1")))
                        + copy("./MO/leaf", "./MO/copied").replace("CmdID>2", "CmdID>6")
                        + TndsTest.add(7, "./Policy/mine", TndsTest.node("", TndsTest.leaf("Direction", "device")))))
                .containsExactly("2=200", "3=200", "4=200", "5=200", "6=200", "7=200");
        for (String uri : List.of("./MO/mine", "./MO/leaf", "./MO/object", "./MO/child", "./MO/copied")) {
            assertThat(answer(get(2, uri + "?prop=ACL"))).as(uri).contains("<Data>" + OWN + "</Data>");
        }
        assertThat(status(replace(2, "./MO/leaf", "2"))).isEqualTo("200");
        card.as(Card.SERVER, Card.SERVER_SECRET);
        for (String uri : List.of("./MO/mine", "./MO/leaf", "./MO/object/a", "./MO/child", "./Policy/mine")) {
            assertThat(status(get(2, uri))).as(uri).isEqualTo("404");
            assertThat(status(delete(2, uri))).as(uri).isEqualTo("404");
            assertThat(status(replace(2, uri + "?prop=ACL", "Get=*"))).as(uri).isEqualTo("404");
        }
        assertThat(answer(get(2, "./MO"))).contains("<Data>bank</Data>");
    }

    @Test
    @Tag("SEC-1")
    void a_name_that_another_has_is_refused_as_one_that_may_not_be_used() {
        for (String command : new String[] {
            addInterior(2, "./MO/bank"),
            addLeaf(2, "./MO/bank", "1"),
            TndsTest.add(2, "./MO/bank", TndsTest.node("", TndsTest.leaf("a", "1"))),
            TndsTest.add(2, "./MO", TndsTest.node("bank", TndsTest.leaf("a", "1"))),
        }) {
            assertThat(status(command)).as(command).isEqualTo("425");
        }
        card.manage(addLeaf(2, "./MO/mine", "1"));
        assertThat(status(replace(2, "./MO/mine?prop=Name", "bank"))).isEqualTo("425");
        assertThat(status(copy("./MO/mine", "./MO/bank"))).isEqualTo("425");
        assertThat(status(addLeaf(2, "./MO/mine", "1"))).as("its own").isEqualTo("418");
    }

    @Test
    @Tag("SEC-1")
    void nobody_makes_the_policy_of_an_object_of_another_nor_the_object_of_a_policy() {
        String policy = TndsTest.node("", TndsTest.leaf("Direction", "both"));
        card.as(Card.SERVER, Card.SERVER_SECRET)
                .manage(delete(2, "./Policy/bank") + TndsTest.add(3, "./Policy/later", policy));
        card.as(CURIOUS, "s2");
        assertThat(status(TndsTest.add(2, "./Policy/bank", policy))).isEqualTo("425");
        assertThat(status(addLeaf(2, "./MO/later", "1"))).isEqualTo("425");
        assertThat(status(addLeaf(2, "./MO/mine", "1"))).isEqualTo("200");
        assertThat(status(replace(2, "./MO/mine?prop=Name", "later"))).isEqualTo("425");
        assertThat(card.tree("./Policy/bank")).isEmpty();
    }

    @Test
    @Tag("SEC-1")
    void a_policy_says_where_the_device_has_the_object_only_where_the_authority_has_the_privilege() {
        String elsewhere = TndsTest.node("", TndsTest.leaf("Target", "./MO/bank"));
        card.manage(addLeaf(2, "./MO/mine", "1"));
        assertThat(status(TndsTest.add(2, "./Policy/mine", elsewhere))).isEqualTo("403");
        card.manage(addInterior(2, "./Policy/mine"));
        assertThat(status(addLeaf(2, "./Policy/mine/Target", "./MO/bank"))).isEqualTo("403");
        card.manage(addLeaf(2, "./Policy/mine/Direction", "both"));
        assertThat(status(replace(2, "./Policy/mine/Direction?prop=Name", "Target")))
                .isEqualTo("403");
        card = limitedTo("810102");
        assertThat(status(TndsTest.add(2, "./Policy/mine", elsewhere))).isEqualTo("200");
    }

    @Test
    @Tag("SEC-1")
    void versions_and_times_of_what_is_everybodys_are_told_to_nobody_where_there_are_several() {
        for (String uri : List.of(".", "./MO", "./Policy", "./DMAcc")) {
            assertThat(status(get(2, uri + "?prop=VerNo"))).isEqualTo("425");
            assertThat(status(get(2, uri + "?prop=TStamp"))).isEqualTo("425");
        }
        card.manage(addInterior(2, "./MO/mine"));
        assertThat(status(get(2, "./MO/mine?prop=VerNo"))).isEqualTo("200");
        String before = object(".");
        card.as(Card.SERVER, Card.SERVER_SECRET).manage(replace(2, "./MO/bank/pin", "0000"));
        card.as(CURIOUS, "s2");
        assertThat(object(".")).isEqualTo(before);
        Card alone = new Card();
        assertThat(alone.manage(get(2, "./MO?prop=VerNo"))).containsExactly("2=200");
    }

    @Test
    @Tag("PRIV-1")
    void identifiers_of_the_device_are_for_those_who_have_the_privilege() {
        assertThat(status(get(2, "./DevDetail/Ext/ME/IMEI"))).isEqualTo("404");
        assertThat(status(command("Exec", 2, "./DevDetail/Ext/ME", "", ""))).isEqualTo("404");
        assertThat(answer(get(2, "./DevDetail/Ext"))).contains("<Data></Data>");
        card.as(Card.SERVER, Card.SERVER_SECRET);
        assertThat(status(get(2, "./DevDetail/Ext/ME/IMEI"))).isEqualTo("200");
        card = limitedTo("810101");
        assertThat(status(get(2, "./DevDetail/Ext/ME/IMEI"))).isEqualTo("200");
        assertThat(status(get(2, "./SecurityLog/Done"))).isEqualTo("404");
        assertThat(status(addInterior(2, "./Function/fumo"))).isEqualTo("404");
        card = limitedTo("810104");
        assertThat(status(get(2, "./DevDetail/Ext/ME/IMEI"))).isEqualTo("404");
        assertThat(status(get(2, "./SecurityLog/Done"))).isEqualTo("200");
    }

    // --- what the registry grants

    @ParameterizedTest
    @CsvSource({"01, Get", "02, Add", "04, Add", "08, Get", "1B, Replace", "17, Delete"})
    @Tag("SEC-1")
    void a_command_that_the_registry_does_not_grant_is_refused_whatever_the_lists_say(String commands, String denied) {
        card = limitedTo("8001" + commands);
        card.as(Card.SERVER, Card.SERVER_SECRET)
                .manage(TndsTest.add(2, "./MO/shared", TndsTest.node("", TndsTest.leaf("leaf", "1")))
                        + replace(3, "./MO/shared?prop=ACL", "Add=*&amp;Get=*&amp;Replace=*&amp;Delete=*"));
        card.as(CURIOUS, "s2");
        List<String> before = card.tree("./MO");
        String command = switch (denied) {
            case "Get" -> get(2, "./MO/shared/leaf");
            case "Add" -> addLeaf(2, "./MO/shared/new", "1");
            case "Replace" -> replace(2, "./MO/shared/leaf", "2");
            default -> delete(2, "./MO/shared");
        };
        assertThat(status(command)).isEqualTo("425");
        assertThat(card.tree("./MO")).isEqualTo(before);
    }

    @Test
    @Tag("SEC-1")
    void names_that_the_registry_does_not_grant_are_refused_wherever_they_come_from() {
        card = limitedTo(tlv(0x83, "curious*") + tlv(0x83, "one"));
        for (String command : new String[] {
            addLeaf(2, "./MO/other", "1"),
            addLeaf(2, "./MO/curiou", "1"),
            addLeaf(2, "./MO/one2", "1"),
            addInterior(2, "./Policy/other"),
            TndsTest.add(2, "./MO/other", TndsTest.node("", TndsTest.leaf("a", "1"))),
            TndsTest.add(2, "./MO", TndsTest.node("other", TndsTest.leaf("a", "1"))),
            TndsTest.add(
                    2,
                    "./MO",
                    TndsTest.node("one", TndsTest.leaf("a", "1")) + TndsTest.node("other", TndsTest.leaf("a", "1"))),
        }) {
            assertThat(status(command)).as(command).isEqualTo("425");
        }
        assertThat(card.tree("./MO/one")).isEmpty();
        assertThat(card.manage(addLeaf(2, "./MO/curious", "1")
                        + addLeaf(3, "./MO/curious.wifi", "1")
                        + addLeaf(4, "./MO/one", "1")
                        + addInterior(5, "./Policy/one")))
                .containsExactly("2=200", "3=200", "4=200", "5=200");
        assertThat(status(replace(2, "./MO/one?prop=Name", "other"))).isEqualTo("425");
        assertThat(status(copy("./MO/one", "./MO/other"))).isEqualTo("425");
        assertThat(card.tree("./MO/other")).isEmpty();
        card.as(Card.SERVER, Card.SERVER_SECRET)
                .manage(addInterior(2, "./MO/open") + replace(3, "./MO/open?prop=ACL", "Get=*&amp;Add=*"));
        card.as(CURIOUS, "s2");
        assertThat(status(get(2, "./MO/open"))).as("outside its subtrees").isEqualTo("404");
    }

    @Test
    @Tag("SEC-1")
    void objects_of_other_types_than_the_registry_grants_are_refused_also_within_tnds() {
        card = limitedTo(tlv(0x82, "urn:x:wifi") + tlv(0x82, "urn:x:mail"));
        String wifi = TndsTest.node("", type("urn:x:wifi") + TndsTest.leaf("a", "1"));
        String fumo = TndsTest.node("", type("urn:x:fumo") + TndsTest.leaf("a", "1"));
        assertThat(status(TndsTest.add(2, "./MO/fumo", fumo))).isEqualTo("403");
        assertThat(status(TndsTest.add(2, "./MO", TndsTest.node("fumo", type("urn:x:fumo")))))
                .isEqualTo("403");
        assertThat(status(addInterior(2, "./MO/untyped"))).isEqualTo("403");
        assertThat(status(addLeaf(2, "./MO/leaf", "1"))).isEqualTo("403");
        assertThat(status(TndsTest.add(2, "./MO/wifi", wifi))).isEqualTo("200");
        assertThat(status(TndsTest.replace(2, "./MO/wifi", fumo))).isEqualTo("403");
        assertThat(status(addLeaf(2, "./MO/wifi/b", "1"))).isEqualTo("200");
        assertThat(card.tree("./MO/"))
                .containsExactly(
                        "./MO/bank node urn:x:bank",
                        "./MO/bank/pin chr = 4711",
                        "./MO/wifi node urn:x:wifi",
                        "./MO/wifi/a chr = 1",
                        "./MO/wifi/b chr = 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8000", "80020102", "800101800101", "8100", "8200", "8300", "8401", "840101", "80"})
    @Tag("SEC-1")
    void malformed_rights_are_refused(String rights) {
        byte[] bytes = HexFormat.of().parseHex(rights);
        assertThat(Rights.isWellFormed(bytes, (short) 0, (short) bytes.length)).isFalse();
    }
}
