// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header field {@code x-syncml-hmac} of a transport. OMA DM Security, clause 5.1.4.3.
 *
 * @param userName LocName of the sender, by which the receiver finds the key
 * @param mac digest in Base64
 */
public record MacHeader(String userName, String mac) {
    public static final String NAME = "x-syncml-hmac";

    /** A parameter: its name and a quoted string or a token, which may hold the characters of Base64. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*([A-Za-z0-9-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*)\"|([^\\s,\"]+))\\s*(?:,|$)");

    /** Longest value read: a user name of DM and a digest need a tenth of it. */
    private static final int MAX_LENGTH = 1024;

    /** Reads the value of the field: empty if it is malformed, lacks a part, or names another algorithm than MD5. */
    public static Optional<MacHeader> parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(value);
        int end = 0;
        while (end < value.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                return Optional.empty();
            }
            String text = matcher.group(2) == null
                    ? matcher.group(3)
                    : matcher.group(2).replaceAll("\\\\(.)", "$1");
            if (parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), text) != null) {
                return Optional.empty();
            }
            end = matcher.end();
        }
        String userName = parameters.get("username");
        String mac = parameters.get("mac");
        boolean md5 = parameters.getOrDefault("algorithm", "MD5").equalsIgnoreCase("MD5");
        return userName == null || mac == null || !md5 ? Optional.empty() : Optional.of(new MacHeader(userName, mac));
    }

    /** The value of the field. */
    public String value() {
        String quoted = userName.replaceAll("([\"\\\\])", "\\\\$1");
        return "algorithm=MD5, username=\"" + quoted + "\", mac=" + mac;
    }

    @Override
    public String toString() {
        return "MacHeader[" + userName + "]";
    }
}
