// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DM server without its transport: DM message in, DM message out. Thread-safe. A client is answered in the encoding
 * that it speaks.
 *
 * <p>One server at a time works on a store: on start it takes every running job for one that a crash left behind.
 */
public final class DmServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DmServer.class);
    private static final int MAX_DOUBLINGS = 6;
    private static final int MAX_SESSION = 0xFFFF; // of a notification, two bytes
    private static final int MAX_NAME = 255; // what the store has room for
    private static final int MAX_SESSION_ID = 64;
    private static final int NONCE_SIZE = 16; // OMA DM Security recommends 128 bits at least

    private final Store store;
    private final Clock clock;
    private final RandomGenerator random;
    private final ListenerList listener;
    private final AuditLog auditLog;
    private final Locking locking;
    private final AuthType strangers;
    private final int maxMessageSize;
    private final int maxObjectSize;
    private final int maxAttempts;
    private final Duration retryDelay;
    private final Optional<String> respUri;
    private final SessionTable sessions;
    private final Map<String, DmSession> provenSessions = new ConcurrentHashMap<>();
    private final Queue<DmSession> superseded = new ConcurrentLinkedQueue<>();

    private DmServer(Builder builder) {
        store = builder.store;
        clock = builder.clock;
        random = builder.random;
        listener = new ListenerList(builder.listeners, builder.wire);
        auditLog = new AuditLog(store, clock);
        locking = builder.locking;
        strangers = builder.strangers;
        maxMessageSize = builder.maxMessageSize;
        maxObjectSize = builder.maxObjectSize;
        maxAttempts = builder.maxAttempts;
        retryDelay = builder.retryDelay;
        respUri = builder.respUri;
        sessions = new SessionTable(builder.maxSessions, builder.sessionTimeout);
        store.requeueRunningJobs("the server was restarted", now());
    }

    /**
     * A server yet to be configured.
     *
     * @param store stays open when the server closes
     * @param random source of nonces: one that cannot be foretold, except in a simulation
     */
    public static Builder builder(Store store, Clock clock, RandomGenerator random) {
        return new Builder(store, clock, random);
    }

    /** Gives a job to a device; it runs in the device's next session, or in the one that is open. */
    public Job submit(String device, JobSpec spec) {
        return submit(Optional.of(device), spec);
    }

    /** Gives a job to the first device that asks. */
    public Job submitToAny(JobSpec spec) {
        return submit(Optional.empty(), spec);
    }

    private Job submit(Optional<String> device, JobSpec spec) {
        Job job = store.addJob(device, spec, now());
        jobStateChanged(job);
        return job;
    }

    /** Tells the listener, and the audit log of what was queued and what has ended. */
    void jobStateChanged(Job job) {
        if (job.state() != JobState.RUNNING) {
            String target = switch (job.spec()) {
                case JobSpec.Provision provision -> provision.target();
                case JobSpec.Reconcile reconcile -> reconcile.target();
                case JobSpec.Commands commands -> commands.steps().size() + " steps";
            };
            auditLog.add(AuditLog.SERVER, AuditOperation.JOB, job.device().orElse(""), target, job.toString());
        }
        listener.jobStateChanged(job);
    }

    /**
     * Writes a line to the audit log.
     *
     * @param actor who: a management authority, a device, an operator, an address
     * @param device client that it is about; empty where it is about none
     * @param target what was to be done, to what
     * @param outcome how it ended, in words
     */
    public void audit(String actor, AuditOperation operation, String device, String target, String outcome) {
        auditLog.add(actor, operation, device, target, outcome);
    }

    /**
     * Opens the credentials of a client again that were locked after too many failures.
     *
     * @param actor who says so
     */
    public void unlock(String actor, String device) {
        store.clearFailures(device);
        auditLog.add(actor, AuditOperation.UNLOCKED, device, "", "");
    }

    /** When credentials are locked. */
    public Locking locking() {
        return locking;
    }

    /**
     * Sets what a device is to have at one place of its tree: from now on each session looks whether it does, and sends what differs.
     * Where it is set already, and has not failed, nothing changes.
     *
     * @return the job that brings it about, in the next session for the first time
     */
    public Job setDesired(String device, JobSpec.Reconcile spec) {
        Optional<Job> same = store.desired(device).stream()
                .filter(state -> state.target().equals(spec.target()))
                .flatMap(state -> store.job(state.job()).stream())
                .filter(job -> job.state() != JobState.FAILED && isSame(spec, job.spec()))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        Job job = store.setDesired(device, spec, now());
        auditLog.add(AuditLog.SERVER, AuditOperation.DESIRED, device, spec.target(), "set, by job " + job.id());
        jobStateChanged(job);
        return job;
    }

    private static boolean isSame(JobSpec.Reconcile spec, JobSpec other) {
        return other instanceof JobSpec.Reconcile reconcile
                && Tnds.toWbxml(MgmtTree.of(spec.mo())).equals(Tnds.toWbxml(MgmtTree.of(reconcile.mo())));
    }

    /**
     * Forgets what a device is to have at one place of its tree; what it has there stays.
     *
     * @return false if it was to have nothing there
     */
    public boolean removeDesired(String device, String target) {
        boolean removed = store.removeDesired(device, target, now());
        if (removed) {
            auditLog.add(AuditLog.SERVER, AuditOperation.DESIRED, device, target, "forgotten");
        }
        return removed;
    }

    /**
     * Answers a DM message. Never throws for what a client sent: it is answered with HTTP status 400, 413 or 415 and one
     * line of text if it is no DM message, and with 500 if the store fails.
     */
    public DmResponse handle(DmRequest request) {
        Optional<SyncMlCodec> codec = request.contentType().flatMap(SyncMlCodec::of);
        if (codec.isEmpty()) {
            return DmResponse.error(
                    415,
                    "content type must be " + SyncMlCodec.WBXML.mediaType() + " or " + SyncMlCodec.XML.mediaType()
                            + ", not "
                            + request.contentType().orElse("missing"));
        }
        if (request.body().length() > maxMessageSize) {
            return DmResponse.error(
                    413,
                    "message of " + request.body().length() + " bytes; at most " + maxMessageSize + " are accepted");
        }
        SyncMl message;
        try {
            message = codec.get().decode(request.body().toByteArray());
        } catch (DmDecodingException e) {
            LOG.warn("{}: malformed message: {}", request.origin(), e.getMessage());
            return DmResponse.error(400, "malformed DM message: " + e.getMessage());
        }
        return handle(request, message, codec.get());
    }

    private DmResponse handle(DmRequest request, SyncMl message, SyncMlCodec codec) {
        SyncHdr header = message.header();
        if (header.source().uri().length() > MAX_NAME || header.sessionId().length() > MAX_SESSION_ID) {
            return DmResponse.error(
                    400,
                    "a name of more than " + MAX_NAME + " characters, or a SessionID of more than " + MAX_SESSION_ID);
        }
        Session id = new Session(header.source().uri(), header.sessionId(), request.origin());
        SessionTable.Key key = new SessionTable.Key(id.device(), id.sessionId(), request.pskIdentity());
        try {
            for (DmSession known : sessions.find(key)) {
                if (known.transportFault(request).isPresent()) { // which does not concern that session
                    break;
                }
                Optional<DmResponse> response = known.handle(message, request);
                if (response.isPresent()) {
                    settle(key, known);
                    return response.get();
                }
            }
            DmSession session = new DmSession(this, id, codec);
            Optional<String> fault = session.transportFault(request);
            if (fault.isPresent()) {
                return session.forbid(message, request, fault.get());
            }
            DmResponse response = session.handle(message, request).orElseThrow();
            settle(key, session);
            return response;
        } catch (StoreException e) {
            LOG.error("{}: {}", id, e.getMessage(), e);
            return DmResponse.error(500, "the server's store failed; try again later");
        }
    }

    private void settle(SessionTable.Key key, DmSession session) {
        if (session.isEnded()) {
            provenSessions.remove(key.device(), session);
        }
        for (DmSession dropped : sessions.put(key, session, now())) {
            provenSessions.values().remove(dropped);
            dropped.end("no message for too long, or displaced by other sessions");
        }
        for (DmSession old = superseded.poll(); old != null; old = superseded.poll()) {
            old.end("the client began another session");
        }
    }

    /** A session has proven to be the device's: the one that the device had before is over. */
    void proven(String device, DmSession session) {
        DmSession before = provenSessions.put(device, session);
        if (before != null && before != session) {
            before.supersede();
            superseded.add(before); // ended later, when no lock is held
        }
    }

    /**
     * Package 0, by which a device is asked for a session: whoever sends short messages brings it there. It is made with the nonce that
     * the device gave last, so it is good until the next session.
     *
     * @throws IllegalArgumentException when the device is not known, or the server does not authenticate itself to it
     */
    public Notification notification(String device, Notification.UiMode uiMode) {
        Account account = store.device(device)
                .flatMap(Device::server)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + device + "' is no device to which the server authenticates itself"));
        int session;
        synchronized (random) {
            session = random.nextInt(1, MAX_SESSION + 1);
        }
        return Notification.signed(account.credentials(), account.nonce(), uiMode, session);
    }

    /** Ends all sessions; their jobs wait for the next. The store stays open. */
    @Override
    public void close() {
        sessions.clear().forEach(session -> session.end("the server was closed"));
        provenSessions.clear();
    }

    public Store store() {
        return store;
    }

    AuthType strangers() {
        return strangers;
    }

    AuditLog auditLog() {
        return auditLog;
    }

    ListenerList listener() {
        return listener;
    }

    Instant now() {
        return clock.instant();
    }

    int maxMessageSize() {
        return maxMessageSize;
    }

    int maxObjectSize() {
        return maxObjectSize;
    }

    int maxAttempts() {
        return maxAttempts;
    }

    /** How long a job waits after an attempt, counted from 1, that failed for the time being: doubled each time, up to 64 times the first. */
    Duration retryDelay(int attempt) {
        return retryDelay.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
    }

    Optional<String> respUri() {
        return respUri;
    }

    ByteString nonce() {
        byte[] nonce = new byte[NONCE_SIZE];
        synchronized (random) { // a seeded generator need not be thread-safe
            random.nextBytes(nonce);
        }
        return ByteString.of(nonce);
    }

    /** Settings of a server; whatever is not set has a default. */
    public static final class Builder {
        private final Store store;
        private final Clock clock;
        private final RandomGenerator random;
        private final List<DmServerListener> listeners = new ArrayList<>();
        private final List<WireListener> wire = new ArrayList<>();
        private int maxMessageSize = 64 * 1024;
        private int maxObjectSize = 1024 * 1024;
        private int maxAttempts = 10;
        private Locking locking = Locking.DEFAULT;
        private AuthType strangers = AuthType.MD5;
        private Duration retryDelay = Duration.ofMinutes(1);
        private Optional<String> respUri = Optional.empty();
        private int maxSessions = 10_000;
        private Duration sessionTimeout = Duration.ofMinutes(10);

        private Builder(Store store, Clock clock, RandomGenerator random) {
            this.store = Objects.requireNonNull(store);
            this.clock = Objects.requireNonNull(clock);
            this.random = Objects.requireNonNull(random);
        }

        /** Adds a listener. */
        public Builder listener(DmServerListener value) {
            listeners.add(Objects.requireNonNull(value));
            return this;
        }

        /** Adds a listener to messages as they are. */
        public Builder wire(WireListener value) {
            wire.add(Objects.requireNonNull(value));
            return this;
        }

        /** Octets of the largest message accepted; told to clients as MaxMsgSize. 65,536 by default. */
        public Builder maxMessageSize(int value) {
            maxMessageSize = positive(value);
            return this;
        }

        /** Octets of the largest value accepted in Results; told to clients as MaxObjSize. 1 MiB by default. */
        public Builder maxObjectSize(int value) {
            maxObjectSize = positive(value);
            return this;
        }

        /**
         * Sessions in which a job is begun before it is given up; each of them broke, or the client could not do it then. 10 by
         * default.
         */
        public Builder maxAttempts(int value) {
            maxAttempts = positive(value);
            return this;
        }

        /** When credentials that were wrong too often are looked at again. {@link Locking#DEFAULT} by default. */
        public Builder locking(Locking value) {
            locking = Objects.requireNonNull(value);
            return this;
        }

        /**
         * What credentials are asked of clients that nobody knows: as of those that are known, so that nobody can tell them apart.
         * {@link AuthType#MD5} by default.
         */
        public Builder strangers(AuthType value) {
            strangers = Objects.requireNonNull(value);
            return this;
        }

        /**
         * How long a job waits that the client could not do for the time being (status 408, 417, 503, 500), doubled with each attempt
         * up to 64 times. One minute by default.
         */
        public Builder retryDelay(Duration value) {
            retryDelay = positive(value, "retry delay");
            return this;
        }

        /**
         * Where clients send the further messages of a session, as an absolute URI; by default they stay where they began. OMA DM
         * Representation Protocol, element RespURI.
         */
        public Builder respUri(String value) {
            if (!URI.create(value).isAbsolute()) {
                throw new IllegalArgumentException("RespURI is not absolute: " + value);
            }
            respUri = Optional.of(value);
            return this;
        }

        /** Sessions kept in memory, of each kind: unproven, proven, ended. 10,000 by default. */
        public Builder maxSessions(int value) {
            maxSessions = positive(value);
            return this;
        }

        /** How long a session may be without a message. Ten minutes by default. */
        public Builder sessionTimeout(Duration value) {
            sessionTimeout = positive(value, "session time-out");
            return this;
        }

        private static Duration positive(Duration value, String what) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException(what + " " + value);
            }
            return value;
        }

        private static int positive(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("not positive: " + value);
            }
            return value;
        }

        public DmServer build() {
            return new DmServer(this);
        }
    }
}
