// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import org.bipline.dm.server.JobStep.Group;

/**
 * What a job wants sent next: one command, or several in a group.
 *
 * @param number place within the job, from 0
 */
record Step(int number, Group group, List<ManagementCommand> commands) {
    Step {
        commands = List.copyOf(commands);
    }

    static Step of(int number, ManagementCommand command) {
        return new Step(number, Group.NONE, List.of(command));
    }

    static Step atomic(int number, List<ManagementCommand> commands) {
        return new Step(number, Group.ATOMIC, commands);
    }

    boolean isGroup() {
        return group != Group.NONE;
    }

    /** The command, or the first of several. */
    ManagementCommand command() {
        return commands.get(0);
    }

    @Override
    public String toString() {
        return group.verb()
                .map(verb -> verb + " " + commands)
                .orElseGet(() -> command().toString());
    }
}
