// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import static org.assertj.core.api.Assertions.assertThat;

import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.junit.jupiter.api.Test;

class TreeDiffTest {
    private static MgmtNode root(MgmtNode.Builder... children) {
        MgmtNode.Builder root = MgmtNode.named("X");
        for (MgmtNode.Builder child : children) {
            root.child(child);
        }
        return root.build();
    }

    @Test
    void finds_no_difference_where_only_the_order_and_what_is_not_stated_differ() {
        MgmtNode given = root(MgmtNode.named("a").value(NodeValue.text("1")), MgmtNode.leaf("b", "2"));
        MgmtNode found = root(
                MgmtNode.leaf("b", "2").type("text/plain").acl("Get=*"),
                MgmtNode.leaf("a", "1").type("text/x").verNo(3));

        assertThat(TreeDiff.between(MgmtTree.of(given), MgmtTree.of(found))).isEmpty();
    }

    @Test
    void finds_no_difference_between_text_and_its_octets() {
        NodeValue text = NodeValue.text("\u00E4");

        assertThat(TreeDiff.between(
                        root(MgmtNode.named("a").value(text)),
                        root(MgmtNode.named("a").value(NodeValue.binary(text.octets())))))
                .isEmpty();
    }

    @Test
    void tells_missing_and_additional_nodes_by_their_path() {
        MgmtNode given = root(MgmtNode.interior("p").child(MgmtNode.leaf("a", "1")), MgmtNode.leaf("b", "2"));
        MgmtNode found = root(MgmtNode.interior("p").child(MgmtNode.leaf("c", "1")));

        assertThat(TreeDiff.between(given, found))
                .extracting(Difference::toString)
                .containsExactly("X/p/a: missing", "X/p/c: not in what was given", "X/b: missing");
    }

    @Test
    void tells_where_values_differ_and_does_not_show_them() {
        assertThat(TreeDiff.between(root(MgmtNode.leaf("a", "secret1")), root(MgmtNode.leaf("a", "secret"))))
                .extracting(Difference::toString)
                .containsExactly("X/a: value of 7 octets given, of 6 found, they differ from octet 6 on");
    }

    @Test
    void tells_formats_types_and_kinds_that_differ() {
        MgmtNode given = root(
                MgmtNode.named("a").format(Format.INT).value(NodeValue.text("1")),
                MgmtNode.interior("b").type("urn:b").child(MgmtNode.leaf("l", "")),
                MgmtNode.interior("c"));
        MgmtNode found = root(
                MgmtNode.leaf("a", "1"), MgmtNode.interior("b").child(MgmtNode.leaf("l", "")), MgmtNode.leaf("c", ""));

        assertThat(TreeDiff.between(given, found))
                .extracting(Difference::toString)
                .containsExactly(
                        "X/a: format int given, chr found",
                        "X/b: type 'urn:b' given, '' found",
                        "X/c: interior node given, leaf found");
    }

    @Test
    void expects_a_leaf_without_a_value_to_be_empty() {
        MgmtNode given = root(MgmtNode.named("a").format(Format.CHR));

        assertThat(TreeDiff.between(given, root(MgmtNode.leaf("a", "")))).isEmpty();
        assertThat(TreeDiff.between(given, root(MgmtNode.leaf("a", "x")))).hasSize(1);
    }
}
