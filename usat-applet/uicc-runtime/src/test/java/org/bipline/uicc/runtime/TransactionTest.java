// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.uicc.runtime.Cards.FIRST;
import static org.bipline.uicc.runtime.Cards.PACKAGE;
import static org.bipline.uicc.runtime.Terminal.bytes;

import org.bipline.uicc.runtime.fixture.MemoryApplet;
import org.bipline.uicc.runtime.vm.MemoryWatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("INT-1")
class TransactionTest {
    private static final String COMMIT = "80010500";
    private static final String OLD = "05000505" + "05" + "01" + "05" + "05" + "05" + "01" + "05" + "05" + "01" + "05";
    private static final String NEW = "06000606" + "06" + "01" + "06" + "06" + "06" + "01" + "06" + "06" + "01" + "06";

    private Terminal terminal;

    private static Terminal card(int commitCapacity) {
        Terminal terminal = new Terminal(Uicc.builder()
                .commitCapacity(commitCapacity)
                .applet(MemoryApplet.class, bytes(PACKAGE), bytes(FIRST), new byte[0], new byte[0])
                .build());
        select(terminal);
        return terminal;
    }

    private static void select(Terminal terminal) {
        assertThat(terminal.send("00A40400", FIRST)).isEqualTo("9000");
    }

    private static String values(Terminal terminal) {
        return terminal.exchange("80CA000000");
    }

    @BeforeEach
    void commit() {
        terminal = card(4096);
        assertThat(terminal.send(COMMIT)).isEqualTo("9000");
        assertThat(values(terminal)).isEqualTo(OLD + "05" + "01" + "9000");
    }

    @Test
    void an_abort_restores_persistent_memory_and_leaves_transient_arrays_but_not_what_was_new() {
        assertThat(terminal.send("8002060001")).isEqualTo("009000");
        assertThat(values(terminal)).isEqualTo(OLD + "06" + "00" + "9000");
    }

    @Test
    void an_uncaught_exception_aborts() {
        assertThat(terminal.send("80030600")).isEqualTo("6F00");
        assertThat(values(terminal)).isEqualTo(OLD + "06" + "00" + "9000");
    }

    @Test
    void a_transaction_that_is_open_at_the_end_of_a_command_is_aborted() {
        assertThat(terminal.send("80040600")).isEqualTo("9000");
        assertThat(values(terminal)).isEqualTo(OLD + "06" + "00" + "9000");
    }

    @Test
    void a_second_begin_and_a_commit_without_begin_are_refused() {
        assertThat(terminal.send("80060000")).isEqualTo("6F00");
        assertThat(terminal.send("80070000")).isEqualTo("6F00");
        assertThat(terminal.send("80010600")).isEqualTo("9000");
        assertThat(values(terminal)).startsWith(NEW);
    }

    @Test
    void the_capacity_is_what_was_set_and_a_full_log_leaves_the_transaction_open() {
        assertThat(card(64).send("8008000008")).isEqualTo("0040" + "003B" + "0003" + "01" + "00" + "9000");
        assertThat(terminal.send("8008000008")).startsWith("1000" + "0FFB" + "0003");
    }

    @Test
    void what_is_written_non_atomically_stays() {
        assertThat(terminal.send("80090700")).isEqualTo("9000");
        assertThat(values(terminal)).startsWith("07070707").contains("0105" + "05" + "05");
    }

    @Test
    void a_new_pin_is_rolled_back_and_tries_are_not() {
        assertThat(terminal.send("800A090004")).isEqualTo("02" + "02" + "02" + "01" + "9000");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_power_cut_at_any_write_of_a_transaction_restores_all(boolean torn) {
        MemoryWatch watch = terminal.uicc().watchMemory();
        terminal.send(COMMIT);
        long writes = watch.persistentWrites();
        assertThat(writes).isEqualTo(14);
        for (int write = 1; write <= writes; write++) {
            watch.restart();
            watch.cutPowerAt(write, torn);
            assertThatThrownBy(() -> terminal.send("80010600")).isInstanceOf(PowerCutException.class);
            assertThatThrownBy(() -> terminal.send("80010600")).isInstanceOf(IllegalStateException.class);
            terminal.uicc().reset();
            select(terminal);
            assertThat(values(terminal)).isEqualTo(OLD + "00" + "00" + "9000");
        }
        watch.restart();
        assertThat(terminal.send("80010600")).isEqualTo("9000");
        assertThat(values(terminal)).isEqualTo(NEW + "06" + "01" + "9000");
    }

    @Test
    void outside_of_a_transaction_a_cut_leaves_what_was_written_before_it_and_tears_what_is_not_atomic() {
        MemoryWatch watch = terminal.uicc().watchMemory();
        watch.cutPowerAt(3, true); // the short
        assertThatThrownBy(() -> terminal.send("8005FF00")).isInstanceOf(PowerCutException.class);
        terminal.uicc().reset();
        select(terminal);
        assertThat(values(terminal)).startsWith("FFFF0505" + "05" + "01" + "05" + "05" + "05" + "01" + "05" + "05");
    }

    @Test
    void allocation_after_the_installation_is_counted() {
        MemoryWatch watch = terminal.uicc().watchMemory();
        values(terminal);
        assertThat(watch.allocations()).isEmpty();
        assertThat(watch.persistentWrites()).isZero();
        terminal.send("80010100");
        terminal.send("800B0000");
        assertThat(watch.allocations())
                .containsExactly(
                        "new " + MemoryApplet.class.getName() + "$Cell in " + MemoryApplet.class.getName() + ".change",
                        "transient byte[1]");
        watch.close();
        terminal.send("80010100");
        assertThat(watch.allocations()).hasSize(2);
    }
}
