// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;

/**
 * Builds the nodes of a TNDS object (OMA DM Tree and Description Serialization 1.2) outside the tree, below one node that
 * stands for the target of the command. URIs in the object are relative to the target. A node at the top without a name is
 * the target itself, and so is one with the target's name where the target does not exist yet; others at the top become
 * children of the target.
 *
 * <p>What people leave out is taken as follows. A node with nodes below it is an interior node; one with a value, or with
 * neither value nor format, is a leaf of format chr. Path counts at the top only; nodes on it that do not exist are made.
 * Of the properties ACL, Format, Title and Type are kept.
 */
final class TndsReader implements WbxmlHandler {
    // where the reader stands, in state[IN]
    private static final byte OUTSIDE = 0;
    private static final byte TREE = 1;
    private static final byte NODE = 2;
    private static final byte PROPERTIES = 3;
    private static final byte FORMAT = 4;
    private static final byte TYPE = 5;
    private static final byte TYPE_NAME = 6;
    private static final byte NODE_NAME = 7;
    private static final byte PATH = 8;
    private static final byte VALUE = 9;
    private static final byte ACL = 10;
    private static final byte TITLE = 11;
    private static final byte ENDED = 12;

    // indexes into state
    private static final byte IN = 0;
    private static final byte SKIPPED = 1; // open elements that are passed over
    private static final byte LEVEL = 2; // open Node elements
    private static final byte TARGET = 3;
    private static final byte TARGET_DEPTH = 4;
    private static final byte TARGET_IS_NEW = 5; // ROOT_IS_TARGET: whatever its name
    private static final byte TARGET_USED = 6; // a node of the object is the target itself
    private static final byte ABOVE = 7; // node below which the open Node stands
    private static final byte CURRENT = 8; // record of the open Node; NONE while what it will be is not known
    private static final byte HAS_PATH = 9;
    private static final byte NAME = 10;
    private static final byte NAME_LENGTH = 11;
    private static final byte NODE_FORMAT = 12;
    private static final byte NODE_TYPE = 13;
    private static final byte NODE_TYPE_LENGTH = 14;
    private static final byte FIRST = 15; // block of the value
    private static final byte SIZE = 16;
    private static final byte NODE_ACL = 17;
    private static final byte NODE_ACL_LENGTH = 18;
    private static final byte NODE_TITLE = 19;
    private static final byte NODE_TITLE_LENGTH = 20;
    private static final byte STATE_SIZE = 21;

    private static final short ROOT_IS_TARGET = 2;

    private final MoStore store;
    private final Acl acl;
    private final Policy policy;
    private final BlockHeap heap;
    private final short[] state;

    TndsReader(MoStore store, Acl acl, Policy policy) {
        this.store = store;
        this.acl = acl;
        this.policy = policy;
        heap = store.heap();
        state = JCSystem.makeTransientShortArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /**
     * An object begins.
     *
     * @param target interior node outside the tree that gets the nodes
     * @param depth its depth
     * @param isNew the tree has no node there
     * @param isReplaced the node there makes way for the target, so that the object may be the target itself
     */
    void begin(short target, short depth, boolean isNew, boolean isReplaced) {
        state[IN] = OUTSIDE;
        state[SKIPPED] = 0;
        state[LEVEL] = 0;
        state[TARGET] = target;
        state[TARGET_DEPTH] = depth;
        state[TARGET_IS_NEW] = isNew || isReplaced ? (short) 1 : (short) 0;
        state[TARGET_USED] = 0;
    }

    /** An object begins whose root is the target itself, whatever name and path it has: a device's copy of the target. */
    void beginCopy(short target, short depth) {
        begin(target, depth, true, true);
        state[TARGET_IS_NEW] = ROOT_IS_TARGET;
    }

    /** The object has ended; status 400 if it is not complete or has no node. */
    void finish() {
        if (state[IN] != ENDED || (state[TARGET_USED] == 0 && store.firstChild(state[TARGET]) == MoStore.NONE)) {
            Status.raise(Status.BAD_REQUEST);
        }
    }

    @Override
    public void begin(byte element) {
        short in = state[IN];
        if (state[SKIPPED] != 0) {
            state[SKIPPED]++;
        } else if (in == OUTSIDE && element == Element.DDF_MGMT_TREE) {
            state[IN] = TREE;
        } else if (in == OUTSIDE || in == ENDED || holdsText((byte) in)) {
            Status.raise(Status.BAD_REQUEST);
        } else if (in == FORMAT) {
            byte format = Format.ofElement(element);
            if (format == Format.NONE) {
                Status.raise(Status.UNSUPPORTED_TYPE_OR_FORMAT);
            }
            setFormat(format);
            state[SKIPPED] = 1;
        } else if ((in == TREE || in == NODE) && element == Element.DDF_NODE) {
            beginNode();
        } else {
            state[IN] = inside((byte) in, element);
            if (state[IN] == in) {
                state[SKIPPED] = 1;
            } else if (state[IN] == VALUE && isSensitive()) {
                heap.beginSecret();
            } else if (state[IN] == TYPE_NAME || holdsText((byte) state[IN])) {
                heap.begin();
            }
        }
    }

    /** Tells whether the value of the open Node is to be secret; its name stands before it. */
    private boolean isSensitive() {
        return isTarget(state[NAME_LENGTH])
                ? policy.isSensitive(state[TARGET])
                : policy.isSensitive(state[ABOVE], state[NAME], state[NAME_LENGTH]);
    }

    private static boolean holdsText(byte in) {
        return in == VALUE || in == NODE_NAME || in == PATH || in == ACL || in == TITLE;
    }

    /** Where the reader stands in an element; the place it comes from if the element is passed over. */
    private static byte inside(byte in, byte element) {
        switch (element) {
            case Element.DDF_NODE_NAME:
                return in == NODE ? NODE_NAME : in;
            case Element.DDF_PATH:
                return in == NODE ? PATH : in;
            case Element.DDF_VALUE:
                return in == NODE ? VALUE : in;
            case Element.DDF_RT_PROPERTIES:
                return in == NODE ? PROPERTIES : in;
            case Element.DDF_FORMAT:
                return in == PROPERTIES ? FORMAT : in;
            case Element.DDF_TYPE:
                return in == PROPERTIES ? TYPE : in;
            case Element.DDF_ACL:
                return in == PROPERTIES ? ACL : in;
            case Element.DDF_TITLE:
                return in == PROPERTIES ? TITLE : in;
            case Element.DDF_MIME:
            case Element.DDF_DDF_NAME:
                return in == TYPE ? TYPE_NAME : in;
            default:
                return in;
        }
    }

    @Override
    public void content(byte[] buf, short off, short len) {
        if (state[SKIPPED] != 0) {
            return;
        }
        switch (state[IN]) {
            case NODE_NAME:
                if (len > (short) (Target.MAX_SEGMENT - heap.length())) {
                    Status.raise(Status.URI_TOO_LONG);
                }
                Text.requireName(buf, off, len);
                heap.append(buf, off, len);
                break;
            case TYPE_NAME:
                if (len > (short) (CommandMeta.MAX_TYPE - heap.length())) {
                    Status.raise(Status.UNSUPPORTED_TYPE_OR_FORMAT);
                }
                heap.append(buf, off, len);
                break;
            case VALUE:
                heap.append(buf, off, len);
                break;
            case ACL:
            case TITLE:
                if (len > (short) (Property.MAX_TITLE - heap.length())) { // MAX of Acl is the same
                    Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
                }
                heap.append(buf, off, len);
                break;
            case PATH:
                readPath(buf, off, len);
                break;
            default: // blanks between elements
        }
    }

    @Override
    public void end(byte element) {
        if (state[SKIPPED] != 0) {
            state[SKIPPED]--;
            return;
        }
        switch (state[IN]) {
            case NODE_NAME:
                state[NAME_LENGTH] = heap.length();
                state[NAME] = heap.finish();
                state[IN] = NODE;
                break;
            case PATH:
                endSegment();
                state[IN] = NODE;
                break;
            case VALUE:
                endValue();
                state[IN] = NODE;
                break;
            case TYPE_NAME:
                endType();
                state[IN] = TYPE;
                break;
            case ACL:
                endAcl();
                state[IN] = PROPERTIES;
                break;
            case TITLE:
                state[NODE_TITLE_LENGTH] = heap.length();
                state[NODE_TITLE] = heap.finish();
                setTexts();
                state[IN] = PROPERTIES;
                break;
            case FORMAT:
            case TYPE:
                state[IN] = PROPERTIES;
                break;
            case PROPERTIES:
                state[IN] = NODE;
                break;
            case NODE:
                endNode();
                break;
            default:
                state[IN] = ENDED;
        }
    }

    private void beginNode() {
        if (state[LEVEL] == 0) {
            state[ABOVE] = state[TARGET];
        } else {
            if (state[CURRENT] == MoStore.NONE) {
                createNode(true);
            }
            state[ABOVE] = state[CURRENT];
        }
        state[LEVEL]++;
        state[IN] = NODE;
        state[CURRENT] = MoStore.NONE;
        state[HAS_PATH] = 0;
        state[NAME] = MoStore.NONE;
        state[NAME_LENGTH] = 0;
        state[NODE_FORMAT] = Format.NONE;
        state[NODE_TYPE] = MoStore.NONE;
        state[NODE_TYPE_LENGTH] = 0;
        state[FIRST] = MoStore.NONE;
        state[SIZE] = 0;
        state[NODE_ACL_LENGTH] = 0;
        state[NODE_TITLE_LENGTH] = 0;
    }

    private void endNode() {
        if (state[CURRENT] == MoStore.NONE) {
            createNode(false);
        }
        state[LEVEL]--;
        if (state[LEVEL] == 0) {
            state[IN] = TREE;
        } else {
            state[CURRENT] = state[ABOVE];
            state[ABOVE] = store.parent(state[CURRENT]);
        }
    }

    private void setFormat(byte format) {
        if (state[CURRENT] == MoStore.NONE) {
            state[NODE_FORMAT] = format;
        } else if (format != Format.NODE) { // nodes stand below it already
            Status.raise(Status.BAD_REQUEST);
        }
    }

    private void endType() {
        short length = heap.length();
        if (length == 0) {
            return;
        }
        short type = store.finishType();
        length = MoStore.typeLength(type, length);
        if (state[CURRENT] == MoStore.NONE) {
            state[NODE_TYPE] = type;
            state[NODE_TYPE_LENGTH] = length;
        } else {
            store.changeType(state[CURRENT], type, length);
        }
    }

    private void endAcl() {
        short length = heap.length();
        short head = heap.finish();
        if (length != 0 && !acl.isWellFormed(head, length)) {
            Status.raise(Status.BAD_REQUEST);
        }
        state[NODE_ACL] = head;
        state[NODE_ACL_LENGTH] = length;
        setTexts();
    }

    /** Gives the open node its list and title, if its record exists. */
    private void setTexts() {
        short node = state[CURRENT];
        if (node != MoStore.NONE && state[NODE_ACL_LENGTH] != 0) {
            store.changeAcl(node, state[NODE_ACL], state[NODE_ACL_LENGTH]);
        }
        if (node != MoStore.NONE && state[NODE_TITLE_LENGTH] != 0) {
            store.changeTitle(node, state[NODE_TITLE], state[NODE_TITLE_LENGTH]);
        }
    }

    private void endValue() {
        short length = heap.length();
        if (length != 0 && state[CURRENT] != MoStore.NONE) {
            Status.raise(Status.BAD_REQUEST); // a value and nodes below
        }
        state[FIRST] = heap.finish();
        state[SIZE] = length;
    }

    /** Follows the path from the target on; its segments may come in pieces. */
    private void readPath(byte[] buf, short off, short len) {
        short end = (short) (off + len);
        while (off < end) {
            short stop = off;
            while (stop < end && buf[stop] != '/') {
                stop++;
            }
            if ((short) (stop - off) > (short) (Target.MAX_SEGMENT - heap.length())) {
                Status.raise(Status.URI_TOO_LONG);
            }
            heap.append(buf, off, (short) (stop - off));
            if (stop < end) {
                endSegment();
                stop++;
            }
            off = stop;
        }
    }

    private void endSegment() {
        short length = heap.length();
        if (length != 0
                && state[TARGET_IS_NEW] != ROOT_IS_TARGET
                && !heap.holds(Text.DOT)
                && state[LEVEL] == 1
                && state[CURRENT] == MoStore.NONE) {
            short name = heap.finish();
            short child = store.child(state[ABOVE], name, length);
            if (child == MoStore.NONE) {
                store.draft(Format.NODE, MoStore.ACCESS_INTERIOR);
                child = createBelow(name, length);
            } else if (!store.isInterior(child)) {
                if (store.valueLength(child) != 0) {
                    Status.raise(Status.COMMAND_NOT_ALLOWED);
                }
                store.change(child, Format.NODE, MoStore.ACCESS_INTERIOR); // the part of the tree that follows here
            }
            state[ABOVE] = child;
            state[HAS_PATH] = 1;
        }
        heap.begin();
    }

    /** Makes the record of the open Node: all is known of it but, perhaps, its children. */
    private void createNode(boolean hasChildren) {
        byte format = (byte) state[NODE_FORMAT];
        if (format == Format.NONE) {
            format = hasChildren ? Format.NODE : Format.CHR;
        }
        boolean interior = format == Format.NODE;
        if (interior ? state[SIZE] != 0 : hasChildren) {
            Status.raise(Status.BAD_REQUEST);
        }
        byte access = interior ? MoStore.ACCESS_INTERIOR : MoStore.ACCESS_LEAF;
        if (heap.isSecret(state[FIRST])) {
            access = MoStore.secretAccess(access);
        }
        short length = state[NAME_LENGTH];
        if (isTarget(length)) {
            becomeTarget(format, access);
            return;
        }
        if (length == 0) {
            Status.raise(Status.BAD_REQUEST);
        }
        if (store.child(state[ABOVE], state[NAME], length) != MoStore.NONE) {
            Status.raise(Status.ALREADY_EXISTS);
        }
        store.draft(format, access);
        store.draftType(state[NODE_TYPE], state[NODE_TYPE_LENGTH]);
        store.draftValue(state[FIRST], state[SIZE]);
        state[CURRENT] = createBelow(state[NAME], length);
        setTexts();
    }

    private boolean isTarget(short length) {
        if (state[TARGET_IS_NEW] == ROOT_IS_TARGET) {
            return state[LEVEL] == 1;
        }
        return state[LEVEL] == 1
                && state[HAS_PATH] == 0
                && (length == 0 || (state[TARGET_IS_NEW] != 0 && store.isNamed(state[TARGET], state[NAME], length)));
    }

    private void becomeTarget(byte format, byte access) {
        short target = state[TARGET];
        if (state[TARGET_IS_NEW] == 0 || state[TARGET_USED] != 0) {
            Status.raise(Status.ALREADY_EXISTS);
        }
        if (format != Format.NODE && store.firstChild(target) != MoStore.NONE) {
            Status.raise(Status.BAD_REQUEST);
        }
        store.changeType(target, state[NODE_TYPE], state[NODE_TYPE_LENGTH]);
        if (format != Format.NODE) {
            store.change(target, format, access);
            store.changeValue(target, state[FIRST], state[SIZE]);
        }
        state[TARGET_USED] = 1;
        state[CURRENT] = target;
        setTexts();
    }

    /** Completes the record begun, as a child of the node above. */
    private short createBelow(short name, short length) {
        short above = state[ABOVE];
        short depth = (short) (state[TARGET_DEPTH] + 1);
        for (short node = above; node != state[TARGET]; node = store.parent(node)) {
            depth++;
        }
        if (depth > Target.MAX_DEPTH) {
            Status.raise(Status.URI_TOO_LONG);
        }
        if (!store.isInterior(above)) {
            Status.raise(Status.COMMAND_NOT_ALLOWED);
        }
        store.draftName(name, length);
        short node = store.create();
        store.append(above, node);
        return node;
    }
}
