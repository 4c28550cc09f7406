// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The power is cut at every single persistent write of a series of sessions, and again at every write of the recovery. */
public class PowerCutTest {
    /** What is loaded anew with the card's classes. */
    public interface Scenario {
        void install();

        void run(Consumer<List<String>> afterMessage);

        void restart();

        List<String> tree();

        void converge();
    }

    private Scenario scenario;
    private final List<List<String>> uncut = new ArrayList<>(); // trees at first and after each message

    @BeforeEach
    void load() throws ReflectiveOperationException {
        CardClassLoader loader = new CardClassLoader(
                Set.of("PowerCutScenario", "Card", "XmlForm", "TndsTest", "CommandsTest", "TreeExchangeTest"));
        var constructor = loader.loadClass(PowerCutScenario.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        scenario = (Scenario) constructor.newInstance();
    }

    @Test
    @Tag("INT-1")
    @Tag("INT-2")
    void after_a_cut_the_tree_is_that_before_or_behind_the_message() {
        install();
        uncut.add(scenario.tree());
        scenario.run(uncut::add);
        int writes = PersistentWrites.count();
        assertThat(writes).isGreaterThan(100);
        assertThat(Set.copyOf(uncut)).hasSize(9);
        for (int write = 1; write <= writes; write++) {
            runWithCut(write, false);
            runWithCut(write, true);
        }
    }

    private void install() {
        PersistentWrites.install();
        scenario.install();
        PersistentWrites.neverCut();
    }

    private void runWithCut(int write, boolean torn) {
        install();
        List<List<String>> trees = new ArrayList<>();
        trees.add(scenario.tree());
        assertThat(cut(write, torn, () -> scenario.run(trees::add)))
                .as("write %d of the sessions", write)
                .isTrue();
        int cutInRecovery = 1;
        while (cut(cutInRecovery, torn, scenario::restart)) {
            cutInRecovery++;
        }
        int message = trees.size() - 1; // the one in which the power was cut is the next
        assertThat(scenario.tree())
                .as("cut at write %d", write)
                .isIn(uncut.get(message), uncut.get(Math.min(message + 1, uncut.size() - 1)));
        scenario.converge();
    }

    /** Runs with the power cut at a write and switches it on again; tells whether there was such a write. */
    private static boolean cut(int write, boolean torn, Runnable run) {
        PersistentWrites.cutAt(write, torn);
        boolean cut = false;
        try {
            run.run();
        } catch (PersistentWrites.PowerCut e) {
            cut = true;
        }
        PersistentWrites.reset();
        return cut;
    }
}
