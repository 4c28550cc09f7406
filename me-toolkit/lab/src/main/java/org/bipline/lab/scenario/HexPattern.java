// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bytes in hexadecimal, where a {@code .} stands for any digit and a {@code *} at the end for anything that follows.
 *
 * @param text the digits, in upper case and without blanks
 */
record HexPattern(String text) {
    private static final Pattern FORM = Pattern.compile("(?:[0-9A-F.]{2})*\\*?");

    /** The pattern in a text; empty when it is none. */
    static Optional<HexPattern> of(String text) {
        String digits = text.replaceAll("[\\s:]+", "").toUpperCase(Locale.ROOT);
        return FORM.matcher(digits).matches() ? Optional.of(new HexPattern(digits)) : Optional.empty();
    }

    boolean matches(String hex) {
        boolean open = text.endsWith("*");
        int length = open ? text.length() - 1 : text.length();
        if (open ? hex.length() < length : hex.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != '.' && text.charAt(i) != Character.toUpperCase(hex.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
