// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import static org.bipline.dm.markup.DdfTag.*;

import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementWriter;
import org.bipline.dm.markup.Tag;

/**
 * Writes a tree as TNDS elements. Format and Type are always written, as stated or as they follow from the rest, so that a receiver need
 * not guess.
 */
public final class TndsWriter {
    private final ElementWriter out;

    private TndsWriter(ElementWriter out) {
        this.out = out;
    }

    public static void write(MgmtTree tree, ElementWriter out) {
        TndsWriter writer = new TndsWriter(out);
        out.start(MGMT_TREE);
        out.element(VER_DTD, tree.verDtd());
        writer.text(MAN, tree.man());
        writer.text(MOD, tree.mod());
        tree.nodes().forEach(writer::node);
        out.end();
    }

    private void node(MgmtNode node) {
        out.start(NODE);
        out.element(NODE_NAME, node.name());
        text(PATH, node.path());
        properties(node);
        node.value().ifPresent(this::value);
        node.children().forEach(this::node);
        out.end();
    }

    private void properties(MgmtNode node) {
        out.start(RT_PROPERTIES);
        text(ACL, node.acl());
        out.start(FORMAT);
        out.empty(tag(node.effectiveFormat()));
        out.end();
        text(TITLE, node.title());
        text(TSTAMP, node.tstamp());
        node.effectiveType().ifPresent(type -> {
            out.start(TYPE);
            out.element(node.isInterior() ? DDF_NAME : MIME, type);
            out.end();
        });
        text(VER_NO, node.verNo().map(String::valueOf));
        out.end();
    }

    private void value(NodeValue value) {
        out.start(VALUE);
        out.value(value);
        out.end();
    }

    private void text(Tag tag, Optional<String> text) {
        text.ifPresent(value -> out.element(tag, value));
    }

    private static DdfTag tag(Format format) {
        return switch (format) {
            case B64 -> B64;
            case BIN -> BIN;
            case BOOL -> BOOL;
            case CHR -> CHR;
            case DATE -> DATE;
            case FLOAT -> FLOAT;
            case INT -> INT;
            case NODE -> FORMAT_NODE;
            case NULL -> NULL;
            case TIME -> TIME;
            case XML -> XML;
        };
    }
}
