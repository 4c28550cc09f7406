// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;

/**
 * What a job wants sent next: one command, or several that are to be done all or none.
 *
 * @param number place within the job, from 0
 */
record Step(int number, List<ManagementCommand> commands) {
    Step {
        commands = List.copyOf(commands);
    }

    static Step of(int number, ManagementCommand... commands) {
        return new Step(number, List.of(commands));
    }

    boolean isAtomic() {
        return commands.size() > 1;
    }

    /** The command, or the first of several. */
    ManagementCommand command() {
        return commands.get(0);
    }

    @Override
    public String toString() {
        return isAtomic() ? "Atomic " + commands : command().toString();
    }
}
