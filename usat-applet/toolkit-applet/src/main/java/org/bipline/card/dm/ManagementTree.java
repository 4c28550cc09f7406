// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * The nodes that the card brings along: ./DevInfo, ./DevDetail, ./DMAcc, ./Update, ./Policy, ./Function, ./Sync, ./Binding,
 * ./SecurityLog and ./MO. Technical specification clause 4.
 */
public final class ManagementTree {
    private static final byte[] DEV_DETAIL = {'D', 'e', 'v', 'D', 'e', 't', 'a', 'i', 'l'};
    private static final byte[] LRG_OBJ = {'L', 'r', 'g', 'O', 'b', 'j'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] URI = {'U', 'R', 'I'};
    static final byte[] MO = {'M', 'O'};
    private static final byte[] POLICY = {'P', 'o', 'l', 'i', 'c', 'y'};
    private static final byte[] FUNCTION = {'F', 'u', 'n', 'c', 't', 'i', 'o', 'n'};
    private static final byte[] SYNC = {'S', 'y', 'n', 'c'};
    private static final byte[] BINDING = {'B', 'i', 'n', 'd', 'i', 'n', 'g'};
    private static final byte[] SECURITY_LOG = {'S', 'e', 'c', 'u', 'r', 'i', 't', 'y', 'L', 'o', 'g'};
    private static final byte[] DONE = {'D', 'o', 'n', 'e'};
    private static final byte[] REFUSED = {'R', 'e', 'f', 'u', 's', 'e', 'd'};

    // leaves of format chr: name behind its length, value behind its length

    /** Below ./DevInfo, beside DevId. */
    private static final byte[] DEV_INFO_LEAVES = {
        3, 'M', 'a', 'n', 7, 'b', 'i', 'p', 'l', 'i', 'n', 'e', 3, 'M', 'o', 'd', 9, 'D', 'M', ' ', 'a', 'p', 'p', 'l',
        'e', 't', 3, 'D', 'm', 'V', 3, '1', '.', '2', 4, 'L', 'a', 'n', 'g', 2, 'e', 'n'
    };

    /** Below ./DevDetail, beside LrgObj. */
    private static final byte[] DEV_DETAIL_LEAVES = {
        6, 'D', 'e', 'v', 'T', 'y', 'p', 4, 'U', 'I', 'C', 'C', 3, 'O', 'E', 'M', 7, 'b', 'i', 'p', 'l', 'i', 'n', 'e',
        3, 'F', 'w', 'V', 3, '0', '.', '1', 3, 'S', 'w', 'V', 3, '0', '.', '1', 3, 'H', 'w', 'V', 1, '1'
    };

    /** Below ./DevDetail/URI: the limits of {@link Target}. */
    private static final byte[] URI_LEAVES = {
        8, 'M', 'a', 'x', 'D', 'e', 'p', 't', 'h', 2, '1', '6', 9, 'M', 'a', 'x', 'T', 'o', 't', 'L', 'e', 'n', 3, '2',
        '5', '5', 9, 'M', 'a', 'x', 'S', 'e', 'g', 'L', 'e', 'n', 2, '6', '4'
    };

    private static final byte[] UPDATE = {'U', 'p', 'd', 'a', 't', 'e'};
    private static final byte[] SCHEDULE = {'S', 'c', 'h', 'e', 'd', 'u', 'l', 'e'};
    static final byte[] EVENT = {'E', 'v', 'e', 'n', 't'};
    private static final byte[] DISTANCE = {'D', 'i', 's', 't', 'a', 'n', 'c', 'e'};
    private static final short DEFAULT_DISTANCE = 60;
    private static final byte[] PLAIN_PUSH = {'P', 'l', 'a', 'i', 'n', 'P', 'u', 's', 'h'};
    private static final byte[] PLAIN_TCP = {'P', 'l', 'a', 'i', 'n', 'T', 'C', 'P'};
    private static final byte[] EXT = {'E', 'x', 't'};
    private static final byte[] ME = {'M', 'E'};
    static final byte[] PROFILE = {'P', 'r', 'o', 'f', 'i', 'l', 'e'};
    static final byte[] IMEI = {'I', 'M', 'E', 'I'};
    static final byte[] IMEISV = {'I', 'M', 'E', 'I', 'S', 'V'};
    static final byte[] LOCATION = {'L', 'o', 'c', 'a', 't', 'i', 'o', 'n'};
    static final byte[] ACCESS_TECHNOLOGY = {'A', 'c', 'c', 'T', 'e', 'c', 'h'};
    static final byte[] LANGUAGE = {'L', 'a', 'n', 'g'};

    /** Identifiers of the standard objects are this, a name and the version. */
    private static final byte[] STANDARD = {
        'u', 'r', 'n', ':', 'o', 'm', 'a', ':', 'm', 'o', ':', 'o', 'm', 'a', '-', 'd', 'm', '-'
    };

    private static final byte[] VERSION = {':', '1', '.', '0'};
    private static final byte[] TYPE_DEV_INFO = {'d', 'e', 'v', 'i', 'n', 'f', 'o'};
    private static final byte[] TYPE_DEV_DETAIL = {'d', 'e', 'v', 'd', 'e', 't', 'a', 'i', 'l'};

    /** Of leaves that the server may change. */
    private static final byte PERMANENT_LEAF = MoStore.ACCESS_GET | MoStore.ACCESS_REPLACE;

    private ManagementTree() {}

    /**
     * Puts the permanent nodes into the store, where they are not yet. Allocates nothing, so that it may also run at the first
     * event.
     *
     * @param authorities each gets its account; the first what is there once; ./MO is everybody's where there are several
     * @param period minutes between sessions, unsigned, 0 for none
     * @param devId value of ./DevInfo/DevId (a URN such as {@code ICCID:8949...}) in {@code devId[off .. off + len)}
     */
    static void seed(MoStore store, Authorities authorities, short period, byte[] devId, short off, short len) {
        store.recover();
        if (deviceInformation(store) != MoStore.NONE) {
            return;
        }
        store.draft(Format.NODE, MoStore.ACCESS_GET);
        short top = store.create(); // stands for the root while the nodes are made

        short devInfo = interior(store, top, Text.DEV_INFO, MoStore.ACCESS_GET);
        short value = store.heap().put(devId, off, len);
        leaf(store, devInfo, Format.CHR, Text.DEV_ID, (short) 0, (short) Text.DEV_ID.length, value, len);
        leaves(store, devInfo, DEV_INFO_LEAVES);
        putType(store, devInfo, TYPE_DEV_INFO);

        short devDetail = interior(store, top, DEV_DETAIL, MoStore.ACCESS_GET);
        leaves(store, devDetail, DEV_DETAIL_LEAVES);
        putType(store, devDetail, TYPE_DEV_DETAIL);
        short length = (short) TRUE.length;
        value = store.heap().put(TRUE, (short) 0, length);
        leaf(store, devDetail, Format.BOOL, LRG_OBJ, (short) 0, (short) LRG_OBJ.length, value, length);
        leaves(store, interior(store, devDetail, URI, MoStore.ACCESS_GET), URI_LEAVES);
        short ext = interior(store, devDetail, EXT, MoStore.ACCESS_GET);
        short me = interior(store, ext, ME, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_EXEC));
        Acl.putPrivileged(
                store,
                me,
                authorities,
                Rights.DEVICE_INFORMATION); // who the subscriber is, and where, is nobody else's business
        unknown(store, me, Format.BIN, PROFILE);
        unknown(store, me, Format.CHR, IMEI);
        unknown(store, me, Format.CHR, IMEISV);
        unknown(store, me, Format.BIN, LOCATION);
        unknown(store, me, Format.INT, ACCESS_TECHNOLOGY);

        AccountTree.append(store, top, authorities);

        short update = interior(store, top, UPDATE, MoStore.ACCESS_GET);
        Acl.putOwner(store, update, authorities.get((byte) 0));
        minutes(store, update, SCHEDULE, period);
        store.heap().begin();
        text(store, update, EVENT);
        store.change(store.child(update, EVENT), Format.CHR, PERMANENT_LEAF);
        minutes(store, update, DISTANCE, DEFAULT_DISTANCE);
        if (authorities.get((byte) 0).plainAllowed) {
            permission(store, update, PLAIN_TCP);
        }
        permission(store, update, PLAIN_PUSH);

        short policies = interior(store, top, POLICY, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_ADD));
        // who may update the firmware is the matter of the first authority, and of whom it lets
        store.shareAcl(interior(store, top, FUNCTION, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_ADD)), update);
        store.shareAcl(interior(store, top, SYNC, MoStore.ACCESS_GET), update);
        store.shareAcl(interior(store, top, BINDING, MoStore.ACCESS_GET), update);
        short log = interior(store, top, SECURITY_LOG, MoStore.ACCESS_GET);
        Acl.putPrivileged(store, log, authorities, Rights.SECURITY_LOG);
        ring(store, log, DONE, SecurityLog.DONE);
        ring(store, log, REFUSED, SecurityLog.REFUSED);
        Unlocking.append(store, top, authorities);
        short objects = interior(store, top, MO, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_ADD));
        if (authorities.count() == 1) {
            store.shareAcl(policies, update);
            store.shareAcl(objects, update);
        }
        store.attach(MoStore.ROOT, store.firstChild(top));
        Acl.putRoot(store);
        store.commit();
    }

    private static void minutes(MoStore store, short above, byte[] name, short minutes) {
        store.heap().begin();
        Text.writeUnsigned(minutes, store.heap());
        text(store, above, name);
        store.change(store.child(above, name), Format.INT, PERMANENT_LEAF);
    }

    /** A leaf without a value. */
    private static void unknown(MoStore store, short above, byte format, byte[] name) {
        leaf(store, above, format, name, (short) 0, (short) name.length, MoStore.NONE, (short) 0);
    }

    /** A leaf that shows a ring of the security log. */
    private static void ring(MoStore store, short above, byte[] name, byte ring) {
        leaf(store, above, Format.CHR, name, (short) 0, (short) name.length, NodeTable.valueOfLog(ring), (short) 0);
    }

    /** A leaf of format chr with the value that was written to the heap. */
    static void text(MoStore store, short above, byte[] name) {
        short length = store.heap().length();
        short value = store.heap().finish();
        leaf(store, above, Format.CHR, name, (short) 0, (short) name.length, value, length);
    }

    /** Gives a node the identifier of a standard object. */
    static void putType(MoStore store, short node, byte[] name) {
        BlockHeap heap = store.heap();
        heap.begin();
        heap.append(STANDARD, (short) 0, (short) STANDARD.length);
        heap.append(name, (short) 0, (short) name.length);
        heap.append(VERSION, (short) 0, (short) VERSION.length);
        short length = heap.length();
        store.changeType(node, heap.finish(), length);
    }

    static short interior(MoStore store, short above, byte[] name, byte access) {
        return interior(store, above, name, (short) 0, (short) name.length, access);
    }

    static short interior(MoStore store, short above, byte[] buf, short off, short length, byte access) {
        short chain = store.heap().put(buf, off, length);
        store.draft(Format.NODE, access);
        store.draftName(chain, length);
        short node = store.create();
        store.append(above, node);
        return node;
    }

    static void leaves(MoStore store, short above, byte[] table) {
        short at = 0;
        while (at < (short) table.length) {
            short nameLength = table[at];
            short name = (short) (at + 1);
            at = (short) (name + nameLength);
            short length = table[at];
            at++;
            short value = store.heap().put(table, at, length);
            leaf(store, above, Format.CHR, table, name, nameLength, value, length);
            at = (short) (at + length);
        }
    }

    private static void leaf(
            MoStore store,
            short above,
            byte format,
            byte[] buf,
            short name,
            short nameLength,
            short value,
            short valueLength) {
        short chain = store.heap().put(buf, name, nameLength);
        store.draft(format, MoStore.ACCESS_GET);
        store.draftName(chain, nameLength);
        store.draftValue(value, valueLength);
        store.append(above, store.create());
    }

    /**
     * Minutes between sessions, unsigned, as ./Update/Schedule has them; 0 for none, or where that is no such number.
     *
     * @param first what is taken before there is a tree
     */
    static short period(MoStore store, short first) {
        short node = update(store, SCHEDULE);
        return node == MoStore.NONE ? first : store.unsigned(node);
    }

    /** Minutes, unsigned, between the end of a session and one that an event starts, as ./Update/Distance has them. */
    static short distance(MoStore store) {
        short node = update(store, DISTANCE);
        short minutes = node == MoStore.NONE ? (short) 0 : store.unsigned(node);
        return minutes == 0 ? DEFAULT_DISTANCE : minutes;
    }

    /** A leaf that nobody can add: what it allows is forbidden for good when it is deleted. */
    private static void permission(MoStore store, short parent, byte[] name) {
        store.heap().begin();
        store.heap().append(TRUE, (short) 0, (short) TRUE.length);
        text(store, parent, name);
        store.change(store.child(parent, name), Format.BOOL, (byte) (MoStore.ACCESS_GET | MoStore.ACCESS_DELETE));
    }

    /** Whether notifications count that come without a secured packet: as long as ./Update/PlainPush is there. */
    static boolean isPlainPushAllowed(MoStore store) {
        return update(store, PLAIN_PUSH) != MoStore.NONE;
    }

    /** Whether there may be sessions without TLS: as long as ./Update/PlainTCP, which nobody can add, is there. */
    static boolean isPlainAllowed(MoStore store) {
        return update(store, PLAIN_TCP) != MoStore.NONE;
    }

    /** A leaf below ./Update; NONE before there is a tree. */
    static short update(MoStore store, byte[] name) {
        short update = store.child(MoStore.ROOT, UPDATE);
        return update == MoStore.NONE ? update : store.child(update, name);
    }

    /** The node ./DevDetail/Ext/ME. */
    static short device(MoStore store) {
        return store.child(store.child(store.child(MoStore.ROOT, DEV_DETAIL), EXT), ME);
    }

    /** The node ./DevInfo. */
    static short deviceInformation(MoStore store) {
        return store.child(MoStore.ROOT, Text.DEV_INFO);
    }

    /** The node ./DevInfo/DevId. */
    static short deviceId(MoStore store) {
        return store.child(deviceInformation(store), Text.DEV_ID);
    }

    /** The node ./MO. */
    static short objects(MoStore store) {
        return store.child(MoStore.ROOT, MO);
    }

    /**
     * The object that a node is or stands in: its ancestor below ./MO, or that of the same name below ./Policy or, in ./Sync, below
     * the objects of a device; NONE for another node.
     */
    static short object(MoStore store, short node) {
        short depth = store.depth(node);
        short top = ancestor(store, node, (short) (depth - 1));
        short level = top == objects(store) || top == policies(store) ? (short) 2 : 0;
        if (top == devices(store)) {
            level = 4; // ./Sync/1/MO/name
        }
        return level == 0 || depth < level ? MoStore.NONE : ancestor(store, node, (short) (depth - level));
    }

    private static short ancestor(MoStore store, short node, short levels) {
        for (; levels > 0; levels--) {
            node = store.parent(node);
        }
        return node;
    }

    /** The node ./Policy. */
    static short policies(MoStore store) {
        return store.child(MoStore.ROOT, POLICY);
    }

    /** The node ./Function. */
    static short functions(MoStore store) {
        return store.child(MoStore.ROOT, FUNCTION);
    }

    /** The node ./Binding. */
    static short bindings(MoStore store) {
        return store.child(MoStore.ROOT, BINDING);
    }

    /** The node ./Sync. */
    static short devices(MoStore store) {
        return store.child(MoStore.ROOT, SYNC);
    }
}
