// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;

/**
 * The way of steps through messages: which are waiting, which are sent and not yet answered, which is under way in
 * chunks. New steps go out only when all earlier ones are answered, as OMA DM Protocol, Multiple Messages in Package,
 * demands.
 */
final class CommandFlow {
    /** Commands in one message; bounds the work of finding out how many fit. */
    private static final int MAX_BATCH = 32;

    /** A step that is sent, and what came back so far. */
    private static final class Sent {
        final Step step;
        final List<Optional<StatusCode>> nested;
        Optional<StatusCode> status = Optional.empty();
        ResultsAssembly results;
        String fault = "";

        Sent(Step step) {
            this.step = step;
            nested = new ArrayList<>();
            if (step.isAtomic()) {
                step.commands().forEach(command -> nested.add(Optional.empty()));
            }
        }
    }

    /** @param index command within an Atomic, -1 for the step itself */
    private record Reference(Sent sent, int index) {}

    private final long maxObjSize;
    private final Deque<Step> waiting = new ArrayDeque<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Reference> references = new HashMap<>();
    private LargeObject large;
    private boolean chunkDue;
    private boolean packageOpen;
    private int repeats;

    /** @param maxObjSize octets of the largest object that the server accepts */
    CommandFlow(long maxObjSize) {
        this.maxObjSize = maxObjSize;
    }

    void offer(List<Step> steps) {
        waiting.addAll(steps);
    }

    /** True if no step waits, is sent, or is under way. */
    boolean isIdle() {
        return waiting.isEmpty() && sent.isEmpty();
    }

    /** True if the client took a chunk and the next one can go, whatever else it still has to say. */
    boolean isChunkDue() {
        return chunkDue;
    }

    /**
     * True if a large object came to its end before its last chunk: the server's package is not closed, so the client
     * cannot close its own, and the server has to go on.
     */
    boolean isCutShort() {
        return packageOpen && large == null;
    }

    /**
     * Puts as many steps into a message as fit, or the next chunk.
     *
     * @return the commands put in; empty if nothing waits
     */
    List<Command> fill(MessageDraft draft, BiConsumer<Step, Outcome> answered) {
        if (chunkDue) {
            return chunk(draft, sent.get(0), answered);
        }
        while (!waiting.isEmpty()) {
            List<Command> commands = whatFits(draft);
            if (!commands.isEmpty()) {
                return commands;
            }
            Step step = waiting.remove();
            if (!step.isAtomic() && step.command().size() > 0) {
                large = new LargeObject(asSent(step.command(), draft.isXml()));
                Sent chunked = new Sent(step);
                sent.add(chunked);
                List<Command> first = chunk(draft, chunked, answered);
                if (!first.isEmpty()) {
                    return first;
                }
            } else {
                answered.accept(step, doesNotFit(draft));
            }
        }
        return List.of();
    }

    private static Outcome doesNotFit(MessageDraft draft) {
        return Outcome.notSent(
                "does not fit into a message of the client's MaxMsgSize, " + draft.maxSize() + " octets");
    }

    private List<Command> chunk(MessageDraft draft, Sent chunked, BiConsumer<Step, Outcome> answered) {
        chunkDue = false;
        Optional<Command> chunk = large.next(draft);
        if (chunk.isEmpty()) {
            large = null;
            sent.remove(chunked);
            answered.accept(chunked.step, doesNotFit(draft));
            return List.of();
        }
        references.put(key(draft.msgId(), chunk.get().cmdId()), new Reference(chunked, -1));
        draft.add(chunk.get());
        packageOpen = !large.isComplete();
        if (packageOpen) {
            draft.notLast();
        }
        return List.of(chunk.get());
    }

    private List<Command> whatFits(MessageDraft draft) {
        List<Step> steps = waiting.stream().limit(MAX_BATCH).toList();
        int mark = draft.cmdIdMark();
        List<List<Command>> built = new ArrayList<>();
        for (Step step : steps) {
            built.add(build(step, draft));
        }
        draft.resetCmdIds(mark);
        int fitting = 0;
        int tooMany = steps.size() + 1;
        for (int n = steps.size(); fitting + 1 < tooMany; n = (fitting + tooMany) / 2) { // all of them, else bisect
            if (draft.excess(topLevel(built.subList(0, n))) <= 0) {
                fitting = n;
            } else {
                tooMany = n;
            }
        }
        for (List<Command> commands : built.subList(0, fitting)) {
            commands.forEach(command -> draft.nextCmdId());
            Sent step = new Sent(waiting.remove());
            sent.add(step);
            for (int i = 0; i < commands.size(); i++) {
                references.put(key(draft.msgId(), commands.get(i).cmdId()), new Reference(step, i - 1));
            }
            draft.add(commands.get(0));
            if (step.step.command().verb() == ManagementCommand.Verb.GET) {
                step.results = new ResultsAssembly(step.step.command().uri(), maxObjSize, draft.isXml());
            }
        }
        return topLevel(built.subList(0, fitting));
    }

    private static List<Command> topLevel(List<List<Command>> built) {
        return built.stream().map(commands -> commands.get(0)).toList();
    }

    /** The command that stands for a step in the message, then those nested in it. */
    private static List<Command> build(Step step, MessageDraft draft) {
        String cmdId = draft.nextCmdId();
        if (!step.isAtomic()) {
            return List.of(asSent(step.command(), draft.isXml()).toCommand(cmdId));
        }
        List<Command> nested = step.commands().stream()
                .map(command -> asSent(command, draft.isXml()).toCommand(draft.nextCmdId()))
                .toList();
        List<Command> all = new ArrayList<>();
        all.add(new Command.Atomic(cmdId, Optional.empty(), nested));
        all.addAll(nested);
        return all;
    }

    /** XML cannot carry octets: they go as Base64, and the format says so. */
    private static ManagementCommand asSent(ManagementCommand command, boolean xml) {
        if (!xml || command.value().filter(NodeValue.Binary.class::isInstance).isEmpty()) {
            return command;
        }
        byte[] octets = command.value().get().octets().toByteArray();
        return new ManagementCommand(
                command.verb(),
                command.uri(),
                Optional.of(Format.B64),
                command.type(),
                Optional.of(NodeValue.text(Base64.getEncoder().encodeToString(octets))));
    }

    private static String key(String msgId, String cmdId) {
        return msgId + '/' + cmdId;
    }

    /** Takes a Status; one for a command that is not awaited is ignored. */
    void status(Status status) {
        Reference reference = references.get(key(status.msgRef(), status.cmdRef()));
        if (reference == null) {
            return;
        }
        Sent of = reference.sent();
        StatusCode code = status.code();
        if (reference.index() >= 0) {
            of.nested.set(reference.index(), Optional.of(code));
            return;
        }
        if (large != null && sent.contains(of)) {
            if (!large.isComplete() && code.equals(StatusCode.CHUNKED_ITEM_ACCEPTED)) {
                chunkDue = true;
                return;
            }
            large = null;
            chunkDue = false;
            if (code.equals(StatusCode.SIZE_MISMATCH) && repeat(of)) {
                return;
            }
        }
        // With a Status for each item the first that is no success counts.
        if (of.status.filter(earlier -> !Outcome.isDone(earlier)).isEmpty()) {
            of.status = Optional.of(code);
        }
    }

    /** The client missed the end of a large object (Alert 1225): it is sent once more from its start. */
    void largeObjectBroken() {
        if (large != null) {
            Sent chunked = sent.get(0);
            large = null;
            chunkDue = false;
            if (!repeat(chunked)) {
                chunked.fault = "the client missed the end of the object twice (Alert 1225)";
            }
        }
    }

    private boolean repeat(Sent chunked) {
        if (++repeats > 1) {
            return false;
        }
        sent.remove(chunked);
        waiting.addFirst(chunked.step);
        return true;
    }

    /** What the server has to answer to a Results. */
    record ResultsAnswer(Optional<StatusCode> status, Optional<String> brokenUri) {}

    /** Takes a Results; one for a Get that is not awaited is answered as if it were right, and dropped. */
    ResultsAnswer results(Command.Results results) {
        Optional<Sent> of = results.msgRef()
                .map(msgRef -> references.get(key(msgRef, results.cmdRef())))
                .or(() -> latest(results.cmdRef()))
                .map(Reference::sent)
                .filter(s -> s.results != null);
        Optional<String> broken = breakOpenResults(of);
        if (of.isEmpty()) {
            return new ResultsAnswer(Optional.empty(), broken);
        }
        Optional<StatusCode> status = Optional.empty();
        for (Item item : results.items()) {
            status = of.get().results.take(results, item);
            if (status.isPresent() && !status.get().isSuccess()) {
                of.get().fault = "the server refused the result with " + status.get();
                break;
            }
        }
        return new ResultsAnswer(status, broken);
    }

    /** Without MsgRef a Results belongs to the newest message with such a command. */
    private Optional<Reference> latest(String cmdRef) {
        return references.entrySet().stream()
                .filter(e -> e.getKey().endsWith("/" + cmdRef)
                        && sent.contains(e.getValue().sent()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** No more Results come in this package: one whose last chunk is missing is lost. Returns its URI. */
    Optional<String> noMoreResults() {
        return breakOpenResults(Optional.empty());
    }

    private Optional<String> breakOpenResults(Optional<Sent> continued) {
        for (Sent candidate : sent) {
            boolean other = continued.filter(c -> c == candidate).isEmpty();
            if (other && candidate.results != null && candidate.results.isOpen() && candidate.fault.isEmpty()) {
                candidate.fault = "the client broke off the result";
                return Optional.of(candidate.step.command().uri());
            }
        }
        return Optional.empty();
    }

    /** The client has ended its package: what is not answered now never will be. */
    void packageEnded(BiConsumer<Step, Outcome> answered) {
        List<Sent> all = List.copyOf(sent);
        sent.clear();
        references.clear();
        large = null;
        chunkDue = false;
        packageOpen = false;
        repeats = waiting.isEmpty() ? 0 : repeats;
        for (Sent step : all) {
            answered.accept(step.step, outcome(step));
        }
    }

    private static Outcome outcome(Sent sent) {
        if (!sent.fault.isEmpty()) {
            return Outcome.fault(sent.fault);
        }
        if (sent.status.isEmpty()) {
            return Outcome.fault("the client ended its package without a Status for it");
        }
        boolean done = Outcome.isDone(sent.status.get());
        if (sent.results == null) {
            return new Outcome(true, sent.status, sent.nested, Optional.empty(), "");
        }
        if (done && sent.results.result().isEmpty()) {
            return Outcome.fault("the client answered " + sent.status.get() + " and sent no Results");
        }
        return new Outcome(true, sent.status, List.of(), sent.results.result(), "");
    }

    /** The client refused the whole package for its credentials: all of it goes again. */
    void resendPackage() {
        List<Sent> all = new ArrayList<>(sent);
        for (int i = all.size() - 1; i >= 0; i--) {
            waiting.addFirst(all.get(i).step);
        }
        sent.clear();
        references.clear();
        large = null;
        chunkDue = false;
        packageOpen = false;
    }
}
