// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Writes the card's messages: package 1, and what {@link ResultsWriter} writes as far as the server's MaxMsgSize lets it go; the rest
 * follows in the next message. OMA DM Protocol 1.2. What it writes depends on the session's state only, so that a message
 * can be written again.
 */
final class MessageWriter {
    private static final short ALERT_SERVER_INITIATED = 1200;
    private static final short ALERT_CLIENT_INITIATED = 1201;
    private static final short ALERT_NEXT_MESSAGE = 1222;
    private static final short ALERT_NO_END_OF_DATA = 1225;
    private static final short ALERT_SESSION_ABORT = 1223;

    private final MoStore store;
    private final StatusQueue queue;
    private final short[] session; // state of the session, by the indexes of DmSession
    private final WbxmlWriter out;
    private final HeaderWriter header;
    private final ResultsWriter results;
    private final GenericAlert conflicts;

    MessageWriter(
            MoStore store,
            Account account,
            Acl acl,
            TndsWriter tnds,
            ChildNames names,
            StatusQueue queue,
            GenericAlert conflicts,
            short[] session) {
        this.store = store;
        this.queue = queue;
        this.conflicts = conflicts;
        this.session = session;
        out = new WbxmlWriter();
        header = new HeaderWriter(store, account, session, out);
        results = new ResultsWriter(store, acl, tnds, names, queue, session, out);
    }

    ResultsWriter results() {
        return results;
    }

    /** Writes the message; leaves in the session's state what of the queue went into it and whether it has Final. */
    short write(MessageSink sink) {
        boolean first = session[DmSession.PACKAGE_1] != 0;
        out.begin(sink);
        out.header();
        out.open(Element.SYNC_ML);
        header.write(first);
        out.open(Element.SYNC_BODY);
        short command = 1;
        if (session[DmSession.SERVER_MESSAGE] != 0) {
            header.writeStatus(command);
            command++;
        }
        command = results.write(command);
        boolean all = session[DmSession.SENT_ENTRIES] == queue.count();
        conflicts.clear();
        if (all && first) {
            command = writeAlert(
                    command, session[DmSession.NOTIFIED] != 0 ? ALERT_SERVER_INITIATED : ALERT_CLIENT_INITIATED);
            writeDeviceInformation(command);
            command = conflicts.write(out, (short) (command + 1));
        }
        if (session[DmSession.NO_END] != 0) {
            command = writeNoEndOfData(command);
        }
        if (session[DmSession.ABORTING] != 0) {
            writeAlert(command, ALERT_SESSION_ABORT);
        } else if (all && !first && session[DmSession.SERVER_FINAL] == 0) {
            writeAlert(command, ALERT_NEXT_MESSAGE);
            all = false;
        }
        if (all) {
            out.empty(Element.FINAL);
        }
        session[DmSession.SENT_FINAL] = all ? (short) 1 : (short) 0;
        out.close();
        out.close();
        return out.count();
    }

    private short writeAlert(short command, short code) {
        beginAlert(command, code);
        out.close();
        return (short) (command + 1);
    }

    private void beginAlert(short command, short code) {
        out.open(Element.ALERT);
        out.element(Element.CMD_ID, command);
        out.element(Element.DATA, code);
    }

    /** Alert 1225 with the target of the command whose data did not go on, where there was room to keep it. */
    private short writeNoEndOfData(short command) {
        beginAlert(command, ALERT_NO_END_OF_DATA);
        if (session[DmSession.NO_END] != StatusQueue.NO_REFERENCE) {
            out.open(Element.ITEM);
            out.open(Element.TARGET);
            out.open(Element.LOC_URI);
            out.openText();
            queue.writeKept(session[DmSession.NO_END], out);
            out.closeText();
            out.close();
            out.close();
            out.close();
        }
        out.close();
        return (short) (command + 1);
    }

    private void writeDeviceInformation(short command) {
        short node = store.firstChild(ManagementTree.deviceInformation(store));
        out.open(Element.REPLACE);
        out.element(Element.CMD_ID, command);
        for (; node != MoStore.NONE; node = store.nextSibling(node)) {
            short length = store.valueLength(node);
            out.open(Element.ITEM);
            out.open(Element.SOURCE);
            out.open(Element.LOC_URI);
            out.openText();
            store.writeUri(node, out);
            out.closeText();
            out.close();
            out.close();
            ResultsWriter.writeMeta(out, store, node, false);
            out.open(Element.DATA);
            out.opaque(length);
            store.writeValue(node, (short) 0, length, out);
            out.close();
            out.close();
        }
        out.close();
    }
}
