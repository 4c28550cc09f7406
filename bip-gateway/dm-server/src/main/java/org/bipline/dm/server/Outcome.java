// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bipline.dm.syncml.StatusCode;

/**
 * What became of a {@link Step}.
 *
 * @param isSent false if it could not be sent at all
 * @param status status of the command, or of the group; empty if it was not sent or not answered
 * @param replies what was answered to each command in the step
 * @param results what its Gets brought
 * @param fault why there is no usable answer; empty if there is one
 */
record Outcome(
        boolean isSent, Optional<StatusCode> status, List<Reply> replies, List<NodeResult> results, String fault) {
    /**
     * The answer to one command.
     *
     * @param answers what the user entered or chose
     */
    record Reply(Optional<StatusCode> status, List<String> answers) {
        static final Reply NONE = new Reply(Optional.empty(), List.of());

        boolean is(StatusCode code) {
            return status.filter(code::equals).isPresent();
        }
    }

    static Outcome notSent(String fault) {
        return new Outcome(false, Optional.empty(), List.of(), List.of(), fault);
    }

    static Outcome fault(String fault) {
        return new Outcome(true, Optional.empty(), List.of(), List.of(), fault);
    }

    /** The first result. */
    Optional<NodeResult> result() {
        return results.stream().findFirst();
    }

    /** True if the client did what it was told, all of it; 213 to 216 are in the 200s too, but say the contrary. */
    boolean isDone() {
        return fault.isEmpty()
                && status.filter(Outcome::isDone).isPresent()
                && replies.stream()
                        .allMatch(reply -> reply.status().isEmpty()
                                || isDone(reply.status().get()));
    }

    /** What a job keeps of it. */
    List<CommandStatus> statuses(int attempt, Step step) {
        List<CommandStatus> statuses = new ArrayList<>();
        step.group()
                .verb()
                .ifPresent(verb -> status.ifPresent(
                        code -> statuses.add(new CommandStatus(attempt, step.number(), verb, "", code.number()))));
        for (int i = 0; i < replies.size(); i++) {
            ManagementCommand command = step.commands().get(i);
            Reply reply = replies.get(i);
            reply.status()
                    .ifPresent(code -> statuses.add(new CommandStatus(
                            attempt, step.number(), command.verb(), command.uri(), code.number(), reply.answers())));
        }
        return statuses;
    }

    static boolean isDone(StatusCode code) {
        return code.number() >= 200 && code.number() <= 202;
    }

    boolean is(StatusCode... codes) {
        return fault.isEmpty() && status.filter(List.of(codes)::contains).isPresent();
    }

    /** The command of a group that failed first: an Atomic says 507, the command in it says why. */
    private OptionalInt culprit() {
        return IntStream.range(0, replies.size())
                .filter(i -> replies.get(i)
                        .status()
                        .filter(code -> !code.isSuccess())
                        .isPresent())
                .findFirst();
    }

    /** Says of a step that it failed, why, and what to do. */
    String explain(Step step) {
        if (!fault.isEmpty()) {
            return step + ": " + fault;
        }
        OptionalInt culprit = culprit();
        String where = culprit.isEmpty()
                ? step.toString()
                : step.commands().get(culprit.getAsInt()).toString();
        StatusCode code = cause(culprit);
        return where + ": the client answered " + code + remedy(code);
    }

    private StatusCode cause(OptionalInt culprit) {
        return culprit.isEmpty()
                ? status.orElseThrow()
                : replies.get(culprit.getAsInt()).status().orElseThrow();
    }

    /**
     * True if the same step may well succeed later: the user gave no answer in time (408), or the client is busy (417, 503 of the
     * SyncML Representation Protocol) or failed for a reason of its own (500). Within a group 500 tells of commands that are not legal there,
     * and of an Exec that it was done and failed: neither is temporary. OMA DM Representation Protocol, Atomic, Exec, Alert.
     */
    boolean isTemporary(Step step) {
        if (!fault.isEmpty() || status.isEmpty()) {
            return false;
        }
        StatusCode code = cause(culprit());
        return List.of(StatusCode.REQUEST_TIMEOUT, StatusCode.RETRY_LATER, StatusCode.SERVICE_UNAVAILABLE)
                        .contains(code)
                || (code.equals(StatusCode.COMMAND_FAILED)
                        && !step.isGroup()
                        && step.command().verb() != ManagementCommand.Verb.EXEC);
    }

    private static String remedy(StatusCode code) {
        String remedy = switch (code.number()) {
            case 304 -> "the user, or the node, said no";
            case 214 -> "the user cancelled; ask again later";
            case 401, 407 -> "check the credentials of the server";
            case 403, 425 -> "the client's ACL gives this server no right to it";
            case 404 -> "check the URI, and that its parent exists";
            case 405 -> "the node does not allow this command";
            case 406, 501 -> "the client does not have this feature";
            case 413, 416 -> "send a smaller value";
            case 414 -> "shorten the URI";
            case 415 -> "check format and type";
            case 418 -> "delete the node first, or replace it";
            case 420 -> "delete from the client what is no longer needed";
            case 408, 417, 503 -> "try again later";
            default -> "";
        };
        return remedy.isEmpty() ? "" : "; " + remedy;
    }
}
