// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.MgmtNode;

/**
 * Performs the commands of a server, message by message, and says what the server has to be answered. OMA DM Representation Protocol,
 * protocol command elements.
 */
final class CommandRun {
    private final TreeCommands tree;
    private final Listing listing;
    private final Interactions interactions;
    private final DmClient client;
    private final String account;
    private final String server;
    private final TreeWatcher watcher;
    private final List<ExecHandler.Operation> accepted = new ArrayList<>();
    private Optional<LargeObject> incoming = Optional.empty();
    private String msgRef = "";
    private boolean cancelled;
    private boolean rejected;
    private boolean abandoned;
    private long serverMaxObjectSize = Long.MAX_VALUE;

    CommandRun(
            DmClient client, TreeCommands tree, Listing listing, String account, String server, TreeWatcher watcher) {
        this.client = client;
        this.tree = tree;
        this.listing = listing;
        this.account = account;
        this.server = server;
        this.watcher = watcher;
        interactions = new Interactions(client.user());
    }

    /** Octets of the largest object that the server takes. */
    void serverMaxObjectSize(long octets) {
        serverMaxObjectSize = octets;
    }

    /** What Execs of this session have started. */
    List<ExecHandler.Operation> accepted() {
        return accepted;
    }

    /** True if the server has told since the last call that it lost the large object that it was being sent. */
    boolean takeAbandoned() {
        boolean was = abandoned;
        abandoned = false;
        return was;
    }

    /**
     * Performs the commands of a message.
     *
     * @return Status and Results for them, and Alerts, all with CmdIDs still to be given
     */
    List<Command> run(String msgId, List<Command> commands, boolean lastOfPackage) {
        msgRef = msgId;
        cancelled = false;
        List<Command> replies = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof Status || command instanceof Command.Results) {
                continue;
            }
            if (!(command instanceof Command.Alert)) {
                replies.addAll(interruption(command));
            }
            replies.addAll(perform(command, false));
        }
        if (lastOfPackage) {
            incoming.ifPresent(object -> replies.add(noEndOfData(object)));
            incoming = Optional.empty();
        }
        return replies;
    }

    /** Another command before the end of a large object: what came of the object is forgotten. */
    private List<Command> interruption(Command command) {
        boolean goesOn = command instanceof Command.OnItems items
                && items.items().size() == 1
                && incoming.filter(
                                object -> object.goesOnWith(items, items.items().getFirst()))
                        .isPresent();
        if (goesOn || incoming.isEmpty()) {
            return List.of();
        }
        Command alert = noEndOfData(incoming.get());
        incoming = Optional.empty();
        return List.of(alert);
    }

    private static Command noEndOfData(LargeObject object) {
        return Command.Alert.of("", AlertCode.NO_END_OF_DATA, Item.target(object.target()));
    }

    private List<Command> perform(Command command, boolean atomic) {
        if (cancelled) {
            return notExecuted(command);
        }
        return switch (command) {
            case Command.Add add -> each(add, item -> write(add, item));
            case Command.Replace replace -> each(replace, item -> write(replace, item));
            case Command.Delete delete -> each(delete, item -> watcher.deleted(tree.delete(uri(item.target()))));
            case Command.Copy copy ->
                each(copy, item -> watcher.changed(tree.copy(uri(item.source()), uri(item.target()))));
            case Command.Get get -> atomic ? List.of(status(get, StatusCode.COMMAND_FAILED)) : get(get);
            case Command.Exec exec -> atomic ? List.of(status(exec, StatusCode.COMMAND_FAILED)) : exec(exec);
            case Command.Alert alert -> List.of(alert(alert));
            case Command.Sequence sequence -> sequence(sequence, atomic);
            case Command.Atomic whole -> atomic ? List.of(status(whole, StatusCode.COMMAND_FAILED)) : atomic(whole);
            case Command.Unsupported unknown -> List.of(status(unknown, StatusCode.COMMAND_NOT_IMPLEMENTED));
            case Command.Results results -> List.of();
            case Status status -> List.of();
        };
    }

    private interface OnItem {
        void perform(Item item) throws Refusal;
    }

    private List<Command> each(Command.OnItems command, OnItem onItem) {
        if (command.items().isEmpty()) {
            return List.of(status(command, StatusCode.INCOMPLETE_COMMAND));
        }
        List<Command> statuses = new ArrayList<>();
        for (Item item : command.items()) {
            StatusCode code = StatusCode.OK;
            try {
                onItem.perform(item);
            } catch (Refusal refusal) {
                code = refusal.code();
            }
            statuses.add(status(command, item, code));
        }
        return statuses;
    }

    private void write(Command.OnItems command, Item item) throws Refusal {
        String target = uri(item.target());
        Payload payload;
        if (item.moreData() || incoming.isPresent()) {
            payload = take(command, item);
        } else {
            payload = Payload.of(item, command.meta());
        }
        if (command instanceof Command.Add) {
            watcher.placed(tree.add(target, payload));
        } else {
            String uri = tree.replace(target, payload);
            if (payload.isTree()) {
                watcher.placed(uri);
            } else {
                watcher.changed(uri);
            }
        }
        client.written(target);
    }

    /** The object, when all of it is there; before, the status of a chunk takes the way of a refusal. */
    private Payload take(Command.OnItems command, Item item) throws Refusal {
        if (command.items().size() != 1) { // an object in chunks has its commands to itself
            throw new Refusal(StatusCode.COMMAND_FAILED);
        }
        LargeObject object = incoming.orElseGet(() -> new LargeObject(command, item));
        incoming = Optional.empty();
        object.take(item, client.maxObjectSize());
        if (item.moreData()) {
            incoming = Optional.of(object);
            throw new Refusal(StatusCode.CHUNKED_ITEM_ACCEPTED);
        }
        return object.payload();
    }

    private List<Command> get(Command.Get get) {
        List<Command> results = new ArrayList<>();
        List<Command> statuses = each(get, item -> {
            NodeUri.version(uri(item.target())).ifPresent(watcher::askedForVersion);
            List<Item> found = listing.get(uri(item.target()));
            if (found.stream().anyMatch(this::isTooLarge)) {
                throw new Refusal(StatusCode.REQUEST_ENTITY_TOO_LARGE);
            }
            results.add(new Command.Results(
                    "", Optional.of(msgRef), get.cmdId(), Optional.empty(), List.of(), List.of(), found));
        });
        List<Command> replies = new ArrayList<>(statuses);
        replies.addAll(results);
        return replies;
    }

    private boolean isTooLarge(Item item) {
        return item.data()
                .flatMap(Data::asValue)
                .filter(value -> value.octets().length() > serverMaxObjectSize)
                .isPresent();
    }

    private List<Command> exec(Command.Exec exec) {
        if (exec.items().size() != 1) { // the others would be arguments of nothing
            return List.of(status(exec, StatusCode.INCOMPLETE_COMMAND));
        }
        Item item = exec.items().getFirst();
        try {
            Location target = item.target().orElseThrow(() -> new Refusal(StatusCode.INCOMPLETE_COMMAND));
            NodeUri uri = tree.executable(target);
            String full = NodeUri.text(uri.path());
            ExecHandler handler =
                    client.handler(full).orElseThrow(() -> new Refusal(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED));
            ExecHandler.Answer answer = handler.execute(new ExecHandler.Request(
                    account, server, full, exec.correlator(), item.data().flatMap(Data::asValue)));
            answer.operation().ifPresent(accepted::add);
            return List.of(status(exec, answer.status()));
        } catch (Refusal refusal) {
            return List.of(status(exec, refusal.code()));
        }
    }

    private Command alert(Command.Alert alert) {
        AlertCode code = alert.code().orElse(AlertCode.DISPLAY);
        if (Interactions.isInteraction(code)) {
            Interactions.Result result = interactions.perform(code, alert);
            cancelled = result.code().equals(StatusCode.OPERATION_CANCELLED);
            rejected = result.code().equals(StatusCode.NOT_MODIFIED);
            return status(alert, result.code()).toBuilder()
                    .items(result.items())
                    .build();
        }
        abandoned |= code.equals(AlertCode.NO_END_OF_DATA);
        boolean known = code.equals(AlertCode.NEXT_MESSAGE)
                || code.equals(AlertCode.SESSION_ABORT)
                || code.equals(AlertCode.NO_END_OF_DATA);
        return status(alert, known ? StatusCode.OK : StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
    }

    /** A user who says no bypasses the rest of the sequence; a command that fails does not. */
    private List<Command> sequence(Command.Sequence sequence, boolean atomic) {
        List<Command> replies = new ArrayList<>(List.of(status(sequence, StatusCode.OK)));
        rejected = false;
        for (Command command : sequence.commands()) {
            replies.addAll(rejected ? notExecuted(command) : perform(command, atomic));
        }
        rejected = false;
        return replies;
    }

    private List<Command> atomic(Command.Atomic atomic) {
        MgmtNode before = tree.tree().root();
        List<Command> replies = new ArrayList<>();
        boolean failed = false;
        for (Command command : atomic.commands()) {
            List<Command> answered = failed ? notExecuted(command) : perform(command, true);
            failed |= answered.stream().anyMatch(CommandRun::isFailure);
            replies.addAll(answered);
        }
        rejected = false;
        if (!failed) {
            replies.addFirst(status(atomic, StatusCode.OK));
            return replies;
        }
        tree.tree().restore(before);
        incoming = Optional.empty();
        replies.replaceAll(CommandRun::rolledBack);
        replies.addFirst(status(atomic, StatusCode.ATOMIC_FAILED));
        return replies;
    }

    /** In an Atomic also a part that was cancelled or bypassed, or that waits for more data, is a failure. */
    private static boolean isFailure(Command reply) {
        return reply instanceof Status status
                && !status.code().equals(StatusCode.OK)
                && !status.code().equals(StatusCode.ACCEPTED_FOR_PROCESSING);
    }

    private static Command rolledBack(Command reply) {
        boolean done = reply instanceof Status && !isFailure(reply);
        return done
                ? ((Status) reply)
                        .toBuilder().code(StatusCode.ATOMIC_ROLL_BACK_OK).build()
                : reply;
    }

    private List<Command> notExecuted(Command command) {
        List<Command> replies = new ArrayList<>(List.of(status(command, StatusCode.NOT_EXECUTED)));
        if (command instanceof Command.Container container) {
            container.commands().forEach(part -> replies.addAll(notExecuted(part)));
        }
        return replies;
    }

    private static String uri(Optional<Location> location) throws Refusal {
        return location.map(Location::uri).orElseThrow(() -> new Refusal(StatusCode.INCOMPLETE_COMMAND));
    }

    /** Status of one item; it names the item where the command has several. */
    private Status status(Command.OnItems command, Item item, StatusCode code) {
        Status status = status(command, code);
        if (command.items().size() == 1) {
            return status;
        }
        Status.Builder builder = status.toBuilder();
        item.targetUri().ifPresent(uri -> builder.targetRefs(List.of(uri)));
        item.sourceUri().ifPresent(uri -> builder.sourceRefs(List.of(uri)));
        return builder.build();
    }

    private Status status(Command command, StatusCode code) {
        return Status.builder()
                .cmdId("")
                .msgRef(msgRef)
                .cmdRef(command.cmdId())
                .cmd(command.name())
                .code(code)
                .build();
    }
}
