// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javacard.framework.ISOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MoStoreTest {
    private final MoStore store = new MoStore((short) 60, (short) 4096);

    private short leaf(String name, String value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        short chain = store.heap().put(nameBytes, (short) 0, (short) nameBytes.length);
        short first = store.heap().put(valueBytes, (short) 0, (short) valueBytes.length);
        store.draft(Format.CHR, MoStore.ACCESS_LEAF);
        store.draftName(chain, (short) nameBytes.length);
        store.draftValue(first, (short) valueBytes.length);
        return store.create();
    }

    private short interior(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        short chain = store.heap().put(bytes, (short) 0, (short) bytes.length);
        store.draft(Format.NODE, MoStore.ACCESS_INTERIOR);
        store.draftName(chain, (short) bytes.length);
        return store.create();
    }

    private short find(String uri) {
        short node = MoStore.ROOT;
        for (String name : uri.split("/", -1)) {
            if (!name.equals(".")) {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                node = store.child(node, bytes, (short) 0, (short) bytes.length);
            }
        }
        return node;
    }

    private String value(short node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.writeValue(node, (short) 0, store.valueLength(node), Card.sink(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        collect(MoStore.ROOT, contents);
        return contents;
    }

    private void collect(short node, Map<String, String> contents) {
        ByteArrayOutputStream uri = new ByteArrayOutputStream();
        store.writeUri(node, Card.sink(uri));
        contents.put(uri.toString(StandardCharsets.UTF_8), store.isInterior(node) ? "/" : value(node));
        if (store.isInterior(node)) {
            for (short child = store.firstChild(node); child != MoStore.NONE; child = store.nextSibling(child)) {
                collect(child, contents);
            }
        }
    }

    @Test
    void values_of_every_length_are_read_in_parts() {
        for (int length : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 127, 128, 255, 256, 1000}) {
            String value = "0123456789abcdefghijklm".repeat(50).substring(0, length);
            short node = leaf("x", value);
            assertThat(store.valueLength(node)).isEqualTo((short) length);
            for (int from = 0; from <= length; from += 7) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                store.writeValue(node, (short) from, (short) Math.min(40, length - from), Card.sink(out));
                assertThat(out.toString(StandardCharsets.UTF_8))
                        .isEqualTo(value.substring(from, Math.min(length, from + 40)));
            }
        }
    }

    @Test
    @Tag("INT-1")
    void a_rollback_to_a_savepoint_undoes_what_came_behind_it() {
        store.attach(MoStore.ROOT, leaf("a", "1"));
        store.commit();
        store.attach(MoStore.ROOT, leaf("b", "2"));
        short savepoint = store.savepoint();
        store.replace(find("a"), leaf("a", "3"));
        store.delete(find("b"));
        store.attach(MoStore.ROOT, leaf("c", "4"));
        store.rollback(savepoint);
        assertThat(contents()).containsOnlyKeys(".", "./a", "./b").containsEntry("./a", "1");
        store.rollback((short) 0);
        assertThat(contents()).containsOnlyKeys(".", "./a");
    }

    @Test
    void a_full_journal_fails_the_change_and_can_be_undone() {
        short node = leaf("a", "1");
        store.attach(MoStore.ROOT, node);
        store.commit();
        assertThatThrownBy(() -> {
                    while (true) {
                        store.replace(find("a"), node);
                    }
                })
                .isInstanceOfSatisfying(
                        ISOException.class, e -> assertThat(e.getReason()).isEqualTo(Status.COMMAND_FAILED));
        store.rollback((short) 0);
        assertThat(contents()).containsOnlyKeys(".", "./a");
    }

    @Test
    @Tag("INT-1")
    @Tag("INT-3")
    void random_operations_agree_with_a_model_and_leak_nothing() {
        Random random = new Random(20261124);
        Map<String, String> committed = contents();
        Map<String, String> current = new TreeMap<>(committed);
        int full = 0;
        for (int step = 0; step < 100_000; step++) {
            try {
                operate(random, current);
            } catch (ISOException e) {
                assertThat(e.getReason()).isEqualTo(Status.DEVICE_FULL);
                full++;
                step += 10; // what the transaction holds it gives back at its end
                store.rollback((short) 0);
                current = new TreeMap<>(committed);
                store.collectGarbage();
            }
            if (random.nextInt(6) == 0) {
                if (random.nextInt(3) == 0) {
                    store.rollback((short) 0);
                    current = new TreeMap<>(committed);
                } else {
                    store.commit();
                    committed = new TreeMap<>(current);
                }
                store.collectGarbage();
                if (step % 10 == 0) {
                    assertThat(contents()).isEqualTo(current);
                }
            }
        }
        assertThat(full).isPositive();
        store.rollback((short) 0);
        assertThat(contents()).isEqualTo(committed);
        for (String uri : List.copyOf(committed.keySet())) {
            if (uri.indexOf('/') == uri.lastIndexOf('/') && uri.length() > 1) {
                store.delete(find(uri));
                store.commit();
            }
        }
        store.collectGarbage();
        short all = interior("all"); // every node but the root, every block but those of the names
        for (int i = 0; i < 58; i++) {
            store.append(all, leaf("n" + i, "x".repeat(i < 57 ? 16 : 2208)));
        }
        assertThatThrownBy(() -> leaf("more", "")).isInstanceOf(ISOException.class);
        store.attach(MoStore.ROOT, all);
        store.commit();
        assertThat(contents()).hasSize(60);
    }

    private void operate(Random random, Map<String, String> model) {
        List<String> uris = new ArrayList<>(model.keySet());
        String uri = uris.get(random.nextInt(uris.size()));
        boolean interior = model.get(uri).equals("/");
        String value = Integer.toString(random.nextInt(1000)).repeat(random.nextInt(12));
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> {
                String name = "n" + random.nextInt(100);
                if (interior && !model.containsKey(uri + "/" + name) && uri.length() < 20) {
                    boolean newInterior = random.nextInt(3) == 0;
                    store.attach(find(uri), newInterior ? interior(name) : leaf(name, value));
                    model.put(uri + "/" + name, newInterior ? "/" : value);
                }
            }
            case 4, 5, 6 -> {
                if (!interior) {
                    store.replace(find(uri), leaf(uri.substring(uri.lastIndexOf('/') + 1), value));
                    model.put(uri, value);
                }
            }
            default -> {
                if (uri.length() > 1) {
                    store.delete(find(uri));
                    model.keySet().removeIf(key -> key.equals(uri) || key.startsWith(uri + "/"));
                }
            }
        }
    }
}
