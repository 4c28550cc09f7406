// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.ddf;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.Position;
import org.bipline.dm.tnds.MgmtNode;

/** One comparison of an object with its description. */
final class Comparison {
    private final List<Deviation> deviations = new ArrayList<>();
    private final Map<String, Position> places;

    Comparison(Map<String, Position> places) {
        this.places = places;
    }

    List<Deviation> of(MgmtNode object, DescribedNode description) {
        compare(object, description, object.name());
        return List.copyOf(deviations);
    }

    private void compare(MgmtNode node, DescribedNode description, String uri) {
        if (node.isInterior() != description.isInterior()) {
            add(
                    uri,
                    "is " + kind(node.isInterior()) + ", described as " + kind(description.isInterior()),
                    "make it " + kind(description.isInterior()));
        } else if (node.isInterior()) {
            node.type()
                    .filter(type -> !type.isEmpty())
                    .filter(type -> description
                            .identifier()
                            .filter(id -> !id.equals(type))
                            .isPresent())
                    .ifPresent(type -> add(
                            uri,
                            "has type " + type + ", described as "
                                    + description.identifier().orElseThrow(),
                            "give it the type described, or none"));
            compareChildren(node, description, uri);
        } else {
            compareLeaf(node, description, uri);
        }
    }

    private static String kind(boolean interior) {
        return interior ? "an interior node" : "a leaf";
    }

    private void compareChildren(MgmtNode node, DescribedNode description, String uri) {
        IdentityHashMap<DescribedNode, Integer> counts = new IdentityHashMap<>();
        for (MgmtNode child : node.children()) {
            String childUri = uri + "/" + child.name();
            Optional<DescribedNode> described = description.child(child.name());
            if (described.isEmpty()) {
                add(childUri, "is not described", "take it out");
            } else {
                counts.merge(described.get(), 1, Integer::sum);
                compare(child, described.get(), childUri);
            }
        }
        for (DescribedNode described : description.children()) {
            int count = counts.getOrDefault(described, 0);
            if (!described.occurrence().allows(count)) {
                String name = described.name().isEmpty() ? "nodes named at creation" : "'" + described.name() + "'";
                add(
                        uri,
                        "has " + count + " of " + name + ", described to occur " + described.occurrence(),
                        count == 0 ? "add it" : "give as many as described");
            }
        }
    }

    private void compareLeaf(MgmtNode leaf, DescribedNode description, String uri) {
        Format format = description.format();
        leaf.format()
                .filter(stated -> stated != format)
                .ifPresent(stated ->
                        add(uri, "has format " + stated + ", described as " + format, "give it the format " + format));
        leaf.type()
                .filter(type ->
                        !description.types().isEmpty() && !description.types().contains(type))
                .ifPresent(type -> add(
                        uri,
                        "has type " + type + ", described as " + String.join(" or ", description.types()),
                        "give it a type described"));
        leaf.value()
                .filter(value -> !isOf(format, value))
                .ifPresent(value -> add(uri, "has a value that is no " + format, "give it one that is"));
    }

    private static boolean isOf(Format format, NodeValue value) {
        if (format == Format.BIN) {
            return true;
        }
        return value.asText().filter(text -> isOf(format, text)).isPresent();
    }

    private static boolean isOf(Format format, String text) {
        try {
            switch (format) {
                case BIN, CHR, XML -> {
                    return true;
                }
                case NODE -> {
                    return false;
                }
                case NULL -> {
                    return text.isEmpty();
                }
                case BOOL -> {
                    return text.equals("true") || text.equals("false");
                }
                case INT -> Integer.parseInt(text);
                case FLOAT -> {
                    return text.equals("INF") || text.equals("-INF") || !Float.isInfinite(Float.parseFloat(text));
                }
                case B64 -> Base64.getMimeDecoder().decode(text);
                case DATE ->
                    LocalDate.parse(
                            text,
                            text.indexOf('-') < 0 ? DateTimeFormatter.BASIC_ISO_DATE : DateTimeFormatter.ISO_DATE);
                case TIME -> parseTime(text);
            }
            return true;
        } catch (IllegalArgumentException | DateTimeException notOfTheFormat) {
            return false;
        }
    }

    private static void parseTime(String text) {
        String time = text.startsWith("T") ? text.substring(1) : text;
        boolean basic = time.indexOf(':') < 0;
        boolean zoned = time.endsWith("Z") || time.indexOf('+') >= 0 || time.indexOf('-') >= 0;
        DateTimeFormatter formatter =
                basic ? DateTimeFormatter.ofPattern(zoned ? "HHmmss[XX][X]" : "HHmmss") : DateTimeFormatter.ISO_TIME;
        if (zoned) {
            OffsetTime.parse(time, formatter);
        } else {
            LocalTime.parse(time, formatter);
        }
    }

    private void add(String uri, String fault, String remedy) {
        deviations.add(new Deviation(Optional.ofNullable(places.get(uri)), uri, fault, remedy));
    }
}
