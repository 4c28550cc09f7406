// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * The data of an Add or Replace on its way into the store, in one piece or in chunks over several messages: a leaf's value
 * or a TNDS object. It is written to free places of the store; the tree changes when it is complete, by one link. OMA DM
 * Protocol 1.2, large object handling.
 *
 * <p>Data of format b64 is the node's value as it stands; it is not decoded.
 */
final class IncomingObject {
    // kinds
    private static final byte VALUE = 0;
    private static final byte INTERIOR = 1; // no data
    private static final byte TNDS = 2;
    private static final byte TNDS_INLINE = 3; // elements of the message itself
    private static final byte PROPERTY = 4; // of BASE

    // indexes into state
    private static final byte OPEN = 0;
    private static final byte COMMAND = 1;
    private static final byte KIND = 2;
    private static final byte IS_NEW = 3; // a node of its own below BASE; else for BASE itself
    private static final byte BASE = 4;
    private static final byte NAME = 5; // of the new node
    private static final byte NAME_LENGTH = 6;
    private static final byte FORMAT = 7;
    private static final byte TYPE = 8;
    private static final byte TYPE_LENGTH = 9;
    private static final byte SIZE = 10; // declared
    private static final byte CHUNKED = 11;
    private static final byte RECEIVED = 12;
    private static final byte NODE = 13; // that stands for the target of a TNDS object
    private static final byte PROPERTY_ID = 14;
    private static final byte STATE_SIZE = 15;

    /** No Size was given. */
    static final short NO_SIZE = -1;

    // MgmtTree, a Node for each segment and one for a nameless target, RTProperties, Type, MIME
    private static final short TNDS_DEPTH = Target.MAX_DEPTH + 5;
    private static final short TNDS_TABLE = 96; // public identifier and some words

    private static final short TNDS_PREFIX = 30; // characters of the media types before wbxml or xml

    private final MoStore store;
    private final BlockHeap heap;
    private final Account account;
    private final Acl acl;
    private final Target target;
    private final IncomingProperty properties;
    private final Policy policy;
    private final Protection protection;
    private final TndsReader tnds;
    private final WbxmlReader wbxml;
    private final short[] state;

    IncomingObject(MoStore store, Account account, Acl acl, Target target, SyncRecords records, Protection protection) {
        this.store = store;
        heap = store.heap();
        this.account = account;
        this.acl = acl;
        this.target = target;
        properties = new IncomingProperty(store, acl, records);
        policy = records.policy;
        this.protection = protection;
        tnds = new TndsReader(store, acl, policy);
        wbxml = new WbxmlReader(Element.PAGE_DMDDF, TNDS_DEPTH, TNDS_TABLE);
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    boolean isOpen() {
        return state[OPEN] != 0;
    }

    /** Gives the object up. */
    void drop() {
        state[OPEN] = 0;
        heap.abandon();
    }

    /** Writes the URI of the open object. */
    void writeUri(MessageSink to) {
        store.writeUri(state[BASE], to);
        if (state[IS_NEW] != 0) {
            to.write((byte) '/');
            heap.write(state[NAME], (short) 0, state[NAME_LENGTH], to);
        }
        Property.writeQuery((byte) state[PROPERTY_ID], to);
    }

    /** Tells whether an item of the command, for the target, goes on with the open object. */
    boolean isContinuedBy(byte command) {
        if (command != state[COMMAND] || state[CHUNKED] == 0) {
            return false;
        }
        target.resolve();
        if (target.property() != state[PROPERTY_ID]) {
            return false;
        }
        if (state[IS_NEW] == 0) {
            return target.node() == state[BASE];
        }
        return target.node() == MoStore.NONE
                && target.parent() == state[BASE]
                && target.nameLength() == state[NAME_LENGTH]
                && heap.equal(state[NAME], state[NAME_LENGTH], target.uri, target.nameOffset());
    }

    /**
     * Begins the object of a command for the target; raises the status where the tree does not allow it.
     */
    void begin(byte command, CommandMeta meta) {
        target.resolve();
        byte property = target.property();
        state[PROPERTY_ID] = property;
        short size = meta.size();
        if (property != Property.NONE) {
            if (command != Element.REPLACE) {
                Status.raise(Status.COMMAND_NOT_ALLOWED);
            }
            state[KIND] = PROPERTY;
            state[IS_NEW] = 0;
            state[BASE] = target.node();
            properties.require(property, state[BASE]);
            begin(command, size);
            return;
        }
        byte[] types = meta.types;
        short typeOff = meta.typeOffset();
        short typeLength = meta.typeLength();
        boolean isTnds = isTnds(types, typeOff, typeLength);
        if (command == Element.ADD) {
            findParent(isTnds);
        } else {
            findReplaced(isTnds);
        }
        if (size > account.maxObjSize()) {
            Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
        }
        if (state[IS_NEW] != 0) {
            state[NAME_LENGTH] = target.nameLength();
            state[NAME] = heap.put(target.uri, target.nameOffset(), target.nameLength());
        }
        if (isTnds) {
            beginTnds(command, meta.format());
        } else {
            state[KIND] = VALUE;
            setFormat(meta.format());
            state[TYPE] = store.putType(types, typeOff, typeLength);
            state[TYPE_LENGTH] = MoStore.typeLength(state[TYPE], typeLength);
        }
        begin(command, size);
    }

    /** Begins a device's copy of an object of the tree, a TNDS object, which stays outside the tree. */
    void beginCopy(short object, short size) {
        if (size > account.maxObjSize()) {
            Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
        }
        state[PROPERTY_ID] = Property.NONE;
        state[IS_NEW] = 0;
        state[BASE] = object;
        beginNode();
        tnds.beginCopy(state[NODE], store.depth(object));
        begin(Element.REPLACE, size);
    }

    /** The copy is complete: the node that stands for it. */
    short finishCopy() {
        if (state[CHUNKED] != 0 && state[RECEIVED] != state[SIZE]) {
            Status.raise(Status.SIZE_MISMATCH);
        }
        state[OPEN] = 0;
        finishTnds();
        return state[NODE];
    }

    private void begin(byte command, short size) {
        state[COMMAND] = command;
        state[SIZE] = size;
        state[CHUNKED] = 0;
        state[RECEIVED] = 0;
        if (state[KIND] == VALUE && isSensitive()) {
            heap.beginSecret();
        } else {
            heap.begin();
        }
        state[OPEN] = 1;
    }

    /** Whether the value that comes is to be secret: by the policy, or as the one before it was. */
    private boolean isSensitive() {
        short base = state[BASE];
        return state[IS_NEW] != 0
                ? policy.isSensitive(base, state[NAME], state[NAME_LENGTH])
                : store.isSecret(base) || policy.isSensitive(base);
    }

    /** Add: the parent, or, for a TNDS object, the node itself. */
    private void findParent(boolean isTnds) {
        short base = target.node();
        state[IS_NEW] = 0;
        if (base == MoStore.NONE) {
            base = target.parent();
            state[IS_NEW] = 1;
        } else if (!isTnds) {
            Status.raise(Status.ALREADY_EXISTS);
        }
        if (base == MoStore.NONE) {
            Status.raise(Status.NOT_FOUND);
        }
        target.requireFree();
        if (!store.isInterior(base)) {
            Status.raise(Status.COMMAND_NOT_ALLOWED);
        }
        acl.requireAllowed(base, MoStore.ACCESS_ADD);
        state[BASE] = base;
    }

    /** Replace: a leaf or, for a TNDS object, any node. */
    private void findReplaced(boolean isTnds) {
        short base = target.node();
        if (base == MoStore.NONE) {
            Status.raise(Status.NOT_FOUND);
        }
        if (store.isInterior(base) && !isTnds) {
            Status.raise(Status.COMMAND_NOT_ALLOWED);
        }
        acl.requireAllowed(base, MoStore.ACCESS_REPLACE);
        state[IS_NEW] = 0;
        state[BASE] = base;
    }

    private void setFormat(byte format) {
        if (state[IS_NEW] == 0) {
            if (format == Format.NODE) {
                Status.raise(Status.COMMAND_NOT_ALLOWED); // a leaf stays one
            }
            if (format == Format.NONE) {
                format = store.format(state[BASE]);
            }
        } else if (format == Format.NONE) {
            format = Format.CHR;
        }
        if (format == Format.NODE) {
            state[KIND] = INTERIOR;
        }
        state[FORMAT] = format;
    }

    private static boolean isTnds(byte[] types, short off, short length) {
        short common = TNDS_PREFIX;
        return length > common
                && Util.arrayCompare(types, off, Text.TNDS_WBXML, (short) 0, common) == 0
                && (types[(short) (off + common)] == 'w' || types[(short) (off + common)] == 'x');
    }

    private void beginTnds(byte command, byte format) {
        if (format == Format.B64) {
            Status.raise(Status.UNSUPPORTED_TYPE_OR_FORMAT);
        }
        beginNode();
        tnds.begin(state[NODE], target.depth(), state[IS_NEW] != 0, command == Element.REPLACE);
    }

    /** Makes the node that stands for the target of a TNDS object. */
    private void beginNode() {
        state[KIND] = TNDS;
        store.draft(Format.NODE, MoStore.ACCESS_INTERIOR);
        if (state[IS_NEW] != 0) {
            store.draftParent(state[BASE]); // so that its policy is found
            store.draftName(state[NAME], state[NAME_LENGTH]);
        } else {
            store.draftParent(store.parent(state[BASE]));
            store.draftNameOf(state[BASE]);
            store.draftPropertiesOf(state[BASE]);
            if (store.isInterior(state[BASE])) {
                store.draftTypeOf(state[BASE]);
            }
        }
        state[NODE] = store.create();
        wbxml.begin(tnds);
    }

    /** Takes the next bytes of the data; the object is given up where they raise a status. */
    void append(byte[] buf, short off, short len) {
        short received = state[RECEIVED];
        if (len > (short) (account.maxObjSize() - received)) {
            Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
        }
        if (state[CHUNKED] != 0 && len > (short) (state[SIZE] - received)) {
            Status.raise(Status.SIZE_MISMATCH);
        }
        state[RECEIVED] += len;
        switch (state[KIND]) {
            case VALUE:
                heap.append(buf, off, len);
                break;
            case TNDS:
                appendTnds(buf, off, len, received);
                break;
            case TNDS_INLINE:
                tnds.content(buf, off, len);
                break;
            case PROPERTY:
                properties.append((byte) state[PROPERTY_ID], buf, off, len);
                break;
            default:
                Status.raise(Status.BAD_REQUEST); // data for an interior node
        }
    }

    private void appendTnds(byte[] buf, short off, short len, short received) {
        if (len != 0 && received == 0 && buf[off] == '<') {
            Status.raise(Status.UNSUPPORTED_TYPE_OR_FORMAT); // XML
        }
        try {
            wbxml.read(buf, off, len);
        } catch (ISOException e) {
            short reason = e.getReason();
            if (reason == Fault.WBXML_STRING_TABLE) {
                reason = Status.REQUEST_ENTITY_TOO_LARGE;
            }
            Status.raise(Fault.isFault(reason) ? Status.BAD_REQUEST : reason);
        }
    }

    /** An element of the message stands in the data. */
    void beginElement(byte element) {
        if (state[KIND] == TNDS && state[RECEIVED] == 0 && Element.isDdf(element)) {
            state[KIND] = TNDS_INLINE;
        }
        if (state[KIND] != TNDS_INLINE) {
            Status.raise(Status.UNSUPPORTED_TYPE_OR_FORMAT);
        }
        tnds.begin(element);
    }

    void endElement(byte element) {
        tnds.end(element);
    }

    /** The item ends with MoreData; status 411 if its size is not known. */
    void endChunk() {
        if (state[SIZE] == NO_SIZE) {
            Status.raise(Status.SIZE_REQUIRED);
        }
        if (state[KIND] == INTERIOR || state[KIND] == TNDS_INLINE) {
            Status.raise(Status.BAD_REQUEST);
        }
        if (state[RECEIVED] > state[SIZE]) {
            Status.raise(Status.SIZE_MISMATCH);
        }
        state[CHUNKED] = 1;
    }

    /** The object is complete: changes the tree and returns the node. */
    short finish() {
        if (state[CHUNKED] != 0 && state[RECEIVED] != state[SIZE]) {
            Status.raise(Status.SIZE_MISMATCH);
        }
        state[OPEN] = 0; // what fails from here on is over
        if (state[KIND] == PROPERTY) {
            protection.open(state[BASE]);
            properties.finish((byte) state[PROPERTY_ID], state[BASE]);
            return state[BASE];
        }
        short node;
        if (state[KIND] == VALUE || state[KIND] == INTERIOR) {
            node = createNode();
        } else {
            finishTnds();
            node = state[NODE];
        }
        if (state[COMMAND] == Element.REPLACE) {
            protection.replace(state[BASE]);
            if (store.isSecret(state[BASE]) && !store.isInterior(node) && !store.isSecret(node)) {
                store.makeSecret(node);
            }
            store.replace(state[BASE], node);
        } else if (state[IS_NEW] != 0) {
            protection.attach(state[BASE], node);
            acl.own(state[BASE], node);
            store.attach(state[BASE], node);
        } else {
            node = attachChildren();
        }
        return node;
    }

    private short createNode() {
        boolean interior = state[KIND] == INTERIOR;
        short size = heap.length();
        short first = heap.finish();
        byte access = interior ? MoStore.ACCESS_INTERIOR : MoStore.ACCESS_LEAF;
        if (state[IS_NEW] == 0) {
            access = store.access(state[BASE]);
        }
        if (heap.isSecret(first)) {
            access = MoStore.secretAccess(access);
        }
        store.draft((byte) state[FORMAT], access);
        if (state[IS_NEW] != 0) {
            store.draftName(state[NAME], state[NAME_LENGTH]);
            store.draftType(state[TYPE], state[TYPE_LENGTH]);
        } else {
            short old = state[BASE];
            store.draftNameOf(old);
            store.draftPropertiesOf(old);
            if (state[TYPE] == MoStore.NONE) {
                store.draftTypeOf(old);
            } else {
                store.draftType(state[TYPE], state[TYPE_LENGTH]);
            }
        }
        store.draftValue(first, size);
        return store.create();
    }

    private void finishTnds() {
        if (state[KIND] == TNDS && !wbxml.isComplete()) {
            Status.raise(Status.BAD_REQUEST);
        }
        tnds.finish();
    }

    /** The target exists: it gets the nodes made, none of which it may have. */
    private short attachChildren() {
        short base = state[BASE];
        short first = store.firstChild(state[NODE]);
        for (short child = first; child != MoStore.NONE; child = store.nextSibling(child)) {
            acl.requireFree(store.childNamedAs(base, child));
            protection.attach(base, child);
        }
        acl.own(base, first);
        store.attach(base, first);
        return base;
    }
}
