// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of OMA DM Representation Protocol 1.2 on leaves and interior nodes. */
class CommandsTest {
    private final Card card = new Card();

    static String command(String name, int command, String uri, String meta, String data) {
        return "<" + name + "><CmdID>" + command + "</CmdID>" + item(uri, meta, data) + "</" + name + ">";
    }

    static String item(String uri, String meta, String data) {
        return "<Item><Target><LocURI>" + uri + "</LocURI></Target>"
                + (meta.isEmpty() ? "" : "<Meta>" + meta + "</Meta>") + data + "</Item>";
    }

    static String addLeaf(int command, String uri, String value) {
        return command("Add", command, uri, "<m:Format>chr</m:Format>", "<Data>" + value + "</Data>");
    }

    static String addInterior(int command, String uri) {
        return command("Add", command, uri, "<m:Format>node</m:Format>", "");
    }

    static String replace(int command, String uri, String value) {
        return command("Replace", command, uri, "", "<Data>" + value + "</Data>");
    }

    static String get(int command, String uri) {
        return command("Get", command, uri, "", "");
    }

    static String delete(int command, String uri) {
        return command("Delete", command, uri, "", "");
    }

    @Test
    @Tag("MO-2")
    void a_leaf_is_added_read_replaced_and_deleted() {
        String text = "<m:Format>chr</m:Format><m:Type>text/plain</m:Type>";
        assertThat(Card.statuses(card.answerTo(command("Add", 2, "./MO/x", text, "<Data>one</Data>"))))
                .containsExactly("2=200");
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr text/plain = one");
        assertThat(card.thenAnswerTo(get(2, "./MO/x")))
                .contains("<Results><CmdID>3</CmdID><MsgRef>2</MsgRef><CmdRef>2</CmdRef><Item><Source><LocURI>./MO/x"
                        + "</LocURI></Source><Meta><m:Format>chr</m:Format><m:Type>text/plain</m:Type></Meta>"
                        + "<Data>one</Data></Item></Results><Final/>");
        card.thenAnswerTo(replace(2, "./MO/x", "two"));
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr text/plain = two");
        card.thenAnswerTo(delete(2, "./MO/x"));
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        card.finish();
    }

    @Test
    @Tag("MO-2")
    @Tag("MO-3")
    void an_interior_node_is_read_as_the_list_of_its_children() {
        String type = "<m:Format>node</m:Format><m:Type>urn:example:mo:1.0</m:Type>";
        card.answerTo(
                command("Add", 2, "./MO/a", type, "") + addLeaf(3, "./MO/a/b", "1") + addLeaf(4, "./MO/a/c", "2"));
        assertThat(card.tree("./MO"))
                .containsExactly("./MO node", "./MO/a node urn:example:mo:1.0", "./MO/a/b chr = 1", "./MO/a/c chr = 2");
        assertThat(card.thenAnswerTo(get(2, "./MO/a") + get(3, "./MO/a/b")))
                .contains("<Meta><m:Format>node</m:Format><m:Type>text/plain</m:Type></Meta><Data>b/c</Data>")
                .contains("<Meta><m:Format>chr</m:Format></Meta><Data>1</Data>");
        card.thenAnswerTo(delete(2, "./MO/a/b") + delete(3, "./MO/a/c"));
        assertThat(card.thenAnswerTo(get(2, "./MO/a"))).contains("<Data></Data>");
        card.thenAnswerTo(delete(2, "./MO/a"));
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    @Tag("MO-3")
    void properties_of_nodes_are_read() {
        String urn = "urn:example:mo:" + "long/".repeat(9);
        card.answerTo(command("Add", 2, "./MO/a", "<m:Format>node</m:Format><m:Type>" + urn + "</m:Type>", "")
                + command("Add", 3, "./MO/a/b", "<m:Format>int</m:Format>", "<Data>1234567</Data>")
                + command("Add", 4, "./MO/a/c", "<m:Type>text/plain</m:Type>", "<Data/>"));
        String answer = card.thenAnswerTo(get(2, "MO/a?prop=Type")
                + get(3, "./MO/a?prop=Format")
                + get(4, "./MO/a/b?prop=Format")
                + get(5, "./MO/a/b?prop=Name")
                + get(6, "./MO/a/b?prop=Size")
                + get(7, "./MO/a/b?prop=Type")
                + get(8, "./MO/a/c?prop=Type")
                + get(9, "./MO/a/c?prop=Size")
                + get(10, "./MO?prop=Type"));
        assertThat(Card.statuses(answer)).hasSize(9).allMatch(status -> status.endsWith("=200"));
        assertThat(answer)
                .contains("<Source><LocURI>./MO/a?prop=Type</LocURI></Source><Meta><m:Format>chr</m:Format></Meta>"
                        + "<Data>" + urn + "</Data>")
                .contains(property("./MO/a?prop=Format", "node"))
                .contains(property("./MO/a/b?prop=Format", "int"))
                .contains(property("./MO/a/b?prop=Name", "b"))
                .contains(property("./MO/a/b?prop=Size", "7"))
                .contains(property("./MO/a/b?prop=Type", ""))
                .contains(property("./MO/a/c?prop=Type", "text/plain"))
                .contains(property("./MO/a/c?prop=Size", "0"))
                .contains(property("./MO?prop=Type", ""));
    }

    private static String property(String uri, String value) {
        return "<Source><LocURI>" + uri + "</LocURI></Source><Meta><m:Format>chr</m:Format></Meta><Data>" + value
                + "</Data>";
    }

    @Test
    void properties_are_named_in_the_statuses_of_items() {
        String answer = card.answerTo("<Get><CmdID>2</CmdID>" + item("./MO?prop=Name", "", "")
                + item("./MO?prop=Size", "", "") + item("./MO?prop=None", "", "") + item("./MO", "", "") + "</Get>");
        assertThat(answer)
                .contains("<TargetRef>./MO?prop=Name</TargetRef><Data>200</Data>")
                .contains("<TargetRef>./MO?prop=Size</TargetRef><Data>406</Data>")
                .contains("<TargetRef>./MO?prop=None</TargetRef><Data>406</Data>")
                .contains("<TargetRef>./MO</TargetRef><Data>200</Data>")
                .contains(property("./MO?prop=Name", "MO"));
    }

    @Test
    void get_of_the_root_lists_what_the_card_brings_along() {
        assertThat(card.answerTo(get(2, ".")))
                .contains(
                        "<Data>DevInfo/DevDetail/DMAcc/Update/Policy/Function/Sync/Binding/SecurityLog/Unlock/MO</Data>");
        assertThat(card.tree("./DMAcc"))
                .containsExactly(
                        "./DMAcc node",
                        "./DMAcc/1 node urn:oma:mo:oma-dm-dmacc:1.0",
                        "./DMAcc/1/AppID chr = w7",
                        "./DMAcc/1/AAuthPref chr = DIGEST",
                        "./DMAcc/1/ServerID chr = server.example",
                        "./DMAcc/1/AppAddr node",
                        "./DMAcc/1/AppAddr/1 node",
                        "./DMAcc/1/AppAddr/1/AddrType chr = IPv4",
                        "./DMAcc/1/AppAddr/1/Addr chr = 127.0.0.1",
                        "./DMAcc/1/AppAddr/1/Port node",
                        "./DMAcc/1/AppAddr/1/Port/1 node",
                        "./DMAcc/1/AppAddr/1/Port/1/PortNbr chr = 50080",
                        "./DMAcc/1/AppAuth node",
                        "./DMAcc/1/AppAuth/1 node",
                        "./DMAcc/1/AppAuth/1/AAuthLevel chr = CLCRED",
                        "./DMAcc/1/AppAuth/1/AAuthType chr = DIGEST",
                        "./DMAcc/1/AppAuth/1/AAuthName chr = card",
                        "./DMAcc/1/AppAuth/1/AAuthSecret chr secret = ",
                        "./DMAcc/1/AppAuth/2 node",
                        "./DMAcc/1/AppAuth/2/AAuthLevel chr = SRVCRED",
                        "./DMAcc/1/AppAuth/2/AAuthType chr = DIGEST",
                        "./DMAcc/1/AppAuth/2/AAuthName chr = server.example",
                        "./DMAcc/1/AppAuth/2/AAuthSecret chr secret = ");
        assertThat(card.tree("./Dev"))
                .contains(
                        "./DevInfo node urn:oma:mo:oma-dm-devinfo:1.0",
                        "./DevDetail node urn:oma:mo:oma-dm-devdetail:1.0");
        assertThat(card.thenAnswerTo(get(2, "./DevDetail/LrgObj")))
                .contains("<m:Format>bool</m:Format></Meta><Data>true</Data>");
    }

    @ParameterizedTest
    @CsvSource({
        "Get,./MO/none,404",
        "Get,./MO/a/b/c,404",
        "Get,MO,200",
        "Get,/MO,200",
        "Get,./,200",
        "Get,./MO/,404",
        "Get,.//MO,404",
        "Get,./MO?prop=ACL,200",
        "Get,./MO?prop=VerNo,200",
        "Get,./MO?prop=Typ,406",
        "Get,./MO?prop=,406",
        "Get,./MO?prop,406",
        "Get,./MO?list=Struct,200",
        "Get,./MO?list=StructData,200",
        "Get,./MO?list=TNDS,200",
        "Get,./MO?list=TNDS+ACL+Value,200",
        "Get,./MO?list=TNDS-Format,200",
        "Get,./MO?list=TNDS+ACL-Value,406",
        "Get,./MO?list=TNDS+Name,406",
        "Get,./MO?list=TNDS+,406",
        "Get,./MO?list=Struct+ACL,406",
        "Get,./MO?list=struct,406",
        "Get,./MO/none?list=Struct,404",
        "Delete,./MO?list=Struct,405",
        "Get,./MO?prop=Size,406",
        "Get,./MO?prop=Type,200",
        "Get,.?prop=Format,200",
        "Get,./MO/?prop=Type,404",
        "Get,./MO/none?prop=Type,404",
        "Add,./MO/a?prop=Type,405",
        "Replace,./MO?prop=Name,405",
        "Replace,./MO?prop=Type,405",
        "Replace,./MO?prop=Title,405",
        "Delete,./MO?prop=Format,405",
        "Exec,./MO?prop=Name,405",
        "Replace,./MO/none,404",
        "Replace,./MO,405",
        "Replace,./DevInfo/DevId,405",
        "Delete,./MO/none,404",
        "Delete,./MO,405",
        "Delete,./DevInfo,405",
        "Delete,./DevInfo/DevId,405",
        "Delete,.,405",
        "Exec,./MO,405",
        "Exec,./MO/none,404",
        "Add,./MO,418",
        "Add,./DevInfo/DevId,418",
        "Add,./DevInfo/Own,405",
        "Add,./Own,405",
        "Add,./DevInfo/DevId/Own,405",
        "Add,./MO/none/leaf,404",
        "Copy,./MO,412",
        "Put,./MO,406",
    })
    void each_command_has_its_status(String name, String uri, int status) {
        String data = name.equals("Get") || name.equals("Delete") ? "" : "<Data>1</Data>";
        assertThat(Card.statuses(card.answerTo(command(name, 2, uri, "", data))))
                .containsExactly("2=" + status);
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        assertThat(card.session.lastStatus()).isEqualTo((short) (status == 200 ? 0 : status));
    }

    @Test
    @Tag("INT-3")
    void uris_beyond_the_limits_are_too_long() {
        String name64 = "n".repeat(64);
        String deep = "./MO" + "/d".repeat(15);
        card.answerTo(addLeaf(2, "./MO/" + name64, "1"));
        assertThat(Card.statuses(card.thenAnswerTo(addLeaf(2, "./MO/" + name64 + "n", "1"))))
                .containsExactly("2=414");
        assertThat(Card.statuses(card.thenAnswerTo(get(2, deep + "/d")))).containsExactly("2=414");
        assertThat(Card.statuses(card.thenAnswerTo(get(2, deep)))).containsExactly("2=404");
        assertThat(Card.statuses(card.thenAnswerTo(get(2, "./MO/" + "x/".repeat(130)))))
                .containsExactly("2=414");
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/" + name64 + " chr = 1");
    }

    @Test
    void meta_of_the_item_goes_before_meta_of_the_command() {
        card.answerTo("<Add><CmdID>2</CmdID><Meta><m:Format>int</m:Format><m:Type>text/x</m:Type></Meta>"
                + item("./MO/a", "", "<Data>1</Data>")
                + item("./MO/b", "<m:Format>bool</m:Format>", "<Data>true</Data>")
                + item("./MO/c", "<m:Type>text/plain</m:Type>", "<Data>2</Data>") + "</Add>");
        assertThat(card.tree("./MO/"))
                .containsExactly("./MO/a int text/x = 1", "./MO/b bool text/x = true", "./MO/c int text/plain = 2");
    }

    @Test
    void each_item_of_a_command_with_several_has_a_status_that_names_it() {
        card.answerTo(addLeaf(2, "./MO/a", "1"));
        String answer = card.thenAnswerTo("<Delete><CmdID>2</CmdID>" + item("./MO/a", "", "")
                + item("./MO/none", "", "") + item("./MO", "", "") + "</Delete>");
        assertThat(Card.statuses(answer)).containsExactly("2=200", "2=404", "2=405");
        assertThat(answer)
                .contains("<Cmd>Delete</Cmd><TargetRef>./MO/a</TargetRef><Data>200</Data>")
                .contains("<Cmd>Delete</Cmd><TargetRef>./MO/none</TargetRef><Data>404</Data>")
                .contains("<Cmd>Delete</Cmd><TargetRef>./MO</TargetRef><Data>405</Data>");
    }

    @Test
    void items_whose_uris_cannot_be_kept_for_the_answer_are_refused_as_a_whole() {
        String items = item("./MO/none" + "x".repeat(20), "", "").repeat(8);
        String answer = card.answerTo(addLeaf(3, "./MO/x", "1") + "<Delete><CmdID>2</CmdID>" + items + "</Delete>");
        assertThat(answer).contains("</Chal><Data>413</Data>").contains("<Data>1223</Data>");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        card.receive(card.following("<Final/>"));
        assertThat(card.session.reason()).isEqualTo(Fault.TOO_MANY_ITEMS);
        String longUri = "./MO" + ("/" + "y".repeat(60)).repeat(4);
        assertThat(Card.statuses(card.answerTo(get(2, longUri)))).containsExactly("2=404");
    }

    @Test
    void results_show_the_value_at_the_time_of_the_command() {
        card.answerTo(addLeaf(2, "./MO/a", "old"));
        String answer = card.thenAnswerTo(
                get(2, "./MO/a") + replace(3, "./MO/a", "new") + get(4, "./MO/a") + delete(5, "./MO/a"));
        assertThat(Card.statuses(answer)).containsExactly("2=200", "3=200", "4=200", "5=200");
        assertThat(answer.indexOf("<Data>old</Data>")).isPositive().isLessThan(answer.indexOf("<Data>new</Data>"));
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void formats_and_types_that_are_not_supported_are_refused() {
        assertThat(Card.statuses(
                        card.answerTo(command("Add", 2, "./MO/a", "<m:Format>octet</m:Format>", "<Data>1</Data>"))))
                .containsExactly("2=415");
        String longType = "<m:Type>" + "t".repeat(65) + "</m:Type>";
        assertThat(Card.statuses(card.thenAnswerTo(command("Add", 2, "./MO/a", longType, "<Data>1</Data>"))))
                .containsExactly("2=415");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void all_formats_are_kept() {
        String[] formats = {"b64", "bin", "bool", "chr", "date", "float", "int", "null", "time", "xml"};
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < formats.length; i++) {
            String meta = "<m:Format>" + formats[i] + "</m:Format>";
            commands.append(command("Add", 2 + i, "./MO/" + formats[i], meta, "<Data>v</Data>"));
        }
        card.answerTo(commands.toString());
        assertThat(card.tree("./MO/"))
                .containsExactly(java.util.Arrays.stream(formats)
                        .map(format -> "./MO/" + format + " " + format + " = v")
                        .toArray(String[]::new));
    }

    @Test
    void binary_and_empty_values_are_kept_as_they_are() {
        String bin = "<m:Format>bin</m:Format>";
        card.answerTo(command("Add", 2, "./MO/a", bin, "<Data hex='00ff00c328'/>")
                + command("Add", 3, "./MO/b", bin, "<Data/>")
                + command("Add", 4, "./MO/c", bin, ""));
        String answer = card.thenAnswerTo(get(2, "./MO/a") + get(3, "./MO/b") + get(4, "./MO/c"));
        assertThat(answer).contains("<Data>#00ff00c328</Data>");
        assertThat(answer.split("<m:Format>bin</m:Format></Meta><Data></Data>", -1))
                .hasSize(3);
    }

    @Test
    void commands_without_items_or_data_are_incomplete() {
        card.answerTo(addLeaf(2, "./MO/a", "1"));
        assertThat(Card.statuses(card.thenAnswerTo("<Get><CmdID>2</CmdID></Get>"
                        + command("Replace", 3, "./MO/a", "", "") + "<Delete><CmdID>4</CmdID><Item/></Delete>")))
                .containsExactly("2=412", "3=412", "4=412");
        assertThat(card.tree("./MO/")).containsExactly("./MO/a chr = 1");
    }

    @Test
    void a_sequence_carries_out_its_commands_and_is_200_whatever_they_are() {
        String answer = card.answerTo("<Sequence><CmdID>2</CmdID>" + addLeaf(3, "./MO/a", "1") + get(4, "./MO/none")
                + replace(5, "./MO/a", "2") + "</Sequence>");
        assertThat(Card.statuses(answer)).containsExactly("2=200", "3=200", "4=404", "5=200");
        assertThat(card.tree("./MO/")).containsExactly("./MO/a chr = 2");
    }

    @Test
    @Tag("INT-1")
    void atomic_carries_out_all_or_nothing() {
        assertThat(Card.statuses(card.answerTo("<Atomic><CmdID>2</CmdID>" + addInterior(3, "./MO/a")
                        + addLeaf(4, "./MO/a/b", "1") + "</Atomic>")))
                .containsExactly("2=200", "3=200", "4=200");
        assertThat(Card.statuses(card.thenAnswerTo(addLeaf(2, "./MO/before", "1") + "<Atomic><CmdID>3</CmdID>"
                        + replace(4, "./MO/a/b", "2") + delete(5, "./MO/a") + delete(6, "./MO/none")
                        + addLeaf(7, "./MO/c", "1") + "</Atomic>" + addLeaf(8, "./MO/after", "1"))))
                .containsExactly("2=200", "3=507", "4=216", "5=216", "6=404", "7=215", "8=200");
        assertThat(card.tree("./MO/"))
                .containsExactly("./MO/a node", "./MO/a/b chr = 1", "./MO/before chr = 1", "./MO/after chr = 1");
    }

    @Test
    void get_and_another_atomic_in_atomic_fail_it() {
        assertThat(Card.statuses(card.answerTo(
                        "<Atomic><CmdID>2</CmdID>" + addLeaf(3, "./MO/a", "1") + get(4, "./MO") + "</Atomic>")))
                .containsExactly("2=507", "3=216", "4=500");
        assertThat(Card.statuses(card.thenAnswerTo("<Atomic><CmdID>2</CmdID>" + addLeaf(3, "./MO/a", "1")
                        + "<Atomic><CmdID>4</CmdID>" + addLeaf(5, "./MO/b", "1") + "</Atomic>"
                        + addLeaf(6, "./MO/c", "1")
                        + "</Atomic>" + addLeaf(7, "./MO/d", "1"))))
                .containsExactly("2=507", "3=216", "4=500", "5=215", "6=215", "7=200");
        assertThat(card.tree("./MO/")).containsExactly("./MO/d chr = 1");
    }

    @Test
    @Tag("INT-3")
    void a_full_store_refuses_and_stays_as_it_was() {
        Card small = new Card(70, 3072, 8000);
        small.answerTo(addLeaf(2, "./MO/a", "1"));
        assertThat(Card.statuses(small.thenAnswerTo(addLeaf(2, "./MO/b", "x".repeat(1700))
                        + addLeaf(3, "./MO/c", "2")
                        + replace(4, "./MO/a", "y".repeat(1700)))))
                .containsExactly("2=420", "3=200", "4=420");
        assertThat(small.tree("./MO/")).containsExactly("./MO/a chr = 1", "./MO/c chr = 2");
        // nodes
        for (int i = 0; i < 18; i++) {
            small.thenAnswerTo(addLeaf(2, "./MO/n" + i, ""));
        }
        int nodes = small.tree().size();
        assertThat(nodes).isBetween(68, 70);
        assertThat(Card.statuses(small.thenAnswerTo(addLeaf(2, "./MO/more", "") + addLeaf(3, "./MO/most", ""))))
                .contains("3=420");
        small.thenAnswerTo(delete(2, "./MO/n0") + delete(3, "./MO/n1"));
        assertThat(Card.statuses(small.thenAnswerTo(addLeaf(2, "./MO/next", ""))))
                .containsExactly("2=200");
    }
}
