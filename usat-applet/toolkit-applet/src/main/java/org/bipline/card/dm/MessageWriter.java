// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Writes the card's messages: package 1, and statuses and results as far as the server's MaxMsgSize lets them go; the rest
 * follows in the next message. OMA DM Protocol 1.2. What it writes depends on the session's state only, so that a message
 * can be written again.
 */
final class MessageWriter {
    /** Alerts 1222 and 1225 and Final, with the ends of SyncBody and SyncML. */
    private static final short TAIL = 48;

    /** A value is begun in a message only if this much of it has room. */
    private static final short MIN_CHUNK = 48;

    private static final short LONGEST_LENGTH = 2; // bytes of an opaque length beyond the first

    private static final short ALERT_CLIENT_INITIATED = 1201;
    private static final short ALERT_NEXT_MESSAGE = 1222;
    private static final short ALERT_NO_END_OF_DATA = 1225;
    private static final short ALERT_SESSION_ABORT = 1223;

    private final MoStore store;
    private final Account account;
    private final StatusQueue queue;
    private final short[] session; // state of the session, by the indexes of DmSession
    private final WbxmlWriter out;
    private final WbxmlWriter meter; // measures what may not fit

    MessageWriter(MoStore store, Account account, StatusQueue queue, short[] session) {
        this.store = store;
        this.account = account;
        this.queue = queue;
        this.session = session;
        out = new WbxmlWriter();
        meter = new WbxmlWriter();
    }

    /** Writes the message; leaves in the session's state what of the queue went into it and whether it has Final. */
    short write(MessageSink sink) {
        boolean first = session[DmSession.PACKAGE_1] != 0;
        out.begin(sink);
        out.header();
        out.open(Element.SYNC_ML);
        writeHeader(first);
        out.open(Element.SYNC_BODY);
        short command = 1;
        if (session[DmSession.SERVER_MESSAGE] != 0) {
            writeHeaderStatus(command);
            command++;
        }
        command = writeQueue(command);
        boolean all = session[DmSession.SENT_ENTRIES] == queue.count();
        if (all && first) {
            command = writeAlert(command, ALERT_CLIENT_INITIATED);
            writeDeviceInformation(command);
            command++;
        }
        if (session[DmSession.NO_END] != 0) {
            command = writeAlert(command, ALERT_NO_END_OF_DATA);
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

    private void writeHeader(boolean first) {
        boolean credentials = session[DmSession.SEND_CREDENTIALS] != 0;
        out.open(Element.SYNC_HDR);
        out.element(Element.VER_DTD, Text.VER_DTD);
        out.element(Element.VER_PROTO, Text.VER_PROTO);
        out.hexElement(Element.SESSION_ID, account.sessionId());
        out.element(Element.MSG_ID, session[DmSession.MESSAGE]);
        out.open(Element.TARGET);
        out.open(Element.LOC_URI);
        out.openText();
        account.writeServerName(out);
        out.closeText();
        out.close();
        out.close();
        out.open(Element.SOURCE);
        out.open(Element.LOC_URI);
        out.openText();
        short id = ManagementTree.deviceId(store);
        store.writeValue(id, (short) 0, store.valueLength(id), out);
        out.closeText();
        out.close();
        if (credentials) {
            out.open(Element.LOC_NAME);
            out.openText();
            account.writeClientName(out);
            out.closeText();
            out.close();
        }
        out.close();
        if (credentials) {
            writeCredentials();
        }
        if (first) {
            out.open(Element.META);
            out.element(Element.MAX_MSG_SIZE, account.maxMsgSize());
            out.element(Element.MAX_OBJ_SIZE, account.maxObjSize());
            out.close();
        }
        out.close();
    }

    private void writeCredentials() {
        out.open(Element.CRED);
        writeMd5Meta();
        out.close();
        out.open(Element.DATA);
        out.openText();
        account.writeClientDigest(out);
        out.closeText();
        out.close();
        out.close();
    }

    /** Meta with type and format of MD5 credentials, not ended. */
    private void writeMd5Meta() {
        out.open(Element.META);
        writeFormat(out, Format.B64);
        out.element(Element.TYPE, Text.AUTH_MD5);
    }

    private void writeHeaderStatus(short command) {
        beginStatus(out, command, session[DmSession.SERVER_MESSAGE], (short) 0, Element.SYNC_HDR);
        if (session[DmSession.CHALLENGE] != 0) {
            out.open(Element.CHAL);
            writeMd5Meta();
            out.open(Element.NEXT_NONCE);
            out.openText();
            account.writeServerNonce(out);
            out.closeText();
            out.close();
            out.close();
            out.close();
        }
        out.element(Element.DATA, session[DmSession.HEADER_ANSWER]);
        out.close();
    }

    private static void beginStatus(WbxmlWriter to, short command, short message, short reference, byte name) {
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

    private short room() {
        return (short) (session[DmSession.MAX_MESSAGE] - TAIL - out.count());
    }

    /** Writes statuses and results until all are written or there is no more room. */
    private short writeQueue(short command) {
        short entry = 0;
        short statusSent = session[DmSession.STATUS_SENT];
        short offset = session[DmSession.RESULT_OFFSET];
        boolean progress = false; // at least one part goes into each message, however small that is
        for (; entry < queue.count(); entry++) {
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
            }
            if (queue.hasResults(entry)) {
                offset = writeResults(command, entry, offset, progress);
                if (offset >= 0) {
                    break; // more of it in the next message
                }
                command++;
                progress = true;
            }
            statusSent = 0;
            offset = 0;
        }
        session[DmSession.SENT_ENTRIES] = entry;
        session[DmSession.SENT_STATUS] = statusSent;
        session[DmSession.SENT_OFFSET] = offset;
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
        to.close();
    }

    /** Writes the URI of the node or property that the entry refers to. */
    private void writeUri(WbxmlWriter to, short entry) {
        store.writeUri(queue.node(entry), to);
        Property.writeQuery(queue.property(entry), to);
    }

    /**
     * Writes the results from byte {@code offset} of the value on and returns the offset that the next message begins at; -1
     * if they are complete.
     */
    private short writeResults(short command, short entry, short offset, boolean mayWait) {
        if (queue.property(entry) != Property.NONE) {
            return writeProperty(command, entry, mayWait);
        }
        short node = queue.node(entry);
        short rest = (short) (store.valueLength(node) - offset);
        meter.begin(null);
        writeResults(meter, command, entry, offset, (short) 0, true);
        short room = (short) (room() - meter.count() - LONGEST_LENGTH);
        if (rest <= room) {
            writeResults(out, command, entry, offset, rest, false);
            return -1;
        }
        if (room < MIN_CHUNK) {
            if (mayWait) {
                return offset;
            }
            room = MIN_CHUNK; // the server's limit is below what a message needs
        }
        short length = rest < room ? rest : room;
        writeResults(out, command, entry, offset, length, length < rest);
        return length < rest ? (short) (offset + length) : (short) -1;
    }

    /** Writes the results for a property, which is short and goes in one piece; 0 for the next message, -1 if written. */
    private short writeProperty(short command, short entry, boolean mayWait) {
        meter.begin(null);
        writeProperty(meter, command, entry);
        if (mayWait && meter.count() > room()) {
            return 0;
        }
        writeProperty(out, command, entry);
        return -1;
    }

    private void writeProperty(WbxmlWriter to, short command, short entry) {
        beginResults(to, command, entry);
        to.open(Element.META);
        writeFormat(to, Format.CHR); // whatever the property: clause Property values
        to.close();
        to.open(Element.DATA);
        to.openText();
        Property.write(queue.property(entry), store, queue.node(entry), to);
        to.closeText();
        to.close();
        to.close();
        to.close();
    }

    private void beginResults(WbxmlWriter to, short command, short entry) {
        to.open(Element.RESULTS);
        to.element(Element.CMD_ID, command);
        to.element(Element.MSG_REF, queue.message(entry));
        to.element(Element.CMD_REF, queue.command(entry));
        to.open(Element.ITEM);
        to.open(Element.SOURCE);
        to.open(Element.LOC_URI);
        to.openText();
        writeUri(to, entry);
        to.closeText();
        to.close();
        to.close();
    }

    private void writeResults(WbxmlWriter to, short command, short entry, short offset, short length, boolean more) {
        short node = queue.node(entry);
        beginResults(to, command, entry);
        writeMeta(to, node, more && offset == 0);
        to.open(Element.DATA);
        to.opaque(length);
        store.writeValue(node, offset, length, to);
        to.close();
        if (more) {
            to.empty(Element.MORE_DATA);
        }
        to.close();
        to.close();
    }

    private static void writeFormat(WbxmlWriter to, byte format) {
        to.open(Element.FORMAT);
        to.openText();
        Format.write(format, to);
        to.closeText();
        to.close();
    }

    private void writeMeta(WbxmlWriter to, short node, boolean withSize) {
        boolean interior = store.isInterior(node);
        to.open(Element.META);
        writeFormat(to, store.format(node));
        if (interior) {
            to.element(Element.TYPE, Text.TEXT_PLAIN); // of the list of names
        } else if (store.hasType(node)) {
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

    private short writeAlert(short command, short code) {
        out.open(Element.ALERT);
        out.element(Element.CMD_ID, command);
        out.element(Element.DATA, code);
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
            writeMeta(out, node, false);
            out.open(Element.DATA);
            out.opaque(length);
            store.writeValue(node, (short) 0, length, out);
            out.close();
            out.close();
        }
        out.close();
    }
}
