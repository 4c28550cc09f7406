// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * What the commands do to the node that an item names, but for the data of Add and Replace, which {@link IncomingObject}
 * takes. A command that cannot be carried out raises its status. OMA DM Representation Protocol 1.2.
 */
final class Operations {
    private final MoStore store;
    private final Acl acl;
    private final Target target;
    private final SourceNode source;
    private final TndsWriter tnds;
    private final Device device;
    private final SyncRecords records;
    private final ChildNames names;
    private final Protection protection;
    private final Authorities authorities;

    Operations(
            MoStore store,
            Acl acl,
            Target target,
            SourceNode source,
            TndsWriter tnds,
            Device device,
            SyncRecords records,
            ChildNames names,
            Protection protection,
            Authorities authorities) {
        this.store = store;
        this.acl = acl;
        this.target = target;
        this.source = source;
        this.tnds = tnds;
        this.device = device;
        this.records = records;
        this.names = names;
        this.protection = protection;
        this.authorities = authorities;
    }

    private short requireFound() {
        short node = target.node();
        if (node == MoStore.NONE) {
            Status.raise(Status.NOT_FOUND);
        }
        return node;
    }

    /** Get of a node, a property or a list; {@code max} is the size of the largest object that the server takes. */
    void get(short max) {
        target.resolve();
        short node = requireFound();
        acl.requireAllowed(node, MoStore.ACCESS_GET);
        short size = 0;
        switch (target.property()) {
            case Property.NONE:
                size = names.length(node);
                break;
            case Property.VER_NO:
            case Property.TSTAMP:
                requireOwn(node);
                break;
            case Property.SIZE:
                if (store.isInterior(node)) {
                    Status.raise(Status.NOT_SUPPORTED); // an interior node has none
                }
                break;
            case Property.LIST_STRUCT_DATA:
                size = largestValue(node);
                break;
            case Property.LIST_TNDS:
                size = tnds.length(node, target.selection());
                if (size == Short.MAX_VALUE) {
                    Status.raise(Status.REQUEST_ENTITY_TOO_LARGE); // that long, or longer
                }
                break;
            default:
        }
        if (size > max) {
            Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
        }
    }

    /** Status 425 for what tells of the changes that others make below a node which is everybody's. */
    private void requireOwn(short node) {
        if (acl.tellsOfOthers(node)) {
            Status.raise(Status.PERMISSION_DENIED);
        }
    }

    private short largestValue(short top) {
        short largest = 0;
        boolean visible = true;
        for (short node = top; node != MoStore.NONE; node = store.following(node, top, visible)) {
            visible = acl.shows(node);
            if (visible && !store.isInterior(node) && store.valueLength(node) > largest) {
                largest = store.valueLength(node);
            }
        }
        return largest;
    }

    void delete() {
        target.resolveNode();
        short node = requireFound();
        acl.requireAllowed(node, MoStore.ACCESS_DELETE);
        protection.delete(node);
        records.forgetVersion(node);
        store.delete(node);
    }

    /**
     * Exec of ./DevDetail/Ext/ME: asks the ME what it is; or of a node of {@link Unlocking}, which waits for the end of the message.
     *
     * @return the bit of what is to be unlocked, 0 for nothing
     */
    short exec() {
        target.resolveNode();
        short node = requireFound();
        acl.requireAllowed(node, MoStore.ACCESS_EXEC);
        short unlocked = Unlocking.bit(store, node, authorities);
        if (unlocked == 0) {
            device.read();
        }
        return unlocked;
    }

    /**
     * Copy: the source's value, with its format and type, becomes that of the target, which is made where it does not exist.
     * Both are leaves with values of their own; status 403 otherwise.
     *
     * @return the node that has the value now
     */
    short copy() {
        target.resolveNode();
        short from = source.require();
        acl.requireAllowed(from, MoStore.ACCESS_GET);
        short to = target.node();
        if (to == MoStore.NONE && target.parent() == MoStore.NONE) {
            Status.raise(Status.NOT_FOUND);
        }
        if (store.isInterior(from) || store.isLog(from) || (to != MoStore.NONE && store.isInterior(to))) {
            Status.raise(Status.FORBIDDEN);
        }
        return to == MoStore.NONE ? copyToNew(from) : copyTo(from, to);
    }

    private short copyTo(short from, short to) {
        acl.requireAllowed(to, MoStore.ACCESS_REPLACE);
        store.draft(store.format(from), (byte) (store.access(to) & ~MoStore.SECRET));
        store.draftNameOf(to);
        store.draftPropertiesOf(to);
        short node = createCopy(from);
        if (store.isSecret(to)) {
            store.makeSecret(node);
        }
        protection.open(to);
        store.replace(to, node);
        return node;
    }

    private short copyToNew(short from) {
        target.requireFree();
        short parent = target.parent();
        if (!store.isInterior(parent)) {
            Status.raise(Status.COMMAND_NOT_ALLOWED);
        }
        acl.requireAllowed(parent, MoStore.ACCESS_ADD);
        short length = target.nameLength();
        short name = store.heap().put(target.uri, target.nameOffset(), length);
        store.draft(store.format(from), MoStore.ACCESS_LEAF);
        store.draftName(name, length);
        short node = createCopy(from);
        acl.own(parent, node);
        protection.attach(parent, node);
        store.attach(parent, node);
        return node;
    }

    private short createCopy(short from) {
        store.draftTypeOf(from);
        store.draftValueOf(from); // values are never changed in place, so both may refer to the same
        return store.create();
    }
}
