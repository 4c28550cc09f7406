// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bipline.cat.tlv.ByteString;

/** What can be decoded. */
public enum Kind {
    PROACTIVE_COMMAND("proactive"),
    TERMINAL_RESPONSE("terminal-response"),
    ENVELOPE("envelope"),
    TERMINAL_PROFILE("terminal-profile"),
    SYNCML("syncml"),
    SECURED_PACKET("secured-packet"),
    APDU("apdu");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    /** The names of all kinds. */
    public static String names() {
        return Stream.of(values()).map(Kind::toString).collect(Collectors.joining(", "));
    }

    /** The kind of this name. */
    public static Optional<Kind> of(String text) {
        return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /** The kind of an item by how it begins, if it is known. */
    static Optional<Kind> of(ByteString item) {
        if (item.isEmpty()) {
            return Optional.empty();
        }
        return SecuredPackets.begins(item) ? Optional.of(SECURED_PACKET) : beginningWith(item.u8(0));
    }

    /** The kind that begins with this byte, if it is known. */
    static Optional<Kind> beginningWith(int first) {
        if (first == 0xD0) {
            return Optional.of(PROACTIVE_COMMAND);
        }
        if (first > 0xD0 && first <= 0xDF) {
            return Optional.of(ENVELOPE);
        }
        return switch (first) {
            case 0x01, 0x81 -> Optional.of(TERMINAL_RESPONSE); // the tag of Command details
            case 0x02, 0x03 -> Optional.of(SYNCML); // the version of WBXML, 1.2 or 1.3
            default -> Optional.empty();
        };
    }

    /** The name, for {@code --as} and as {@code kind} in JSON. */
    @Override
    public String toString() {
        return text;
    }
}
