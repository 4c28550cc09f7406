// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.SyncMl;

/** What the DM client does, told in order by the thread of the client: implementations are short and do not block. */
public interface DmClientListener {
    DmClientListener NONE = new DmClientListener() {};

    /** A session begins with the server of this identifier. */
    default void sessionStarted(String server, String sessionId) {}

    default void messageSent(String server, SyncMl message, ByteString bytes) {}

    default void messageReceived(String server, SyncMl message, ByteString bytes) {}

    default void sessionEnded(String server, String sessionId, SessionOutcome outcome) {}

    /** A function that a server has started waits for leave to run. */
    default void functionAsked(FunctionRequest request) {}

    /** The guard has decided on a function. */
    default void functionJudged(FunctionRequest request, FunctionGuard.Verdict verdict) {}

    /**
     * Objects of a card, and its account, are out of the tree.
     *
     * @param card its identifier as a server, {@code ICCID:} and digits
     */
    default void setAside(String card, String reason) {}

    /** The objects of a card that were set aside are in the tree again. */
    default void putBack(String card) {}
}
