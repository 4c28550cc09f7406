// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Replace of a property: only ACL, Name and Title can be. OMA DM Tree and Description 1.2, Operations on properties. The value
 * is the chain under construction in the heap.
 */
final class IncomingProperty {
    private final MoStore store;
    private final BlockHeap heap;
    private final Acl acl;
    private final SyncRecords records;

    IncomingProperty(MoStore store, Acl acl, SyncRecords records) {
        this.store = store;
        heap = store.heap();
        this.acl = acl;
        this.records = records;
    }

    /** Raises the status where the server may not replace the property of the node, NONE for one that does not exist. */
    void require(byte property, short node) {
        if (node == MoStore.NONE) {
            Status.raise(Status.NOT_FOUND);
        }
        switch (property) {
            case Property.ACL:
                if (!acl.mayChangeAcl(node)) {
                    Status.raise(Status.PERMISSION_DENIED);
                }
                break;
            case Property.NAME: // permanent nodes keep their names
                if (!store.allows(node, MoStore.ACCESS_DELETE)) {
                    Status.raise(Status.COMMAND_NOT_ALLOWED);
                }
                acl.require(node, MoStore.ACCESS_REPLACE);
                break;
            case Property.TITLE:
                acl.requireAllowed(node, MoStore.ACCESS_REPLACE);
                break;
            default:
                Status.raise(Status.COMMAND_NOT_ALLOWED);
        }
    }

    /** Takes the next bytes of the value. */
    void append(byte property, byte[] buf, short off, short len) {
        short room = (short) (Property.MAX_TITLE - heap.length()); // the longest ACL is as long
        if (property == Property.NAME) {
            room = (short) (Target.MAX_SEGMENT - heap.length());
            if (len > room) {
                Status.raise(Status.URI_TOO_LONG);
            }
            Text.requireName(buf, off, len);
        } else if (len > room) {
            Status.raise(Status.REQUEST_ENTITY_TOO_LARGE);
        }
        heap.append(buf, off, len);
    }

    /** The value is complete: changes the node. */
    void finish(byte property, short node) {
        short length = heap.length();
        short head = heap.finish();
        switch (property) {
            case Property.ACL:
                if (length == 0 && node == MoStore.ROOT) {
                    Status.raise(Status.COMMAND_NOT_ALLOWED); // the root always has one
                }
                if (length != 0 && !acl.isWellFormed(head, length)) {
                    Status.raise(Status.BAD_REQUEST);
                }
                store.setAcl(node, head, length);
                break;
            case Property.NAME:
                rename(node, head, length);
                break;
            default:
                store.setTitle(node, head, length);
        }
    }

    private void rename(short node, short name, short length) {
        if (length == 0) {
            Status.raise(Status.BAD_REQUEST);
        }
        short namesake = store.child(store.parent(node), name, length);
        if (namesake == node) {
            return;
        }
        acl.requireFree(namesake);
        records.forgetVersion(node);
        store.rename(node, name, length);
    }
}
