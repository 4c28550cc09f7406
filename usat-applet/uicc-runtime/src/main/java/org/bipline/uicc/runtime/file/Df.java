// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bipline.uicc.runtime.vm.Transactions;

/** A dedicated file: the MF, a DF or an ADF. ADFs are no children: they are found by their name. */
public final class Df extends CardFile {
    private final byte[] aid;
    private final List<Pin> pins;

    /** Replaced, never changed, once the card runs: a transaction that is undone puts the old one back. */
    private Map<Integer, CardFile> children = new LinkedHashMap<>();

    /** An ADF where {@code aid} is not empty. {@code pins} are valid in this DF and below. */
    Df(Df parent, int identifier, SecurityAttributes security, byte[] aid, List<Pin> pins) {
        super(parent, identifier, security);
        this.aid = aid;
        this.pins = pins;
    }

    /** For the personalisation: false where a file with the identifier is there. */
    boolean put(CardFile child) {
        return children.putIfAbsent(child.identifier(), child) == null;
    }

    void add(CardFile child, Transactions transactions) {
        Map<Integer, CardFile> next = new LinkedHashMap<>(children);
        next.put(child.identifier(), child);
        replace(next, transactions);
    }

    void remove(CardFile child, Transactions transactions) {
        Map<Integer, CardFile> next = new LinkedHashMap<>(children);
        next.remove(child.identifier());
        replace(next, transactions);
    }

    private void replace(Map<Integer, CardFile> next, Transactions transactions) {
        Map<Integer, CardFile> before = children;
        transactions.log(() -> children = before);
        children = next;
    }

    public boolean isAdf() {
        return aid.length > 0;
    }

    /** DF name; not to be written to. */
    public byte[] aid() {
        return aid;
    }

    CardFile child(int identifier) {
        return children.get(identifier);
    }

    boolean holds(CardFile file) {
        return (file instanceof Df df && df.isAdf()) || children.get(file.identifier()) == file;
    }

    Collection<CardFile> children() {
        return children.values();
    }

    /** The application that this file belongs to, or null below the MF. */
    public Df application() {
        Df df = this;
        while (df != null && !df.isAdf()) {
            df = df.parent();
        }
        return df;
    }

    List<Pin> pins() {
        return pins;
    }

    /** The PIN or key that a reference means here: of this DF, or of the nearest one above that has it; or null. */
    Pin pin(int reference) {
        for (Df df = this; df != null; df = df.parent()) {
            for (Pin pin : df.pins) {
                if (pin.reference() == reference) {
                    return pin;
                }
            }
        }
        return null;
    }

    /** Bytes of the EFs in it and below. */
    int size() {
        int size = 0;
        for (CardFile file : children.values()) {
            size += file instanceof Df df ? df.size() : ((Ef) file).size();
        }
        return size;
    }
}
