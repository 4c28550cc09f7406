// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.tnds.MgmtNode;

/**
 * A job as it stands in the store.
 *
 * @param device the client it is for; empty for the first that asks
 * @param reason why the job failed, or what is to be known of its state; empty if there is nothing
 * @param attempts sessions in which the job was begun
 * @param notBefore when a job that the client could not do at first may be begun again, at the earliest
 * @param statuses what the client answered, in order, over all attempts
 * @param results nodes that the client returned in the last attempt
 */
public record Job(
        long id,
        Optional<String> device,
        JobSpec spec,
        JobState state,
        String reason,
        int attempts,
        Optional<Instant> notBefore,
        Instant created,
        Instant changed,
        List<CommandStatus> statuses,
        List<NodeResult> results) {
    public Job {
        statuses = List.copyOf(statuses);
        results = List.copyOf(results);
    }

    /** The MO as it was read back, where a job that provides one got so far. */
    public Optional<MgmtNode> tree() {
        return switch (spec) {
            case JobSpec.Provision provision -> NodeResult.tree(results, provision.target());
            case JobSpec.Reconcile reconcile -> NodeResult.tree(results, reconcile.target());
            case JobSpec.Commands commands -> Optional.empty();
        };
    }

    Job with(JobState newState, String newReason, Instant now, Optional<Instant> newNotBefore) {
        return new Job(id, device, spec, newState, newReason, attempts, newNotBefore, created, now, statuses, results);
    }

    @Override
    public String toString() {
        return "job " + id + " " + state + (reason.isEmpty() ? "" : ": " + reason);
    }
}
