// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Whether an authority may have the objects and policies that its command has made or changed. Access lists cannot say that: they
 * speak of nodes that are there.
 *
 * <p>A name below ./MO belongs to who uses it first, with the policy and the records of that name: otherwise the policy of one could
 * release the object of another.
 */
final class ObjectRights {
    private static final byte[] TARGET = {'T', 'a', 'r', 'g', 'e', 't'};

    private final MoStore store;
    private final Authorities authorities;
    private final Acl acl;

    ObjectRights(MoStore store, Authorities authorities, Acl acl) {
        this.store = store;
        this.authorities = authorities;
        this.acl = acl;
    }

    /**
     * Checks what a command has made of a node: the object, or the policy, that it is or stands in; of ./MO and ./Policy all those
     * that the authority may replace. Status 425 for a name that it may not use, 403 for an object of a type that it may not have,
     * and for a place in the device that it may not choose.
     */
    void require(short node) {
        short objects = ManagementTree.objects(store);
        short policies = ManagementTree.policies(store);
        if (node == objects || node == policies) {
            for (short child = store.firstChild(node); child != MoStore.NONE; child = store.nextSibling(child)) {
                if (acl.grants(child, MoStore.ACCESS_REPLACE)) {
                    requireObject(child, objects, policies);
                }
            }
            return;
        }
        short object = ManagementTree.object(store, node);
        if (object != MoStore.NONE) {
            requireObject(object, objects, policies);
        }
    }

    private void requireObject(short node, short objects, short policies) {
        boolean isPolicy = store.parent(node) == policies;
        if (!isPolicy && store.parent(node) != objects) {
            return; // a record of ./Sync, which nobody makes
        }
        byte[] rights = authorities.active().rights;
        short other = store.childNamedAs(isPolicy ? objects : policies, node);
        if (!Rights.allowsName(rights, store, node)
                || (other != MoStore.NONE && !acl.grants(other, MoStore.ACCESS_REPLACE))) {
            Status.raise(Status.PERMISSION_DENIED);
        }
        boolean mayBe = isPolicy
                ? store.child(node, TARGET) == MoStore.NONE
                        || authorities.hasPrivilege(authorities.activeNumber(), Rights.PLACES)
                : Rights.allowsType(rights, store, node);
        if (!mayBe) {
            Status.raise(Status.FORBIDDEN);
        }
    }
}
