// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.analysis.Value;

/**
 * What is known of a value on the operand stack or in a local variable. A number is {@code BYTE} or {@code SHORT} where
 * it surely fits, else {@code INT}: then a card that computes with 16 bits has lost its upper half.
 *
 * @param constant the value of a literal, else null
 */
record CardValue(Kind kind, Integer constant) implements Value {
    /** In ascending order of what a number may hold. */
    enum Kind {
        BYTE,
        SHORT,
        INT,
        WIDE,
        OTHER
    }

    static final CardValue BYTE = new CardValue(Kind.BYTE, null);
    static final CardValue SHORT = new CardValue(Kind.SHORT, null);
    static final CardValue INT = new CardValue(Kind.INT, null);
    static final CardValue WIDE = new CardValue(Kind.WIDE, null);
    /** References, uninitialised variables, float. */
    static final CardValue OTHER = new CardValue(Kind.OTHER, null);

    static CardValue literal(int value) {
        Kind kind = value == (byte) value ? Kind.BYTE : value == (short) value ? Kind.SHORT : Kind.INT;
        return new CardValue(kind, value);
    }

    static CardValue of(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.BYTE -> BYTE;
            case Type.SHORT -> SHORT;
            case Type.CHAR, Type.INT -> INT;
            case Type.LONG, Type.DOUBLE -> WIDE;
            default -> OTHER;
        };
    }

    static CardValue wider(CardValue a, CardValue b) {
        return a.kind.compareTo(b.kind) >= 0 ? a.asVariable() : b.asVariable();
    }

    CardValue asVariable() {
        return new CardValue(kind, null);
    }

    boolean isInt() {
        return kind == Kind.INT;
    }

    boolean isByte() {
        return kind == Kind.BYTE;
    }

    boolean isMask() {
        return constant != null && constant >= 0 && !isInt();
    }

    @Override
    public int getSize() {
        return kind == Kind.WIDE ? 2 : 1;
    }
}
