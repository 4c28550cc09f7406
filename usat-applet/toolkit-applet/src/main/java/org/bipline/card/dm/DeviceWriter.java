// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Writes the card's messages to a device in a local session: statuses, and the commands of the step that {@link
 * Synchronisation} has taken. What it writes depends on the session's state only, so that a message can be written again. OMA DM
 * Representation Protocol 1.2; technical specification clause 15.
 */
final class DeviceWriter {
    /** What a device gets of an object. */
    static final short SELECTION = TndsWriter.FOR_DEVICE
            | 1 << Property.FORMAT
            | 1 << Property.TITLE
            | 1 << Property.TYPE
            | 1 << Property.VALUE;

    private static final short ALERT_CONFIRM = 1101;
    private static final short ALERT_NEXT_MESSAGE = 1222;

    private static final short TAIL = 16; // Final, and the ends of SyncBody and SyncML
    private static final short LONGEST_LENGTH = 2; // bytes of an opaque length beyond the first
    private static final short MIN_CHUNK = 48;

    private static final byte[] CARD_SYNC = {'.', '/', 'C', 'a', 'r', 'd', 'S', 'y', 'n', 'c'};
    private static final byte[] ANCHOR = {'/', 'A', 'n', 'c', 'h', 'o', 'r'};
    private static final byte[] CONNECT = {'/', 'C', 'o', 'n', 'n', 'e', 'c', 't'};
    private static final byte[] AUTHORISATION = {'/', 'A', 'u', 't', 'h', 'o', 'r', 'i', 's', 'a', 't', 'i', 'o', 'n'};
    private static final short CARD_PREFIX = 6; // ICCID: before the digits

    private static final byte[] VER_NO = {'?', 'p', 'r', 'o', 'p', '=', 'V', 'e', 'r', 'N', 'o'};
    private static final byte[] T_STAMP = {'?', 'p', 'r', 'o', 'p', '=', 'T', 'S', 't', 'a', 'm', 'p'};
    private static final byte[] COPY = {
        '?', 'l', 'i', 's', 't', '=', 'T', 'N', 'D', 'S', '-', 'A', 'C', 'L', '-', 'T', 'i', 't', 'l', 'e', '-', 'T',
        'S', 't', 'a', 'm', 'p', '-', 'V', 'e', 'r', 'N', 'o'
    };
    private static final byte[] LEAVE = {'A', 'l', 'l', 'o', 'w', ' ', '"'};
    private static final byte[] LEAVE_FOR = {'"', ' ', 'f', 'o', 'r', ' '};
    private static final byte[] QUESTION = {'A', 'd', 'o', 'p', 't', ' ', '"'};
    private static final byte[] QUESTION_END = {
        '"', ' ', 'f', 'r', 'o', 'm', ' ', 't', 'h', 'e', ' ', 'c', 'a', 'r', 'd', '?'
    };

    private final MoStore store;
    private final Synchronisation sync;
    private final StatusQueue queue;
    private final TndsWriter tnds;
    private final short[] session; // state of the session, by the indexes of DmSession
    private final WbxmlWriter out;
    private final WbxmlWriter meter;
    private final HeaderWriter header;
    private final ResultsWriter results;

    /**
     * Shares the memory of the writers of other sessions.
     *
     * @param results which writes the statuses
     */
    DeviceWriter(
            MoStore store,
            DeviceAccount account,
            Synchronisation sync,
            StatusQueue queue,
            TndsWriter tnds,
            short[] session,
            ResultsWriter results) {
        this.store = store;
        this.sync = sync;
        this.queue = queue;
        this.tnds = tnds;
        this.session = session;
        this.results = results;
        out = results.out();
        meter = results.meter();
        header = new HeaderWriter(store, account, session, out);
    }

    /** Writes the message and returns its length. */
    short write(MessageSink sink) {
        out.begin(sink);
        out.header();
        out.open(Element.SYNC_ML);
        header.write(session[DmSession.MESSAGE] == 1);
        out.open(Element.SYNC_BODY);
        header.writeStatus((short) 1);
        short command = results.write((short) 2);
        boolean last = session[DmSession.SENT_ENTRIES] == queue.count();
        if (last && session[DmSession.SERVER_FINAL] == 0) {
            beginCommand(Element.ALERT, command);
            out.element(Element.DATA, ALERT_NEXT_MESSAGE);
            out.close();
            last = false;
        } else if (last && session[DmSession.HAS_COMMANDS] != 0) {
            sync.setCommands(session[DmSession.MESSAGE], command);
            last = writeStep(command);
        }
        if (last) {
            out.empty(Element.FINAL);
        }
        session[DmSession.SENT_FINAL] = last ? (short) 1 : (short) 0;
        out.close();
        out.close();
        return out.count();
    }

    /** Writes the commands of the step and returns whether the package ends with them. */
    private boolean writeStep(short command) {
        switch (sync.step()) {
            case Synchronisation.SURVEY:
                writeSurvey(command);
                return true;
            case Synchronisation.CONSENT:
                writeQuestion(command, true);
                return true;
            case Synchronisation.AUTHORISATION:
                beginLeaf(Element.REPLACE, command, AUTHORISATION);
                sync.functions().writeAuthorisation(out);
                endLeaf();
                return true;
            case Synchronisation.ASK:
                writeQuestion(command, false);
                return true;
            case Synchronisation.PUSH:
                return writeChunk(command);
            case Synchronisation.PULL:
                writeGet(out, command, COPY);
                return true;
            case Synchronisation.STAMP:
                writeGet(out, command, T_STAMP);
                return true;
            case Synchronisation.DELETE:
                beginItem(out, Element.DELETE, command);
                sync.survey().writeUri(out);
                endTarget(out);
                endItem(out);
                return true;
            case Synchronisation.CONNECT:
                beginLeaf(Element.REPLACE, command, CONNECT);
                sync.writeConnectUri(out);
                endLeaf();
                return true;
            default:
                writeAnchor(command);
                return true;
        }
    }

    private void beginCommand(byte element, short command) {
        out.open(element);
        out.element(Element.CMD_ID, command);
    }

    /** Begins a command with one item; the URI of its target follows, and {@link #endTarget}. */
    private static void beginItem(WbxmlWriter to, byte element, short command) {
        to.open(element);
        to.element(Element.CMD_ID, command);
        to.open(Element.ITEM);
        to.open(Element.TARGET);
        to.open(Element.LOC_URI);
        to.openText();
    }

    private static void endTarget(WbxmlWriter to) {
        to.closeText();
        to.close();
        to.close();
    }

    private static void endItem(WbxmlWriter to) {
        to.close();
        to.close();
    }

    private void writeSurvey(short command) {
        if (sync.asksForAnchor()) {
            beginItem(out, Element.GET, command);
            writeSyncUri(true);
            put(out, ANCHOR);
            endTarget(out);
            endItem(out);
        }
        for (short entry = 0; entry < sync.survey().count(); entry++) {
            command++; // the first is that of the anchor, whether it is there or not
            beginItem(out, Element.GET, command);
            sync.survey().writeUriOf(entry, out);
            put(out, VER_NO);
            endTarget(out);
            endItem(out);
        }
    }

    private static void put(WbxmlWriter to, byte[] text) {
        to.write(text, (short) 0, (short) text.length);
    }

    /** Get of the copy of the object at work, or of something about it. */
    private void writeGet(WbxmlWriter to, short command, byte[] query) {
        beginItem(to, Element.GET, command);
        sync.survey().writeUri(to);
        put(to, query);
        endTarget(to);
        endItem(to);
    }

    /** Asks the user about a function or an object. The first item of a user interaction has its options, none here. */
    private void writeQuestion(short command, boolean ofFunction) {
        beginCommand(Element.ALERT, command);
        out.element(Element.DATA, ALERT_CONFIRM);
        out.open(Element.ITEM);
        out.empty(Element.DATA);
        out.close();
        out.open(Element.ITEM);
        out.open(Element.DATA);
        out.openText();
        if (ofFunction) {
            put(out, LEAVE);
            store.writeName(sync.node(), out);
            put(out, LEAVE_FOR);
            sync.functions().writeServer(out);
            out.write((byte) '?');
        } else {
            put(out, QUESTION);
            store.writeName(sync.survey().object(), out);
            put(out, QUESTION_END);
        }
        out.closeText();
        out.close();
        out.close();
        out.close();
    }

    /** The next chunk of the object at work and, behind the last, the Get of its version; returns whether it is the last. */
    private boolean writeChunk(short command) {
        short rest = (short) (sync.size() - sync.offset());
        meter.begin(null);
        writeChunk(meter, command, (short) 0, true);
        writeGet(meter, command, VER_NO);
        short room = (short) (session[DmSession.MAX_MESSAGE] - TAIL - LONGEST_LENGTH - out.count() - meter.count());
        if (room < MIN_CHUNK) {
            room = MIN_CHUNK; // the device's limit is below what a message needs
        }
        boolean last = rest <= room;
        short length = last ? rest : room;
        writeChunk(out, command, length, !last);
        sync.setChunk(length);
        if (last) {
            writeGet(out, (short) (command + 1), VER_NO);
        }
        return last;
    }

    private void writeChunk(WbxmlWriter to, short command, short length, boolean more) {
        beginItem(to, sync.isNew() ? Element.ADD : Element.REPLACE, command);
        sync.survey().writeUri(to);
        endTarget(to);
        to.open(Element.META);
        ResultsWriter.writeFormat(to, Format.BIN);
        to.element(Element.TYPE, Text.TNDS_WBXML);
        if (more && sync.offset() == 0) {
            to.element(Element.SIZE, sync.size());
        }
        to.close();
        to.open(Element.DATA);
        to.opaque(length);
        tnds.write(sync.survey().object(), SELECTION, sync.offset(), length, to);
        to.close();
        if (more) {
            to.empty(Element.MORE_DATA);
        }
        endItem(to);
    }

    private void writeAnchor(short command) {
        boolean exists = sync.hasAnchor();
        if (!exists) {
            writeInterior(command, false);
            command++;
            writeInterior(command, true);
            command++;
        }
        beginLeaf(exists ? Element.REPLACE : Element.ADD, command, ANCHOR);
        sync.writeAnchor(out);
        endLeaf();
    }

    private void beginLeaf(byte element, short command, byte[] name) {
        beginItem(out, element, command);
        writeSyncUri(true);
        put(out, name);
        endTarget(out);
        out.open(Element.META);
        ResultsWriter.writeFormat(out, Format.CHR);
        out.close();
        out.open(Element.DATA);
        out.openText();
    }

    private void endLeaf() {
        out.closeText();
        out.close();
        endItem(out);
    }

    private void writeInterior(short command, boolean withCard) {
        beginItem(out, Element.ADD, command);
        writeSyncUri(withCard);
        endTarget(out);
        out.open(Element.META);
        ResultsWriter.writeFormat(out, Format.NODE);
        out.close();
        endItem(out);
    }

    /** Writes ./CardSync, or the node of the card below it. */
    private void writeSyncUri(boolean withCard) {
        put(out, CARD_SYNC);
        if (withCard) {
            short card = ManagementTree.deviceId(store);
            out.write((byte) '/');
            store.writeValue(card, CARD_PREFIX, (short) (store.valueLength(card) - CARD_PREFIX), out);
        }
    }
}
