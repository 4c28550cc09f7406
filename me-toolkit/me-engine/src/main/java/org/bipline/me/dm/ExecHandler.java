// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.Optional;
import java.util.function.Function;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.StatusCode;

/** What a node stands for that can be executed. */
@FunctionalInterface
public interface ExecHandler {
    /**
     * An Exec of a server that may execute the node.
     *
     * @param account account of the server: root of its DMAcc object
     * @param uri full URI of the node
     */
    record Request(String account, String server, String uri, Optional<String> correlator, Optional<NodeValue> data) {}

    /** What goes on after the session. */
    @FunctionalInterface
    interface Operation {
        Progress perform();
    }

    /** How far an operation has come. */
    sealed interface Progress {}

    /** To its end: the alert tells the server of the outcome. */
    record Over(GenericAlert outcome) implements Progress {}

    /** To where it needs leave to go on: {@code next} goes on from the verdict. */
    record Asks(FunctionRequest request, Function<FunctionGuard.Verdict, Progress> next) implements Progress {}

    /**
     * The answer to an Exec.
     *
     * @param operation what was accepted for processing, with status 202
     */
    record Answer(StatusCode status, Optional<Operation> operation) {
        static Answer refused(StatusCode status) {
            return new Answer(status, Optional.empty());
        }

        static Answer accepted(Operation operation) {
            return new Answer(StatusCode.ACCEPTED_FOR_PROCESSING, Optional.of(operation));
        }
    }

    Answer execute(Request request);

    /** A server has given a node of the object another value. */
    default void written(String uri) {}
}
