// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;

/** One attempt at a job. Decides what is sent and understands the answers; knows nothing of messages. */
sealed interface JobRun permits ProvisionRun, ReconcileRun, CommandsRun {
    /**
     * How an attempt ended.
     *
     * @param reason why it failed, or a remark; may be empty
     */
    record Verdict(JobState state, String reason) {
        static Verdict done(String remark) {
            return new Verdict(JobState.DONE, remark);
        }

        static Verdict failed(String reason) {
            return new Verdict(JobState.FAILED, reason);
        }
    }

    /**
     * What the other side can take.
     *
     * @param maxObjSize largest object that the client accepts, in octets
     * @param xml true if the session is in XML, so that TNDS goes as XML as well
     */
    record Limits(long maxObjSize, boolean xml) {}

    /**
     * What to send next, in any order and number of messages; called when all earlier steps are answered. Empty when
     * the attempt is over.
     */
    List<Step> next();

    void answered(Step step, Outcome outcome);

    /** How the attempt ends, as far as is known: for good once {@link #next()} is empty; a failure is known with the answer that makes it. */
    Verdict verdict();

    /** Nodes that the client returned. */
    List<NodeResult> results();
}
