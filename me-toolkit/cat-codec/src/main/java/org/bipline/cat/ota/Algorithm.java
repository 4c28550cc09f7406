// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.cat.object.Coded;

/**
 * Algorithms of KIc and, for cryptographic checksums, of KID: the low four bits have the same codes in both. ETSI TS 102 225
 * clauses 5.1.2 and 5.1.3.1. DES with one key was struck out of later releases; old cards have it.
 */
public enum Algorithm implements Coded {
    IMPLICIT(0x0, "algorithm known to both sides"),
    DES(0x1, "DES"),
    AES(0x2, "AES"),
    TRIPLE_DES_2(0x5, "triple DES with two keys"),
    TRIPLE_DES_3(0x9, "triple DES with three keys");

    private final int code;
    private final String text;

    Algorithm(int code, String text) {
        this.code = code;
        this.text = text;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String text() {
        return text;
    }

    /** The algorithm in a KIc or KID, whose upper four bits are the key set version; empty for a proprietary one. */
    public static Optional<Algorithm> of(int indication) {
        return Stream.of(values()).filter(a -> a.code == (indication & 0x0F)).findFirst();
    }
}
