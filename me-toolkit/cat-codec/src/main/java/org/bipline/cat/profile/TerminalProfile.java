// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bipline.cat.object.Fields;
import org.bipline.cat.tlv.ByteString;

/** The data of the TERMINAL PROFILE command, any number of bytes. ETSI TS 102 223 clause 5.2. */
public record TerminalProfile(ByteString bytes) {
    private static final int MAX_CHANNELS = 7;
    private static final int CHANNELS_BYTE = 13;
    private static final int CHANNELS_SHIFT = 5;
    private static final int SOFT_KEYS_BYTE = 11;
    private static final int DISPLAY_HEIGHT_BYTE = 14;
    private static final int DISPLAY_HEIGHT_MASK = 0x1F;
    private static final int DISPLAY_WIDTH_BYTE = 15;
    private static final int DISPLAY_WIDTH_MASK = 0x7F;
    private static final int DISPLAY_EFFECTS_BYTE = 16;
    private static final int WIDTH_REDUCTION_SHIFT = 5;
    private static final int FRAMES_BYTE = 24;
    private static final int FRAMES_MASK = 0x0F;

    /** A profile of these facilities, as short as it can be. */
    public static TerminalProfile of(Set<Facility> facilities, int channels) {
        if (channels < 0 || channels > MAX_CHANNELS) {
            throw new IllegalArgumentException(channels + " channels");
        }
        int length = channels > 0 ? CHANNELS_BYTE : 0;
        for (Facility facility : facilities) {
            length = Math.max(length, facility.byteNumber());
        }
        byte[] profile = new byte[length];
        for (Facility facility : facilities) {
            profile[facility.byteNumber() - 1] |= (byte) (1 << (facility.bit() - 1));
        }
        if (channels > 0) {
            profile[CHANNELS_BYTE - 1] |= (byte) (channels << CHANNELS_SHIFT);
        }
        return new TerminalProfile(ByteString.wrap(profile));
    }

    public boolean supports(Facility facility) {
        return ((octet(facility.byteNumber()) >> (facility.bit() - 1)) & 1) != 0;
    }

    /** Number of channels supported at a time, 0 to 7. */
    public int channels() {
        return octet(CHANNELS_BYTE) >> CHANNELS_SHIFT;
    }

    /** All facilities whose bit is set. */
    public Set<Facility> facilities() {
        EnumSet<Facility> supported = EnumSet.noneOf(Facility.class);
        Arrays.stream(Facility.values()).filter(this::supports).forEach(supported::add);
        return Collections.unmodifiableSet(supported);
    }

    /** Greatest number of soft keys, 0 to 255; 255 is reserved. */
    public int softKeys() {
        return octet(SOFT_KEYS_BYTE);
    }

    /** Characters that the display shows down, 0 to 31. */
    public int charactersDown() {
        return octet(DISPLAY_HEIGHT_BYTE) & DISPLAY_HEIGHT_MASK;
    }

    /** Characters that the display shows across, 0 to 127. */
    public int charactersAcross() {
        return octet(DISPLAY_WIDTH_BYTE) & DISPLAY_WIDTH_MASK;
    }

    /** By how many characters the display is narrower in a menu, 0 to 7. */
    public int widthReductionInMenu() {
        return octet(DISPLAY_EFFECTS_BYTE) >> WIDTH_REDUCTION_SHIFT;
    }

    /** Greatest number of frames, those within frames counted, 0 to 15. */
    public int frames() {
        return octet(FRAMES_BYTE) & FRAMES_MASK;
    }

    /** The profile bit by bit: numbers by name, facilities whose bit is set, and bits that no facility has. */
    public Map<String, Object> fields() {
        Fields fields = Fields.of()
                .put("softKeys", softKeys())
                .put("channels", channels())
                .put("charactersDown", charactersDown())
                .put("charactersAcross", charactersAcross())
                .put("widthReductionInMenu", widthReductionInMenu())
                .put("frames", frames())
                .put("facilities", facilities().stream().map(Facility::text).toList());
        List<Object> reserved = new ArrayList<>();
        for (int i = 0; i < 8 * bytes.length(); i++) {
            int number = i / 8 + 1;
            int bit = i % 8 + 1;
            if (((octet(number) >> (bit - 1)) & 1) != 0 && !isNamed(number, bit)) {
                reserved.add("byte " + number + " bit " + bit);
            }
        }
        return fields.put("reserved", reserved).toMap();
    }

    private static boolean isNamed(int number, int bit) {
        boolean ofNumber = switch (number) {
            case SOFT_KEYS_BYTE -> true;
            case CHANNELS_BYTE -> bit > CHANNELS_SHIFT;
            case DISPLAY_HEIGHT_BYTE -> (DISPLAY_HEIGHT_MASK >> (bit - 1) & 1) != 0;
            case DISPLAY_WIDTH_BYTE -> (DISPLAY_WIDTH_MASK >> (bit - 1) & 1) != 0;
            case DISPLAY_EFFECTS_BYTE -> bit > WIDTH_REDUCTION_SHIFT;
            case FRAMES_BYTE -> (FRAMES_MASK >> (bit - 1) & 1) != 0;
            default -> false;
        };
        return ofNumber || Arrays.stream(Facility.values()).anyMatch(f -> f.byteNumber() == number && f.bit() == bit);
    }

    private int octet(int number) {
        return number <= bytes.length() ? bytes.u8(number - 1) : 0;
    }
}
