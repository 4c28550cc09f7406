// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the registry of the card lets an authority do: specs/technical-specification.md clause 5, Rights.
 *
 * @param commands those that it may use; all where there are none
 * @param privileges what it has beyond objects of its own
 * @param types identifiers of the objects that it may have below {@code ./MO}; any where there are none
 * @param names names that it may use below {@code ./MO}, a star at the end for any rest; any where there are none
 */
public record AuthorityRights(
        Set<Command> commands, Set<Privilege> privileges, List<String> types, List<String> names) {
    /** Bytes of the longest list. */
    static final int MAX = 96;

    private static final int MAX_TEXT = 64;

    /** Commands. */
    public enum Command {
        ADD(0x01),
        GET(0x02),
        REPLACE(0x04),
        DELETE(0x08),
        EXEC(0x10);

        private final int bit;

        Command(int bit) {
            this.bit = bit;
        }
    }

    /** Privileges. */
    public enum Privilege {
        /** What the ME tells: identifiers of the device, location. */
        DEVICE_INFORMATION(0x01),
        /** Policies that say where in its tree the device has an object. */
        PLACES(0x02),
        /** Reading the security log. */
        SECURITY_LOG(0x04);

        private final int bit;

        Privilege(int bit) {
            this.bit = bit;
        }
    }

    public AuthorityRights {
        commands = Set.copyOf(commands);
        privileges = Set.copyOf(privileges);
        types = List.copyOf(types);
        names = List.copyOf(names);
    }

    /** The TLVs within tag 9E. */
    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!commands.isEmpty()) {
            bits(out, 0x80, commands.stream().mapToInt(command -> command.bit));
        }
        bits(out, 0x81, privileges.stream().mapToInt(privilege -> privilege.bit));
        types.forEach(type -> text(out, 0x82, "type", type));
        names.forEach(name -> text(out, 0x83, "name", name));
        return out.toByteArray();
    }

    private static void bits(ByteArrayOutputStream out, int tag, IntStream bits) {
        out.write(tag);
        out.write(1);
        out.write(bits.sum());
    }

    private static void text(ByteArrayOutputStream out, int tag, String what, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        if (value.length == 0 || value.length > MAX_TEXT) {
            throw new IllegalArgumentException(
                    what + " of rights: '" + text + "' is not 1 to " + MAX_TEXT + " bytes long");
        }
        out.write(tag);
        out.write(value.length);
        out.writeBytes(value);
    }
}
