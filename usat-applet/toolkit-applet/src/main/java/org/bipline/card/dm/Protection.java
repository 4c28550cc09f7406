// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * What is done to the objects below ./MO before changes of them, or of their policies, become lasting: what a policy calls sensitive
 * becomes secret, also what was stored before the policy came, and an object that is bound or has sensitive leaves gets a new {@link
 * Seal}, in a record below ./Binding. Technical specification clause 4, Binding.
 *
 * <p>Before the first change of such an object in a message its seal is held against it and taken away; so a message puts no new seal
 * on what was altered behind the card's back. Of an object whose seal is wrong nothing is changed, but it can be deleted or replaced
 * as a whole.
 */
final class Protection {
    private final MoStore store;
    private final Policy policy;
    private final Binding binding;
    private final Seal seal;

    Protection(MoStore store, Policy policy, Device device) {
        this.store = store;
        this.policy = policy;
        seal = new Seal(store);
        binding = new Binding(store, policy, device, this);
    }

    /** Takes the card's identity, before the first use. */
    void setCard(Iccid card) {
        seal.setCard(card);
    }

    Binding binding() {
        return binding;
    }

    // --- before a change

    /**
     * An object, its policy or its record is about to change, at this node or below. Status 500 if its seal is wrong.
     *
     * @param node in the tree
     */
    void open(short node) {
        short object = objectOf(node);
        if (object != MoStore.NONE && !open(object, binding.record(object))) {
            Status.raise(Status.COMMAND_FAILED);
        }
    }

    /** As {@link #open(short)}, of an object that is replaced as a whole: its seal does not matter. */
    void replace(short object) {
        short record = objectOf(object) == object ? binding.record(object) : MoStore.NONE;
        if (record == MoStore.NONE) {
            open(object);
        } else {
            store.setValue(binding.seal(record), MoStore.NONE, (short) 0);
        }
    }

    /** A node below one of the registers is deleted: with an object goes its record. */
    void delete(short node) {
        short object = objectOf(node);
        if (object != node) {
            open(node);
        } else if (binding.record(object) != MoStore.NONE) {
            store.delete(binding.record(object));
        }
    }

    /** As {@link #open(short)}, for a node that is to stand below another, which does not know it yet. */
    void attach(short above, short node) {
        short object = isRegister(above) ? store.childNamedAs(ManagementTree.objects(store), node) : objectOf(above);
        if (object != MoStore.NONE && !open(object, binding.record(object))) {
            Status.raise(Status.COMMAND_FAILED);
        }
    }

    /** Takes the seal of an object away; false if it is wrong. Without a record there is none. */
    boolean open(short object, short record) {
        if (record == MoStore.NONE || store.isSet(binding.seal(record))) {
            return true;
        }
        if (!isIntact(object)) {
            return false;
        }
        store.setValue(binding.seal(record), MoStore.NONE, (short) 0);
        return true;
    }

    /** The object that a node belongs to: below ./MO, or by its name below ./Policy and ./Binding; NONE for other nodes. */
    private short objectOf(short node) {
        short objects = ManagementTree.objects(store);
        short top = MoStore.NONE;
        while (node != MoStore.NONE && !isRegister(node)) {
            top = node;
            node = store.parent(node);
        }
        return node == MoStore.NONE || top == MoStore.NONE ? MoStore.NONE : store.childNamedAs(objects, top);
    }

    private boolean isRegister(short node) {
        return node == ManagementTree.objects(store)
                || node == ManagementTree.policies(store)
                || node == ManagementTree.bindings(store);
    }

    /** Whether an object may be handed over as far as its seal goes; if it is wrong, the log tells. */
    boolean isIntact(short object) {
        if (!policy.isProtected(object)) {
            return true;
        }
        short record = binding.record(object);
        if (record != MoStore.NONE) {
            makeSeal(object, record);
            if (store.hasValue(binding.seal(record), store.draft, (short) 0, Seal.LENGTH)) {
                return true;
            }
        }
        binding.log(SecurityLog.INTEGRITY, Status.COMMAND_FAILED, object, (short) 0);
        return false;
    }

    private void makeSeal(short object, short record) {
        seal.make(object, policy.of(object), binding.device(record), binding.isLocked(record));
    }

    // --- before a commit

    /** Before each commit of a message; raises a status where there is no room for what has to be done. */
    void beforeCommit() {
        short objects = ManagementTree.objects(store);
        short records = ManagementTree.bindings(store);
        if (!store.isChanged(objects)
                && !store.isChanged(ManagementTree.policies(store))
                && !store.isChanged(records)) {
            return;
        }
        short record = store.firstChild(records);
        for (; record != MoStore.NONE; record = store.nextSibling(record)) {
            short object = store.childNamedAs(objects, record);
            if (object == MoStore.NONE || !policy.isProtected(object)) {
                store.delete(record);
            }
        }
        for (short object = store.firstChild(objects); object != MoStore.NONE; object = store.nextSibling(object)) {
            if (policy.isProtected(object)) {
                protect(object);
            }
        }
    }

    private void protect(short object) {
        short record = binding.record(object);
        if (record == MoStore.NONE) {
            record = binding.addRecord(object);
        } else if (!store.isSet(binding.seal(record))) {
            return; // nothing of it has changed
        }
        store.takeAcl(record, object); // who may change the object may bind it
        for (short node = object; node != MoStore.NONE; node = store.following(node, object, true)) {
            if (!store.isInterior(node) && !store.isSecret(node) && policy.isSensitive(node)) {
                store.makeSecret(node);
            }
        }
        makeSeal(object, record);
        short value = store.heap().putAside(store.draft, (short) 0, Seal.LENGTH);
        store.setValue(binding.seal(record), value, Seal.LENGTH);
    }
}
