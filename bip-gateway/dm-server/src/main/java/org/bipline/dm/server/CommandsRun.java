// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.ManagementCommand.OnNode;
import org.bipline.dm.server.ManagementCommand.Verb;
import org.bipline.dm.syncml.StatusCode;

/**
 * Runs the steps of a job in their order, one message each, several single Get without conditions together.
 *
 * <p>A later attempt goes on behind the last step that was answered. Of the first one after it nobody knows whether the client did it:
 * Get, Replace, Copy and Alert are simply repeated, an Add that finds its node there becomes a Replace (of an interior node: is
 * content), a Delete that finds nothing is content, a Replace of Name that finds nothing looks for the new name, and an Exec that was
 * sent is not repeated: the job fails and says so.
 */
final class CommandsRun implements JobRun {
    private static final String NAME = "Name";

    private final JobSpec.Commands spec;
    private final List<NodeResult> results;
    private final Map<Integer, List<CommandStatus>> answers = new HashMap<>();
    private final int attempt;
    private int position;
    private int doubtful = -1;
    private Optional<List<ManagementCommand>> instead = Optional.empty();
    private String failure = "";

    CommandsRun(Job job, JobSpec.Commands spec, Limits limits) {
        this.spec = spec;
        attempt = job.attempts();
        results = new ArrayList<>(job.results());
        for (CommandStatus status : job.statuses()) {
            List<CommandStatus> ofStep = answers.computeIfAbsent(status.step(), step -> new ArrayList<>());
            ofStep.removeIf(earlier -> earlier.attempt() < status.attempt() || !earlier.isAnswered());
            ofStep.add(status);
        }
        while (position < spec.steps().size() && (!holds(position) || isSettled(position))) {
            position++;
        }
        if (position == spec.steps().size()) {
            return;
        }
        JobStep next = spec.steps().get(position);
        if (attempt > 1) {
            doubtful = position;
        }
        if (next.has(Verb.EXEC) && answersTo(position).stream().anyMatch(status -> !status.isAnswered())) {
            failure = Step.of(position, next.commands().get(0))
                    + ": an earlier session broke before the client answered, so it may have been executed; queue it again"
                    + " if it was not";
        }
        for (JobStep step : spec.steps()) {
            for (ManagementCommand command : step.commands()) {
                if (command.size() > limits.maxObjSize()) {
                    failure = command + ": the value has " + command.size() + " octets, the client accepts "
                            + limits.maxObjSize() + " (MaxObjSize)";
                }
            }
        }
    }

    private List<CommandStatus> answersTo(int step) {
        return answers.getOrDefault(step, List.of());
    }

    /** True if the step was answered and needs no repetition. */
    private boolean isSettled(int step) {
        List<CommandStatus> statuses = answersTo(step);
        return !statuses.isEmpty()
                && statuses.stream().allMatch(CommandStatus::isAnswered)
                && (spec.mayFail(step)
                        || statuses.stream().allMatch(status -> Outcome.isDone(new StatusCode(status.code()))));
    }

    private boolean holds(int step) {
        return spec.steps().get(step).conditions().stream().allMatch(this::holds);
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.StatusIs is ->
                answersTo(is.step()).stream()
                        .anyMatch(status -> status.code() == is.code().number());
            case Condition.ValueIs is -> texts(is.step()).contains(is.value());
            case Condition.Not not -> !holds(not.condition());
        };
    }

    /** What the Gets of a step read, and what the user answered. */
    private List<String> texts(int step) {
        List<String> texts = new ArrayList<>();
        for (CommandStatus status : answersTo(step)) {
            texts.addAll(status.answers());
            if (status.verb() == Verb.GET) {
                results.stream()
                        .filter(result -> result.uri().equals(status.uri()))
                        .flatMap(result -> result.value().flatMap(NodeValue::asText).stream())
                        .forEach(texts::add);
            }
        }
        return texts;
    }

    @Override
    public List<Step> next() {
        while (failure.isEmpty() && position < spec.steps().size() && !holds(position)) {
            position++;
        }
        if (!failure.isEmpty() || position == spec.steps().size()) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        int end = position;
        do {
            JobStep step = spec.steps().get(end);
            List<ManagementCommand> commands = end == position ? instead.orElse(step.commands()) : step.commands();
            steps.add(new Step(end, step.group(), commands));
            end++;
        } while (end < spec.steps().size() && isPlainGet(end - 1) && isPlainGet(end));
        return steps;
    }

    private boolean isPlainGet(int index) {
        JobStep step = spec.steps().get(index);
        return step.group() == JobStep.Group.NONE
                && step.has(Verb.GET)
                && step.conditions().isEmpty();
    }

    @Override
    public void answered(Step step, Outcome outcome) {
        if (!failure.isEmpty()) {
            return;
        }
        if (step.number() == doubtful && !outcome.isDone()) {
            List<ManagementCommand> rest = withoutWhatWasDone(step, outcome);
            if (!rest.equals(step.commands())) {
                instead = Optional.of(rest);
                if (!rest.isEmpty()) {
                    if (step.group() == JobStep.Group.SEQUENCE) { // an Atomic that failed brought nothing
                        results.addAll(outcome.results());
                    }
                    return;
                }
            }
        }
        boolean nothingLeft = instead.filter(List::isEmpty).isPresent();
        if (outcome.isDone() || nothingLeft || (outcome.status().isPresent() && spec.mayFail(step.number()))) {
            results.addAll(outcome.results());
            answers.put(step.number(), outcome.statuses(attempt, step));
            instead = Optional.empty();
            position = step.number() + 1;
        } else {
            failure = outcome.explain(step);
        }
    }

    /** The commands of a repeated step, but for those of which the answer shows that the first time did them. */
    private static List<ManagementCommand> withoutWhatWasDone(Step step, Outcome outcome) {
        List<ManagementCommand> rest = new ArrayList<>();
        for (int i = 0; i < step.commands().size(); i++) {
            ManagementCommand command = step.commands().get(i);
            Outcome.Reply reply =
                    i < outcome.replies().size() ? outcome.replies().get(i) : Outcome.Reply.NONE;
            boolean added = command.verb() == Verb.ADD && reply.is(StatusCode.ALREADY_EXISTS);
            boolean missing = reply.is(StatusCode.NOT_FOUND);
            boolean deleted = command.verb() == Verb.DELETE && missing;
            boolean done = step.group() == JobStep.Group.SEQUENCE
                    && reply.status().filter(Outcome::isDone).isPresent();
            Optional<String> renamed =
                    missing && step.group() != JobStep.Group.ATOMIC ? newUri(command) : Optional.empty();
            if (renamed.isPresent()) {
                rest.add(ManagementCommand.getProperty(renamed.get(), NAME));
            } else if (added
                    && command instanceof OnNode add
                    && add.format().filter(Format.NODE::equals).isEmpty()) {
                rest.add(add.withVerb(Verb.REPLACE));
            } else if (!added && !deleted && !done) {
                rest.add(command);
            }
        }
        return rest;
    }

    /** Where the node is to be found that a Replace of the property Name has renamed. */
    private static Optional<String> newUri(ManagementCommand command) {
        String property = "?prop=" + NAME;
        return command.verb() == Verb.REPLACE && command.uri().endsWith(property) && command instanceof OnNode replace
                ? replace.value().flatMap(NodeValue::asText).map(name -> {
                    String uri = command.uri().substring(0, command.uri().length() - property.length());
                    return NodeResult.child(uri.substring(0, uri.lastIndexOf('/')), name);
                })
                : Optional.empty();
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
