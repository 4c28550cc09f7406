// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("MO-3")
class TndsTest {
    private static MgmtNode readNode(String xml) throws TndsException {
        MgmtTree tree = Tnds.fromXml(xml.getBytes(UTF_8));
        assertThat(tree.nodes()).hasSize(1);
        return tree.nodes().getFirst();
    }

    private static String tree(String nodes) {
        return "<MgmtTree><VerDTD>1.2</VerDTD>" + nodes + "</MgmtTree>";
    }

    private static String leaf(String format, String value) {
        return tree("<Node><NodeName>L</NodeName><RTProperties><Format><" + format + "/></Format></RTProperties><Value>"
                + value + "</Value></Node>");
    }

    @Test
    void reads_all_parts_of_a_node() throws Exception {
        MgmtTree tree = Tnds.fromXml("""
                <MgmtTree xmlns='syncml:dmddf1.2'>
                  <VerDTD>1.2</VerDTD><Man>Maker</Man><Mod>Model</Mod>
                  <Node>
                    <NodeName>X</NodeName>
                    <Path>./MO</Path>
                    <RTProperties>
                      <ACL>Add=*&amp;Get=*</ACL>
                      <Format><node/></Format>
                      <Title>An object</Title>
                      <TStamp>20261124T090000Z</TStamp>
                      <Type><DDFName>urn:x:1.0</DDFName></Type>
                      <VerNo>65535</VerNo>
                    </RTProperties>
                    <Node>
                      <NodeName>L</NodeName>
                      <RTProperties>
                        <Format><chr/></Format>
                        <Type><MIME>text/plain</MIME></Type>
                      </RTProperties>
                      <Value>v</Value>
                    </Node>
                  </Node>
                </MgmtTree>
                """.getBytes(UTF_8));

        assertThat(tree.man()).contains("Maker");
        assertThat(tree.mod()).contains("Model");
        assertThat(tree.nodes())
                .containsExactly(MgmtNode.interior("X")
                        .path("./MO")
                        .acl("Add=*&Get=*")
                        .title("An object")
                        .tstamp("20261124T090000Z")
                        .type("urn:x:1.0")
                        .verNo(65535)
                        .child(MgmtNode.leaf("L", "v").type("text/plain"))
                        .build());
    }

    @Test
    void infers_what_is_left_out() throws Exception {
        MgmtNode root = readNode("<MgmtTree><Node><NodeName>X</NodeName><Node><NodeName>L</NodeName><Value>v</Value>"
                + "</Node><Node><NodeName>E</NodeName></Node></Node></MgmtTree>");

        assertThat(root.format()).isEmpty();
        assertThat(root.effectiveFormat()).isEqualTo(Format.NODE);
        MgmtNode leaf = root.child("L").orElseThrow();
        assertThat(leaf.effectiveFormat()).isEqualTo(Format.CHR);
        assertThat(leaf.effectiveType()).contains("text/plain");
        assertThat(root.child("E").orElseThrow().effectiveFormat()).isEqualTo(Format.NODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<MgmtTree xmlns='syncml:dmddf1.2'>%s</MgmtTree>",
                "<MgmtTree xmlns='syncml:dmddf'>%s</MgmtTree>",
                "<d:MgmtTree xmlns:d='syncml:dmddf1.2'>%s</d:MgmtTree>",
                "<d:MgmtTree>%s</d:MgmtTree>",
                "\uFEFF<MgmtTree>%s</MgmtTree>",
                "<?xml version='1.0'?><!-- a --><?pi x?><MgmtTree>%s<!-- b --></MgmtTree><!-- c -->\n",
                "<!DOCTYPE MgmtTree PUBLIC '-//OMA//DTD-DM-DDF 1.2//EN' 'http://127.0.0.1:1/DM_DDF-V1_2.dtd'><MgmtTree>%s</MgmtTree>",
                "<!DOCTYPE MgmtTree PUBLIC '-//OMA//DTD-DM-DDF 1.2//EN' 'http://127.0.0.1:1/x.dtd'\n"
                        + "[<?oma-dm-ddf-ver supported-versions=\"1.2\"?>]><MgmtTree xmlns:V='urn:v'>%s</MgmtTree>",
                "<!DOCTYPE MgmtTree [<!ELEMENT Node ANY> <!ENTITY x 'y'>]><MgmtTree>%s</MgmtTree>",
                "<MgmtTree><VerDTD> 1.2 </VerDTD>\n\t%s\r\n</MgmtTree>",
            })
    void reads_the_forms_in_which_people_keep_such_files(String form) throws Exception {
        MgmtNode node = readNode(form.formatted("<Node a='b'><NodeName> L </NodeName><Value>v</Value></Node>"));

        assertThat(node)
                .isEqualTo(MgmtNode.named("L").value(NodeValue.text("v")).build());
    }

    @Test
    void reads_text_where_elements_belong_in_format_and_type() throws Exception {
        MgmtNode node = readNode(tree("<Node><NodeName>L</NodeName><RTProperties><Format>int</Format>"
                + "<Type>text/plain</Type></RTProperties><Value> 7 </Value></Node>"));

        assertThat(node.format()).contains(Format.INT);
        assertThat(node.type()).contains("text/plain");
        assertThat(node.value()).contains(NodeValue.text("7"));
    }

    @Test
    void reads_parts_in_any_order() throws Exception {
        assertThat(readNode(tree("<Node><Value>AAE=</Value><RTProperties><Format><bin/></Format></RTProperties>"
                        + "<NodeName>L</NodeName></Node>")))
                .isEqualTo(MgmtNode.named("L")
                        .format(Format.BIN)
                        .value(NodeValue.binary(ByteString.hex("0001")))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void reads_the_encoding_that_the_file_declares(String encoding) throws Exception {
        byte[] file = ("<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>" + leaf("chr", "Gr\u00FC\u00DFe"))
                .getBytes(Charset.forName(encoding));

        assertThat(Tnds.fromXml(file).nodes().getFirst().value()).contains(NodeValue.text("Gr\u00FC\u00DFe"));
    }

    @Test
    void keeps_blanks_of_text_values_and_not_those_round_numbers() throws Exception {
        assertThat(readNode(leaf("chr", "  a \n b\t")).value()).contains(NodeValue.text("  a \n b\t"));
        assertThat(readNode(leaf("chr", " ")).value()).contains(NodeValue.text(" "));
        assertThat(readNode(leaf("bool", "\n true\n")).value()).contains(NodeValue.text("true"));
    }

    @Test
    void reads_cdata_and_references_as_text() throws Exception {
        assertThat(readNode(leaf("xml", "<![CDATA[<a>&amp;</a>]]>&lt;&#x20AC;&#13;"))
                        .value())
                .contains(NodeValue.text("<a>&amp;</a><\u20AC\r"));
    }

    @Test
    void reads_binary_values_as_base64_with_line_breaks() throws Exception {
        assertThat(readNode(leaf("bin", "\n  AAEC\n  /w==\n")).value())
                .contains(NodeValue.binary(ByteString.hex("000102FF")));
        assertThat(readNode(leaf("b64", "AAEC/w==")).value()).contains(NodeValue.text("AAEC/w=="));
    }

    @Test
    void reads_empty_values() throws Exception {
        assertThat(readNode(leaf("chr", "")).value()).contains(NodeValue.text(""));
        assertThat(readNode(tree("<Node><NodeName>L</NodeName><Value/></Node>")).value())
                .contains(NodeValue.text(""));
        assertThat(readNode(leaf("bin", "")).value()).contains(NodeValue.binary(ByteString.EMPTY));
    }

    @Test
    void hangs_nodes_that_go_on_elsewhere_into_their_place() throws Exception {
        MgmtNode nested = readNode(
                tree(
                        "<Node><NodeName>Vendor</NodeName><Node><NodeName>ISP</NodeName><Node>"
                                + "<NodeName>GWInfo</NodeName><Node><NodeName>GWName</NodeName><Value>gw</Value></Node></Node></Node></Node>"));
        MgmtNode split = readNode(tree("<Node><NodeName>Vendor</NodeName></Node>"
                + "<Node><NodeName>ISP</NodeName><Path>Vendor</Path></Node>"
                + "<Node><NodeName>GWInfo</NodeName><Path>./Vendor/ISP/</Path></Node>"
                + "<Node><NodeName>GWName</NodeName><Path>Vendor/ISP/GWInfo</Path><Value>gw</Value></Node>"));

        assertThat(split).isEqualTo(nested);
    }

    @Test
    void keeps_several_trees_apart() throws Exception {
        MgmtTree tree = Tnds.fromXml(tree("<Node><NodeName>A</NodeName><Value>1</Value></Node>"
                        + "<Node><NodeName>A</NodeName><Path>./B</Path><Value>2</Value></Node>")
                .getBytes(UTF_8));

        assertThat(tree.nodes()).extracting(MgmtNode::name).containsExactly("A", "A");
    }

    @Test
    void writes_a_file_for_people() {
        MgmtTree tree = MgmtTree.of(MgmtNode.interior("X")
                .type("urn:x:1.0")
                .child(MgmtNode.leaf("L", "a < b & c"))
                .build());

        assertThat(new String(Tnds.toXml(tree), UTF_8)).isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <MgmtTree xmlns="syncml:dmddf1.2">
                          <VerDTD>1.2</VerDTD>
                          <Node>
                            <NodeName>X</NodeName>
                            <RTProperties>
                              <Format>
                                <node/>
                              </Format>
                              <Type>
                                <DDFName>urn:x:1.0</DDFName>
                              </Type>
                            </RTProperties>
                            <Node>
                              <NodeName>L</NodeName>
                              <RTProperties>
                                <Format>
                                  <chr/>
                                </Format>
                                <Type>
                                  <MIME>text/plain</MIME>
                                </Type>
                              </RTProperties>
                              <Value>a &lt; b &amp; c</Value>
                            </Node>
                          </Node>
                        </MgmtTree>
                        """);
    }

    @Test
    @Tag("MO-2")
    void a_large_tree_comes_back_from_both_encodings() throws Exception {
        MgmtTree tree = Trees.large();

        assertThat(tree.nodes().getFirst().count()).isGreaterThan(60);
        assertThat(tree.nodes().getFirst().levels()).isEqualTo(6);
        assertThat(TreeDiff.between(tree, Tnds.fromXml(Tnds.toXml(tree)))).isEmpty();
        assertThat(TreeDiff.between(tree, Tnds.fromWbxml(Tnds.toWbxml(tree)))).isEmpty();
        assertThat(Tnds.toXml(Tnds.fromWbxml(Tnds.toWbxml(tree)))).isEqualTo(Tnds.toXml(tree));
    }

    @Test
    void a_binary_value_with_nul_and_a_text_value_with_nul_come_back_from_wbxml() throws Exception {
        MgmtTree tree = MgmtTree.of(MgmtNode.interior("X")
                .child(MgmtNode.named("B").format(Format.BIN).value(NodeValue.binary(ByteString.hex("00C30001"))))
                .child(MgmtNode.leaf("T", "a\0b"))
                .build());

        assertThat(TreeDiff.between(tree, Tnds.fromWbxml(Tnds.toWbxml(tree)))).isEmpty();
    }
}
