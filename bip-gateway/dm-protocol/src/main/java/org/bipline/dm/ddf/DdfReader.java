// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import static org.bipline.dm.markup.DdfTag.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.Position;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementCursor;
import org.bipline.dm.markup.ElementReader;
import org.bipline.dm.markup.Tag;

/**
 * Reads a device description. The parts of a node may stand in any order. A node at the top whose Path leads to a node before it goes on
 * there; any other Path is where the described tree belongs, and is not kept.
 */
final class DdfReader {
    private static final int MIN_COUNT = 2;
    private static final int MAX_COUNT = 65536;

    private final ElementCursor in;

    /** The nodes so far with their URIs; the lists of children are those that the nodes show. */
    private final List<Place> places = new ArrayList<>();

    private record Place(String uri, List<DescribedNode> children) {}

    private DdfReader(ElementCursor in) {
        this.in = in;
    }

    static DeviceDescription read(ElementReader reader) throws DmDecodingException {
        ElementCursor in = new ElementCursor(reader);
        in.root(MGMT_TREE);
        DeviceDescription description = new DdfReader(in).tree();
        in.endOfDocument();
        return description;
    }

    private DeviceDescription tree() throws DmDecodingException {
        Position start = in.position();
        String verDtd = "";
        Optional<String> man = Optional.empty();
        Optional<String> mod = Optional.empty();
        List<DescribedNode> roots = new ArrayList<>();
        while (in.nextChild(MGMT_TREE)) {
            switch (tag(MGMT_TREE)) {
                case VER_DTD -> verDtd = in.text();
                case MAN -> man = Optional.of(in.text());
                case MOD -> mod = Optional.of(in.text());
                case NODE -> new NodeReader("", roots).read();
                default -> throw misplaced(MGMT_TREE);
            }
        }
        if (!verDtd.equals("1.2")) {
            throw fault(start, "VerDTD is '" + verDtd + "'", "give a description of version 1.2");
        }
        if (roots.isEmpty()) {
            throw fault(start, "MgmtTree has no Node", "describe a node");
        }
        return new DeviceDescription(verDtd, man, mod, List.copyOf(roots));
    }

    /** Reads one node. */
    private final class NodeReader {
        private final Position start = in.position();
        private final String parentUri;
        private final List<DescribedNode> siblings;
        private final List<DescribedNode> children = new ArrayList<>();
        private String name;
        private String path;
        private boolean described;
        private final Set<AccessType> accessTypes = EnumSet.noneOf(AccessType.class);
        private Optional<Format> format = Optional.empty();
        private Occurrence occurrence = Occurrence.ONE;
        private boolean permanent;
        private final List<String> types = new ArrayList<>();
        private Optional<String> identifier = Optional.empty();
        private Optional<String> title = Optional.empty();
        private Optional<String> description = Optional.empty();
        private Optional<String> defaultValue = Optional.empty();
        private boolean caseSensitive = true;

        NodeReader(String parentUri, List<DescribedNode> siblings) {
            this.parentUri = parentUri;
            this.siblings = siblings;
        }

        void read() throws DmDecodingException {
            while (in.nextChild(NODE)) {
                switch (tag(NODE)) {
                    case NODE_NAME -> name = in.text();
                    case PATH -> path = in.text();
                    case RT_PROPERTIES -> in.skip();
                    case VALUE -> defaultValue = Optional.of(in.rawText());
                    case DF_PROPERTIES -> readProperties();
                    case NODE -> {
                        if (name == null) {
                            throw fault(start, "NodeName stands behind the nodes below it", "put it first");
                        }
                        new NodeReader(uri(), children).read();
                    }
                    default -> throw misplaced(NODE);
                }
            }
            add();
        }

        private String uri() {
            String parent = path == null ? parentUri : path.replaceAll("^\\./|/$", "");
            return parent.isEmpty() ? name : parent + "/" + name;
        }

        private void add() throws DdfException {
            if (name == null) {
                throw fault(start, "Node has no NodeName", "give it one, an empty one where it is named at creation");
            }
            if (!described) {
                throw fault(start, "node '" + uri() + "' has no DFProperties", "describe it");
            }
            Format kind = format.orElseThrow(
                    () -> fault(start, "node '" + uri() + "' has no DFFormat", "say which format its value has"));
            if (kind != Format.NODE && !children.isEmpty()) {
                throw fault(start, "'" + uri() + "' has nodes below it and format " + kind, "make its format node");
            }
            if (kind != Format.NODE && types.isEmpty()) {
                throw fault(start, "leaf '" + uri() + "' has no MIME type", "give DFType one, such as text/plain");
            }
            DescribedNode node = new DescribedNode(
                    name,
                    Collections.unmodifiableSet(accessTypes),
                    kind,
                    occurrence,
                    permanent,
                    List.copyOf(types),
                    identifier,
                    title,
                    description,
                    defaultValue,
                    caseSensitive,
                    Collections.unmodifiableList(children));
            List<DescribedNode> level = siblings;
            if (path != null && !path.isEmpty()) {
                String parent = path.replaceAll("^\\./|/$", "");
                level = places.stream()
                        .filter(place -> place.uri.equals(parent))
                        .map(Place::children)
                        .findFirst()
                        .orElse(siblings);
            }
            if (level.stream().anyMatch(other -> other.name().equals(name))) {
                throw fault(start, "second node '" + uri() + "'", "rename or remove it");
            }
            level.add(node);
            places.add(new Place(uri(), children));
        }

        private void readProperties() throws DmDecodingException {
            described = true;
            boolean access = false;
            while (in.nextChild(DF_PROPERTIES)) {
                switch (tag(DF_PROPERTIES)) {
                    case ACCESS_TYPE -> {
                        access = true;
                        readAccessType();
                    }
                    case DEFAULT_VALUE -> defaultValue = Optional.of(in.rawText());
                    case DESCRIPTION -> description = Optional.of(in.text());
                    case DF_FORMAT -> readFormat();
                    case OCCURRENCE -> readOccurrence();
                    case SCOPE -> permanent = onlyChild(SCOPE, PERMANENT, DYNAMIC) == PERMANENT;
                    case DF_TITLE -> title = Optional.of(in.text());
                    case DF_TYPE -> readType();
                    case CASE_SENSE -> caseSensitive = onlyChild(CASE_SENSE, CS, CIS) == CS;
                    default -> throw misplaced(DF_PROPERTIES);
                }
            }
            if (!access) {
                throw fault(start, "DFProperties has no AccessType", "say which commands the node supports");
            }
        }

        private void readAccessType() throws DmDecodingException {
            while (in.nextChild(ACCESS_TYPE)) {
                accessTypes.add(AccessType.of(tag(ACCESS_TYPE)).orElseThrow(() -> misplaced(ACCESS_TYPE)));
                in.skip();
            }
        }

        private void readFormat() throws DmDecodingException {
            while (in.nextChild(DF_FORMAT)) {
                format = Format.of(in.tag().text());
                if (format.isEmpty()) {
                    throw misplaced(DF_FORMAT);
                }
                in.skip();
            }
        }

        private void readOccurrence() throws DmDecodingException {
            while (in.nextChild(OCCURRENCE)) {
                occurrence = switch (tag(OCCURRENCE)) {
                    case ONE -> single(Occurrence.ONE);
                    case ZERO_OR_ONE -> single(Occurrence.ZERO_OR_ONE);
                    case ZERO_OR_MORE -> single(Occurrence.ZERO_OR_MORE);
                    case ONE_OR_MORE -> single(Occurrence.ONE_OR_MORE);
                    case ZERO_OR_N -> new Occurrence(0, count());
                    case ONE_OR_N -> new Occurrence(1, count());
                    default -> throw misplaced(OCCURRENCE);
                };
            }
        }

        private Occurrence single(Occurrence known) throws DmDecodingException {
            in.skip();
            return known;
        }

        private int count() throws DmDecodingException {
            Position at = in.position();
            long count = in.number();
            if (count < MIN_COUNT || count > MAX_COUNT) {
                throw fault(at, "occurrence of up to " + count, "use a number from 2 to 65536");
            }
            return (int) count;
        }

        private void readType() throws DmDecodingException {
            while (in.nextChild(DF_TYPE)) {
                switch (tag(DF_TYPE)) {
                    case MIME -> types.add(in.text());
                    case DDF_NAME -> identifier = Optional.of(in.text()).filter(id -> !id.isEmpty());
                    default -> throw misplaced(DF_TYPE);
                }
            }
        }

        private DdfTag onlyChild(DdfTag parent, DdfTag first, DdfTag second) throws DmDecodingException {
            DdfTag found = null;
            while (in.nextChild(parent)) {
                found = tag(parent);
                if (found != first && found != second) {
                    throw misplaced(parent);
                }
                in.skip();
            }
            if (found == null) {
                throw fault(
                        start,
                        parent.text() + " is empty",
                        "put " + first.text() + " or " + second.text() + " into it");
            }
            return found;
        }
    }

    private DdfTag tag(Tag parent) throws DmDecodingException {
        if (in.tag() instanceof DdfTag tag) {
            return tag;
        }
        throw misplaced(parent);
    }

    private DdfException misplaced(Tag parent) {
        return fault(in.position(), "element " + in.tag().text() + " in element " + parent.text(), "remove it");
    }

    private static DdfException fault(Position position, String what, String remedy) {
        return new DdfException(position, what, remedy);
    }
}
