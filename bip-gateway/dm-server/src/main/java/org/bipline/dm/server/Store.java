// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;

/**
 * What a DM server keeps over a restart. Thread-safe; each method is one transaction. Faults of the database are
 * thrown as {@link StoreException}.
 */
public interface Store extends AutoCloseable {
    /**
     * Adds a device, or overwrites the one with the same identifier.
     *
     * @throws StoreException also when another device has the identity of its pre-shared key
     */
    void putDevice(Device device);

    Optional<Device> device(String id);

    List<Device> devices();

    /** The device that has the pre-shared key of this identity. */
    Optional<Device> deviceOfPsk(ByteString identity);

    /** Sets the nonce of the credentials that the client has to send next. */
    void setClientNonce(String device, ByteString nonce);

    /**
     * Sets the nonce of the client's next credentials, if the one before has not been used yet.
     *
     * @return false, with nothing changed, if the nonce is another one by now
     */
    boolean useClientNonce(String device, ByteString used, ByteString next);

    /** Sets the nonce of the credentials that the server has to send next. */
    void setServerNonce(String device, ByteString nonce);

    /**
     * Queues a job.
     *
     * @param device the client it is for, or empty for the first that asks
     */
    Job addJob(Optional<String> device, JobSpec spec, Instant now);

    Optional<Job> job(long id);

    /** All jobs, oldest first, without statuses and results. */
    List<Job> jobs();

    /**
     * Makes the oldest queued job for this device, or for any, RUNNING in the name of the device and counts the attempt; empty if that
     * job has to wait. A job that is RUNNING for this device is taken as well: a client has one session at a time, so the session that
     * ran it is over.
     */
    Optional<Job> claimJob(String device, Instant now);

    /**
     * Ends an attempt: the job is RUNNING no longer.
     *
     * @param notBefore when a job that is queued again may be begun, at the earliest; empty for at once
     * @return the job as it is now; empty, with nothing changed, if the attempt is not the one that runs
     */
    Optional<Job> endAttempt(
            long id, int attempt, JobState state, String reason, Instant now, Optional<Instant> notBefore);

    /**
     * Queues a job that has ended once more, as if it had never run.
     *
     * @return the job as it is now; empty, with nothing changed, if it has not ended
     */
    Optional<Job> restartJob(long id, Instant now);

    /** Adds statuses to a job, and replaces its results. */
    void addProgress(long job, List<CommandStatus> statuses, List<NodeResult> results);

    /** Makes every RUNNING job QUEUED again: after a restart no session is left to run it. */
    void requeueRunningJobs(String reason, Instant now);

    /**
     * Sets what a device is to have at one place of its tree, in place of what it was to have there before, and queues the job that makes it
     * so. A job of the former state that is still queued fails.
     */
    Job setDesired(String device, JobSpec.Reconcile spec, Instant now);

    /**
     * Forgets what a device is to have at one place of its tree; what it has there stays. A queued job of the state fails.
     *
     * @return false if there was no such state
     */
    boolean removeDesired(String device, String target, Instant now);

    /** What a device is to have, by target. */
    List<DesiredState> desired(String device);

    /** Notes the client's version, unless the state was replaced meanwhile. */
    void setDesiredVersion(DesiredState state, String version);

    /** Keeps an event; texts that are longer than the columns are cut. */
    void addEvent(ClientEvent event);

    /** The newest events of a device, newest first. */
    List<ClientEvent> events(String device, int limit);

    void addSession(SessionRecord session);

    /** The newest sessions of a device, newest first. */
    List<SessionRecord> sessions(String device, int limit);

    /** Failures of a client's credentials; those of the name "" are of all clients that nobody knows. */
    Failures failures(String device);

    /** Counts a failure, and tells how many there are now. */
    Failures addFailure(String device, Instant now);

    /** The credentials were right, or an operator has unlocked them. */
    void clearFailures(String device);

    /** Adds lines to the audit log. Nothing changes or removes them. */
    void addAudit(List<AuditEntry> entries);

    List<AuditRecord> audit(AuditQuery query);

    @Override
    void close();
}
