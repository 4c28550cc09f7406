// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types and members that a card with Java Card 3.0.4 Classic, uicc 1.0 and the uicc.usim packages offers, on request with the
 * AEADCipher of Java Card 3.0.5.
 */
final class CardApi {
    private static final Pattern TYPE =
            Pattern.compile("type (\\S+) public .*?(?:class|interface) extends (\\S+)(?: implements (.*))?");
    private static final Pattern FIELD = Pattern.compile("(?:\\w+ )*(\\S+) (\\S+)(?: = -?\\d+)?");
    private static final Pattern METHOD = Pattern.compile("(?:\\w+ )*(\\S+\\(\\S*\\)\\S+)(?: throws .*)?");

    /** Superclass and superinterfaces of each type. */
    private final Map<String, List<String>> parents = new HashMap<>();
    /** {@code owner.name descriptor} of fields, {@code owner.name(parameters)result} of methods. */
    private final Set<String> members = new HashSet<>();

    CardApi(boolean aead) {
        for (String listing : List.of("javacard-3.0.4.txt", "ts102241-1.0.txt", "ts31130.txt")) {
            read(listing);
        }
        if (aead) {
            read("javacard-3.0.5-aead.txt");
        }
    }

    private void read(String listing) {
        String type = "";
        for (String line : resource("/api/" + listing).split("\n", -1)) {
            if (line.startsWith("type ")) {
                Matcher matcher = match(TYPE, line);
                type = matcher.group(1);
                List<String> above = new ArrayList<>();
                above.add(matcher.group(2));
                if (matcher.group(3) != null) {
                    above.addAll(List.of(matcher.group(3).split(" ", -1)));
                }
                parents.put(type, above);
            } else if (line.contains("(")) {
                members.add(type + "." + match(METHOD, line).group(1));
            } else if (!line.isEmpty()) {
                Matcher matcher = match(FIELD, line);
                members.add(type + "." + matcher.group(1) + " " + matcher.group(2));
            }
        }
    }

    private static Matcher match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalStateException("listing: " + line);
        }
        return matcher;
    }

    private static String resource(String name) {
        try (InputStream in = CardApi.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasType(String type) {
        return parents.containsKey(type);
    }

    /** Whether the type or one above it declares the member. */
    boolean hasMember(String type, String member) {
        return members.contains(type + "." + member)
                || parents.getOrDefault(type, List.of()).stream().anyMatch(parent -> hasMember(parent, member));
    }
}
