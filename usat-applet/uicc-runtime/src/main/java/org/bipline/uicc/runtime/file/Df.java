// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.LinkedHashMap;
import java.util.Map;

/** A dedicated file: the MF, a DF or an ADF. */
public final class Df implements CardFile {
    private final Df parent;
    private final int identifier;
    private final byte[] aid;
    private final Map<Integer, CardFile> children = new LinkedHashMap<>();

    /** An ADF where {@code aid} is not empty. */
    Df(Df parent, int identifier, byte[] aid) {
        this.parent = parent;
        this.identifier = identifier;
        this.aid = aid;
    }

    void add(CardFile child) {
        if (children.put(child.identifier(), child) != null) {
            throw new IllegalArgumentException("two files %s".formatted(child.path()));
        }
    }

    @Override
    public Df parent() {
        return parent;
    }

    @Override
    public int identifier() {
        return identifier;
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

    Iterable<CardFile> children() {
        return children.values();
    }

    /** The application that this file belongs to, or null below the MF. */
    Df application() {
        Df df = this;
        while (df != null && !df.isAdf()) {
            df = df.parent;
        }
        return df;
    }
}
