// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.HexFormat;
import java.util.Locale;

/**
 * Encodes access rules that are written in words, as the description of a card has them: {@code read=pin1}, {@code
 * update,increase=pin1&adm1}. The result is a record of EF ARR, ETSI TS 102 221 clause 9.2.4.
 */
final class RuleText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private RuleText() {}

    /**
     * The encoded rule of one word.
     *
     * @throws IllegalArgumentException with the reason
     */
    static byte[] encode(String word) {
        int equals = word.indexOf('=');
        if (equals < 0) {
            return HEX.parseHex(word);
        }
        int mode = 0;
        StringBuilder instructions = new StringBuilder();
        for (String name : word.substring(0, equals).split(",", -1)) {
            Access access = access(name);
            mode |= access.mode();
            if (access.mode() == 0) {
                instructions.append("%02X".formatted(access.instruction()));
            }
        }
        String condition = condition(word.substring(equals + 1));
        String encoded = mode == 0 ? "" : "8001%02X".formatted(mode) + condition;
        if (!instructions.isEmpty()) {
            encoded += "84%02X".formatted(instructions.length() / 2) + instructions + condition;
        }
        return HEX.parseHex(encoded);
    }

    private static Access access(String name) {
        try {
            return Access.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no access is called " + name, e);
        }
    }

    private static String condition(String text) {
        if (text.indexOf('&') >= 0) {
            return template("AF", text.split("&", -1));
        }
        if (text.indexOf('|') >= 0) {
            return template("A0", text.split("\\|", -1));
        }
        if (text.startsWith("!")) {
            return template("A7", text.substring(1));
        }
        return switch (text) {
            case "always" -> "9000";
            case "never" -> "9700";
            default -> "A4068301%02X950108".formatted(keyReference(text));
        };
    }

    private static String template(String tag, String... parts) {
        StringBuilder value = new StringBuilder();
        for (String part : parts) {
            value.append(condition(part));
        }
        return tag + "%02X".formatted(value.length() / 2) + value;
    }

    /** {@code pin1} to {@code pin8}, {@code upin}, {@code local1} to {@code local8}, {@code adm1} to {@code adm10}. */
    static int keyReference(String name) {
        if (name.equals("upin")) {
            return Pin.UNIVERSAL;
        }
        if (name.matches("(pin|local)[1-8]|adm([1-9]|10)")) {
            int number = Integer.parseInt(name.replaceAll("[^0-9]", ""));
            return switch (name.charAt(0)) {
                case 'p' -> number;
                case 'l' -> 0x80 + number;
                default -> number <= 5 ? 0x09 + number : 0x84 + number;
            };
        }
        throw new IllegalArgumentException("no condition or key is called " + name);
    }
}
