// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.bipline.dm.server.Database.cut;
import static org.bipline.dm.server.Database.query;
import static org.bipline.dm.server.Database.time;
import static org.bipline.dm.server.Database.update;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.AlertCode;
import org.h2.tools.ChangeFileEncryption;

/** Store in a relational database: H2, embedded, or PostgreSQL. The tables are made and kept up to date on opening. */
public final class JdbcStore implements Store {
    private static final String CIPHER = "AES";
    private static final byte[] ENCRYPTED =
            "H2encrypt".getBytes(StandardCharsets.US_ASCII); // how H2 begins such a file
    private static final String BY_PSK = "SELECT * FROM device WHERE psk_identity = ?";
    private static final int OUTCOME_LENGTH = 1024;
    private static final int URI_LENGTH = 1024;
    private static final int TEXT_LENGTH = 255;
    private static final int WORD_LENGTH = 64;
    private static final int VERSION_LENGTH = 16;

    private final Database database;
    private final ReentrantLock adding = new ReentrantLock(); // of what builds on what is there: one at a time

    private JdbcStore(String url, String user, String password) {
        database = new Database(url, user, password);
    }

    /**
     * An H2 database in one file, written before a commit returns, and encrypted under the key in the file with {@code .key} at its end,
     * which is made where there is none; a database from before there was one is encrypted then.
     *
     * @param file without {@code .mv.db}
     * @param random source of the key: one that cannot be foretold
     */
    public static JdbcStore file(Path file, RandomGenerator random) {
        Path database = file.toAbsolutePath();
        Path keyFile = database.resolveSibling(database.getFileName() + ".key");
        try {
            String key = KeyFile.key(keyFile, random);
            if (isClear(database.resolveSibling(database.getFileName() + ".mv.db"))) {
                ChangeFileEncryption.execute(
                        database.getParent().toString(),
                        database.getFileName().toString(),
                        CIPHER,
                        null,
                        key.toCharArray(),
                        true);
            }
            return new JdbcStore(
                    "jdbc:h2:file:" + database + ";WRITE_DELAY=0;CIPHER=" + CIPHER, "sa", key + " "); // and no password
        } catch (IOException | SQLException e) {
            throw new StoreException("cannot open the store " + database, e);
        }
    }

    /** An H2 database in memory, gone when it is closed. */
    public static JdbcStore inMemory(String name) {
        return new JdbcStore("jdbc:h2:mem:" + name, "sa", "");
    }

    private static boolean isClear(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return !Arrays.equals(in.readNBytes(ENCRYPTED.length), ENCRYPTED);
        }
    }

    /** Any database, encrypted or not as it may be, with a JDBC driver on the class path that speaks the SQL of H2 and PostgreSQL. */
    public static JdbcStore open(String jdbcUrl, String user, String password) {
        return new JdbcStore(jdbcUrl, user, password);
    }

    @Override
    public void putDevice(Device device) {
        database.inTransaction("store device " + device.id(), connection -> {
            update(connection, "DELETE FROM device WHERE id = ?", device.id());
            Optional<Account> server = device.server();
            Optional<byte[]> identity = device.psk().map(psk -> psk.identity().toByteArray());
            if (identity.isPresent()
                    && !query(connection, JdbcStore::readDevice, BY_PSK, identity.get())
                            .isEmpty()) {
                throw StoreException.identityTaken(device);
            }
            return update(
                    connection,
                    "INSERT INTO device (id, client_auth, client_name, client_key, client_nonce, server_name,"
                            + " server_key, server_nonce, transport, psk_identity, psk_key)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    device.id(),
                    device.authentication().name(),
                    device.client().name(),
                    device.client().key(),
                    device.client().nonce().toByteArray(),
                    server.map(Account::name).orElse(null),
                    server.map(Account::key).orElse(null),
                    server.map(account -> account.nonce().toByteArray()).orElse(null),
                    device.transport().name(),
                    identity.orElse(null),
                    device.psk().map(psk -> psk.key().toByteArray()).orElse(null));
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

    @Override
    public Optional<Device> deviceOfPsk(ByteString identity) {
        return database.inTransaction(
                "read a device by its key's identity",
                connection -> query(connection, JdbcStore::readDevice, BY_PSK, identity.toByteArray()).stream()
                        .findFirst());
    }

    private static Device readDevice(ResultSet row) throws SQLException {
        String serverName = row.getString("server_name");
        byte[] identity = row.getBytes("psk_identity");
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
                                serverName, row.getString("server_key"), ByteString.of(row.getBytes("server_nonce")))),
                identity == null
                        ? Optional.empty()
                        : Optional.of(new Psk(ByteString.of(identity), ByteString.of(row.getBytes("psk_key")))),
                Device.Transport.valueOf(row.getString("transport")));
    }

    @Override
    public void setClientNonce(String device, ByteString nonce) {
        database.inTransaction(
                "store the nonce of " + device,
                connection -> update(
                        connection, "UPDATE device SET client_nonce = ? WHERE id = ?", nonce.toByteArray(), device));
    }

    @Override
    public boolean useClientNonce(String device, ByteString used, ByteString next) {
        return database.inTransaction(
                "store the nonce of " + device,
                connection -> update(
                                connection,
                                "UPDATE device SET client_nonce = ? WHERE id = ? AND client_nonce = ?",
                                next.toByteArray(),
                                device,
                                used.toByteArray())
                        == 1);
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
        return database.inTransaction("store a job", connection -> JobTable.add(connection, device, spec, now));
    }

    @Override
    public Optional<Job> job(long id) {
        return database.inTransaction("read job " + id, connection -> JobTable.read(connection, id));
    }

    @Override
    public List<Job> jobs() {
        return database.inTransaction("read jobs", JobTable::readAll);
    }

    @Override
    public Optional<Job> claimJob(String device, Instant now) {
        return database.inTransaction(
                "claim a job for " + device, connection -> JobTable.claim(connection, device, now));
    }

    @Override
    public Optional<Job> endAttempt(
            long id, int attempt, JobState state, String reason, Instant now, Optional<Instant> notBefore) {
        return database.inTransaction(
                "store job " + id,
                connection -> JobTable.endAttempt(connection, id, attempt, state, reason, now, notBefore));
    }

    @Override
    public Optional<Job> restartJob(long id, Instant now) {
        return database.inTransaction("queue job " + id, connection -> JobTable.restart(connection, id, now));
    }

    @Override
    public void addProgress(long job, List<CommandStatus> statuses, List<NodeResult> results) {
        database.inTransaction("store the progress of job " + job, connection -> {
            JobTable.addStatuses(connection, job, statuses);
            JobTable.setResults(connection, job, results);
            return null;
        });
    }

    @Override
    public void requeueRunningJobs(String reason, Instant now) {
        database.inTransaction(
                "queue running jobs again", connection -> JobTable.requeueRunning(connection, reason, now));
    }

    @Override
    public Job setDesired(String device, JobSpec.Reconcile spec, Instant now) {
        return database.inTransaction("store what " + device + " is to have at " + spec.target(), connection -> {
            Job job = JobTable.add(connection, Optional.of(device), spec, now);
            removeDesired(connection, device, spec.target(), "job " + job.id() + " took its place", now);
            update(
                    connection,
                    "INSERT INTO desired_state (device, target, job) VALUES (?, ?, ?)",
                    device,
                    spec.target(),
                    job.id());
            return job;
        });
    }

    @Override
    public boolean removeDesired(String device, String target, Instant now) {
        return database.inTransaction(
                "forget what " + device + " is to have at " + target,
                connection -> removeDesired(connection, device, target, "it is desired no longer", now));
    }

    private static boolean removeDesired(
            Connection connection, String device, String target, String reason, Instant now) throws SQLException {
        List<DesiredState> states = query(
                connection,
                JdbcStore::readDesired,
                "SELECT * FROM desired_state WHERE device = ? AND target = ?",
                device,
                target);
        for (DesiredState state : states) {
            JobTable.cancel(connection, state.job(), reason, now);
        }
        update(connection, "DELETE FROM desired_state WHERE device = ? AND target = ?", device, target);
        return !states.isEmpty();
    }

    @Override
    public List<DesiredState> desired(String device) {
        return database.inTransaction(
                "read what " + device + " is to have",
                connection -> query(
                        connection,
                        JdbcStore::readDesired,
                        "SELECT * FROM desired_state WHERE device = ? ORDER BY target",
                        device));
    }

    private static DesiredState readDesired(ResultSet row) throws SQLException {
        return new DesiredState(
                row.getString("device"),
                row.getString("target"),
                row.getLong("job"),
                Optional.ofNullable(row.getString("version")));
    }

    @Override
    public void setDesiredVersion(DesiredState state, String version) {
        database.inTransaction(
                "store the version of " + state.target(),
                connection -> update(
                        connection,
                        "UPDATE desired_state SET version = ? WHERE device = ? AND target = ? AND job = ?",
                        cut(version, VERSION_LENGTH),
                        state.device(),
                        state.target(),
                        state.job()));
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
    public Failures failures(String device) {
        return database.inTransaction("read the failures of " + device, connection -> failures(connection, device));
    }

    private static Failures failures(Connection connection, String device) throws SQLException {
        return query(
                        connection,
                        row -> new Failures(
                                row.getInt("failures"),
                                row.getObject("last_time", OffsetDateTime.class).toInstant()),
                        "SELECT * FROM credential_failures WHERE device = ?",
                        device)
                .stream()
                .findFirst()
                .orElse(Failures.NONE);
    }

    @Override
    public Failures addFailure(String device, Instant now) {
        return oneAtATime("count a failure of " + device, connection -> {
            int known = update(
                    connection,
                    "UPDATE credential_failures SET failures = failures + 1, last_time = ? WHERE device = ?",
                    time(now),
                    device);
            if (known == 0) {
                update(connection, "INSERT INTO credential_failures VALUES (?, 1, ?)", device, time(now));
            }
            return failures(connection, device);
        });
    }

    @Override
    public void clearFailures(String device) {
        database.inTransaction(
                "forget the failures of " + device,
                connection -> update(connection, "DELETE FROM credential_failures WHERE device = ?", device));
    }

    @Override
    public void addAudit(List<AuditEntry> entries) {
        oneAtATime("add to the audit log", connection -> {
            AuditTable.add(connection, entries);
            return null;
        });
    }

    private <T> T oneAtATime(String what, Database.Work<T> work) {
        adding.lock();
        try {
            return database.inTransaction(what, work);
        } finally {
            adding.unlock();
        }
    }

    @Override
    public List<AuditRecord> audit(AuditQuery query) {
        return database.inTransaction("read the audit log", connection -> AuditTable.read(connection, query));
    }

    @Override
    public void close() {
        database.close();
    }
}
