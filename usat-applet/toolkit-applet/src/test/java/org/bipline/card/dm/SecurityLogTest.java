// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SEC-9")
class SecurityLogTest {
    private static final byte[] SERVER = Card.bytes("server.example");

    private final Card card = new Card();
    private final SecurityLog log = card.store.log();

    private void record(byte operation, int outcome, String target) {
        byte[] bytes = Card.bytes(target);
        log.record(operation, (short) outcome, SERVER, (short) 0, (short) SERVER.length, bytes, (short) 0, (short)
                bytes.length);
    }

    private List<String> entries(byte ring) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        log.write(ring, (short) 0, log.length(ring), Card.sink(out));
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
    }

    @Test
    void an_entry_tells_number_count_time_operation_status_who_and_target() {
        card.store.setTime(Card.bytes("20261124T190000Z"), (short) 0, (short) 16);
        record(SecurityLog.LOCK, 200, "server");
        log.record(SecurityLog.LOGIN, (short) 401, null, (short) 0, (short) 0, null, (short) 0, (short) 0);
        assertThat(entries(SecurityLog.DONE))
                .containsExactly("00001 001 20261124T190000Z lock 200 server.example server");
        assertThat(entries(SecurityLog.REFUSED)).containsExactly("00002 001 20261124T190000Z login 401 - -");
    }

    @Test
    void each_operation_has_its_word() {
        for (byte operation = SecurityLog.LOGIN; operation <= SecurityLog.TRANSPORT; operation++) {
            record(operation, 200, "x");
        }
        assertThat(entries(SecurityLog.DONE))
                .map(line -> line.split(" ", -1)[3])
                .containsExactly(
                        "login",
                        "lock",
                        "unlock",
                        "access",
                        "registry",
                        "bind",
                        "device",
                        "integrity",
                        "function",
                        "push",
                        "transport");
    }

    @Test
    void what_happens_again_counts_up_and_stays_at_999() {
        for (int i = 0; i < 5; i++) {
            record(SecurityLog.LOGIN, 401, "a");
            record(SecurityLog.LOGIN, 401, "b");
        }
        assertThat(entries(SecurityLog.REFUSED))
                .containsExactly("00001 005 - login 401 server.example a", "00002 005 - login 401 server.example b");
        for (int i = 0; i < 1200; i++) {
            record(SecurityLog.LOGIN, 401, "a");
        }
        assertThat(entries(SecurityLog.REFUSED).get(0)).startsWith("00001 999 ");
    }

    @Test
    void the_oldest_entry_makes_way_and_a_flood_of_refusals_leaves_what_was_done() {
        record(SecurityLog.BIND, 200, "./MO/bank");
        for (int i = 0; i < 30; i++) {
            record(SecurityLog.ACCESS, 425, "./MO/" + i);
        }
        assertThat(entries(SecurityLog.DONE)).hasSize(1).first().asString().endsWith("./MO/bank");
        assertThat(entries(SecurityLog.REFUSED))
                .map(line -> line.split(" ", -1)[6])
                .containsExactlyInAnyOrder(
                        "./MO/18", "./MO/19", "./MO/20", "./MO/21", "./MO/22", "./MO/23", "./MO/24", "./MO/25",
                        "./MO/26", "./MO/27", "./MO/28", "./MO/29");
    }

    @Test
    void strangers_cannot_write_lines_and_columns_and_long_names_are_cut() {
        record(SecurityLog.LOGIN, 401, "x 200\n00009 001 evil");
        record(SecurityLog.LOGIN, 401, "y".repeat(200));
        assertThat(entries(SecurityLog.REFUSED))
                .containsExactly(
                        "00001 001 - login 401 server.example x_200_00009_001_evil",
                        "00002 001 - login 401 server.example " + "y".repeat(32));
        assertThat(log.length(SecurityLog.REFUSED)).isEqualTo((short) (2 * SecurityLog.LINE));
    }

    @Test
    void a_server_with_the_right_reads_it_and_nobody_changes_it() {
        record(SecurityLog.BIND, 200, "./MO/bank");
        record(SecurityLog.ACCESS, 425, "./MO/other");
        String answer = card.answerTo(CommandsTest.get(2, "./SecurityLog")
                + CommandsTest.get(3, "./SecurityLog/Done")
                + CommandsTest.get(4, "./SecurityLog/Refused?prop=Size")
                + CommandsTest.get(5, "./SecurityLog?list=StructData")
                + CommandsTest.replace(6, "./SecurityLog/Done", "x")
                + CommandsTest.delete(7, "./SecurityLog/Done")
                + "<Copy><CmdID>8</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target><Source>"
                + "<LocURI>./SecurityLog/Done</LocURI></Source></Item></Copy>");
        assertThat(Card.statuses(answer))
                .containsExactly("2=200", "3=200", "4=200", "5=200", "6=405", "7=405", "8=403");
        assertThat(answer)
                .contains("Done/Refused")
                .contains("./MO/bank")
                .contains("<Data>" + 2 * SecurityLog.LINE + "</Data>")
                .contains("./MO/other");
        assertThat(card.node("./MO/x")).isEqualTo(MoStore.NONE);
    }

    @Test
    void a_server_without_the_right_does_not_read_it() {
        Card other = new Card(Card.authority("other.example", "s2", "c2", "")).as("other.example", "s2");
        assertThat(other.store.log().length(SecurityLog.DONE)).isZero();
        other.store.log().record(SecurityLog.BIND, (short) 200, SERVER, (short) 0, (short) 4, SERVER, (short) 0, (short)
                4);
        assertThat(new Acl(other.store, other.account).allows(other.node("./SecurityLog"), MoStore.ACCESS_GET))
                .isFalse();
    }

    @Test
    void an_entry_stays_when_the_message_is_rolled_back() {
        short savepoint = card.store.savepoint();
        record(SecurityLog.ACCESS, 425, "./MO/x");
        card.store.rollback(savepoint);
        card.store.rollback((short) 0);
        assertThat(entries(SecurityLog.REFUSED)).hasSize(1);
    }
}
