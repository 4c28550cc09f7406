// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import static org.bipline.dm.markup.DdfTag.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.Position;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementCursor;
import org.bipline.dm.markup.Tag;

/**
 * Reads a tree from TNDS elements, as the standard has them and as people write them: {@code RTProperties}, {@code Format}, {@code
 * Type}, {@code Path} and {@code VerDTD} may be missing, {@code Format} and {@code Type} may hold text instead of elements, and the
 * parts of a node may stand in any order, but for {@code NodeName}, which comes before the nodes below.
 *
 * <p>The content of {@code Value} is kept as it stands, but for the formats bool, int, float, date and time, where blanks round it are no
 * part of it, and for bin, which XML carries in Base64. Base64 of format b64 is the value itself and stays text.
 */
public final class TndsReader {
    private final ElementCursor in;
    private final BiConsumer<String, Position> places;

    private TndsReader(ElementCursor in, BiConsumer<String, Position> places) {
        this.in = in;
        this.places = places;
    }

    /** Reads from the {@code MgmtTree} just entered to its end. */
    public static MgmtTree readTree(ElementCursor in) throws DmDecodingException {
        return readTree(in, (uri, position) -> {});
    }

    /**
     * As {@link #readTree(ElementCursor)}.
     *
     * @param places is told where the element of each node begins; its URI consists of the names from the top of the document on
     */
    static MgmtTree readTree(ElementCursor in, BiConsumer<String, Position> places) throws DmDecodingException {
        return new TndsReader(in, places).tree();
    }

    private MgmtTree tree() throws DmDecodingException {
        String verDtd = MgmtTree.VER_DTD;
        Optional<String> man = Optional.empty();
        Optional<String> mod = Optional.empty();
        Roots roots = new Roots();
        Position start = in.position();
        while (in.nextChild(MGMT_TREE)) {
            switch (ddfTag(MGMT_TREE)) {
                case VER_DTD -> verDtd = in.text();
                case MAN -> man = Optional.of(in.text());
                case MOD -> mod = Optional.of(in.text());
                case NODE -> {
                    Position nodeStart = in.position();
                    roots.add(new NodeReader("", true).read(), nodeStart);
                }
                default -> throw misplaced(MGMT_TREE);
            }
        }
        if (roots.nodes().isEmpty()) {
            throw new TndsException(start, "MgmtTree has no Node", "add the node that the object consists of");
        }
        return new MgmtTree(verDtd, man, mod, roots.nodes());
    }

    /** Reads one node. */
    private final class NodeReader {
        private final String parentUri;
        private final boolean top;
        private final Position start = in.position();
        private MgmtNode.Builder builder = MgmtNode.named("");
        private final List<MgmtNode> children = new ArrayList<>();
        private String name = "";
        private Optional<Format> format = Optional.empty();
        private NodeValue content;
        private Position valueAt;

        NodeReader(String parentUri, boolean top) {
            this.parentUri = parentUri;
            this.top = top;
        }

        MgmtNode read() throws DmDecodingException {
            while (in.nextChild(NODE)) {
                switch (ddfTag(NODE)) {
                    case NODE_NAME -> readName();
                    case PATH -> readPath();
                    case RT_PROPERTIES -> readProperties();
                    case VALUE -> readContent();
                    case NODE -> readChild();
                    default -> throw misplaced(NODE);
                }
            }
            if (name.isEmpty() && !top) {
                throw fault(start, "node below '" + parentUri + "' has no NodeName", "give it one");
            }
            addValue();
            places.accept(uri(), start);
            return builder.children(children).build();
        }

        private void readName() throws DmDecodingException {
            Position at = in.position();
            name = in.text();
            if (name.indexOf('/') >= 0) {
                throw fault(at, "NodeName '" + name + "' has a slash", "give the last segment only, the rest is Path");
            }
            if (!children.isEmpty()) {
                throw fault(at, "NodeName stands after nodes below it", "put NodeName first in Node");
            }
            builder.name(name);
        }

        private void readPath() throws DmDecodingException {
            Position at = in.position();
            String path = in.text();
            if (top) {
                if (!path.isEmpty()) {
                    builder.path(path);
                }
            } else if (!endsWith(parentUri, Roots.relative(path))) {
                throw fault(
                        at,
                        "Path '" + path + "' of a node that stands below '" + parentUri + "'",
                        "leave Path out there");
            }
        }

        private void readChild() throws DmDecodingException {
            Position at = in.position();
            MgmtNode child = new NodeReader(uri(), false).read();
            if (children.stream().anyMatch(node -> node.name().equals(child.name()))) {
                throw fault(at, "second node '" + child.name() + "' below '" + uri() + "'", "rename or remove it");
            }
            children.add(child);
        }

        private void readContent() throws DmDecodingException {
            valueAt = in.position();
            content = in.content();
            if (in.atElement()) {
                throw fault(
                        in.position(),
                        "Value of '" + uri() + "' holds element " + in.tag().text(),
                        "write its markup as text, in CDATA");
            }
        }

        private void readProperties() throws DmDecodingException {
            while (in.nextChild(RT_PROPERTIES)) {
                switch (ddfTag(RT_PROPERTIES)) {
                    case ACL -> builder.acl(in.text());
                    case FORMAT -> readFormat();
                    case TITLE -> builder.title(in.text());
                    case TSTAMP -> builder.tstamp(in.text());
                    case TYPE -> readType();
                    case VER_NO -> readVerNo();
                    case NAME, SIZE -> in.skip(); // follow from NodeName and Value
                    default -> throw misplaced(RT_PROPERTIES);
                }
            }
        }

        private void readFormat() throws DmDecodingException {
            Position at = in.position();
            String word = in.content().asText().orElse("").strip();
            if (in.atElement()) {
                word = in.tag().text();
                in.skip();
                if (in.nextChild(FORMAT)) {
                    throw fault(in.position(), "second format of '" + uri() + "'", "keep one");
                }
            }
            if (word.isEmpty()) {
                return;
            }
            String unknown = word;
            format = Optional.of(Format.of(word)
                    .orElseThrow(() -> fault(
                            at,
                            "format '" + unknown + "' of '" + uri() + "'",
                            "use one of b64, bin, bool, chr, date, float, int, node, null, time, xml")));
            builder.format(format.get());
        }

        private void readType() throws DmDecodingException {
            String type = in.content().asText().orElse("").strip();
            if (in.atElement()) {
                if (in.tag() != MIME && in.tag() != DDF_NAME) {
                    throw misplaced(TYPE);
                }
                type = in.text();
                if (in.nextChild(TYPE)) {
                    throw fault(in.position(), "second type of '" + uri() + "'", "keep one of MIME and DDFName");
                }
            }
            if (!type.isEmpty()) {
                builder.type(type);
            }
        }

        private void readVerNo() throws DmDecodingException {
            Position at = in.position();
            String digits = in.text();
            if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 0xFFFF) {
                throw fault(at, "VerNo '" + digits + "' of '" + uri() + "'", "use a number from 0 to 65535");
            }
            builder.verNo(Integer.parseInt(digits));
        }

        private void addValue() throws DmDecodingException {
            boolean interior =
                    !children.isEmpty() || format.filter(Format.NODE::equals).isPresent();
            if (!children.isEmpty() && format.filter(f -> f != Format.NODE).isPresent()) {
                throw fault(
                        start, "'" + uri() + "' has nodes below it and format " + format.get(), "make its format node");
            }
            if (content == null) {
                return;
            }
            if (interior) {
                if (!content.octets().isEmpty() && !content.asText().orElse("?").isBlank()) {
                    throw fault(
                            valueAt,
                            "'" + uri() + "' is an interior node and has a value",
                            "remove the Value, or the nodes below it and the format node");
                }
                return;
            }
            builder.value(value());
        }

        private NodeValue value() throws TndsException {
            boolean binary = format.filter(Format.BIN::equals).isPresent();
            NodeValue value = in.resolve(content, binary);
            if (binary && value instanceof NodeValue.Text) {
                throw fault(
                        valueAt,
                        "value of '" + uri() + "' has format bin and is not Base64",
                        "encode it, or change Format");
            }
            boolean collapse = format.filter(f -> switch (f) {
                        case BOOL, DATE, FLOAT, INT, TIME -> true;
                        case B64, BIN, CHR, NODE, NULL, XML -> false;
                    })
                    .isPresent();
            return collapse && value instanceof NodeValue.Text text
                    ? NodeValue.text(text.text().strip())
                    : value;
        }

        private String uri() {
            return parentUri.isEmpty() ? name : parentUri + "/" + name;
        }
    }

    private static boolean endsWith(String uri, String path) {
        return path.isEmpty() || uri.equals(path) || uri.endsWith("/" + path) || path.endsWith("/" + uri);
    }

    private DdfTag ddfTag(Tag parent) throws DmDecodingException {
        if (in.tag() instanceof DdfTag tag) {
            return tag;
        }
        throw misplaced(parent);
    }

    private TndsException misplaced(Tag parent) {
        String element = in.tag().text();
        return in.tag() == DF_PROPERTIES
                ? fault(
                        in.position(),
                        "element DFProperties: this is a device description",
                        "give a TNDS file with values")
                : fault(in.position(), "element " + element + " in element " + parent.text(), "remove it");
    }

    private static TndsException fault(Position position, String what, String remedy) {
        return new TndsException(position, what, remedy);
    }
}
