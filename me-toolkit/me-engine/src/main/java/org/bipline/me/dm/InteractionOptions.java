// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Hints to the user interface. OMA DM Protocol, user interaction options. What is malformed or not known is left out, as the standard
 * asks for.
 *
 * @param minDisplayTime MINDT in seconds
 * @param maxDisplayTime MAXDT in seconds
 * @param defaultResponse DR: 0 or 1 for a confirmation, a text for an input, numbers joined by {@code -} for a choice
 * @param maxLength MAXLEN of an input, in characters
 */
public record InteractionOptions(
        OptionalInt minDisplayTime,
        OptionalInt maxDisplayTime,
        Optional<String> defaultResponse,
        OptionalInt maxLength,
        InputType inputType,
        EchoType echoType) {
    /** Values of IT. */
    public enum InputType {
        ALPHANUMERIC("A", ".*"),
        NUMERIC("N", "[-+.0-9]*"),
        DATE("D", "[0-9]{8}"),
        TIME("T", "[0-9]{6}"),
        PHONE("P", "\\+?[0-9pws]*"),
        IP_ADDRESS("I", "[0-9]{1,3}(\\.[0-9]{1,3}){3}");

        private final String code;
        private final String pattern;

        InputType(String code, String pattern) {
            this.code = code;
            this.pattern = pattern;
        }

        boolean takes(String text) {
            return text.matches("(?s)" + pattern);
        }
    }

    /** Values of ET. */
    public enum EchoType {
        TEXT,
        PASSWORD
    }

    static InteractionOptions parse(String text) {
        Map<String, String> options = new HashMap<>();
        for (String option : text.split("&", -1)) {
            int equals = option.indexOf('=');
            if (equals > 0) {
                decode(option.substring(equals + 1))
                        .ifPresent(value -> options.putIfAbsent(option.substring(0, equals), value));
            }
        }
        InputType inputType = InputType.ALPHANUMERIC;
        for (InputType type : InputType.values()) {
            inputType = type.code.equals(options.get("IT")) ? type : inputType;
        }
        return new InteractionOptions(
                number(options.get("MINDT")),
                number(options.get("MAXDT")),
                Optional.ofNullable(options.get("DR")),
                number(options.get("MAXLEN")),
                inputType,
                "P".equals(options.get("ET")) ? EchoType.PASSWORD : EchoType.TEXT);
    }

    private static Optional<String> decode(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt number(String text) {
        return text != null && text.matches("[1-9][0-9]{0,8}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
