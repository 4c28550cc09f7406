// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;

/** What a handler answers to a proactive command: a response, or the promise of one. */
public sealed interface Answer permits Answer.Response, Answer.Later, Answer.Reset, Answer.Never {
    /**
     * The part of a terminal response behind command details and device identities.
     *
     * @param objects data objects after the result, in the order of ETSI TS 102 223 clause 6.8
     * @param reason why the command is refused, or the empty text
     * @param clause document and clause behind the reason, or the empty text
     * @param culprit type of the data object for which the command is refused
     */
    record Response(
            Result result, List<DataObject> objects, String reason, String clause, Optional<DataObjectType> culprit)
            implements Answer {
        public Response {
            objects = List.copyOf(objects);
        }

        public Response with(DataObject... more) {
            return new Response(result, List.of(more), reason, clause, culprit);
        }
    }

    /** An answer that comes when something has happened, for instance a link was established. */
    record Later(CompletableFuture<? extends Answer> answer) implements Answer {}

    /** No response: the ME resets the card, whatever it asked for before. ETSI TS 102 223 clause 6.4.7. */
    record Reset() implements Answer {}

    /** No response: the card loses power first. */
    record Never() implements Answer {}

    /** The command was performed. */
    static Response performed(DataObject... objects) {
        return of(GeneralResult.PERFORMED_SUCCESSFULLY, objects);
    }

    static Response of(GeneralResult result, DataObject... objects) {
        return of(Result.of(result), objects);
    }

    static Response of(Result result, DataObject... objects) {
        return new Response(result, List.of(objects), "", "", Optional.empty());
    }

    /** The command is refused; listeners are told why. */
    static Response refused(Result result, String reason, String clause) {
        return new Response(result, List.of(), reason, clause, Optional.empty());
    }

    /** The command is refused for one of its data objects, whose clause the reason breaks. */
    static Response refused(Result result, DataObjectType culprit, String reason) {
        return new Response(result, List.of(), culprit.title() + ": " + reason, culprit.clause(), Optional.of(culprit));
    }

    /** The command is beyond what the ME's profile says. */
    static Response beyondCapabilities(String reason) {
        return new Response(
                Result.of(GeneralResult.BEYOND_TERMINAL_CAPABILITIES),
                List.of(),
                reason,
                "ETSI TS 102 223 clause 5.2",
                Optional.of(DataObjectType.COMMAND_DETAILS));
    }

    /** The ME cannot do it now. */
    static Response unable(TerminalProblem problem, String reason) {
        return refused(Result.of(problem), reason, "ETSI TS 102 223 clause 8.12.2");
    }

    static Response refused(BipError error, String reason) {
        return refused(Result.of(error), reason, "ETSI TS 102 223 clause 8.12.11");
    }
}
