// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.tnds.MgmtNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("MO-1")
class DeviceDescriptionTest {
    private static final String LEAF = """
            <Node><NodeName>%s</NodeName>%s<DFProperties><AccessType><Get/>%s</AccessType><DFFormat><%s/></DFFormat>
            <Occurrence>%s</Occurrence><DFType><MIME>text/plain</MIME></DFType></DFProperties></Node>
            """;

    private static final String OBJECT = tree(interior(
            "",
            "<DDFName>urn:x:1.0</DDFName>",
            leaf("Name", "chr", "<One/>")
                    + leaf("Port", "int", "<ZeroOrOne/>")
                    + interior("Servers", "<DDFName></DDFName>", leaf("", "chr", "<OneOrN>2</OneOrN>"))));

    private static String tree(String nodes) {
        return "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD><Man>M</Man>" + nodes + "</MgmtTree>";
    }

    private static String leaf(String name, String format, String occurrence) {
        return LEAF.formatted(name, "", "<Replace/>", format, occurrence);
    }

    private static String interior(String name, String type, String children) {
        return "<Node><NodeName>" + name + "</NodeName><DFProperties><AccessType><Get/><Add/></AccessType>"
                + "<DFFormat><node/></DFFormat><Scope><Permanent/></Scope><DFTitle>title</DFTitle><DFType>" + type
                + "</DFType></DFProperties>" + children + "</Node>";
    }

    private static DeviceDescription read(String document) throws DdfException {
        return DeviceDescription.fromXml(document.getBytes(UTF_8));
    }

    private static MgmtNode.Builder object() {
        return MgmtNode.interior("Mine")
                .type("urn:x:1.0")
                .child(MgmtNode.leaf("Name", "n"))
                .child(MgmtNode.interior("Servers").child(MgmtNode.leaf("a", "1")));
    }

    private static Iterable<String> deviations(MgmtNode.Builder object) throws DdfException {
        DescribedNode description = read(OBJECT).object("urn:x:1.0").orElseThrow();
        return DeviceDescription.compare(object.build(), description).stream()
                .map(Deviation::toString)
                .toList();
    }

    @Test
    void reads_what_a_node_is_and_may_be_asked_for() throws DdfException {
        DeviceDescription description = read(OBJECT);

        DescribedNode root = description.object("urn:x:1.0").orElseThrow();
        assertThat(description.man()).contains("M");
        assertThat(root.permanent()).isTrue();
        assertThat(root.title()).contains("title");
        assertThat(root.accessTypes()).containsExactly(AccessType.ADD, AccessType.GET);
        DescribedNode port = root.child("Port").orElseThrow();
        assertThat(port.format()).isEqualTo(Format.INT);
        assertThat(port.occurrence()).isEqualTo(Occurrence.ZERO_OR_ONE);
        assertThat(port.permanent()).isFalse();
        assertThat(port.types()).containsExactly("text/plain");
        assertThat(root.child("Servers")
                        .orElseThrow()
                        .child("any")
                        .orElseThrow()
                        .occurrence())
                .isEqualTo(new Occurrence(1, 2));
    }

    @Test
    void goes_on_where_a_path_leads() throws DdfException {
        String rest = LEAF.formatted("Late", "<Path>Top/Servers</Path>", "", "chr", "<One/>");
        DeviceDescription description =
                read(tree(interior("Top", "<DDFName/>", interior("Servers", "<DDFName/>", "")) + rest));

        assertThat(description.nodes()).hasSize(1);
        assertThat(description.nodes().get(0).child("Servers").orElseThrow().child("Late"))
                .isPresent();
    }

    @Test
    void finds_nothing_wrong_in_an_object_as_described() throws DdfException {
        assertThat(deviations(
                        object().child(MgmtNode.named("Port").format(Format.INT).value(NodeValue.text("-1")))))
                .isEmpty();
    }

    @Test
    void says_which_nodes_are_not_as_described() throws DdfException {
        MgmtNode.Builder wrong = MgmtNode.interior("Mine")
                .type("urn:y:1.0")
                .child(MgmtNode.named("Port").format(Format.CHR).value(NodeValue.text("many")))
                .child(MgmtNode.leaf("Other", ""))
                .child(MgmtNode.interior("Servers"));

        assertThat(deviations(wrong))
                .containsExactly(
                        "'Mine' has type urn:y:1.0, described as urn:x:1.0; give it the type described, or none",
                        "'Mine/Port' has format chr, described as int; give it the format int",
                        "'Mine/Port' has a value that is no int; give it one that is",
                        "'Mine/Other' is not described; take it out",
                        "'Mine/Servers' has 0 of nodes named at creation, described to occur 1 to 2; add it",
                        "'Mine' has 0 of 'Name', described to occur exactly 1; add it");
    }

    @ParameterizedTest
    @CsvSource({
        "bool,true,1",
        "int,-7,3.5",
        "float,1.5e3,x",
        "date,2026-11-24,2026-13-01",
        "date,20261124,2026",
        "time,12:30:00Z,25:00:00",
        "time,T123000,1230",
        "b64,QQ==,=Q",
        "null,,x"
    })
    void knows_the_values_of_each_format(String format, String right, String wrong) throws DdfException {
        DescribedNode described =
                read(tree(leaf("L", format, "<One/>"))).nodes().get(0);

        assertThat(DeviceDescription.compare(value(right), described)).isEmpty();
        assertThat(DeviceDescription.compare(value(wrong), described)).hasSize(1);
    }

    private static MgmtNode value(String text) {
        return MgmtNode.named("L")
                .value(NodeValue.text(text == null ? "" : text))
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html/>                                             | line 1, column 1: root element is html, expected MgmtTree; give a device description
            <MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>           | MgmtTree has no Node; describe a node
            <MgmtTree><Node><NodeName>a</NodeName></Node></MgmtTree> | node 'a' has no DFProperties; describe it
            <MgmtTree><Node><DFProperties/></Node></MgmtTree>   | DFProperties has no AccessType; say which
            <MgmtTree><VerDTD>1.2</VerDTD><Nod/></MgmtTree>     | line 1, column 31: element Nod in element MgmtTree; remove it
            <MgmtTree>                                          | document ends in element MgmtTree; give a device description
            """)
    void says_where_and_what_is_wrong(String document, String message) {
        assertThatExceptionOfType(DdfException.class)
                .isThrownBy(() -> read(document))
                .withMessageContaining(message);
    }

    @Test
    void refuses_a_number_of_instances_that_the_standard_does_not_have() {
        assertThatExceptionOfType(DdfException.class)
                .isThrownBy(() -> read(tree(leaf("a", "chr", "<ZeroOrN>1</ZeroOrN>"))))
                .withMessageContaining("occurrence of up to 1; use a number from 2 to 65536");
    }
}
