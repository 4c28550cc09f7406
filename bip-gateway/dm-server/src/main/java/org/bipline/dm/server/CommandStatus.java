// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import org.bipline.dm.server.ManagementCommand.Verb;

/**
 * What a client answered to one command of a job.
 *
 * @param attempt attempt of the job to which the command belonged, from 1
 * @param step place of the command within the job, from 0; commands of a group have that of the group
 * @param uri target node; empty for an Alert, and for a group as such
 * @param code the status, or 0 for a command that was sent and must not be sent again before it is answered
 * @param answers what the user entered, or the numbers of what he chose
 */
public record CommandStatus(int attempt, int step, Verb verb, String uri, int code, List<String> answers) {
    public CommandStatus {
        answers = List.copyOf(answers);
    }

    CommandStatus(int attempt, int step, Verb verb, String uri, int code) {
        this(attempt, step, verb, uri, code, List.of());
    }

    public boolean isAnswered() {
        return code != 0;
    }

    /** Without the answers, which may be secret. */
    @Override
    public String toString() {
        return "CommandStatus[attempt " + attempt + ", step " + step + ", " + verb + " " + uri + ", " + code + "]";
    }
}
