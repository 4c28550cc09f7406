// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.bipline.dm.tnds.TndsException;

/**
 * A management tree in a file: a TNDS document in XML, whose node {@code Tree} is the root of the tree with all properties, whose node
 * {@code Alerts} has what servers are still to be told, and whose node {@code Cards} what the ME knows of cards, one node for each ICCID:
 *
 * <pre>
 * Cards/&lt;ICCID&gt;/Settled             bool, whether the anchor of the card stands for the objects
 * Cards/&lt;ICCID&gt;/Objects/&lt;n&gt;/URI      object that card and ME keep the same
 * Cards/&lt;ICCID&gt;/Objects/&lt;n&gt;/VerNo    as the card knows it; absent where it knows of no such object on the ME
 * Cards/&lt;ICCID&gt;/Objects/&lt;n&gt;/Adopted  bool, whether it came from the card
 * Cards/&lt;ICCID&gt;/Connect/&lt;n&gt;          account with whose server the card wants a session
 * Cards/&lt;ICCID&gt;/Aside/&lt;n&gt;/URI        object that is out of the tree while the card is out of the ME
 * Cards/&lt;ICCID&gt;/Aside/&lt;n&gt;/Object/*   the object
 * Alerts/&lt;n&gt;/Account                account whose server is to be told
 * Alerts/&lt;n&gt;/{Source,Type,Mark,Correlator,Data}  of the alert 1226; Mark and Correlator where it has them
 * </pre>
 *
 * <p>It is replaced as a whole, in one step of the file system: whatever is cut off leaves the old file or the new one. The secrets of
 * accounts stand in it.
 */
public final class TreeFile implements TreeStore {
    private static final String TREE = "Tree";
    private static final String CARDS = "Cards";
    private static final String ALERTS = "Alerts";
    private static final String SETTLED = "Settled";
    private static final String OBJECTS = "Objects";
    private static final String CONNECT = "Connect";
    private static final String ASIDE = "Aside";
    private static final String URI = "URI";
    private static final String VER_NO = "VerNo";
    private static final String ADOPTED = "Adopted";
    private static final String OBJECT = "Object";
    private static final String ACCOUNT = "Account";
    private static final String SOURCE = "Source";
    private static final String TYPE = "Type";
    private static final String MARK = "Mark";
    private static final String CORRELATOR = "Correlator";
    private static final String DATA = "Data";

    private final Path file;

    public TreeFile(Path file) {
        this.file = file;
    }

    /**
     * The tree of the file, or that of the factory where there is no file yet.
     *
     * @param identity what the ME is: the tree has to be that of this device
     * @throws IOException if there is a file, and no tree of this ME can be read from it; says in one line what to do
     */
    public ManagementTree open(DeviceIdentity identity, Clock clock) throws IOException {
        ManagementTree tree = DeviceTree.factory(identity, clock);
        if (Files.notExists(file)) {
            return tree;
        }
        try {
            MgmtTree document = Tnds.fromXml(Files.readAllBytes(file));
            MgmtNode root = required(document, TREE).toBuilder().name("").build();
            Optional<String> devId =
                    root.descendant("DevInfo/DevId").flatMap(MgmtNode::value).flatMap(NodeValue::asText);
            if (!devId.equals(Optional.of(identity.devId()))) {
                throw new IOException(file + ": tree of " + devId.orElse("no device") + ", this ME is "
                        + identity.devId() + "; give each ME a file of its own");
            }
            tree.restore(complete(root, tree.root()));
            for (MgmtNode card : required(document, CARDS).children()) {
                tree.card(card.name(), cardRecord(card));
            }
            // a file of an earlier version has no alerts
            tree.alerts(top(document, ALERTS).map(MgmtNode::children).orElse(List.of()).stream()
                    .map(TreeFile::alert)
                    .toList());
            return tree;
        } catch (TndsException e) {
            throw damaged(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    private IOException damaged(String what, Exception cause) {
        return new IOException(
                file + ": damaged (" + what
                        + "); put back a copy of it, or remove it to begin with the tree of the factory",
                cause);
    }

    private static Optional<MgmtNode> top(MgmtTree document, String name) {
        return document.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst();
    }

    private static MgmtNode required(MgmtTree document, String name) {
        return top(document, name).orElseThrow(() -> new IllegalArgumentException("no node " + name));
    }

    /** A file of an earlier version may lack what later ones have from the factory. DevInfo is what the ME is now. */
    private static MgmtNode complete(MgmtNode root, MgmtNode factory) {
        List<MgmtNode> children = new ArrayList<>();
        for (MgmtNode child : root.children()) {
            children.add(child.name().equals("DevInfo") ? withLanguage(child, factory) : child);
        }
        factory.children().stream()
                .filter(child -> root.child(child.name()).isEmpty())
                .forEach(children::add);
        return root.toBuilder().children(children).build();
    }

    private static MgmtNode withLanguage(MgmtNode devInfo, MgmtNode factory) {
        List<MgmtNode> children = new ArrayList<>(devInfo.children());
        factory.descendant("DevInfo/Lang")
                .ifPresent(lang -> children.replaceAll(child -> child.name().equals(lang.name()) ? lang : child));
        return devInfo.toBuilder().children(children).build();
    }

    @Override
    public void save(ManagementTree tree) throws IOException {
        MgmtNode.Builder cards = MgmtNode.interior(CARDS);
        tree.cards().forEach((id, record) -> cards.child(node(id, record)));
        MgmtNode.Builder alerts = MgmtNode.interior(ALERTS);
        for (int i = 0; i < tree.alerts().size(); i++) {
            alerts.child(node(i + 1, tree.alerts().get(i)));
        }
        byte[] document =
                Tnds.toXml(MgmtTree.of(tree.root().toBuilder().name(TREE).build(), cards.build(), alerts.build()));
        Path whole = file.toAbsolutePath();
        Path next = whole.resolveSibling(whole.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(document);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true); // the name must not come to stand for bytes that are not there
        } catch (IOException e) {
            throw new IOException("cannot write " + next + " (" + e.getMessage() + ")", e);
        }
        Files.move(next, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static MgmtNode node(String id, CardRecord record) {
        MgmtNode.Builder objects = MgmtNode.interior(OBJECTS);
        int number = 1;
        for (Map.Entry<String, CardRecord.Shared> each : record.objects().entrySet()) {
            MgmtNode.Builder object =
                    MgmtNode.interior(Integer.toString(number++)).child(MgmtNode.leaf(URI, each.getKey()));
            each.getValue()
                    .version()
                    .ifPresent(version -> object.child(MgmtNode.leaf(VER_NO, Integer.toString(version))));
            objects.child(object.child(bool(ADOPTED, each.getValue().adopted())));
        }
        MgmtNode.Builder connect = MgmtNode.interior(CONNECT);
        number = 1;
        for (String account : record.connect()) {
            connect.child(MgmtNode.leaf(Integer.toString(number++), account));
        }
        MgmtNode.Builder aside = MgmtNode.interior(ASIDE);
        number = 1;
        for (Map.Entry<String, MgmtNode> each : record.aside().entrySet()) {
            aside.child(MgmtNode.interior(Integer.toString(number++))
                    .child(MgmtNode.leaf(URI, each.getKey()))
                    .child(MgmtNode.interior(OBJECT).child(each.getValue())));
        }
        return MgmtNode.interior(id)
                .child(bool(SETTLED, record.settled()))
                .child(objects)
                .child(connect)
                .child(aside)
                .build();
    }

    private static MgmtNode node(int number, GenericAlert alert) {
        MgmtNode.Builder node = MgmtNode.interior(Integer.toString(number))
                .child(MgmtNode.leaf(ACCOUNT, alert.account()))
                .child(MgmtNode.leaf(SOURCE, alert.source()))
                .child(MgmtNode.leaf(TYPE, alert.type()))
                .child(MgmtNode.leaf(DATA, alert.data()));
        alert.mark().ifPresent(mark -> node.child(MgmtNode.leaf(MARK, mark)));
        alert.correlator().ifPresent(correlator -> node.child(MgmtNode.leaf(CORRELATOR, correlator)));
        return node.build();
    }

    private static GenericAlert alert(MgmtNode node) {
        return new GenericAlert(
                text(node, ACCOUNT),
                text(node, SOURCE),
                text(node, TYPE),
                node.child(MARK).map(leaf -> text(node, MARK)),
                node.child(CORRELATOR).map(leaf -> text(node, CORRELATOR)),
                text(node, DATA));
    }

    private static MgmtNode.Builder bool(String name, boolean value) {
        return MgmtNode.named(name).format(Format.BOOL).value(NodeValue.text(Boolean.toString(value)));
    }

    private static CardRecord cardRecord(MgmtNode card) {
        SortedMap<String, CardRecord.Shared> objects = new TreeMap<>();
        for (MgmtNode object : child(card, OBJECTS).children()) {
            Optional<Integer> version = object.child(VER_NO).map(node -> Integer.valueOf(text(object, VER_NO)));
            objects.put(text(object, URI), new CardRecord.Shared(version, isTrue(object, ADOPTED)));
        }
        List<String> connect = card.child(CONNECT).map(MgmtNode::children).orElse(List.of()).stream()
                .map(leaf -> text(card.child(CONNECT).orElseThrow(), leaf.name()))
                .toList();
        SortedMap<String, MgmtNode> aside = new TreeMap<>();
        for (MgmtNode object : child(card, ASIDE).children()) {
            aside.put(text(object, URI), child(object, OBJECT).children().getFirst());
        }
        return new CardRecord(isTrue(card, SETTLED), objects, connect, aside);
    }

    private static boolean isTrue(MgmtNode parent, String name) {
        return Boolean.parseBoolean(text(parent, name));
    }

    private static String text(MgmtNode parent, String name) {
        return child(parent, name)
                .value()
                .flatMap(NodeValue::asText)
                .orElseThrow(() -> new IllegalArgumentException("node " + name + " without a value"));
    }

    private static MgmtNode child(MgmtNode parent, String name) {
        return parent.child(name)
                .orElseThrow(() -> new IllegalArgumentException("no node " + name + " below " + parent.name()));
    }
}
