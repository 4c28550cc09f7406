// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/**
 * Writes the tree below a node, or a part of the bytes that this takes, as a TNDS object in WBXML (OMA DM Tree and
 * Description Serialization 1.2). The node at the top has an empty name and stands for the URI that the object belongs to, as
 * {@link TndsReader} takes it. What the server may not Get is left out, with all that is below it; a device gets the secrets, too.
 */
final class TndsWriter implements MessageSink {
    /** WBXML 1.2, public identifier in the string table, UTF-8. */
    private static final byte[] HEADER = {
        0x02, 0x00, 0x00, 0x6A, 0x1B, '-', '/', '/', 'O', 'M', 'A', '/', '/', 'D', 'T', 'D', '-', 'D', 'M', '-', 'D',
        'D', 'F', ' ', '1', '.', '2', '/', '/', 'E', 'N', 0x00
    };

    /** Among the properties that are selected: the object is for a device, to which the lists do not apply. */
    static final short FOR_DEVICE = 1 << Property.NONE;

    // indexes into window: the part of the document that is wanted
    private static final byte SKIP = 0; // bytes before it
    private static final byte LEFT = 1; // bytes of it
    private static final byte WINDOW_SIZE = 2;

    private final MoStore store;
    private final Acl acl;
    private final WbxmlWriter document;
    private final short[] window;
    private final Object[] sink;

    TndsWriter(MoStore store, Acl acl) {
        this.store = store;
        this.acl = acl;
        document = new WbxmlWriter();
        window = JCSystem.makeTransientShortArray(WINDOW_SIZE, JCSystem.CLEAR_ON_RESET);
        sink = JCSystem.makeTransientObjectArray((short) 1, JCSystem.CLEAR_ON_RESET);
    }

    /**
     * Bytes of the object, 32767 if it is that long or longer.
     *
     * @param selection the properties that it has, as {@link Property#selection}; with {@link #FOR_DEVICE} access control lists do
     *     not count
     */
    short length(short top, short selection) {
        document.begin(null);
        writeTree(top, selection);
        return document.count();
    }

    /** Writes {@code len} bytes of the object from its byte {@code from} on. */
    void write(short top, short selection, short from, short len, MessageSink to) {
        window[SKIP] = from;
        window[LEFT] = len;
        sink[0] = to;
        document.begin(this);
        writeTree(top, selection);
    }

    @Override
    public void write(byte b) {
        if (window[SKIP] > 0) {
            window[SKIP]--;
        } else if (window[LEFT] > 0) {
            window[LEFT]--;
            ((MessageSink) sink[0]).write(b);
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        short skipped = len < window[SKIP] ? len : window[SKIP];
        window[SKIP] = (short) (window[SKIP] - skipped);
        short n = (short) (len - skipped);
        if (n > window[LEFT]) {
            n = window[LEFT];
        }
        if (n > 0) {
            window[LEFT] = (short) (window[LEFT] - n);
            ((MessageSink) sink[0]).write(buf, (short) (off + skipped), n);
        }
    }

    private void writeTree(short top, short selection) {
        document.write(HEADER, (short) 0, (short) HEADER.length);
        document.open(Element.DDF_MGMT_TREE);
        document.element(Element.DDF_VER_DTD, Text.VER_DTD);
        beginNode(top, top, selection);
        short node = top;
        short next = firstVisible(store.isInterior(top) ? store.firstChild(top) : MoStore.NONE, selection);
        while (true) {
            if (next != MoStore.NONE) {
                node = next;
                beginNode(node, top, selection);
                next = firstVisible(store.isInterior(node) ? store.firstChild(node) : MoStore.NONE, selection);
                continue;
            }
            document.close(); // Node
            if (node == top) {
                break;
            }
            next = firstVisible(store.nextSibling(node), selection);
            if (next == MoStore.NONE) {
                node = store.parent(node);
            }
        }
        document.close();
    }

    /** The node or, among the siblings behind it, the first that the other side may Get. */
    private short firstVisible(short node, short selection) {
        while (node != MoStore.NONE && !isVisible(node, selection)) {
            node = store.nextSibling(node);
        }
        return node;
    }

    private boolean isVisible(short node, short selection) {
        return has(selection, Property.NONE)
                ? store.allows(node, (byte) (MoStore.ACCESS_GET | MoStore.SECRET))
                : acl.shows(node);
    }

    /** Writes the begin of Node, and all of it that stands before its children. */
    private void beginNode(short node, short top, short selection) {
        document.open(Element.DDF_NODE);
        if (node == top) {
            document.empty(Element.DDF_NODE_NAME);
        } else {
            open(Element.DDF_NODE_NAME);
            store.writeName(node, document);
            close();
        }
        if ((selection & ~(1 << Property.VALUE | FOR_DEVICE)) != 0) {
            document.open(Element.DDF_RT_PROPERTIES);
            writeProperties(node, selection);
            document.close();
        }
        if (!store.isInterior(node) && has(selection, Property.VALUE)) {
            short length = store.valueLength(node);
            document.open(Element.DDF_VALUE);
            document.opaque(length);
            if (has(selection, Property.NONE) && store.isSecret(node)) {
                store.writeSecret(node, document);
            } else {
                store.writeValue(node, (short) 0, length, document);
            }
            document.close();
        }
    }

    private static boolean has(short selection, byte property) {
        return (selection & (short) (1 << property)) != 0;
    }

    private void writeProperties(short node, short selection) {
        if (has(selection, Property.ACL) && store.aclLength(node) != 0) {
            open(Element.DDF_ACL);
            store.writeAcl(node, document);
            close();
        }
        if (has(selection, Property.FORMAT)) {
            document.open(Element.DDF_FORMAT);
            document.empty(Format.element(store.format(node)));
            document.close();
        }
        if (has(selection, Property.TITLE) && store.hasTitle(node)) {
            open(Element.DDF_TITLE);
            store.writeTitle(node, document);
            close();
        }
        boolean changes = has(selection, Property.NONE) || !acl.tellsOfOthers(node);
        if (changes && has(selection, Property.TSTAMP) && store.hasTime(node)) {
            open(Element.DDF_TSTAMP);
            store.writeTime(node, document);
            close();
        }
        if (has(selection, Property.TYPE)) {
            document.open(Element.DDF_TYPE);
            writeType(node);
            document.close();
        }
        if (changes && has(selection, Property.VER_NO)) {
            open(Element.DDF_VER_NO);
            Text.writeUnsigned(store.verNo(node), document);
            close();
        }
    }

    private void writeType(short node) {
        byte element = store.isInterior(node) ? Element.DDF_DDF_NAME : Element.DDF_MIME;
        if (store.hasType(node)) {
            open(element);
            store.writeType(node, document);
            close();
        } else {
            document.empty(element);
        }
    }

    private void open(byte element) {
        document.open(element);
        document.openText();
    }

    private void close() {
        document.closeText();
        document.close();
    }
}
