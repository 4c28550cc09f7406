// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.Optional;
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

    /** What goes on after the session, and the alert that then tells the server of the outcome. */
    @FunctionalInterface
    interface Operation {
        GenericAlert perform();
    }

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
