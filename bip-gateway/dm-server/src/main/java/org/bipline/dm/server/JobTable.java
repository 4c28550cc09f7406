// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.bipline.dm.server.Database.bind;
import static org.bipline.dm.server.Database.cut;
import static org.bipline.dm.server.Database.query;
import static org.bipline.dm.server.Database.time;
import static org.bipline.dm.server.Database.update;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.dm.ByteString;

/** Jobs in the tables of the store, within transactions of others. */
final class JobTable {
    private static final int REASON_LENGTH = 4096;
    private static final int ANSWER_LENGTH = 4096;

    private JobTable() {}

    static Job add(Connection connection, Optional<String> device, JobSpec spec, Instant now) throws SQLException {
        StoredSpec stored = StoredSpec.of(spec);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO job (device, kind, target, mode, payload, conditions, state, reason, attempts, created_at,"
                        + " changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            bind(
                    insert,
                    device.orElse(null),
                    stored.kind(),
                    stored.target(),
                    stored.mode(),
                    stored.payload().toByteArray(),
                    stored.conditions(),
                    JobState.QUEUED.name(),
                    "",
                    0,
                    time(now),
                    time(now));
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return read(connection, keys.getLong("id")).orElseThrow();
            }
        }
    }

    static List<Job> readAll(Connection connection) throws SQLException {
        return query(connection, row -> readJob(row, List.of(), List.of()), "SELECT * FROM job ORDER BY id");
    }

    static Optional<Job> read(Connection connection, long id) throws SQLException {
        List<CommandStatus> statuses = query(
                connection,
                row -> new CommandStatus(
                        row.getInt("attempt"),
                        row.getInt("step"),
                        ManagementCommand.Verb.valueOf(row.getString("verb")),
                        row.getString("uri"),
                        row.getInt("code"),
                        texts(row.getArray("answers"))),
                "SELECT * FROM job_status WHERE job = ? ORDER BY id",
                id);
        List<NodeResult> results =
                query(connection, StoredSpec::readNode, "SELECT * FROM job_node WHERE job = ? ORDER BY place", id);
        return query(connection, row -> readJob(row, statuses, results), "SELECT * FROM job WHERE id = ?", id).stream()
                .findFirst();
    }

    private static Job readJob(ResultSet row, List<CommandStatus> statuses, List<NodeResult> results)
            throws SQLException {
        return new Job(
                row.getLong("id"),
                Optional.ofNullable(row.getString("device")),
                new StoredSpec(
                                row.getString("kind"),
                                row.getString("target"),
                                row.getString("mode"),
                                ByteString.of(row.getBytes("payload")),
                                row.getString("conditions"))
                        .toSpec(),
                JobState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                Optional.ofNullable(row.getObject("not_before", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                statuses,
                results);
    }

    /** The oldest job only: one that has to wait holds up those behind it, which may build on it. */
    static Optional<Job> claim(Connection connection, String device, Instant now) throws SQLException {
        while (true) {
            List<Long> oldest = query(
                    connection,
                    row -> row.getLong(1),
                    "SELECT MIN(id) FROM job WHERE state = 'QUEUED' AND (device = ? OR device IS NULL)"
                            + " OR state = 'RUNNING' AND device = ? HAVING MIN(id) IS NOT NULL",
                    device,
                    device);
            if (oldest.isEmpty()) {
                return Optional.empty();
            }
            Optional<Job> job = read(connection, oldest.get(0));
            if (job.flatMap(Job::notBefore).filter(now::isBefore).isPresent()) {
                return Optional.empty();
            }
            int claimed = update(
                    connection,
                    "UPDATE job SET state = 'RUNNING', reason = '', device = ?, attempts = attempts + 1,"
                            + " not_before = NULL, changed_at = ? WHERE id = ? AND (state = 'QUEUED'"
                            + " AND (device = ? OR device IS NULL) OR state = 'RUNNING' AND device = ?)",
                    device,
                    time(now),
                    oldest.get(0),
                    device,
                    device);
            if (claimed == 1) { // otherwise another client was faster
                return read(connection, oldest.get(0));
            }
        }
    }

    static Optional<Job> endAttempt(
            Connection connection,
            long id,
            int attempt,
            JobState state,
            String reason,
            Instant now,
            Optional<Instant> notBefore)
            throws SQLException {
        int changed = update(
                connection,
                "UPDATE job SET state = ?, reason = ?, changed_at = ?, not_before = ? WHERE id = ? AND attempts = ?"
                        + " AND state = 'RUNNING'",
                state.name(),
                cut(reason, REASON_LENGTH),
                time(now),
                notBefore.map(Database::time).orElse(null),
                id,
                attempt);
        return changed == 1 ? read(connection, id) : Optional.empty();
    }

    static Optional<Job> restart(Connection connection, long id, Instant now) throws SQLException {
        int changed = update(
                connection,
                "UPDATE job SET state = 'QUEUED', reason = '', attempts = 0, changed_at = ?"
                        + " WHERE id = ? AND (state = 'DONE' OR state = 'FAILED')",
                time(now),
                id);
        if (changed == 0) {
            return Optional.empty();
        }
        update(connection, "DELETE FROM job_status WHERE job = ?", id);
        update(connection, "DELETE FROM job_node WHERE job = ?", id);
        return read(connection, id);
    }

    /** Fails a job that is queued. */
    static void cancel(Connection connection, long id, String reason, Instant now) throws SQLException {
        update(
                connection,
                "UPDATE job SET state = 'FAILED', reason = ?, changed_at = ?, not_before = NULL WHERE id = ? AND state = 'QUEUED'",
                cut(reason, REASON_LENGTH),
                time(now),
                id);
    }

    static int requeueRunning(Connection connection, String reason, Instant now) throws SQLException {
        return update(
                connection,
                "UPDATE job SET state = 'QUEUED', reason = ?, changed_at = ? WHERE state = 'RUNNING'",
                cut(reason, REASON_LENGTH),
                time(now));
    }

    static void addStatuses(Connection connection, long job, List<CommandStatus> statuses) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO job_status (job, attempt, step, verb, uri, code, answers) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (CommandStatus status : statuses) {
                bind(
                        insert,
                        job,
                        status.attempt(),
                        status.step(),
                        status.verb().name(),
                        status.uri(),
                        status.code(),
                        connection.createArrayOf(
                                "varchar",
                                status.answers().stream()
                                        .map(answer -> cut(answer, ANSWER_LENGTH))
                                        .toArray()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<String> texts(Array array) throws SQLException {
        return array == null
                ? List.of()
                : Stream.of((Object[]) array.getArray()).map(Object::toString).toList();
    }

    static void setResults(Connection connection, long job, List<NodeResult> results) throws SQLException {
        update(connection, "DELETE FROM job_node WHERE job = ?", job);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO job_node (job, place, uri, format, type, content, status)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            int place = 0;
            for (NodeResult result : results) {
                bind(
                        insert,
                        job,
                        place++,
                        result.uri(),
                        result.format(),
                        result.type().orElse(null),
                        result.value().map(v -> v.octets().toByteArray()).orElse(null),
                        result.status().number());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
