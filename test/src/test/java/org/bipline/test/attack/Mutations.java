// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bipline.dm.ByteString;

/**
 * Changes bytes as somebody on the way may: bits and bytes, pieces left out, doubled, moved or put in, the end cut off; by chance, and the
 * same for the same seed.
 */
final class Mutations {
    /** All trials, 100,000 in the classes together, with {@code -Dmutation.all=true}; else one in a hundred. */
    private static final boolean ALL = Boolean.getBoolean("mutation.all");

    private static final int SAMPLE = 100;
    private static final int MOST_CHANGES = 3;
    private static final int LONGEST_PIECE = 40;

    /** Bytes at which lengths and signs change. */
    private static final byte[] EDGES = {0, 1, 0x7F, (byte) 0x80, (byte) 0x81, (byte) 0x82, (byte) 0xFE, (byte) 0xFF};

    private final SplittableRandom random;

    Mutations(long seed) {
        random = new SplittableRandom(seed);
    }

    /** How many trials to make of so many. */
    static int trials(int all) {
        return ALL ? all : all / SAMPLE;
    }

    /** The source of chance. */
    SplittableRandom random() {
        return random;
    }

    ByteString of(ByteString original) {
        return ByteString.of(of(original.toByteArray()));
    }

    /** Other bytes than these. */
    byte[] of(byte[] original) {
        byte[] changed = original;
        for (int changes = random.nextInt(1, MOST_CHANGES + 1); changes > 0 || Arrays.equals(changed, original); ) {
            changed = change(changed);
            changes--;
        }
        return changed;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + random.nextInt(1, LONGEST_PIECE + 1));
        byte[] piece = Arrays.copyOfRange(bytes, at, end);
        return switch (random.nextInt(8)) {
            case 0 -> set(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
            case 1 -> set(bytes, at, (byte) random.nextInt());
            case 2 -> set(bytes, at, EDGES[random.nextInt(EDGES.length)]);
            case 3 -> splice(bytes, at, end, new byte[0]);
            case 4 -> splice(bytes, at, at, piece);
            case 5 -> splice(bytes, random.nextInt(bytes.length + 1), -1, piece);
            case 6 -> {
                byte[] noise = new byte[random.nextInt(1, LONGEST_PIECE + 1)];
                random.nextBytes(noise);
                yield splice(bytes, at, at, noise);
            }
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    /** Puts a piece in the place of those from {@code at} to {@code end}; where that is before it, of as many as the piece has. */
    private static byte[] splice(byte[] bytes, int at, int end, byte[] piece) {
        int rest = end < at ? Math.min(bytes.length, at + piece.length) : end;
        return ByteString.of(bytes, 0, at)
                .concat(ByteString.of(piece))
                .concat(ByteString.of(bytes, rest, bytes.length - rest))
                .toByteArray();
    }
}
