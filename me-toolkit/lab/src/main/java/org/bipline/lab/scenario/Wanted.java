// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.bipline.lab.Failure;

/** What a decoded value is to be. */
sealed interface Wanted {
    /** Adds what is not as wanted to a list. */
    void check(String field, Object seen, List<Mismatch> mismatches);

    /**
     * One value: a number, a code or its name, a truth value, a text, {@code >= 10}, {@code <= 10}, or {@code /regular expression/}.
     *
     * @param text as the scenario writes it
     */
    record Value(String text) implements Wanted {
        private static final Pattern COMPARISON = Pattern.compile("([<>])=\\s*(\\w+)");

        @Override
        public String toString() {
            return text;
        }

        @Override
        public void check(String field, Object seen, List<Mismatch> mismatches) {
            if (!is(seen)) {
                mismatches.add(new Mismatch(field, text, shown(seen)));
            }
        }

        private boolean is(Object seen) {
            if (seen instanceof Map<?, ?> map) {
                if (map.containsKey("code") && map.containsKey("name")) {
                    return is(map.get("code")) || is(map.get("name"));
                }
                return map.size() == 1 && is(map.values().iterator().next());
            }
            if (seen instanceof List<?> list) {
                return isText(shown(list)) || (list.size() == 1 && is(list.get(0)));
            }
            return seen instanceof Number number ? isNumber(number.longValue()) : isText(seen.toString());
        }

        private boolean isNumber(long seen) {
            Matcher comparison = COMPARISON.matcher(text);
            try {
                if (comparison.matches()) {
                    long bound = Long.decode(comparison.group(2));
                    return comparison.group(1).equals(">") ? seen >= bound : seen <= bound;
                }
                return seen == Long.decode(text);
            } catch (NumberFormatException e) {
                return isText(Long.toString(seen));
            }
        }

        private boolean isText(String seen) {
            return expression(text)
                    .map(regex -> regex.matcher(seen).find())
                    .orElseGet(() -> seen.equalsIgnoreCase(text));
        }

        /** The regular expression between slashes. */
        private static Optional<Pattern> expression(String text) {
            return text.length() > 1 && text.startsWith("/") && text.endsWith("/")
                    ? Optional.of(Pattern.compile(text.substring(1, text.length() - 1)))
                    : Optional.empty();
        }
    }

    /**
     * Fields of a value.
     *
     * @param fields what they are to be, by their names; blanks and case of the names do not matter
     */
    record Fields(Map<String, Wanted> fields) implements Wanted {
        @Override
        public void check(String field, Object seen, List<Mismatch> mismatches) {
            if (!(seen instanceof Map<?, ?> map)) {
                mismatches.add(new Mismatch(field, "fields " + String.join(", ", fields.keySet()), shown(seen)));
                return;
            }
            fields.forEach((name, wanted) -> {
                Optional<?> value = map.entrySet().stream()
                        .filter(entry -> same(entry.getKey().toString(), name))
                        .map(Map.Entry::getValue)
                        .findFirst();
                String path = field + ", " + name;
                if (value.isPresent()) {
                    wanted.check(path, value.get(), mismatches);
                } else {
                    mismatches.add(new Mismatch(path, wanted.toString(), "no such field; there are " + map.keySet()));
                }
            });
        }

        @Override
        public String toString() {
            return fields.toString();
        }
    }

    /** What a scenario wants of a value. */
    static Wanted of(YamlValue yaml) throws Failure {
        if (yaml.isMap()) {
            Map<String, Wanted> fields = new LinkedHashMap<>();
            for (Map.Entry<String, YamlValue> entry : yaml.entries().entrySet()) {
                fields.put(entry.getKey(), of(entry.getValue()));
            }
            return new Fields(fields);
        }
        if (yaml.isList()) {
            return new Value(String.join(", ", yaml.texts()));
        }
        String text = yaml.text();
        try {
            Value.expression(text);
        } catch (PatternSyntaxException e) {
            throw yaml.wrong(text + " is no regular expression: " + e.getDescription());
        }
        return new Value(text);
    }

    /** Whether two names are the same but for blanks, hyphens and case. */
    static boolean same(String a, String b) {
        return plain(a).equals(plain(b));
    }

    private static String plain(String name) {
        return name.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
    }

    /** A decoded value as text. */
    static String shown(Object value) {
        if (value instanceof Map<?, ?> map) {
            if (map.containsKey("code") && map.containsKey("name")) {
                return map.get("name") + " (" + map.get("code") + ")";
            }
            List<String> parts = new ArrayList<>();
            map.forEach((key, element) -> parts.add(key + " " + shown(element)));
            return String.join(", ", parts);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Wanted::shown).collect(Collectors.joining(", "));
        }
        return String.valueOf(value);
    }
}
