// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** UTF-8 that is refused, not repaired, where it is malformed. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** The text that the bytes are, or empty where they are not UTF-8. */
    public static Optional<String> decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // The JDK's fast decoder puts U+FFFD where it met a fault; only then is the strict one worth its price.
        if (text.indexOf(REPLACEMENT) < 0) {
            return Optional.of(text);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            return Optional.of(text);
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
