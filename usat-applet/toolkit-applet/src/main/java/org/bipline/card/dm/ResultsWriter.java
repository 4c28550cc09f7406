// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Writes what the {@link StatusQueue} holds as far as a message has room: a status for each entry and the results of Get, in
 * chunks where they are long. A list of nodes is a Results for each node. OMA DM Representation Protocol 1.2.
 */
final class ResultsWriter {
    /** Alerts 1222 and 1225 and Final, with the ends of SyncBody and SyncML. */
    private static final short TAIL = 48;

    /** A value is begun in a message only if this much of it has room. */
    private static final short MIN_CHUNK = 48;

    private static final short LONGEST_LENGTH = 2; // bytes of an opaque length beyond the first

    /** In the place of the offset in the results of a node: the rest of them is not sent. */
    static final short GIVEN_UP = -1;

    private final MoStore store;
    private final Acl acl;
    private final StatusQueue queue;
    private final short[] session; // state of the session, by the indexes of DmSession
    private final WbxmlWriter out;
    private final WbxmlWriter meter; // measures what may not fit
    private final TndsWriter tnds;
    private final ChildNames names;

    ResultsWriter(
            MoStore store,
            Acl acl,
            TndsWriter tnds,
            ChildNames names,
            StatusQueue queue,
            short[] session,
            WbxmlWriter out) {
        this.store = store;
        this.acl = acl;
        this.names = names;
        this.queue = queue;
        this.session = session;
        this.out = out;
        meter = new WbxmlWriter();
        this.tnds = tnds;
    }

    WbxmlWriter out() {
        return out;
    }

    WbxmlWriter meter() {
        return meter;
    }

    private short room() {
        return (short) (session[DmSession.MAX_MESSAGE] - TAIL - out.count());
    }

    /** Writes statuses and results until all are written or there is no more room; returns the next CmdID. */
    short write(short command) {
        short entry = 0;
        short statusSent = session[DmSession.STATUS_SENT];
        short offset = session[DmSession.RESULT_OFFSET];
        short node = session[DmSession.RESULT_NODE];
        if (offset == GIVEN_UP) {
            node = next((short) 0, node);
            offset = 0;
        }
        boolean progress = false; // at least one part goes into each message, however small that is
        boolean full = false;
        while (!full && entry < queue.count()) {
            if (statusSent == 0) {
                meter.begin(null);
                writeStatus(meter, command, entry);
                if (progress && meter.count() > room()) {
                    break;
                }
                writeStatus(out, command, entry);
                command++;
                progress = true;
                statusSent = 1;
                node = queue.hasResults(entry) ? queue.node(entry) : MoStore.NONE;
                offset = 0;
            }
            while (node != MoStore.NONE && !full) {
                offset = writeResults(command, entry, node, offset, progress);
                full = offset >= 0; // more of it in the next message
                if (!full) {
                    command++;
                    progress = true;
                    offset = 0;
                    node = next(entry, node);
                }
            }
            if (!full) {
                statusSent = 0;
                entry++;
            }
        }
        session[DmSession.SENT_ENTRIES] = entry;
        session[DmSession.SENT_STATUS] = statusSent;
        session[DmSession.SENT_OFFSET] = offset;
        session[DmSession.SENT_NODE] = node;
        return command;
    }

    private void writeStatus(WbxmlWriter to, short command, short entry) {
        beginStatus(to, command, queue.message(entry), queue.command(entry), queue.element(entry));
        if (queue.namesItem(entry)) {
            to.open(Element.TARGET_REF);
            to.openText();
            if (queue.node(entry) >= 0) {
                writeUri(to, entry);
            } else {
                queue.writeUri(entry, to);
            }
            to.closeText();
            to.close();
        }
        to.element(Element.DATA, queue.status(entry));
        if (queue.hasAnswer(entry)) {
            writeAnswer(to, entry);
        }
        to.close();
    }

    /** Items with what the user has typed or chosen. */
    private void writeAnswer(WbxmlWriter to, short entry) {
        if (queue.detail(entry) == StatusQueue.ANSWER_TEXT) {
            to.open(Element.ITEM);
            to.open(Element.DATA);
            to.openText();
            queue.writeUri(entry, to);
            to.closeText();
            to.close();
            to.close();
            return;
        }
        for (short n = 0; n < queue.answerLength(entry); n++) {
            to.open(Element.ITEM);
            to.element(Element.DATA, queue.answerByte(entry, n));
            to.close();
        }
    }

    static void beginStatus(WbxmlWriter to, short command, short message, short reference, byte name) {
        to.open(Element.STATUS);
        to.element(Element.CMD_ID, command);
        to.element(Element.MSG_REF, message);
        to.element(Element.CMD_REF, reference);
        to.open(Element.CMD);
        to.openText();
        Command.writeName(name, to);
        to.closeText();
        to.close();
    }

    /** Writes the URI of the node or property that the entry refers to. */
    private void writeUri(WbxmlWriter to, short entry) {
        store.writeUri(queue.node(entry), to);
        Property.writeQuery(queue.property(entry), to);
    }

    /** The node whose results follow those of {@code node}: in a list of nodes, the next that the server may Get. */
    private short next(short entry, short node) {
        byte property = queue.property(entry);
        if (property != Property.LIST_STRUCT && property != Property.LIST_STRUCT_DATA) {
            return MoStore.NONE;
        }
        short top = queue.node(entry);
        node = store.following(node, top, true);
        while (node != MoStore.NONE && !acl.shows(node)) {
            node = store.following(node, top, false);
        }
        return node;
    }

    /**
     * Writes the results from byte {@code offset} of the data on and returns the offset that the next message begins at; -1
     * if they are complete.
     */
    private short writeResults(short command, short entry, short node, short offset, boolean mayWait) {
        if (isWhole(queue.property(entry), node)) {
            return writeWhole(command, entry, node, mayWait);
        }
        short rest = (short) (dataLength(entry, node) - offset);
        meter.begin(null);
        writePart(meter, command, entry, node, offset, (short) 0, true);
        short room = (short) (room() - meter.count() - LONGEST_LENGTH);
        if (rest <= room) {
            writePart(out, command, entry, node, offset, rest, false);
            return -1;
        }
        if (room < MIN_CHUNK) {
            if (mayWait) {
                return offset;
            }
            room = MIN_CHUNK; // the server's limit is below what a message needs
        }
        short length = rest < room ? rest : room;
        writePart(out, command, entry, node, offset, length, length < rest);
        return length < rest ? (short) (offset + length) : (short) -1;
    }

    /** Tells whether the results are short, and go in one piece: a property, or a node of a list without its data. */
    private boolean isWhole(byte property, short node) {
        switch (property) {
            case Property.NONE:
            case Property.LIST_TNDS:
                return false;
            case Property.LIST_STRUCT_DATA:
                return store.isInterior(node);
            default:
                return true;
        }
    }

    /** Writes results that go in one piece; 0 if they have to wait for the next message, -1 if they are written. */
    private short writeWhole(short command, short entry, short node, boolean mayWait) {
        meter.begin(null);
        writeWhole(meter, command, entry, node);
        if (mayWait && meter.count() > room()) {
            return 0;
        }
        writeWhole(out, command, entry, node);
        return -1;
    }

    private void writeWhole(WbxmlWriter to, short command, short entry, short node) {
        byte property = queue.property(entry);
        beginResults(to, command, entry, node);
        if (Property.isList(property)) {
            writeMeta(to, store, node, false);
        } else {
            to.open(Element.META);
            writeFormat(to, Format.CHR); // whatever the property: clause Property values
            to.close();
            to.open(Element.DATA);
            to.openText();
            Property.write(property, store, node, to);
            to.closeText();
            to.close();
        }
        to.close();
        to.close();
    }

    private void beginResults(WbxmlWriter to, short command, short entry, short node) {
        to.open(Element.RESULTS);
        to.element(Element.CMD_ID, command);
        to.element(Element.MSG_REF, queue.message(entry));
        to.element(Element.CMD_REF, queue.command(entry));
        to.open(Element.ITEM);
        to.open(Element.SOURCE);
        to.open(Element.LOC_URI);
        to.openText();
        if (Property.isList(queue.property(entry))) {
            store.writeUri(node, to);
        } else {
            writeUri(to, entry);
        }
        to.closeText();
        to.close();
        to.close();
    }

    private short dataLength(short entry, short node) {
        return queue.property(entry) == Property.LIST_TNDS
                ? tnds.length(node, queue.detail(entry))
                : names.length(node);
    }

    private void writePart(
            WbxmlWriter to, short command, short entry, short node, short offset, short length, boolean more) {
        boolean isTnds = queue.property(entry) == Property.LIST_TNDS;
        boolean withSize = more && offset == 0;
        beginResults(to, command, entry, node);
        if (isTnds) {
            to.open(Element.META);
            writeFormat(to, Format.BIN);
            to.element(Element.TYPE, Text.TNDS_WBXML);
            if (withSize) {
                to.element(Element.SIZE, dataLength(entry, node));
            }
            to.close();
        } else if (queue.property(entry) == Property.NONE && store.isInterior(node)) {
            writeListMeta(to, node, withSize);
        } else {
            writeMeta(to, store, node, withSize);
        }
        to.open(Element.DATA);
        to.opaque(length);
        if (isTnds) {
            tnds.write(node, queue.detail(entry), offset, length, to);
        } else {
            names.write(node, offset, length, to);
        }
        to.close();
        if (more) {
            to.empty(Element.MORE_DATA);
        }
        to.close();
        to.close();
    }

    static void writeFormat(WbxmlWriter to, byte format) {
        to.open(Element.FORMAT);
        to.openText();
        Format.write(format, to);
        to.closeText();
        to.close();
    }

    /** Meta of the list of an interior node's children. */
    private void writeListMeta(WbxmlWriter to, short node, boolean withSize) {
        to.open(Element.META);
        writeFormat(to, Format.NODE);
        to.element(Element.TYPE, Text.TEXT_PLAIN);
        if (withSize) {
            to.element(Element.SIZE, names.length(node));
        }
        to.close();
    }

    /** Meta with format and type of a node. */
    static void writeMeta(WbxmlWriter to, MoStore store, short node, boolean withSize) {
        to.open(Element.META);
        writeFormat(to, store.format(node));
        if (store.hasType(node)) {
            to.open(Element.TYPE);
            to.openText();
            store.writeType(node, to);
            to.closeText();
            to.close();
        }
        if (withSize) {
            to.element(Element.SIZE, store.valueLength(node));
        }
        to.close();
    }
}
