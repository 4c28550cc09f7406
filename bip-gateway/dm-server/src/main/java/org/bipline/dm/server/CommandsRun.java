// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bipline.dm.server.ManagementCommand.Verb;
import org.bipline.dm.syncml.StatusCode;

/**
 * Runs single commands in their order, one message each, several Get in a row together.
 *
 * <p>A later attempt goes on behind the last command that was answered. Of the first one after it nobody knows
 * whether the client did it: Get and Replace are simply repeated, an Add that finds its node there becomes a Replace,
 * a Delete that finds nothing is content, and an Exec that was sent is not repeated: the job fails and says so.
 */
final class CommandsRun implements JobRun {
    private final List<ManagementCommand> commands;
    private final List<NodeResult> results;
    private int position;
    private int doubtful = -1;
    private boolean replaceInstead;
    private String failure = "";

    CommandsRun(Job job, JobSpec.Commands spec, Limits limits) {
        commands = spec.commands();
        results = new ArrayList<>(job.results());
        Set<Integer> answered = new HashSet<>();
        Set<Integer> sent = new HashSet<>();
        for (CommandStatus status : job.statuses()) {
            if (!status.isAnswered()) {
                sent.add(status.step());
            } else if (Outcome.isDone(new StatusCode(status.code()))) {
                answered.add(status.step());
            }
        }
        while (answered.contains(position)) {
            position++;
        }
        if (job.attempts() > 1) {
            doubtful = position;
        }
        if (sent.contains(position)) {
            failure = commands.get(position)
                    + ": an earlier session broke before the client answered, so it may have been executed; queue it again"
                    + " if it was not";
        }
        for (ManagementCommand command : commands) {
            if (command.size() > limits.maxObjSize()) {
                failure = command + ": the value has " + command.size() + " octets, the client accepts "
                        + limits.maxObjSize() + " (MaxObjSize)";
            }
        }
    }

    @Override
    public List<Step> next() {
        if (!failure.isEmpty() || position == commands.size()) {
            return List.of();
        }
        if (replaceInstead) {
            ManagementCommand add = commands.get(position);
            return List.of(Step.of(
                    position, new ManagementCommand(Verb.REPLACE, add.uri(), add.format(), add.type(), add.value())));
        }
        List<Step> steps = new ArrayList<>();
        int end = position;
        do {
            steps.add(Step.of(end, commands.get(end)));
            end++;
        } while (end < commands.size()
                && commands.get(end - 1).verb() == Verb.GET
                && commands.get(end).verb() == Verb.GET);
        return steps;
    }

    @Override
    public void answered(Step step, Outcome outcome) {
        if (!failure.isEmpty()) {
            return;
        }
        Verb verb = step.command().verb();
        boolean repeated = step.number() == doubtful;
        if (repeated && verb == Verb.ADD && outcome.is(StatusCode.ALREADY_EXISTS)) {
            replaceInstead = true;
        } else if (outcome.isDone() || (repeated && verb == Verb.DELETE && outcome.is(StatusCode.NOT_FOUND))) {
            outcome.result().ifPresent(results::add);
            replaceInstead = false;
            position = step.number() + 1;
        } else {
            failure = outcome.explain(step);
        }
    }

    @Override
    public Verdict verdict() {
        return failure.isEmpty() ? Verdict.done("") : Verdict.failed(failure);
    }

    @Override
    public List<NodeResult> results() {
        return List.copyOf(results);
    }
}
