// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value in a YAML file, with its place there: what is wrong with it is said with line and column. */
final class YamlValue {
    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|min|h|d)");
    private static final Pattern IGNORED_IN_HEX = Pattern.compile("[\\s:]+");

    private final Path file;
    private final Node node;

    private YamlValue(Path file, Node node) {
        this.file = file;
        this.node = node;
    }

    /**
     * Reads a file.
     *
     * @throws Failure when there is none, it is no YAML, or it is empty
     */
    static YamlValue read(Path file) throws Failure {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.INPUT, file + ": cannot be read; give the path of a scenario, a YAML file", e);
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw new Failure(Failure.Kind.INPUT, file + ": is empty; write title, card and steps into it");
            }
            return new YamlValue(file, root);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            String where = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            throw new Failure(Failure.Kind.INPUT, file + where + ": " + e.getProblem() + "; correct the YAML", e);
        } catch (YAMLException e) {
            throw new Failure(Failure.Kind.INPUT, file + ": " + e.getMessage() + "; correct the YAML", e);
        }
    }

    Path file() {
        return file;
    }

    /** Line in the file, from 1. */
    int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** What is wrong here, with the remedy. */
    Failure wrong(String what) {
        return new Failure(
                Failure.Kind.INPUT,
                file + ":" + line() + ":" + (node.getStartMark().getColumn() + 1) + ": " + what);
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether nothing is written here, or {@code null} or {@code ~}. */
    boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /**
     * The entries of a map, in their order.
     *
     * @throws Failure when this is no map, or a key occurs twice
     */
    Map<String, YamlValue> entries() throws Failure {
        if (!(node instanceof MappingNode map)) {
            throw wrong("expected keys with values");
        }
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            YamlValue key = new YamlValue(file, tuple.getKeyNode());
            if (entries.put(key.text(), new YamlValue(file, tuple.getValueNode())) != null) {
                throw key.wrong("\"" + key.text() + "\" is there twice; remove one");
            }
        }
        return entries;
    }

    /**
     * The entries of a map that has no other keys than these.
     *
     * @throws Failure when this is no map, or has another key
     */
    Map<String, YamlValue> entries(String... allowed) throws Failure {
        Map<String, YamlValue> entries = entries();
        for (Map.Entry<String, YamlValue> entry : entries.entrySet()) {
            if (!List.of(allowed).contains(entry.getKey())) {
                throw entry.getValue()
                        .wrong("unknown key \"" + entry.getKey() + "\"; there are " + String.join(", ", allowed));
            }
        }
        return entries;
    }

    List<YamlValue> list() throws Failure {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("expected a list");
        }
        return sequence.getValue().stream().map(n -> new YamlValue(file, n)).toList();
    }

    /** This list, or the one value that stands here. */
    List<YamlValue> oneOrMore() throws Failure {
        return isList() ? list() : List.of(this);
    }

    String text() throws Failure {
        if (!(node instanceof ScalarNode scalar) || isNull()) {
            throw wrong("expected a text");
        }
        return scalar.getValue();
    }

    List<String> texts() throws Failure {
        List<String> texts = new ArrayList<>();
        for (YamlValue value : oneOrMore()) {
            texts.add(value.text());
        }
        return texts;
    }

    /** A number, decimal or {@code 0x…}. */
    int number(int least, int most) throws Failure {
        try {
            int number = Integer.decode(text());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong("\"" + text() + "\" is no number; give one from " + least + " to " + most);
        }
        throw wrong(text() + " is out of range; give a number from " + least + " to " + most);
    }

    boolean truth() throws Failure {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("\"" + text() + "\" is neither true nor false");
        };
    }

    /** Bytes in hexadecimal, with blanks and colons as one likes. */
    ByteString hex() throws Failure {
        try {
            return ByteString.ofHex(IGNORED_IN_HEX.matcher(text()).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw wrong("\"" + text() + "\" is not hexadecimal");
        }
    }

    /** A time such as {@code 20 ms}, {@code 1.5 s}, {@code 10 min}, {@code 1 h}, {@code 2 d}, or as in ISO 8601. */
    Duration duration() throws Failure {
        String text = text();
        Matcher matcher = DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Duration.parse(text);
            }
            double number = Double.parseDouble(matcher.group(1));
            double seconds = switch (matcher.group(2)) {
                case "ms" -> number / 1000;
                case "s" -> number;
                case "min" -> number * 60;
                case "h" -> number * 3600;
                default -> number * 86400;
            };
            return Duration.ofNanos(Math.round(seconds * 1e9));
        } catch (DateTimeParseException e) {
            throw wrong("\"" + text + "\" is no time; write it like 500 ms, 10 s, 2 min or 1 h");
        }
    }

    /** The constant of this name, written in lower case with blanks or hyphens. */
    <E extends Enum<E>> E constant(Class<E> type) throws Failure {
        String wanted = text().toUpperCase(Locale.ROOT).replaceAll("[ -]+", "_");
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(wanted)) {
                return constant;
            }
            names.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        throw wrong("\"" + text() + "\" is none of " + String.join(", ", names));
    }

    /** A file beside this one. */
    Path path() throws Failure {
        return file.toAbsolutePath().getParent().resolve(text()).normalize();
    }

    /** What stands here, as a YAML document of its own. */
    String document() {
        StringWriter out = new StringWriter();
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        new Yaml(options).serialize(node, out);
        return out.toString();
    }

    static Optional<YamlValue> of(Map<String, YamlValue> entries, String key) {
        return Optional.ofNullable(entries.get(key));
    }
}
