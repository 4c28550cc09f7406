// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.delete;
import static org.bipline.card.dm.CommandsTest.get;
import static org.bipline.card.dm.CommandsTest.replace;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Get of whole trees (OMA DM Tree and Description 1.2, Device Management Tree Exchange), and Copy. */
class TreeExchangeTest {
    private final Card card = new Card();

    @BeforeEach
    void an_object() {
        card.answerTo(TndsTest.add(
                2,
                "./MO/a",
                TndsTest.node(
                        "",
                        "<d:RTProperties><d:ACL>Get=*&amp;Replace=*&amp;Delete=*&amp;Add=*</d:ACL><d:Format><d:node/>"
                                + "</d:Format><d:Title>An object</d:Title><d:Type><d:DDFName>urn:x:1.0</d:DDFName>"
                                + "</d:Type></d:RTProperties>"
                                + TndsTest.node("c", TndsTest.node("e", TndsTest.leaf("g", "value of g")))
                                + TndsTest.node("h", TndsTest.format("int") + "<d:Value>12</d:Value>"))));
    }

    /** URI, meta and data of each Results. */
    private static List<String> results(String answer) {
        return Pattern.compile("<Results>.*?<Item>(.*?)</Item></Results>")
                .matcher(answer)
                .results()
                .map(r -> r.group(1)
                        .replaceAll("</?(Source|LocURI|Meta|m:Format|m:Type)>", " ")
                        .replaceAll("<Data></Data>", "")
                        .trim()
                        .replaceAll(" +", " "))
                .toList();
    }

    @Test
    @Tag("MO-2")
    void the_structure_comes_as_one_results_for_each_node() {
        assertThat(results(card.thenAnswerTo(get(2, "./MO/a?list=Struct"))))
                .containsExactly(
                        "./MO/a node urn:x:1.0",
                        "./MO/a/c node",
                        "./MO/a/c/e node",
                        "./MO/a/c/e/g chr",
                        "./MO/a/h int");
    }

    @Test
    @Tag("MO-2")
    void the_structure_with_data_has_the_values_of_the_leaves() {
        assertThat(results(card.thenAnswerTo(get(2, "./MO/a/c?list=StructData"))))
                .containsExactly("./MO/a/c node", "./MO/a/c/e node", "./MO/a/c/e/g chr <Data>value of g</Data>");
        assertThat(results(card.thenAnswerTo(get(2, "./MO/a/h?list=StructData"))))
                .containsExactly("./MO/a/h int <Data>12</Data>");
    }

    @Test
    void a_list_goes_on_over_as_many_messages_as_it_takes() {
        card.thenAnswerTo(addLeaf(2, "./MO/a/long", "x".repeat(1000)));
        List<String> whole = results(card.thenAnswerTo(get(2, "./MO?list=StructData")));
        assertThat(whole).hasSize(7);
        card.withLimits(500, 32000);
        StringBuilder all = new StringBuilder();
        String answer = card.thenAnswerTo(get(2, "./MO?list=StructData") + get(3, "./DevInfo/Man"));
        while (!answer.contains("<Final/>")) {
            all.append(answer);
            assertThat(card.receive(card.following("<Alert><CmdID>2</CmdID><Data>1222</Data></Alert>")))
                    .isEqualTo(DmSession.NEXT_MESSAGE);
            assertThat(card.write().length).isLessThanOrEqualTo(500);
            answer = card.send();
        }
        List<String> parts = results(all + answer);
        assertThat(parts.subList(0, 6)).isEqualTo(whole.subList(0, 6));
        assertThat(parts.get(6))
                .startsWith("./MO/a/long chr <m:Size>1000</m:Size> <Data>xxx")
                .endsWith("<MoreData/>");
        assertThat(parts.stream()
                        .skip(6)
                        .mapToLong(p -> p.chars().filter(c -> c == 'x').count())
                        .sum())
                .isEqualTo(1000);
        assertThat(parts.get(parts.size() - 1)).contains("bipline");
    }

    @Test
    @Tag("MO-2")
    void a_tree_as_a_tnds_object_makes_the_same_tree_elsewhere() {
        String answer = card.thenAnswerTo(get(2, "./MO/a?list=TNDS"));
        assertThat(answer)
                .contains("<Source><LocURI>./MO/a</LocURI></Source><Meta><m:Format>bin</m:Format>"
                        + "<m:Type>application/vnd.syncml.dmtnds+wbxml</m:Type></Meta>");
        card.thenAnswerTo("<Add><CmdID>2</CmdID>"
                + CommandsTest.item("./MO/b", TndsTest.META, "<Data hex='" + hex(answer) + "'/>") + "</Add>");
        // the leaf g has no type, and the object says text/plain, which is the default, or nothing
        assertThat(card.tree("./MO/b").stream().map(line -> line.replace("./MO/b", "./MO/a")))
                .containsExactlyElementsOf(card.tree("./MO/a"));
        assertThat(card.thenAnswerTo(get(2, "./MO/b?prop=Title") + get(3, "./MO/b?prop=ACL")))
                .contains("<Data>An object</Data>", "<Data>Get=*&amp;Replace=*&amp;Delete=*&amp;Add=*</Data>");
    }

    private static String hex(String answer) {
        String data = Card.tag(answer.substring(answer.indexOf("<Item>")), "Data");
        return data.startsWith("#")
                ? data.substring(1)
                : java.util.HexFormat.of()
                        .formatHex(Card.bytes(data.replace("&amp;", "&").replace("&lt;", "<")));
    }

    @Test
    void a_tnds_object_has_the_properties_that_are_asked_for() {
        assertThat(tnds("./MO/a?list=TNDS+Format+Value"))
                .contains("<d:Format><d:int/></d:Format>", "<d:Value>12</d:Value>")
                .doesNotContain("<d:Type>", "<d:ACL>", "<d:Title>", "<d:VerNo>");
        assertThat(tnds("./MO/a?list=TNDS-Value-VerNo"))
                .contains(
                        "<d:Type><d:DDFName>urn:x:1.0</d:DDFName></d:Type>", "<d:ACL>", "<d:Title>An object</d:Title>")
                .doesNotContain("<d:Value>", "<d:VerNo>");
        assertThat(tnds("./MO/a?list=TNDS+VerNo"))
                .contains("<d:NodeName>e</d:NodeName><d:RTProperties><d:VerNo>0</d:VerNo></d:RTProperties>");
        assertThat(tnds("./MO/a?list=TNDS+Value")).doesNotContain("RTProperties");
    }

    private String tnds(String uri) {
        return XmlForm.toXml(java.util.HexFormat.of()
                .parseHex("02a4016a00" + hex(card.thenAnswerTo(get(2, uri))).substring(64)));
    }

    @Test
    void a_long_tnds_object_comes_in_chunks() {
        String whole = hex(card.thenAnswerTo(get(2, "./MO?list=TNDS")));
        card.withLimits(400, 32000);
        StringBuilder data = new StringBuilder();
        String answer = card.thenAnswerTo(get(2, "./MO?list=TNDS"));
        assertThat(answer).contains("<m:Size>" + whole.length() / 2 + "</m:Size>");
        while (answer.contains("<MoreData/>")) {
            data.append(hex(answer));
            card.receive(card.following("<Alert><CmdID>2</CmdID><Data>1222</Data></Alert>"));
            answer = card.send();
        }
        assertThat(data + hex(answer)).isEqualTo(whole);
        card.withLimits(400, 100);
        card.receive(card.following("<Alert><CmdID>2</CmdID><Data>1222</Data></Alert><Final/>"));
        card.send();
        assertThat(Card.statuses(card.thenAnswerTo(get(2, "./MO?list=TNDS")))).containsExactly("2=413");
    }

    static String copy(int command, String from, String to) {
        return "<Copy><CmdID>" + command + "</CmdID><Item><Target><LocURI>" + to + "</LocURI></Target><Source><LocURI>"
                + from + "</LocURI></Source></Item></Copy>";
    }

    private String status(String command) {
        return Card.statuses(card.thenAnswerTo(command)).get(0);
    }

    @Test
    @Tag("MO-2")
    void copy_gives_the_value_to_a_leaf_or_makes_one_and_both_live_on_by_themselves() {
        assertThat(status(copy(2, "./MO/a/h", "./MO/a/new"))).isEqualTo("2=200");
        assertThat(status(copy(2, "MO/a/h", "./MO/a/c/e/g"))).isEqualTo("2=200");
        card.thenAnswerTo(replace(2, "./MO/a/h", "13"));
        assertThat(card.tree("./MO/a")).contains("./MO/a/h int = 13", "./MO/a/new int = 12", "./MO/a/c/e/g int = 12");
        card.thenAnswerTo(delete(2, "./MO/a/h"));
        card.thenAnswerTo(addLeaf(2, "./MO/more", "z".repeat(40)));
        assertThat(card.tree("./MO/a")).contains("./MO/a/new int = 12");
    }

    @Test
    void copy_needs_two_leaves_and_the_rights_for_both() {
        assertThat(status(copy(2, "./MO/a/none", "./MO/a/h"))).isEqualTo("2=404");
        assertThat(status(copy(2, "./MO/a//h", "./MO/a/h"))).isEqualTo("2=404");
        assertThat(status(copy(2, "./MO/a/h", "./MO/none/x"))).isEqualTo("2=404");
        assertThat(status(copy(2, "./MO/a/c", "./MO/a/h"))).isEqualTo("2=403");
        assertThat(status(copy(2, "./MO/a/h", "./MO/a/c"))).isEqualTo("2=403");
        assertThat(status(copy(2, "./MO/a/h", "./DevInfo/Man"))).isEqualTo("2=405");
        assertThat(status(copy(2, "./MO/a/h", "./MO/a/h/x"))).isEqualTo("2=405");
        assertThat(status(copy(2, "./MO/a/h", "./MO/a/h?prop=Name"))).isEqualTo("2=405");
        card.thenAnswerTo(replace(2, "./MO/a/c/e/g?prop=ACL", "Add=x"));
        assertThat(status(copy(2, "./MO/a/c/e/g", "./MO/a/h"))).isEqualTo("2=425");
        assertThat(status(copy(2, "./MO/a/h", "./MO/a/c/e/g"))).isEqualTo("2=425");
        assertThat(card.tree("./MO/a/h")).containsExactly("./MO/a/h int = 12");
    }

    @Test
    @Tag("INT-1")
    void copy_in_an_atomic_that_fails_is_undone() {
        assertThat(Card.statuses(card.thenAnswerTo("<Atomic><CmdID>2</CmdID>" + copy(3, "./MO/a/h", "./MO/a/c/e/g")
                        + copy(4, "./MO/a/h", "./MO/a/n") + copy(5, "./MO/none", "./MO/a/h") + "</Atomic>")))
                .containsExactly("2=507", "3=216", "4=216", "5=404");
        assertThat(card.tree("./MO/a"))
                .contains("./MO/a/c/e/g chr = value of g")
                .hasSize(5);
    }
}
