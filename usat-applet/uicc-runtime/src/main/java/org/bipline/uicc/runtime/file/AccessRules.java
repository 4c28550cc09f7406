// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads access rules. ETSI TS 102 221 clause 9.2.4 with ISO/IEC 7816-4: in expanded format a rule is an access mode data object
 * and the security condition data object behind it. The first rule that names an access decides; what no rule names, or what
 * cannot be read, is never allowed.
 */
final class AccessRules {
    private static final int ADM1 = 0x0A;
    private static final int PIN1 = 0x01;

    private final byte[] data;
    private final int end;
    private int at;

    private AccessRules(byte[] data, int from, int end) {
        this.data = data;
        this.at = from;
        this.end = end;
    }

    static AccessCondition expanded(byte[] rules, Access access, boolean df) {
        try {
            return new AccessRules(rules, 0, rules.length).find(access, df);
        } catch (ArrayIndexOutOfBoundsException e) {
            return AccessCondition.NEVER; // a rule that ends in the middle of an object
        }
    }

    private AccessCondition find(Access access, boolean df) {
        boolean named = false;
        while (at < end && data[at] != (byte) 0xFF) { // FF: the rest of the record is not used
            int tag = data[at++] & 0xFF;
            int length = length();
            int value = at;
            at += length;
            if (tag == 0x80) {
                named |= (data[value] & access.mode()) != 0;
            } else if (tag > 0x80 && tag <= 0x8F) {
                named |= (tag & 0x04) != 0 && namesInstruction(tag, value, length, access, df);
            } else if (tag != 0x9C) { // 9C: a proprietary state machine
                if (named) {
                    return condition(tag, value, value + length);
                }
                named = false;
            }
        }
        return AccessCondition.NEVER;
    }

    /** Command descriptions: the low bits of the tag tell which of CLA, INS, P1 and P2 each have. */
    private boolean namesInstruction(int tag, int value, int length, Access access, boolean df) {
        int step = Integer.bitCount(tag & 0x0F);
        int instruction = (tag & 0x08) != 0 ? 1 : 0;
        for (int i = value; i + step <= value + length; i += step) {
            int named = data[i + instruction] & 0xFF;
            if (named == access.instruction() || (df && access == Access.TERMINATE && named == 0xE6)) {
                return true;
            }
        }
        return false;
    }

    private AccessCondition condition(int tag, int from, int to) {
        return switch (tag) {
            case 0x90 -> AccessCondition.ALWAYS;
            case 0x9E -> from < to ? compact(data[from]) : AccessCondition.NEVER;
            case 0xA4 -> key(from, to);
            case 0xA0 -> new AccessCondition.Any(parts(from, to));
            case 0xAF -> new AccessCondition.All(parts(from, to));
            case 0xA7 -> new AccessCondition.Not(new AccessCondition.Any(parts(from, to)));
            default -> AccessCondition.NEVER; // 97, and what asks for secure messaging
        };
    }

    private List<AccessCondition> parts(int from, int to) {
        List<AccessCondition> parts = new ArrayList<>();
        AccessRules inner = new AccessRules(data, from, to);
        while (inner.at < to) {
            int tag = data[inner.at++] & 0xFF;
            int length = inner.length();
            parts.add(inner.condition(tag, inner.at, inner.at + length));
            inner.at += length;
        }
        return parts;
    }

    /** Control reference template: the key reference (83) counts; the usage qualifier (95) is always that of a verification. */
    private AccessCondition key(int from, int to) {
        AccessRules inner = new AccessRules(data, from, to);
        while (inner.at < to) {
            int tag = data[inner.at++] & 0xFF;
            int length = inner.length();
            if (tag == 0x83 && length == 1) {
                return new AccessCondition.Key(data[inner.at] & 0xFF);
            }
            inner.at += length;
        }
        return AccessCondition.NEVER;
    }

    private int length() {
        int length = data[at++] & 0xFF;
        return length == 0x81 ? data[at++] & 0xFF : length;
    }

    /** Condition bytes stand for the bits that are set in the access mode byte, the highest bit first. */
    static AccessCondition compact(byte[] rules, Access access) {
        if (rules.length == 0 || access.mode() == 0 || (rules[0] & access.mode()) == 0) {
            return AccessCondition.NEVER;
        }
        int index = 1 + Integer.bitCount(rules[0] & 0x7F & -(access.mode() << 1));
        return index < rules.length ? compact(rules[index]) : AccessCondition.NEVER;
    }

    /**
     * A security condition byte. It names no keys: user authentication stands for PIN1, external authentication for ADM1, which
     * are those of the applications that this card has.
     */
    private static AccessCondition compact(byte condition) {
        if (condition == 0) {
            return AccessCondition.ALWAYS;
        }
        if (condition == (byte) 0xFF || (condition & 0x40) != 0) { // never; secure messaging
            return AccessCondition.NEVER;
        }
        List<AccessCondition> parts = new ArrayList<>(2);
        if ((condition & 0x20) != 0) {
            parts.add(new AccessCondition.Key(ADM1));
        }
        if ((condition & 0x10) != 0) {
            parts.add(new AccessCondition.Key(PIN1));
        }
        return (condition & 0x80) != 0 && !parts.isEmpty()
                ? new AccessCondition.All(parts)
                : new AccessCondition.Any(parts);
    }
}
