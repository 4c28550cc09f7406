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
import org.bipline.dm.server.ManagementCommand.OnNode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
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
        final List<Outcome.Reply> replies = new ArrayList<>();
        final List<Optional<ResultsAssembly>> results = new ArrayList<>();
        Optional<StatusCode> status = Optional.empty();
        String fault = "";

        Sent(Step step, long maxObjSize, boolean xml) {
            this.step = step;
            for (ManagementCommand command : step.commands()) {
                replies.add(Outcome.Reply.NONE);
                results.add(
                        command.verb() == ManagementCommand.Verb.GET
                                ? Optional.of(new ResultsAssembly(command.uri(), maxObjSize, xml))
                                : Optional.empty());
            }
        }
    }

    /** @param index command within the step, -1 for the group itself */
    private record Reference(Sent sent, int index) {
        Optional<ResultsAssembly> results() {
            return index < 0 ? Optional.empty() : sent.results.get(index);
        }
    }

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
            if (!step.isGroup() && asSent(step.command(), draft.isXml()) instanceof OnNode whole && whole.size() > 0) {
                large = new LargeObject(whole);
                Sent chunked = new Sent(step, maxObjSize, draft.isXml());
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
        references.put(key(draft.msgId(), chunk.get().cmdId()), new Reference(chunked, 0));
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
            Sent step = new Sent(waiting.remove(), maxObjSize, draft.isXml());
            sent.add(step);
            int first = step.step.isGroup() ? -1 : 0;
            for (int i = 0; i < commands.size(); i++) {
                references.put(key(draft.msgId(), commands.get(i).cmdId()), new Reference(step, first + i));
            }
            draft.add(commands.get(0));
        }
        return topLevel(built.subList(0, fitting));
    }

    private static List<Command> topLevel(List<List<Command>> built) {
        return built.stream().map(commands -> commands.get(0)).toList();
    }

    /** The command that stands for a step in the message, then those in it. */
    private static List<Command> build(Step step, MessageDraft draft) {
        if (!step.isGroup()) {
            return List.of(asSent(step.command(), draft.isXml()).toCommand(draft.nextCmdId()));
        }
        String cmdId = draft.nextCmdId();
        List<Command> nested = step.commands().stream()
                .map(command -> asSent(command, draft.isXml()).toCommand(draft.nextCmdId()))
                .toList();
        List<Command> all = new ArrayList<>();
        all.add(
                step.group() == JobStep.Group.ATOMIC
                        ? new Command.Atomic(cmdId, Optional.empty(), nested)
                        : new Command.Sequence(cmdId, Optional.empty(), nested));
        all.addAll(nested);
        return all;
    }

    /** XML cannot carry octets: they go as Base64, and the format says so. */
    private static ManagementCommand asSent(ManagementCommand command, boolean xml) {
        if (xml && command instanceof OnNode node && node.value().orElse(null) instanceof NodeValue.Binary binary) {
            String base64 = Base64.getEncoder().encodeToString(binary.octets().toByteArray());
            return node.withValue(Format.B64, NodeValue.text(base64));
        }
        return command;
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
        if (reference.index() >= 0) {
            List<String> answers =
                    new ArrayList<>(of.replies.get(reference.index()).answers());
            status.items().forEach(item -> item.data().flatMap(Data::asText).ifPresent(answers::add));
            Optional<StatusCode> worst = worse(of.replies.get(reference.index()).status(), code);
            of.replies.set(reference.index(), new Outcome.Reply(worst, answers));
        }
        if (reference.index() < 0 || !of.step.isGroup()) {
            of.status = worse(of.status, code);
        }
    }

    /** With a Status for each item the first that is no success counts. */
    private static Optional<StatusCode> worse(Optional<StatusCode> earlier, StatusCode code) {
        return earlier.filter(known -> !Outcome.isDone(known)).or(() -> Optional.of(code));
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
        Optional<Reference> of = results.msgRef()
                .map(msgRef -> references.get(key(msgRef, results.cmdRef())))
                .or(() -> latest(results.cmdRef()))
                .filter(reference -> reference.results().isPresent());
        Optional<ResultsAssembly> assembly = of.flatMap(Reference::results);
        Optional<String> broken = breakOpenResults(assembly);
        if (of.isEmpty()) {
            return new ResultsAnswer(Optional.empty(), broken);
        }
        Optional<StatusCode> status = Optional.empty();
        for (Item item : results.items()) {
            status = assembly.get().take(results.meta(), item);
            if (status.isPresent() && !status.get().isSuccess()) {
                of.get().sent().fault = "the server refused the result with " + status.get();
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

    private Optional<String> breakOpenResults(Optional<ResultsAssembly> continued) {
        for (Sent candidate : sent) {
            for (Optional<ResultsAssembly> assembly : candidate.results) {
                boolean open = assembly.filter(ResultsAssembly::isOpen).isPresent() && !assembly.equals(continued);
                if (open && candidate.fault.isEmpty()) {
                    candidate.fault = "the client broke off the result";
                    return Optional.of(assembly.get().uri());
                }
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
        if (sent.status.isEmpty() && sent.step.isGroup()) {
            sent.status = statusOfCommands(sent.replies);
        }
        if (sent.status.isEmpty()) {
            return Outcome.fault("the client ended its package without a Status for it");
        }
        List<NodeResult> results = new ArrayList<>();
        for (int i = 0; i < sent.replies.size(); i++) {
            Optional<StatusCode> status = sent.replies.get(i).status();
            boolean done = status.filter(Outcome::isDone).isPresent();
            Optional<ResultsAssembly> assembly = sent.results.get(i);
            if (done && assembly.filter(a -> a.results().isEmpty()).isPresent()) {
                return Outcome.fault("the client answered " + status.get() + " and sent no Results");
            }
            assembly.ifPresent(a -> results.addAll(a.results()));
        }
        return new Outcome(true, sent.status, List.copyOf(sent.replies), results, "");
    }

    /** Clients are found that answer the commands of a group and not the group: it is as good as the worst of them. */
    private static Optional<StatusCode> statusOfCommands(List<Outcome.Reply> replies) {
        Optional<StatusCode> worst = Optional.empty();
        for (Outcome.Reply reply : replies) {
            if (reply.status().isEmpty()) {
                return Optional.empty();
            }
            worst = worse(worst, reply.status().get());
        }
        return worst;
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
