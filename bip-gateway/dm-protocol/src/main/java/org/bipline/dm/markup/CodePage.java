// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The WBXML code pages of DM 1.2, each an XML namespace. */
@SuppressWarnings("ImmutableEnumChecker") // the tables are filled in the constructor and never handed out
public enum CodePage {
    SYNCML(0, "SYNCML:SYNCML1.2", SyncMlTag.values()),
    METINF(1, "syncml:metinf", MetInfTag.values()),
    DDF(2, "syncml:dmddf1.2", DdfTag.values());

    /** One more than the highest token of a tag. */
    private static final int TOKENS = 0x40;

    private final int number;
    private final String namespace;
    private final Map<String, Tag> byName;
    private final Tag[] byToken = new Tag[TOKENS];

    /** Tags in the places of their names' hashes, or in the next free ones; at most a quarter of the places is taken. */
    private final Tag[] byHash = new Tag[256];

    private final byte[][] hashed = new byte[byHash.length][];

    CodePage(int number, String namespace, Tag... tags) {
        this.number = number;
        this.namespace = namespace;
        this.byName = Stream.of(tags).collect(toUnmodifiableMap(Tag::text, tag -> tag));
        for (Tag tag : tags) {
            if (byToken[tag.token()] != null) {
                throw new IllegalStateException("token " + tag.token() + " twice in " + namespace);
            }
            byToken[tag.token()] = tag;
            byte[] name = tag.text().getBytes(StandardCharsets.US_ASCII);
            int place = hash(name, 0, name.length);
            while (byHash[place] != null) {
                place = (place + 1) & 0xFF;
            }
            byHash[place] = tag;
            hashed[place] = name;
        }
    }

    public int number() {
        return number;
    }

    public String namespace() {
        return namespace;
    }

    public Optional<Tag> tag(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The element with this token, or null: this lookup is made for each element of a message. */
    public Tag tagOrNull(int token) {
        return byToken[token & 0x3F];
    }

    /** The element whose name stands in the bytes {@code from} (inclusive) to {@code to} (exclusive), or null. */
    public Tag tagOrNull(byte[] name, int from, int to) {
        int place = hash(name, from, to);
        while (byHash[place] != null) {
            if (Arrays.equals(hashed[place], 0, hashed[place].length, name, from, to)) {
                return byHash[place];
            }
            place = (place + 1) & 0xFF;
        }
        return null;
    }

    private static int hash(byte[] name, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + name[i];
        }
        return (hash ^ hash >> 8) & 0xFF;
    }

    public static Optional<CodePage> of(int number) {
        return number < PAGES.size() ? Optional.of(PAGES.get(number)) : Optional.empty();
    }

    private static final List<CodePage> PAGES = List.of(values());
}
