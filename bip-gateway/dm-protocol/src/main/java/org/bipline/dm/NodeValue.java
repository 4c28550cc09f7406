// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

import java.util.Optional;

/** The value of a leaf: text, or bytes that are no text. Values may be secrets, and {@code toString} shows how long they are only. */
public sealed interface NodeValue {
    /** The octets of the value: UTF-8 where it is text. The property Size counts these. */
    ByteString octets();

    /** The value as text: empty where its octets are not UTF-8. */
    Optional<String> asText();

    /** True if both have the same octets, whichever way each is held. */
    default boolean sameOctets(NodeValue other) {
        return octets().equals(other.octets());
    }

    record Text(String text) implements NodeValue {
        @Override
        public ByteString octets() {
            return ByteString.utf8(text);
        }

        @Override
        public Optional<String> asText() {
            return Optional.of(text);
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    record Binary(ByteString octets) implements NodeValue {
        @Override
        public Optional<String> asText() {
            byte[] bytes = octets.toByteArray();
            return Utf8.decode(bytes, 0, bytes.length);
        }

        @Override
        public String toString() {
            return "Binary[" + octets.length() + " octets]";
        }
    }

    static NodeValue text(String text) {
        return new Text(text);
    }

    static NodeValue binary(ByteString octets) {
        return new Binary(octets);
    }
}
