// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bipline.dm.ByteString;

/** Store in the memory of the process, gone with it: for simulations, which are many, short, and need no database each. */
public final class MemoryStore implements Store {
    private final Map<String, Device> devices = new TreeMap<>();
    private final Map<ByteString, String> byPsk = new HashMap<>();
    private final Map<Long, Job> jobs = new TreeMap<>();
    private final Map<Long, Job> open = new TreeMap<>(); // those of them that may still be claimed
    private final List<DesiredState> desired = new ArrayList<>();
    private final List<ClientEvent> events = new ArrayList<>();
    private final List<SessionRecord> sessions = new ArrayList<>();
    private final Map<String, Failures> failures = new HashMap<>();
    private final List<AuditRecord> audit = new ArrayList<>();

    @Override
    public synchronized void putDevice(Device device) {
        Optional<ByteString> identity = device.psk().map(Psk::identity);
        if (identity.flatMap(this::deviceOfPsk)
                .filter(other -> !other.id().equals(device.id()))
                .isPresent()) {
            throw StoreException.identityTaken(device);
        }
        Device before = devices.put(device.id(), device);
        Optional.ofNullable(before).flatMap(Device::psk).map(Psk::identity).ifPresent(byPsk::remove);
        identity.ifPresent(value -> byPsk.put(value, device.id()));
    }

    @Override
    public synchronized Optional<Device> device(String id) {
        return Optional.ofNullable(devices.get(id));
    }

    @Override
    public synchronized List<Device> devices() {
        return List.copyOf(devices.values());
    }

    @Override
    public synchronized Optional<Device> deviceOfPsk(ByteString identity) {
        return Optional.ofNullable(byPsk.get(identity)).flatMap(this::device);
    }

    @Override
    public synchronized void setClientNonce(String device, ByteString nonce) {
        devices.computeIfPresent(
                device,
                (id, known) -> new Device(
                        id,
                        known.authentication(),
                        withNonce(known.client(), nonce),
                        known.server(),
                        known.psk(),
                        known.transport()));
    }

    @Override
    public synchronized boolean useClientNonce(String device, ByteString used, ByteString next) {
        boolean current = device(device)
                .filter(known -> known.client().nonce().equals(used))
                .isPresent();
        if (current) {
            setClientNonce(device, next);
        }
        return current;
    }

    @Override
    public synchronized void setServerNonce(String device, ByteString nonce) {
        devices.computeIfPresent(
                device,
                (id, known) -> new Device(
                        id,
                        known.authentication(),
                        known.client(),
                        known.server().map(account -> withNonce(account, nonce)),
                        known.psk(),
                        known.transport()));
    }

    private static Account withNonce(Account account, ByteString nonce) {
        return new Account(account.name(), account.key(), nonce);
    }

    @Override
    public synchronized Job addJob(Optional<String> device, JobSpec spec, Instant now) {
        return put(new Job(
                jobs.size() + 1L,
                device,
                spec,
                JobState.QUEUED,
                "",
                0,
                Optional.empty(),
                now,
                now,
                List.of(),
                List.of()));
    }

    private Job put(Job job) {
        jobs.put(job.id(), job);
        if (job.state().isFinal()) {
            open.remove(job.id());
        } else {
            open.put(job.id(), job);
        }
        return job;
    }

    @Override
    public synchronized Optional<Job> job(long id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public synchronized List<Job> jobs() {
        return jobs.values().stream()
                .map(job -> with(job, job.device(), job.attempts(), List.of(), List.of()))
                .toList();
    }

    private static Job with(
            Job job, Optional<String> device, int attempts, List<CommandStatus> statuses, List<NodeResult> results) {
        return new Job(
                job.id(),
                device,
                job.spec(),
                job.state(),
                job.reason(),
                attempts,
                job.notBefore(),
                job.created(),
                job.changed(),
                statuses,
                results);
    }

    @Override
    public synchronized Optional<Job> claimJob(String device, Instant now) {
        return open.values().stream()
                .filter(job -> job.device().map(device::equals).orElse(job.state() == JobState.QUEUED))
                .findFirst()
                .filter(job -> job.notBefore().filter(now::isBefore).isEmpty())
                .map(job -> with(job, Optional.of(device), job.attempts() + 1, job.statuses(), job.results())
                        .with(JobState.RUNNING, "", now, Optional.empty()))
                .map(this::put);
    }

    @Override
    public synchronized Optional<Job> endAttempt(
            long id, int attempt, JobState state, String reason, Instant now, Optional<Instant> notBefore) {
        return Optional.ofNullable(open.get(id))
                .filter(job -> job.attempts() == attempt && job.state() == JobState.RUNNING)
                .map(job -> put(job.with(state, reason, now, notBefore)));
    }

    @Override
    public synchronized Optional<Job> restartJob(long id, Instant now) {
        return Optional.ofNullable(jobs.get(id))
                .filter(job -> job.state().isFinal())
                .map(job -> put(with(job, job.device(), 0, List.of(), List.of())
                        .with(JobState.QUEUED, "", now, Optional.empty())));
    }

    @Override
    public synchronized void addProgress(long id, List<CommandStatus> statuses, List<NodeResult> results) {
        Job job = jobs.get(id);
        List<CommandStatus> all = new ArrayList<>(job.statuses());
        all.addAll(statuses);
        put(with(job, job.device(), job.attempts(), all, results));
    }

    @Override
    public synchronized void requeueRunningJobs(String reason, Instant now) {
        List.copyOf(open.values()).stream()
                .filter(job -> job.state() == JobState.RUNNING)
                .forEach(job -> put(job.with(JobState.QUEUED, reason, now, Optional.empty())));
    }

    @Override
    public synchronized Job setDesired(String device, JobSpec.Reconcile spec, Instant now) {
        Job job = addJob(Optional.of(device), spec, now);
        removeDesired(device, spec.target(), "job " + job.id() + " took its place", now);
        desired.add(new DesiredState(device, spec.target(), job.id(), Optional.empty()));
        return job;
    }

    @Override
    public synchronized boolean removeDesired(String device, String target, Instant now) {
        return removeDesired(device, target, "it is desired no longer", now);
    }

    private boolean removeDesired(String device, String target, String reason, Instant now) {
        Optional<DesiredState> found = desired(device).stream()
                .filter(state -> state.target().equals(target))
                .findFirst();
        found.map(state -> jobs.get(state.job()))
                .filter(job -> job.state() == JobState.QUEUED)
                .ifPresent(job -> put(job.with(JobState.FAILED, reason, now, Optional.empty())));
        found.ifPresent(desired::remove);
        return found.isPresent();
    }

    @Override
    public synchronized List<DesiredState> desired(String device) {
        return desired.stream()
                .filter(state -> state.device().equals(device))
                .sorted(Comparator.comparing(DesiredState::target))
                .toList();
    }

    @Override
    public synchronized void setDesiredVersion(DesiredState state, String version) {
        desired.replaceAll(known -> known.job() == state.job()
                ? new DesiredState(known.device(), known.target(), known.job(), Optional.of(version))
                : known);
    }

    @Override
    public synchronized void addEvent(ClientEvent event) {
        events.add(event);
    }

    @Override
    public synchronized List<ClientEvent> events(String device, int limit) {
        return newest(events, event -> event.device().equals(device), limit);
    }

    @Override
    public synchronized void addSession(SessionRecord session) {
        sessions.add(session);
    }

    @Override
    public synchronized List<SessionRecord> sessions(String device, int limit) {
        return newest(sessions, session -> session.device().equals(device), limit);
    }

    @Override
    public synchronized Failures failures(String device) {
        return failures.getOrDefault(device, Failures.NONE);
    }

    @Override
    public synchronized Failures addFailure(String device, Instant now) {
        Failures more = new Failures(failures(device).count() + 1, now);
        failures.put(device, more);
        return more;
    }

    @Override
    public synchronized void clearFailures(String device) {
        failures.remove(device);
    }

    @Override
    public synchronized void addAudit(List<AuditEntry> entries) {
        for (AuditEntry entry : entries) {
            ByteString last =
                    audit.isEmpty() ? AuditRecord.START : audit.getLast().hash();
            audit.add(AuditRecord.after(audit.size(), last, entry));
        }
    }

    @Override
    public synchronized List<AuditRecord> audit(AuditQuery query) {
        return audit.stream()
                .skip(query.after())
                .filter(line -> !line.entry().time().isBefore(query.since()))
                .filter(line -> query.device()
                        .filter(d -> !d.equals(line.entry().device()))
                        .isEmpty())
                .limit(query.limit())
                .toList();
    }

    private static <T> List<T> newest(List<T> all, Predicate<T> wanted, int limit) {
        return all.reversed().stream().filter(wanted).limit(limit).toList();
    }

    @Override
    public void close() {
        // what it holds goes with it
    }
}
