// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who did what is written down, and cannot be changed unseen. */
@Tag("SEC-9")
class AuditTest {
    private final String name = UUID.randomUUID().toString();
    private final Fixture fixture = new Fixture(JdbcStore.inMemory(name));
    private final TestClient client = fixture.client();

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<String> lines() {
        return fixture.store.audit(AuditQuery.all(0, 100)).stream()
                .map(AuditRecord::entry)
                .map(entry -> String.join(
                        " | ",
                        entry.actor(),
                        entry.operation().toString(),
                        entry.device().equals(Fixture.DEVICE) ? "it" : entry.device(),
                        entry.target(),
                        entry.outcome()))
                .toList();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + name, "sa", "");
                Statement sql = connection.createStatement()) {
            assertThat(sql.executeUpdate(statement)).isEqualTo(1);
        }
    }

    @Test
    void tells_of_a_session_its_commands_and_its_job_without_values() {
        fixture.server.submit(
                Fixture.DEVICE,
                JobSpec.commands(
                        ManagementCommand.add("./MO/x", Format.CHR, "text/plain", NodeValue.text("hunter2")),
                        ManagementCommand.get("./MO/none")));
        client.runSession();

        assertThat(lines())
                .containsExactly(
                        "server | job | it | 2 steps | job 1 QUEUED",
                        Fixture.DEVICE + " | authenticated | it | session 1 of " + Fixture.DEVICE + " | from test",
                        "dm-server | command | it | Add ./MO/x | 200",
                        "dm-server | command | it | Get ./MO/none | 404",
                        "server | job | it | 2 steps | job 1 FAILED: Get ./MO/none: the client answered 404 Not found;"
                                + " check the URI, and that its parent exists",
                        Fixture.DEVICE + " | ended | it | session 1 of " + Fixture.DEVICE + " | complete");
        assertThat(lines().toString()).doesNotContain("hunter2");
    }

    @Test
    void tells_who_was_refused_and_why() {
        TestClient impostor = new TestClient(
                fixture.server::handle,
                Fixture.DEVICE,
                Credentials.of("card", "guess"),
                Credentials.of("dm-server", "server secret"));
        impostor.runSession();

        assertThat(lines())
                .hasSize(3)
                .allMatch(
                        line -> line.matches(
                                "ICCID:\\d+ \\| refused \\| it \\| session 1 of ICCID:\\d+ \\| the client's name or password is wrong.*; from test"));
    }

    @Test
    void tells_of_what_a_device_is_to_have() {
        fixture.server.setDesired(Fixture.DEVICE, new JobSpec.Reconcile(Fixture.sampleMo(), "./MO/Example"));
        fixture.server.removeDesired(Fixture.DEVICE, "./MO/Example");

        assertThat(lines())
                .contains(
                        "server | desired | it | ./MO/Example | set, by job 1",
                        "server | desired | it | ./MO/Example | forgotten");
    }

    @Test
    void a_line_that_is_changed_breaks_the_chain() throws SQLException {
        client.runSession();
        AuditCheck before = AuditCheck.of(fixture.store);
        assertThat(before.broken()).isEmpty();
        assertThat(before.records()).isEqualTo(2);

        sql("UPDATE audit SET actor = 'somebody else' WHERE number = 1");
        assertThat(AuditCheck.of(fixture.store).broken()).hasValue(1);
    }

    @Test
    void a_line_that_is_taken_out_breaks_the_chain() throws SQLException {
        client.runSession();
        sql("DELETE FROM audit WHERE number = 1");

        assertThat(AuditCheck.of(fixture.store).broken()).hasValue(2);
    }

    @Test
    void what_is_cut_off_at_the_end_shows_against_an_earlier_check() throws SQLException {
        client.runSession();
        AuditCheck before = AuditCheck.of(fixture.store);
        sql("DELETE FROM audit WHERE number = 2");
        AuditCheck after = AuditCheck.of(fixture.store);

        assertThat(after.broken()).isEmpty();
        assertThat(after.hash()).isNotEqualTo(before.hash());
    }
}
