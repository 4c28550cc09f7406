// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.server.ManagementCommand.Verb;

/**
 * One step of a job of commands: a command, or several in a group; sent only if all its conditions hold.
 *
 * @param group {@link Group#NONE} for one command
 */
public record JobStep(Group group, List<ManagementCommand> commands, List<Condition> conditions) {
    /** How the commands of a step belong together. OMA DM Representation Protocol, elements Atomic and Sequence. */
    public enum Group {
        NONE,
        /** All or none. No Get and no Exec. */
        ATOMIC,
        /** In their order. */
        SEQUENCE;

        /** The command that holds the others. */
        Optional<Verb> verb() {
            return switch (this) {
                case NONE -> Optional.empty();
                case ATOMIC -> Optional.of(Verb.ATOMIC);
                case SEQUENCE -> Optional.of(Verb.SEQUENCE);
            };
        }
    }

    public JobStep {
        Objects.requireNonNull(group);
        commands = List.copyOf(commands);
        conditions = List.copyOf(conditions);
        if (commands.isEmpty() || (group == Group.NONE && commands.size() > 1)) {
            throw new IllegalArgumentException(commands.size() + " commands in a step");
        }
        if (group == Group.ATOMIC && commands.stream().anyMatch(c -> c.verb() == Verb.GET || c.verb() == Verb.EXEC)) {
            throw new IllegalArgumentException("Get and Exec are not legal in Atomic");
        }
    }

    public static JobStep of(ManagementCommand command) {
        return new JobStep(Group.NONE, List.of(command), List.of());
    }

    public static JobStep atomic(ManagementCommand... commands) {
        return new JobStep(Group.ATOMIC, List.of(commands), List.of());
    }

    public static JobStep sequence(ManagementCommand... commands) {
        return new JobStep(Group.SEQUENCE, List.of(commands), List.of());
    }

    /** The step with one more condition. */
    public JobStep when(Condition condition) {
        List<Condition> all = new ArrayList<>(conditions);
        all.add(condition);
        return new JobStep(group, commands, all);
    }

    boolean has(Verb verb) {
        return commands.stream().anyMatch(command -> command.verb() == verb);
    }
}
