// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addInterior;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.command;
import static org.bipline.card.dm.CommandsTest.delete;
import static org.bipline.card.dm.CommandsTest.get;
import static org.bipline.card.dm.CommandsTest.item;
import static org.bipline.card.dm.CommandsTest.replace;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of nodes that change: ACL with its inheritance, Name, Title, TStamp, VerNo. OMA DM Tree and Description 1.2. */
class PropertiesTest {
    private static final String OTHERS = "Add=other.example&amp;Get=other.example&amp;Replace=other.example+third";

    private final Card card = new Card();

    @BeforeEach
    void an_object_with_a_leaf() {
        card.answerTo(addInterior(2, "./MO/a") + addLeaf(3, "./MO/a/b", "1"));
    }

    private String property(String uri) {
        String answer = card.thenAnswerTo(get(2, uri));
        assertThat(Card.statuses(answer)).containsExactly("2=200");
        return Card.tag(answer.substring(answer.indexOf("<Item>")), "Data");
    }

    private String status(String command) {
        return Card.statuses(card.thenAnswerTo(command)).get(0);
    }

    private void setTime(String time) {
        byte[] bytes = time.getBytes(StandardCharsets.US_ASCII);
        card.store.setTime(bytes, (short) 0, (short) bytes.length);
    }

    @Test
    @Tag("SEC-1")
    void the_root_and_the_objects_have_lists_and_the_other_nodes_inherit() {
        assertThat(property(".?prop=ACL")).isEqualTo("Add=*&amp;Get=*");
        assertThat(property("./MO?prop=ACL"))
                .isEqualTo("Add=server.example&amp;Get=server.example&amp;Replace=server.example"
                        + "&amp;Delete=server.example");
        assertThat(property("./MO/a?prop=ACL")).isEmpty();
        assertThat(property("./DevInfo/Man?prop=ACL")).isEmpty();
    }

    @Test
    @Tag("SEC-1")
    void a_list_that_names_other_servers_takes_the_rights_below_it_and_the_parents_list_gives_them_back() {
        assertThat(status(replace(2, "./MO/a?prop=ACL", OTHERS))).isEqualTo("2=200");
        for (String denied : new String[] {
            get(2, "./MO/a"),
            get(2, "./MO/a?prop=ACL"),
            get(2, "./MO/a?list=TNDS"),
            addLeaf(2, "./MO/a/c", "1"),
            delete(2, "./MO/a"),
            TndsTest.replace(2, "./MO/a", TndsTest.leaf("", "x")),
        }) {
            assertThat(status(denied)).as(denied).isEqualTo("2=425");
        }
        for (String hidden : new String[] {
            get(2, "./MO/a/b"),
            replace(2, "./MO/a/b", "2"),
            replace(2, "./MO/a/b?prop=Title", "t"),
            replace(2, "./MO/a/b?prop=Name", "c"),
            replace(2, "./MO/a/b?prop=ACL", "Get=*"),
        }) {
            assertThat(status(hidden)).as(hidden).isEqualTo("2=404");
        }
        assertThat(card.thenAnswerTo(get(2, "./MO?list=Struct")))
                .contains("./MO<")
                .doesNotContain("./MO/a");
        assertThat(card.tree("./MO/")).containsExactly("./MO/a node", "./MO/a/b chr = 1");
        assertThat(status(replace(2, "./MO/a?prop=ACL", ""))).isEqualTo("2=200");
        assertThat(property("./MO/a/b")).isEqualTo("1");
    }

    @Test
    @Tag("SEC-1")
    void a_right_is_given_by_name_or_by_the_wildcard_and_only_for_its_command() {
        card.thenAnswerTo(replace(2, "./MO/a/b?prop=ACL", "Get=*&amp;Replace=server.exampl+server.example2"));
        assertThat(property("./MO/a/b")).isEqualTo("1");
        assertThat(status(replace(2, "./MO/a/b", "2"))).isEqualTo("2=425");
        card.thenAnswerTo(replace(2, "./MO/a/b?prop=ACL", "Replace=x+server.example"));
        assertThat(status(replace(2, "./MO/a/b", "2"))).isEqualTo("2=200");
        assertThat(status(get(2, "./MO/a/b"))).isEqualTo("2=425");
    }

    @Test
    @Tag("SEC-1")
    void a_leafs_list_is_changed_by_right_of_its_parent_only() {
        card.thenAnswerTo(replace(2, "./MO/a/b?prop=ACL", "Replace=server.example"));
        card.thenAnswerTo(replace(2, "./MO/a?prop=ACL", "Get=*"));
        assertThat(status(replace(2, "./MO/a/b", "2"))).isEqualTo("2=200");
        assertThat(status(replace(2, "./MO/a/b?prop=ACL", "Get=*"))).isEqualTo("2=425");
        assertThat(status(replace(2, "./MO/a?prop=ACL", "Get=*"))).isEqualTo("2=200");
    }

    @Test
    @Tag("SEC-1")
    void what_a_server_adds_below_a_node_that_it_may_not_replace_becomes_its_own() {
        card.thenAnswerTo(replace(2, "./MO/a?prop=ACL", "Add=*&amp;Get=*"));
        assertThat(status(addInterior(2, "./MO/a/own"))).isEqualTo("2=200");
        assertThat(status(TndsTest.add(2, "./MO/a/t", TndsTest.node("", TndsTest.leaf("l", "1")))))
                .isEqualTo("2=200");
        assertThat(status(addLeaf(2, "./MO/a/leaf", "1"))).isEqualTo("2=200");
        String own = "Add=server.example&amp;Get=server.example&amp;Replace=server.example&amp;Delete=server.example";
        assertThat(property("./MO/a/own?prop=ACL")).isEqualTo(own);
        assertThat(property("./MO/a/t?prop=ACL")).isEqualTo(own);
        assertThat(property("./MO/a/leaf?prop=ACL")).isEmpty();
        assertThat(status(delete(2, "./MO/a/own"))).isEqualTo("2=200");
        assertThat(status(replace(2, "./MO/a/t/l", "2"))).isEqualTo("2=200");
        assertThat(status(replace(2, "./MO/a/leaf", "2"))).isEqualTo("2=425");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Get",
                "Get=",
                "=x",
                "Get=x+",
                "Get=x&amp;",
                "Copy=x",
                "get=x",
                "Get=x y",
                "Get=x*",
                "Get=x=y",
                "Get=*+x&amp;&amp;Add=*"
            })
    void a_malformed_list_is_refused(String list) {
        assertThat(status(replace(2, "./MO/a?prop=ACL", list))).isEqualTo("2=400");
        assertThat(property("./MO/a?prop=ACL")).isEmpty();
    }

    @Test
    void a_list_or_title_longer_than_255_bytes_is_too_large() {
        assertThat(status(replace(2, "./MO/a?prop=ACL", "Get=" + "x".repeat(252))))
                .isEqualTo("2=413");
        assertThat(status(replace(2, "./MO/a?prop=Title", "x".repeat(256)))).isEqualTo("2=413");
        card.thenAnswerTo(replace(2, "./MO/a?prop=Title", "y".repeat(255)));
        assertThat(card.thenAnswerTo(get(2, "./MO/a?prop=Title"))).contains("y".repeat(255));
        assertThat(status(replace(2, "./MO/a?prop=ACL", "Get=*+" + "x".repeat(249))))
                .isEqualTo("2=200");
        assertThat(property("./MO/a?prop=ACL")).hasSize(255);
    }

    @Test
    void the_roots_list_cannot_be_changed_without_the_right_to() {
        assertThat(status(replace(2, ".?prop=ACL", "Get=*"))).isEqualTo("2=425");
        assertThat(status(replace(2, "./DevInfo?prop=ACL", "Get=*"))).isEqualTo("2=425");
    }

    @Test
    void a_node_is_renamed_where_no_sibling_has_the_name() {
        card.thenAnswerTo(addLeaf(2, "./MO/a/c", "2"));
        assertThat(status(replace(2, "./MO/a/b?prop=Name", "c"))).isEqualTo("2=418");
        assertThat(status(replace(2, "./MO/a/b?prop=Name", "b"))).isEqualTo("2=200");
        assertThat(status(replace(2, "./MO/a/b?prop=Name", "x/y"))).isEqualTo("2=400");
        assertThat(status(replace(2, "./MO/a/b?prop=Name", ""))).isEqualTo("2=400");
        assertThat(status(replace(2, "./MO/a/b?prop=Name", "n".repeat(65)))).isEqualTo("2=414");
        assertThat(status(replace(2, "./MO/a?prop=Name", "renamed"))).isEqualTo("2=200");
        assertThat(card.tree("./MO/"))
                .containsExactly("./MO/renamed node", "./MO/renamed/b chr = 1", "./MO/renamed/c chr = 2");
        String answer = card.thenAnswerTo("<Replace><CmdID>2</CmdID>"
                + item("./MO/renamed/b?prop=Name", "", "<Data>d</Data>")
                + item("./MO/renamed/c?prop=Name", "", "<Data>e</Data>") + "</Replace>");
        assertThat(answer)
                .contains("<TargetRef>./MO/renamed/b?prop=Name</TargetRef><Data>200</Data>")
                .contains("<TargetRef>./MO/renamed/c?prop=Name</TargetRef><Data>200</Data>");
    }

    @ParameterizedTest
    @CsvSource({"Name", "Title", "ACL"})
    @Tag("INT-1")
    void properties_changed_in_an_atomic_that_fails_are_as_before(String name) {
        card.thenAnswerTo(
                replace(2, "./MO/a?prop=Title", "old") + replace(3, "./MO/a?prop=ACL", "Get=*&amp;Replace=*"));
        String before = card.thenAnswerTo(get(2, "./MO?list=TNDS"));
        assertThat(Card.statuses(card.thenAnswerTo("<Atomic><CmdID>2</CmdID>"
                        + replace(3, "./MO/a?prop=" + name, "Get=*") + delete(4, "./MO/none") + "</Atomic>")))
                .containsExactly("2=507", "3=216", "4=404");
        assertThat(Card.tag(card.thenAnswerTo(get(2, "./MO?list=TNDS")), "Results")
                        .replaceAll("<CmdID>.*</CmdRef>", ""))
                .isEqualTo(Card.tag(before, "Results").replaceAll("<CmdID>.*</CmdRef>", ""));
    }

    @Test
    @Tag("MO-9")
    void version_numbers_count_the_messages_that_change_a_node_or_what_is_below_it() {
        assertThat(property("./MO/a?prop=VerNo")).isEqualTo("1"); // it got a leaf
        assertThat(property("./MO/a/b?prop=VerNo")).isEqualTo("0");
        String objects = property("./MO?prop=VerNo");
        card.thenAnswerTo(replace(2, "./MO/a/b", "2") + replace(3, "./MO/a/b?prop=Title", "t"));
        assertThat(property("./MO/a/b?prop=VerNo")).isEqualTo("2"); // a value, and a title
        assertThat(property("./MO/a?prop=VerNo")).isEqualTo("2");
        assertThat(property("./MO?prop=VerNo")).isEqualTo(Integer.toString(Integer.parseInt(objects) + 1));
        card.thenAnswerTo(get(2, "./MO/a/b") + replace(3, "./MO/a/b", "") + "");
        assertThat(property("./DevInfo?prop=VerNo")).isEqualTo("0");
        card.thenAnswerTo(addLeaf(2, "./MO/other", "1"));
        assertThat(property("./MO/a?prop=VerNo")).isEqualTo("3");
        card.thenAnswerTo("<Atomic><CmdID>2</CmdID>" + replace(3, "./MO/a/b", "9") + get(4, ".") + "</Atomic>");
        assertThat(property("./MO/a?prop=VerNo")).isEqualTo("3");
    }

    @Test
    void version_numbers_run_from_65535_to_0() {
        for (int i = 0; i < 65535; i++) {
            short node = node("a");
            card.store.setTitle(node, MoStore.NONE, (short) 0);
            card.store.commit();
        }
        assertThat(property("./MO/a?prop=VerNo")).isEqualTo("0");
        for (int i = 0; i < 65535; i++) {
            card.store.setTitle(node("a"), MoStore.NONE, (short) 0);
            card.store.commit();
        }
        assertThat(property("./MO/a?prop=VerNo")).isEqualTo("65535");
    }

    private short node(String name) {
        byte[] mo = Card.bytes("MO");
        byte[] bytes = Card.bytes(name);
        short parent = card.store.child(MoStore.ROOT, mo, (short) 0, (short) 2);
        return card.store.child(parent, bytes, (short) 0, (short) bytes.length);
    }

    @Test
    void the_time_of_the_last_change_is_that_of_the_session_where_it_is_known() {
        assertThat(property("./MO/a?prop=TStamp")).isEmpty();
        setTime("20261124T121500Z");
        card.thenAnswerTo(replace(2, "./MO/a/b", "2") + addLeaf(3, "./MO/c", "1"));
        setTime("20261125T080000Z");
        card.thenAnswerTo(replace(2, "./MO/c", "2"));
        setTime("");
        assertThat(property("./MO/a/b?prop=TStamp")).isEqualTo("20261124T121500Z");
        assertThat(property("./MO/a?prop=TStamp")).isEqualTo("20261124T121500Z");
        assertThat(property("./MO?prop=TStamp")).isEqualTo("20261125T080000Z");
        card.thenAnswerTo(replace(2, "./MO/c", "3"));
        assertThat(property("./MO/c?prop=TStamp")).isEmpty();
    }

    @Test
    void the_value_and_the_access_list_of_a_leaf_survive_each_others_change() {
        card.thenAnswerTo(
                replace(2, "./MO/a/b?prop=Title", "a title") + replace(3, "./MO/a/b?prop=ACL", "Get=*&amp;Replace=*"));
        card.thenAnswerTo(command("Replace", 2, "./MO/a/b", "<m:Format>int</m:Format>", "<Data>7</Data>"));
        assertThat(property("./MO/a/b?prop=Title")).isEqualTo("a title");
        assertThat(property("./MO/a/b?prop=ACL")).isEqualTo("Get=*&amp;Replace=*");
        assertThat(property("./MO/a/b")).isEqualTo("7");
    }
}
