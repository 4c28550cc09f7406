// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.bipline.dm.server.Database.bind;
import static org.bipline.dm.server.Database.cut;
import static org.bipline.dm.server.Database.query;
import static org.bipline.dm.server.Database.time;
import static org.bipline.dm.server.Database.update;

import java.nio.file.Path;
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
import org.bipline.dm.syncml.AlertCode;

/** Store in a relational database: H2, embedded, or PostgreSQL. The tables are made and kept up to date on opening. */
public final class JdbcStore implements Store {
    private static final int REASON_LENGTH = 4096;
    private static final int OUTCOME_LENGTH = 1024;
    private static final int ANSWER_LENGTH = 4096;
    private static final int URI_LENGTH = 1024;
    private static final int TEXT_LENGTH = 255;
    private static final int WORD_LENGTH = 64;

    private final Database database;

    private JdbcStore(String url, String user, String password) {
        database = new Database(url, user, password);
    }

    /** An H2 database in one file, written before a commit returns. {@code file} is given without {@code .mv.db}. */
    public static JdbcStore file(Path file) {
        return new JdbcStore("jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0", "sa", "");
    }

    /** An H2 database in memory, gone when it is closed. */
    public static JdbcStore inMemory(String name) {
        return new JdbcStore("jdbc:h2:mem:" + name, "sa", "");
    }

    /** Any database with a JDBC driver on the class path that speaks the SQL of H2 and PostgreSQL. */
    public static JdbcStore open(String jdbcUrl, String user, String password) {
        return new JdbcStore(jdbcUrl, user, password);
    }

    @Override
    public void putDevice(Device device) {
        database.inTransaction("store device " + device.id(), connection -> {
            update(connection, "DELETE FROM device WHERE id = ?", device.id());
            Optional<Account> server = device.server();
            return update(
                    connection,
                    "INSERT INTO device (id, client_auth, client_name, client_key, client_nonce, server_name,"
                            + " server_key, server_nonce) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    device.id(),
                    device.authentication().name(),
                    device.client().name(),
                    device.client().key(),
                    device.client().nonce().toByteArray(),
                    server.map(Account::name).orElse(null),
                    server.map(Account::key).orElse(null),
                    server.map(account -> account.nonce().toByteArray()).orElse(null));
        });
    }

    @Override
    public Optional<Device> device(String id) {
        return database.inTransaction(
                "read device " + id,
                connection -> query(connection, JdbcStore::readDevice, "SELECT * FROM device WHERE id = ?", id).stream()
                        .findFirst());
    }

    @Override
    public List<Device> devices() {
        return database.inTransaction(
                "read devices",
                connection -> query(connection, JdbcStore::readDevice, "SELECT * FROM device ORDER BY id"));
    }

    private static Device readDevice(ResultSet row) throws SQLException {
        String serverName = row.getString("server_name");
        return new Device(
                row.getString("id"),
                Device.Authentication.valueOf(row.getString("client_auth")),
                new Account(
                        row.getString("client_name"),
                        row.getString("client_key"),
                        ByteString.of(row.getBytes("client_nonce"))),
                serverName == null
                        ? Optional.empty()
                        : Optional.of(new Account(
                                serverName, row.getString("server_key"), ByteString.of(row.getBytes("server_nonce")))));
    }

    @Override
    public void setClientNonce(String device, ByteString nonce) {
        database.inTransaction(
                "store the nonce of " + device,
                connection -> update(
                        connection, "UPDATE device SET client_nonce = ? WHERE id = ?", nonce.toByteArray(), device));
    }

    @Override
    public void setServerNonce(String device, ByteString nonce) {
        database.inTransaction(
                "store the server's nonce for " + device,
                connection -> update(
                        connection, "UPDATE device SET server_nonce = ? WHERE id = ?", nonce.toByteArray(), device));
    }

    @Override
    public Job addJob(Optional<String> device, JobSpec spec, Instant now) {
        StoredSpec stored = StoredSpec.of(spec);
        long id = database.inTransaction("store a job", connection -> {
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
                    return keys.getLong("id");
                }
            }
        });
        return job(id).orElseThrow();
    }

    @Override
    public Optional<Job> job(long id) {
        return database.inTransaction("read job " + id, connection -> job(connection, id));
    }

    @Override
    public List<Job> jobs() {
        return database.inTransaction(
                "read jobs",
                connection ->
                        query(connection, row -> readJob(row, List.of(), List.of()), "SELECT * FROM job ORDER BY id"));
    }

    private static Optional<Job> job(Connection connection, long id) throws SQLException {
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
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                statuses,
                results);
    }

    @Override
    public Optional<Job> claimJob(String device, Instant now) {
        return database.inTransaction("claim a job for " + device, connection -> {
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
                int claimed = update(
                        connection,
                        "UPDATE job SET state = 'RUNNING', reason = '', device = ?, attempts = attempts + 1,"
                                + " changed_at = ? WHERE id = ? AND (state = 'QUEUED' AND (device = ? OR device IS NULL)"
                                + " OR state = 'RUNNING' AND device = ?)",
                        device,
                        time(now),
                        oldest.get(0),
                        device,
                        device);
                if (claimed == 1) { // otherwise another client was faster
                    return job(connection, oldest.get(0));
                }
            }
        });
    }

    @Override
    public Optional<Job> endAttempt(long id, int attempt, JobState state, String reason, Instant now) {
        return database.inTransaction("store job " + id, connection -> {
            int changed = update(
                    connection,
                    "UPDATE job SET state = ?, reason = ?, changed_at = ? WHERE id = ? AND attempts = ?"
                            + " AND state = 'RUNNING'",
                    state.name(),
                    cut(reason, REASON_LENGTH),
                    time(now),
                    id,
                    attempt);
            return changed == 1 ? job(connection, id) : Optional.empty();
        });
    }

    @Override
    public void addProgress(long job, List<CommandStatus> statuses, List<NodeResult> results) {
        database.inTransaction("store the progress of job " + job, connection -> {
            addStatuses(connection, job, statuses);
            setResults(connection, job, results);
            return null;
        });
    }

    private static void addStatuses(Connection connection, long job, List<CommandStatus> statuses) throws SQLException {
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

    private static void setResults(Connection connection, long job, List<NodeResult> results) throws SQLException {
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

    @Override
    public void requeueRunningJobs(String reason, Instant now) {
        database.inTransaction(
                "queue running jobs again",
                connection -> update(
                        connection,
                        "UPDATE job SET state = 'QUEUED', reason = ?, changed_at = ? WHERE state = 'RUNNING'",
                        cut(reason, REASON_LENGTH),
                        time(now)));
    }

    @Override
    public void addEvent(ClientEvent event) {
        database.inTransaction(
                "store an event of " + event.device(),
                connection -> update(
                        connection,
                        "INSERT INTO client_event (device, session_id, received_at, code, correlator, source, type,"
                                + " format, mark, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        event.device(),
                        event.sessionId(),
                        time(event.time()),
                        event.code().number(),
                        event.correlator().map(text -> cut(text, TEXT_LENGTH)).orElse(null),
                        event.source().map(text -> cut(text, URI_LENGTH)).orElse(null),
                        event.type().map(text -> cut(text, TEXT_LENGTH)).orElse(null),
                        cut(event.format(), WORD_LENGTH),
                        cut(event.mark(), WORD_LENGTH),
                        event.data().map(data -> data.octets().toByteArray()).orElse(null)));
    }

    @Override
    public List<ClientEvent> events(String device, int limit) {
        return database.inTransaction(
                "read events of " + device,
                connection -> query(
                        connection,
                        row -> new ClientEvent(
                                row.getString("device"),
                                row.getString("session_id"),
                                row.getObject("received_at", OffsetDateTime.class)
                                        .toInstant(),
                                new AlertCode(row.getInt("code")),
                                Optional.ofNullable(row.getString("correlator")),
                                Optional.ofNullable(row.getString("source")),
                                Optional.ofNullable(row.getString("type")),
                                row.getString("format"),
                                row.getString("mark"),
                                StoredSpec.value(row)),
                        "SELECT * FROM client_event WHERE device = ? ORDER BY id DESC FETCH FIRST " + limit
                                + " ROWS ONLY",
                        device));
    }

    @Override
    public void addSession(SessionRecord session) {
        database.inTransaction(
                "store a session of " + session.device(),
                connection -> update(
                        connection,
                        "INSERT INTO dm_session (device, session_id, origin, started_at, ended_at, authenticated,"
                                + " messages, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        session.device(),
                        session.sessionId(),
                        cut(session.origin(), 255),
                        time(session.started()),
                        time(session.ended()),
                        session.authenticated(),
                        session.messages(),
                        cut(session.outcome(), OUTCOME_LENGTH)));
    }

    @Override
    public List<SessionRecord> sessions(String device, int limit) {
        return database.inTransaction(
                "read sessions of " + device,
                connection -> query(
                        connection,
                        row -> new SessionRecord(
                                row.getString("device"),
                                row.getString("session_id"),
                                row.getString("origin"),
                                row.getObject("started_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                                row.getBoolean("authenticated"),
                                row.getInt("messages"),
                                row.getString("outcome")),
                        "SELECT * FROM dm_session WHERE device = ? ORDER BY id DESC FETCH FIRST " + limit
                                + " ROWS ONLY",
                        device));
    }

    @Override
    public void close() {
        database.close();
    }
}
