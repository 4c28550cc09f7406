// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import org.bipline.dm.server.ManagementCommand.Verb;

/**
 * What a client answered to one command of a job.
 *
 * @param attempt attempt of the job to which the command belonged, from 1
 * @param step place of the command within the job, from 0
 * @param code the status, or 0 for a command that was sent and must not be sent again before it is answered
 */
public record CommandStatus(int attempt, int step, Verb verb, String uri, int code) {
    public boolean isAnswered() {
        return code != 0;
    }
}
