// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bipline.uicc.runtime.InstallationException;

/**
 * The UICC toolkit application specific parameters of an installation, value of tag 80.
 *
 * @param priority 1 highest to 255 lowest; 0, which is met in the field, comes before 1
 * @param maxTextLength longest text of a menu entry in bytes
 * @param menuEntries the entries that the applet may use, in the order in which it initialises them
 * @param minimumSecurityLevel in hex, empty: none
 * @param tars toolkit application references, three bytes each
 */
public record ToolkitParameters(
        int priority,
        int maxTimers,
        int maxTextLength,
        List<MenuPosition> menuEntries,
        int maxChannels,
        String minimumSecurityLevel,
        List<Integer> tars,
        int maxServices) {

    private static final String CLAUSE = "ETSI TS 102 226 clause 8.2.1.3.2.2.1";
    private static final int REFUSED = 0x6A80;
    private static final int MAX_TIMERS = 8;
    private static final int MAX_CHANNELS = 7;
    private static final int MAX_SERVICES = 8;

    /**
     * Place of a menu entry.
     *
     * @param position 1 first, 0 last
     * @param identifier 1 to 127, or 0 for one that the card chooses
     */
    public record MenuPosition(int position, int identifier) {}

    /** A reader that knows where the field stands that it read last. */
    private static final class Reader {
        private final byte[] bytes;
        private int start;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean atEnd() {
            return at == bytes.length;
        }

        int next(String field) {
            start = at;
            if (atEnd()) {
                throw refused(field, "the parameters end after " + at + " bytes, before this field");
            }
            return bytes[at++] & 0xFF;
        }

        int next(String field, int max) {
            int value = next(field);
            if (value > max) {
                throw refused(field, value + " is more than the " + max + " that there are");
            }
            return value;
        }

        byte[] nextBlock(String field) {
            int length = next("length of " + field);
            if (length > bytes.length - at) {
                throw refused(field, "its length is " + length + ", only " + (bytes.length - at) + " bytes follow");
            }
            start = at;
            at += length;
            byte[] block = new byte[length];
            System.arraycopy(bytes, start, block, 0, length);
            return block;
        }

        InstallationException refused(String field, String reason) {
            String value = InstallationException.hex(bytes, start, at - start);
            return new InstallationException(field, start, value, reason, CLAUSE, REFUSED);
        }
    }

    /**
     * Reads the value of tag 80. Older forms of the parameters end before the channels, the security level, the TARs or the
     * services; what is missing counts as none. What a later release may append is ignored.
     *
     * @throws InstallationException for the first field that is wrong, status word 6A80
     */
    public static ToolkitParameters parse(byte[] value) {
        Reader reader = new Reader(value);
        int priority = reader.next("priority level");
        int timers = reader.next("maximum number of timers", MAX_TIMERS);
        int textLength = reader.next("maximum text length for a menu entry");
        int count = reader.next("maximum number of menu entries");
        List<MenuPosition> entries = new ArrayList<>(count);
        Set<Integer> identifiers = new HashSet<>();
        for (int i = 1; i <= count; i++) {
            int position = reader.next("position of menu entry " + i);
            String field = "identifier of menu entry " + i;
            int identifier = reader.next(field);
            if (identifier > 127) {
                throw reader.refused(
                        field, identifier + " is in the range 128 to 255, which the card keeps for itself");
            }
            if (identifier != 0 && !identifiers.add(identifier)) {
                throw reader.refused(field, identifier + " is used twice");
            }
            entries.add(new MenuPosition(position, identifier));
        }
        int channels = reader.atEnd() ? 0 : reader.next("maximum number of channels", MAX_CHANNELS);
        byte[] level = reader.atEnd() ? new byte[0] : reader.nextBlock("minimum security level");
        byte[] tarBytes = reader.atEnd() ? new byte[0] : reader.nextBlock("TAR values");
        if (tarBytes.length % 3 != 0) {
            throw reader.refused("TAR values", "their length is " + tarBytes.length + ", a TAR has three bytes");
        }
        List<Integer> tars = new ArrayList<>();
        for (int i = 0; i < tarBytes.length; i += 3) {
            tars.add((tarBytes[i] & 0xFF) << 16 | ((tarBytes[i + 1] & 0xFF) << 8) | (tarBytes[i + 2] & 0xFF));
        }
        int services = reader.atEnd() ? 0 : reader.next("maximum number of services", MAX_SERVICES);
        return new ToolkitParameters(
                priority,
                timers,
                textLength,
                List.copyOf(entries),
                channels,
                HexFormat.of().formatHex(level),
                List.copyOf(tars),
                services);
    }

    static InstallationException refused(String field, String reason, String clause) {
        return new InstallationException(field, reason, clause, REFUSED);
    }
}
