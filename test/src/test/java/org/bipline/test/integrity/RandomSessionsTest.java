// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.ManagementCommand.ListAttribute;
import org.bipline.dm.server.NodeResult;
import org.bipline.me.VirtualClock;
import org.bipline.test.SimulatedCard;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions with commands by chance, on a card that is soon full: it agrees with a model, and leaks nothing. */
class RandomSessionsTest {
    private static final int SESSIONS = 1500;
    private static final int BETWEEN_COMPARISONS = 20; // sessions
    private static final int DEEPEST = 5;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_VALUE = 120;
    private static final String ROOT = "./MO";
    private static final String INTERIOR = "/"; // in the place of a value
    private static final int STORE = 4096;

    private final SplittableRandom random = new SplittableRandom(20261124);
    private final TreeMap<String, String> model = new TreeMap<>(Map.of(ROOT, INTERIOR));

    /** A command, and what it does to the model. */
    private record Step(ManagementCommand command, Runnable effect) {}

    private static SimulatedCard card(long seed) throws Exception {
        return SimulatedCard.builder(new VirtualClock(), seed)
                .parameters(parameters -> parameters.storeBytes(STORE))
                .build();
    }

    private static Job session(SimulatedCard card, ManagementCommand command) throws Exception {
        Job job = card.submit(JobSpec.commands(command));
        card.session();
        return card.job(job);
    }

    private static ManagementCommand leaf(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    /** Bytes of the largest value for which there is room. */
    private static int largestValue(SimulatedCard card) throws Exception {
        String uri = ROOT + "/all";
        int fits = 0;
        int tooLarge = STORE;
        while (tooLarge - fits > 1) {
            int size = (fits + tooLarge) / 2;
            if (session(card, leaf(uri, "x".repeat(size))).state() == JobState.DONE) {
                fits = size;
                session(card, ManagementCommand.delete(uri));
            } else {
                tooLarge = size;
            }
        }
        return fits;
    }

    @Test
    @Tag("INT-1")
    @Tag("INT-3")
    void random_commands_agree_with_a_model_and_leak_nothing() throws Exception {
        int room;
        try (SimulatedCard fresh = card(1)) {
            room = largestValue(fresh);
        }
        try (SimulatedCard card = card(2)) {
            int full = 0;
            for (int session = 1; session <= SESSIONS; session++) {
                Step step = step();
                Job job = session(card, step.command());
                if (job.state() == JobState.DONE) {
                    step.effect().run();
                } else {
                    assertThat(job.statuses().getLast().code())
                            .as(job.toString())
                            .isEqualTo(420);
                    full++;
                }
                if (session % BETWEEN_COMPARISONS == 0) {
                    assertThat(tree(card)).as("after session %d", session).isEqualTo(model);
                }
            }
            assertThat(full).isBetween(SESSIONS / 50, SESSIONS / 2);
            for (String uri : children(ROOT)) {
                assertThat(session(card, ManagementCommand.delete(uri)).state()).isEqualTo(JobState.DONE);
            }
            assertThat(largestValue(card)).isEqualTo(room);
        }
    }

    private static Map<String, String> tree(SimulatedCard card) throws Exception {
        Job job = session(card, ManagementCommand.list(ROOT, ListAttribute.STRUCT_DATA));
        assertThat(job.state()).as(job.toString()).isEqualTo(JobState.DONE);
        Map<String, String> tree = new TreeMap<>();
        for (NodeResult node : job.results()) {
            String value = node.value().flatMap(NodeValue::asText).orElse("");
            tree.put(node.uri(), node.isInterior() ? INTERIOR : value);
        }
        return tree;
    }

    private List<String> children(String uri) {
        return model.keySet().stream()
                .filter(other -> other.startsWith(uri + "/") && other.indexOf('/', uri.length() + 1) < 0)
                .toList();
    }

    private Step step() {
        Step step;
        do {
            step = attempt().orElse(null);
        } while (step == null);
        return step;
    }

    /** A command that is to succeed if there is room; empty where chance has found none. */
    private Optional<Step> attempt() {
        String uri = any();
        boolean interior = model.get(uri).equals(INTERIOR);
        String parent = uri.substring(0, uri.lastIndexOf('/'));
        String name = "n" + "x".repeat(random.nextInt(LONGEST_NAME)) + random.nextInt(100);
        String value = "v".repeat(random.nextInt(LONGEST_VALUE)) + random.nextInt(100);
        String below = uri + "/" + name;
        boolean room = interior && uri.split("/").length < DEEPEST && !model.containsKey(below);
        boolean movable = !uri.equals(ROOT) && !model.containsKey(parent + "/" + name);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> when(room, leaf(below, value), () -> model.put(below, value));
            case 3 ->
                when(room, ManagementCommand.addInterior(below, Optional.empty()), () -> model.put(below, INTERIOR));
            case 4, 5 ->
                when(
                        !interior,
                        ManagementCommand.replace(uri, Format.CHR, "text/plain", NodeValue.text(value)),
                        () -> model.put(uri, value));
            case 6 -> {
                String target = any();
                yield when(
                        !interior && !model.get(target).equals(INTERIOR),
                        ManagementCommand.copy(uri, target),
                        () -> model.put(target, model.get(uri)));
            }
            case 7 ->
                when(
                        movable,
                        ManagementCommand.replaceProperty(uri, "Name", name),
                        () -> rename(uri, parent + "/" + name));
            case 8 -> when(!uri.equals(ROOT), ManagementCommand.replaceProperty(uri, "Title", value), () -> {});
            default ->
                when(
                        !uri.equals(ROOT) && random.nextInt(3) == 0,
                        ManagementCommand.delete(uri),
                        () -> model.keySet().removeIf(other -> isIn(other, uri)));
        };
    }

    private static Optional<Step> when(boolean possible, ManagementCommand command, Runnable effect) {
        return possible ? Optional.of(new Step(command, effect)) : Optional.empty();
    }

    private String any() {
        List<String> uris = List.copyOf(model.keySet());
        return uris.get(random.nextInt(uris.size()));
    }

    private static boolean isIn(String uri, String top) {
        return uri.equals(top) || uri.startsWith(top + "/");
    }

    private void rename(String from, String to) {
        for (String uri : List.copyOf(model.keySet())) {
            if (isIn(uri, from)) {
                model.put(to + uri.substring(from.length()), model.remove(uri));
            }
        }
    }
}
