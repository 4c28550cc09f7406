// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.syncml.StatusCode;

/**
 * What became of a {@link Step}.
 *
 * @param isSent false if it could not be sent at all
 * @param status status of the command, or of the Atomic; empty if it was not sent or not answered
 * @param nested statuses of the commands in an Atomic, as far as there are any
 * @param result what a Get brought
 * @param fault why there is no usable answer; empty if there is one
 */
record Outcome(
        boolean isSent,
        Optional<StatusCode> status,
        List<Optional<StatusCode>> nested,
        Optional<NodeResult> result,
        String fault) {
    static Outcome notSent(String fault) {
        return new Outcome(false, Optional.empty(), List.of(), Optional.empty(), fault);
    }

    static Outcome fault(String fault) {
        return new Outcome(true, Optional.empty(), List.of(), Optional.empty(), fault);
    }

    /** True if the client did what it was told; 213 to 216 are in the 200s too, but say the contrary. */
    boolean isDone() {
        return fault.isEmpty() && status.filter(Outcome::isDone).isPresent();
    }

    static boolean isDone(StatusCode code) {
        return code.number() >= 200 && code.number() <= 202;
    }

    boolean is(StatusCode... codes) {
        return fault.isEmpty() && status.filter(List.of(codes)::contains).isPresent();
    }

    /** Says of a step that it failed, why, and what to do. */
    String explain(Step step) {
        if (!fault.isEmpty()) {
            return step + ": " + fault;
        }
        StatusCode code = status.orElseThrow();
        String where = step.toString();
        for (int i = 0; i < nested.size(); i++) { // an Atomic says 507; the command in it says why
            Optional<StatusCode> inner = nested.get(i);
            if (inner.isPresent() && !inner.get().isSuccess()) {
                code = inner.get();
                where = step.commands().get(i).toString();
                break;
            }
        }
        return where + ": the client answered " + code + remedy(code);
    }

    private static String remedy(StatusCode code) {
        String remedy = switch (code.number()) {
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
            case 408, 503 -> "try again later";
            default -> "";
        };
        return remedy.isEmpty() ? "" : "; " + remedy;
    }
}
