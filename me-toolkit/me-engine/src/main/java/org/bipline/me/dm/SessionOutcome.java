// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

/**
 * How a session ended.
 *
 * @param reason why, in words; empty for a session that is complete
 * @param messages messages that the client sent
 */
public record SessionOutcome(State state, String reason, int messages) {
    /** Ends of a session. */
    public enum State {
        /** The server had nothing more to do. */
        COMPLETE,
        /** The server aborted it. */
        ABORTED_BY_SERVER,
        /** One side did not accept the other's credentials. */
        NOT_AUTHENTICATED,
        /** No answer, or one that is no message of this session. */
        FAILED,
        /** A notification that no account's server has made; no session took place. */
        NOT_STARTED
    }
}
