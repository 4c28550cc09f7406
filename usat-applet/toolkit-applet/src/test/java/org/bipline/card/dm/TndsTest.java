// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TNDS objects (OMA DM Tree and Description Serialization 1.2) in Add and Replace. */
class TndsTest {
    static final String META = "<m:Format>bin</m:Format><m:Type>application/vnd.syncml.dmtnds+wbxml</m:Type>";

    private final Card card = new Card();

    static String tree(String nodes) {
        return "<d:MgmtTree><d:VerDTD>1.2</d:VerDTD>" + nodes + "</d:MgmtTree>";
    }

    static String node(String name, String content) {
        return "<d:Node><d:NodeName>" + name + "</d:NodeName>" + content + "</d:Node>";
    }

    static String leaf(String name, String value) {
        return node(name, "<d:Value>" + value + "</d:Value>");
    }

    static String format(String format) {
        return "<d:RTProperties><d:Format><d:" + format + "/></d:Format></d:RTProperties>";
    }

    static String data(String tree) {
        return "<Data hex='" + HexFormat.of().formatHex(XmlForm.toTnds(tree)) + "'/>";
    }

    static String add(int command, String uri, String nodes) {
        return CommandsTest.command("Add", command, uri, META, data(tree(nodes)));
    }

    static String replace(int command, String uri, String nodes) {
        return CommandsTest.command("Replace", command, uri, META, data(tree(nodes)));
    }

    private List<String> statusesOf(String commands) {
        return Card.statuses(card.answerTo(commands));
    }

    /** Passpoint as Android imports it: no Path, no Format, properties at the top only. */
    private static final String PASSPOINT = node(
            "PerProviderSubscription",
            "<d:RTProperties><d:Type><d:DDFName>urn:wfa:mo:hotspot2dot0-perprovidersubscription:1.0</d:DDFName></d:Type>"
                    + "</d:RTProperties>"
                    + node(
                            "i001",
                            node("HomeSP", leaf("FriendlyName", "Zürich") + leaf("FQDN", "wifi.example"))
                                    + node("Credential", node("SIM", leaf("IMSI", "23415*") + leaf("EAPType", "18")))
                                    + leaf("Empty", "")));

    private static final List<String> PASSPOINT_TREE = List.of(
            "./MO/PerProviderSubscription node urn:wfa:mo:hotspot2dot0-perprovidersubscription:1.0",
            "./MO/PerProviderSubscription/i001 node",
            "./MO/PerProviderSubscription/i001/HomeSP node",
            "./MO/PerProviderSubscription/i001/HomeSP/FriendlyName chr = Zürich",
            "./MO/PerProviderSubscription/i001/HomeSP/FQDN chr = wifi.example",
            "./MO/PerProviderSubscription/i001/Credential node",
            "./MO/PerProviderSubscription/i001/Credential/SIM node",
            "./MO/PerProviderSubscription/i001/Credential/SIM/IMSI chr = 23415*",
            "./MO/PerProviderSubscription/i001/Credential/SIM/EAPType chr = 18",
            "./MO/PerProviderSubscription/i001/Empty chr = ");

    @Test
    @Tag("MO-2")
    @Tag("MO-3")
    void one_add_creates_the_whole_subtree() {
        assertThat(statusesOf(add(2, "./MO/PerProviderSubscription", PASSPOINT)))
                .containsExactly("2=200");
        assertThat(card.tree("./MO/")).isEqualTo(PASSPOINT_TREE);
        card.finish();
    }

    @Test
    void a_node_without_a_name_is_the_target() {
        String nameless = PASSPOINT.replace("<d:NodeName>PerProviderSubscription</d:NodeName>", "<d:NodeName/>");
        assertThat(statusesOf(add(2, "./MO/PerProviderSubscription", nameless))).containsExactly("2=200");
        assertThat(card.tree("./MO/")).isEqualTo(PASSPOINT_TREE);
        String unnamed = PASSPOINT.replace("<d:NodeName>PerProviderSubscription</d:NodeName>", "");
        card.thenAnswerTo(CommandsTest.delete(2, "./MO/PerProviderSubscription"));
        card.thenAnswerTo(add(2, "./MO/PerProviderSubscription", unnamed));
        assertThat(card.tree("./MO/")).isEqualTo(PASSPOINT_TREE);
    }

    @Test
    void nodes_are_added_below_a_target_that_exists() {
        assertThat(statusesOf(add(2, "./MO", PASSPOINT))).containsExactly("2=200");
        assertThat(card.tree("./MO/")).isEqualTo(PASSPOINT_TREE);
        assertThat(Card.statuses(card.thenAnswerTo(add(2, "./MO", leaf("a", "1") + leaf("b", "2")))))
                .containsExactly("2=200");
        assertThat(card.tree("./MO/").subList(10, 12)).containsExactly("./MO/a chr = 1", "./MO/b chr = 2");
        assertThat(Card.statuses(card.thenAnswerTo(add(2, "./MO", leaf("c", "1") + leaf("b", "3")))))
                .containsExactly("2=418");
        assertThat(card.tree("./MO/")).hasSize(12).contains("./MO/b chr = 2");
    }

    @Test
    void a_target_that_does_not_exist_becomes_the_parent_of_other_names() {
        assertThat(statusesOf(add(2, "./MO/OperatorX", node("E-Mail", leaf("Server", "mail.example")))))
                .containsExactly("2=200");
        assertThat(card.tree("./MO/"))
                .containsExactly(
                        "./MO/OperatorX node",
                        "./MO/OperatorX/E-Mail node",
                        "./MO/OperatorX/E-Mail/Server chr = mail.example");
    }

    @Test
    @Tag("INT-3")
    void an_existing_target_is_not_replaced_by_add() {
        card.answerTo(add(2, "./MO/a", leaf("", "1")));
        assertThat(card.tree("./MO/")).containsExactly("./MO/a chr = 1");
        assertThat(Card.statuses(card.thenAnswerTo(add(2, "./MO/a", leaf("", "2")))))
                .containsExactly("2=405");
        card.thenAnswerTo(add(2, "./MO/b", node("", leaf("c", "1"))));
        assertThat(Card.statuses(card.thenAnswerTo(add(2, "./MO/b", node("", leaf("d", "2"))))))
                .containsExactly("2=418");
        assertThat(card.tree("./MO/")).containsExactly("./MO/a chr = 1", "./MO/b node", "./MO/b/c chr = 1");
    }

    @Test
    void paths_at_the_top_are_relative_to_the_target() {
        String nodes = node("Vendor", format("node"))
                + "<d:Node><d:NodeName>ISP</d:NodeName><d:Path>Vendor</d:Path>" + format("node") + "</d:Node>"
                + "<d:Node><d:NodeName>Name</d:NodeName><d:Path>./Vendor/ISP/New</d:Path><d:Value>gw</d:Value></d:Node>";
        assertThat(statusesOf(add(2, "./MO/t", nodes))).containsExactly("2=200");
        assertThat(card.tree("./MO/"))
                .containsExactly(
                        "./MO/t node",
                        "./MO/t/Vendor node",
                        "./MO/t/Vendor/ISP node",
                        "./MO/t/Vendor/ISP/New node",
                        "./MO/t/Vendor/ISP/New/Name chr = gw");
    }

    @Test
    void format_and_type_are_kept_wherever_they_stand() {
        String type = "<d:RTProperties><d:Format><d:int/></d:Format><d:Type><d:MIME>text/plain</d:MIME></d:Type>"
                + "<d:ACL>Get=*</d:ACL><d:Title>t</d:Title></d:RTProperties>";
        String nodes = node(
                "",
                "<d:Value>7</d:Value>".repeat(0)
                        + node("before", type + "<d:Value>1</d:Value>")
                        + node("behind", "<d:Value>2</d:Value>" + type)
                        + node("none", type)
                        + format("node"));
        assertThat(statusesOf(add(2, "./MO/t", nodes))).containsExactly("2=200");
        assertThat(card.tree("./MO/"))
                .containsExactly(
                        "./MO/t node",
                        "./MO/t/before int text/plain = 1",
                        "./MO/t/behind int text/plain = 2",
                        "./MO/t/none int text/plain = ");
    }

    @Test
    void all_formats_are_known() {
        List<String> formats =
                List.of("b64", "bin", "bool", "chr", "date", "float", "int", "null", "time", "xml", "node");
        StringBuilder nodes = new StringBuilder();
        formats.forEach(format -> nodes.append(node(format, format(format))));
        assertThat(statusesOf(add(2, "./MO/t", node("t", nodes.toString())))).containsExactly("2=200");
        assertThat(card.tree("./MO/t/").stream().map(line -> line.replace(" = ", "")))
                .containsExactlyElementsOf(
                        formats.stream().map(f -> "./MO/t/" + f + " " + f).toList());
    }

    @Test
    void values_may_be_binary() {
        String nodes = node("t", node("v", format("bin") + "<d:Value hex='00ff0080'/>"));
        card.answerTo(add(2, "./MO/t", nodes));
        assertThat(card.thenAnswerTo(CommandsTest.get(2, "./MO/t/v"))).contains("<Data>#00ff0080</Data>");
    }

    @ParameterizedTest
    @CsvSource({
        "400,<d:Node><d:Value>1</d:Value><d:Node><d:NodeName>c</d:NodeName></d:Node></d:Node>",
        "400,<d:Node><d:Node><d:NodeName>c</d:NodeName></d:Node><d:Value>1</d:Value></d:Node>",
        "400,<d:Node><d:RTProperties><d:Format><d:chr/></d:Format></d:RTProperties><d:Node><d:NodeName>c</d:NodeName>"
                + "</d:Node></d:Node>",
        "400,<d:Node><d:RTProperties><d:Format><d:node/></d:Format></d:RTProperties><d:Value>1</d:Value></d:Node>",
        "400,<d:Node><d:Node/></d:Node>",
        "400,<d:Node><d:Node><d:NodeName>a/b</d:NodeName></d:Node></d:Node>",
        "400,<d:Node><d:NodeName><d:chr/></d:NodeName></d:Node>",
        "415,<d:Node><d:RTProperties><d:Format><d:Man/></d:Format></d:RTProperties></d:Node>",
        "418,<d:Node/><d:Node/>",
        "418,<d:Node><d:Node><d:NodeName>c</d:NodeName></d:Node><d:Node><d:NodeName>c</d:NodeName></d:Node></d:Node>",
        "400,''",
    })
    @Tag("INT-3")
    void what_makes_no_tree_is_refused(int status, String nodes) {
        assertThat(statusesOf(CommandsTest.addLeaf(2, "./MO/x", "1") + add(3, "./MO/t", nodes)))
                .containsExactly("2=200", "3=" + status);
        assertThat(card.tree("./MO/")).containsExactly("./MO/x chr = 1");
    }

    @Test
    @Tag("INT-3")
    void names_and_depth_have_their_limits() {
        StringBuilder nodes = new StringBuilder("<d:Value>1</d:Value>");
        for (int i = 0; i < 13; i++) {
            nodes = new StringBuilder(node("d", nodes.toString()));
        }
        assertThat(statusesOf(add(2, "./MO/t", node("", node("d", nodes.toString())))))
                .containsExactly("2=200");
        card.thenAnswerTo(CommandsTest.delete(2, "./MO/t"));
        assertThat(Card.statuses(card.thenAnswerTo(add(2, "./MO/t", node("", node("d", node("d", nodes.toString())))))))
                .containsExactly("2=414");
        assertThat(Card.statuses(card.thenAnswerTo(add(2, "./MO/t", node("", leaf("n".repeat(65), "1"))))))
                .containsExactly("2=414");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void a_subtree_is_replaced_at_once() {
        card.answerTo(add(2, "./MO/t", node("", leaf("a", "1") + leaf("b", "2")))
                + CommandsTest.addLeaf(3, "./MO/u", "9"));
        assertThat(Card.statuses(card.thenAnswerTo(replace(2, "./MO/t", node("", leaf("b", "3") + leaf("c", "4"))))))
                .containsExactly("2=200");
        assertThat(card.tree("./MO/"))
                .containsExactly("./MO/t node", "./MO/t/b chr = 3", "./MO/t/c chr = 4", "./MO/u chr = 9");
        assertThat(Card.statuses(
                        card.thenAnswerTo(replace(2, "./MO/none", node("", "")) + replace(3, "./MO", node("", "")))))
                .containsExactly("2=404", "3=405");
    }

    @Test
    void delete_and_add_in_atomic_replace_a_subtree() {
        card.answerTo(add(2, "./MO/t", node("", leaf("a", "1"))));
        assertThat(Card.statuses(card.thenAnswerTo("<Atomic><CmdID>2</CmdID>" + CommandsTest.delete(3, "./MO/t")
                        + add(4, "./MO/t", node("", leaf("b", "2"))) + "</Atomic>")))
                .containsExactly("2=200", "3=200", "4=200");
        assertThat(card.tree("./MO/")).containsExactly("./MO/t node", "./MO/t/b chr = 2");
        assertThat(Card.statuses(card.thenAnswerTo("<Atomic><CmdID>2</CmdID>" + CommandsTest.delete(3, "./MO/t")
                        + add(4, "./MO/t", "<d:Node><d:Node/></d:Node>") + "</Atomic>")))
                .containsExactly("2=507", "3=216", "4=400");
        assertThat(card.tree("./MO/")).containsExactly("./MO/t node", "./MO/t/b chr = 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "wbxml"})
    void a_tree_may_stand_in_the_message_itself(String form) {
        String meta = "<m:Format>xml</m:Format><m:Type>application/vnd.syncml.dmtnds+" + form + "</m:Type>";
        assertThat(statusesOf(CommandsTest.command(
                        "Add", 2, "./MO/PerProviderSubscription", meta, "<Data>" + tree(PASSPOINT) + "</Data>")))
                .containsExactly("2=200");
        assertThat(card.tree("./MO/")).isEqualTo(PASSPOINT_TREE);
    }

    @Test
    void a_tree_in_xml_and_elements_in_other_data_are_not_supported() {
        String meta = "<m:Format>xml</m:Format><m:Type>application/vnd.syncml.dmtnds+xml</m:Type>";
        assertThat(statusesOf(CommandsTest.command("Add", 2, "./MO/t", meta, "<Data>&lt;MgmtTree/&gt;</Data>")
                        + CommandsTest.command("Add", 3, "./MO/u", "", "<Data>" + tree(leaf("", "1")) + "</Data>")
                        + CommandsTest.command("Add", 4, "./MO/v", META.replace("bin", "b64"), "<Data>AgA=</Data>")))
                .containsExactly("2=415", "3=415", "4=415");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    @Tag("INT-3")
    void a_truncated_or_damaged_object_leaves_the_tree_as_it_was() {
        byte[] object = XmlForm.toTnds(tree(PASSPOINT));
        card.answerTo(CommandsTest.get(2, "./MO"));
        for (int length = 1; length < object.length; length++) {
            String part = HexFormat.of().formatHex(object, 0, length);
            assertThat(Card.statuses(card.thenAnswerTo(
                            CommandsTest.command("Add", 2, "./MO/t", META, "<Data hex='" + part + "'/>"))))
                    .as("%d bytes", length)
                    .containsExactly("2=400");
        }
        String longer = HexFormat.of().formatHex(object) + "01";
        assertThat(Card.statuses(card.thenAnswerTo(
                        CommandsTest.command("Add", 2, "./MO/t", META, "<Data hex='" + longer + "'/>"))))
                .containsExactly("2=400");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }
}
