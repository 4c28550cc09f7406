// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * What is done to the objects below ./MO before changes of them, or of their policies, become lasting: what a policy calls sensitive
 * becomes secret, also what was stored before the policy came. Technical specification clause 4, Protection.
 */
final class Protection {
    private final MoStore store;
    private final Policy policy;

    Protection(MoStore store, Policy policy) {
        this.store = store;
        this.policy = policy;
    }

    /** Before each commit of a message; raises a status where there is no room for what has to be done. */
    void beforeCommit() {
        short objects = ManagementTree.objects(store);
        if (!store.isChanged(objects) && !store.isChanged(ManagementTree.policies(store))) {
            return;
        }
        short object = store.firstChild(objects);
        for (; object != MoStore.NONE; object = store.nextSibling(object)) {
            makeSecret(object);
        }
    }

    private void makeSecret(short object) {
        for (short node = object; node != MoStore.NONE; node = store.following(node, object, true)) {
            if (!store.isInterior(node) && !store.isSecret(node) && policy.isSensitive(node)) {
                store.makeSecret(node);
            }
        }
    }
}
