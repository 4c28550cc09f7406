// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;

/**
 * Sees what a DM server does. Called on the thread that handles the request, in order for one session; an exception is
 * logged and changes nothing.
 */
public interface DmServerListener {
    /**
     * Whom a call is about.
     *
     * @param device name that the client gave, proven only once it is authenticated
     * @param sessionId the client's identifier of the session
     * @param origin where the session's first message came from
     */
    record Session(String device, String sessionId, String origin) {
        @Override
        public String toString() {
            return "session " + sessionId + " of " + device;
        }
    }

    default void sessionStarted(Session session) {}

    default void sessionAuthenticated(Session session) {}

    /**
     * A session is over.
     *
     * @param outcome how it ended, in words
     */
    default void sessionEnded(Session session, String outcome) {}

    /**
     * One side did not accept the credentials of the other.
     *
     * @param reason which, and why, in words
     */
    default void authenticationFailed(Session session, String reason) {}

    /**
     * A message came in.
     *
     * @param message with asterisks in the place of passwords and of all values, of which each may be a secret
     * @param length octets on the way
     */
    default void messageReceived(Session session, SyncMl message, int length) {}

    default void messageSent(Session session, SyncMl message, int length) {}

    /** A management command, without its value, is in the message about to be sent; each chunk of a large object counts. */
    default void commandSent(Session session, String msgId, Command command) {}

    /** A Status for a management command or a message header came in. */
    default void statusReceived(Session session, Status status) {}

    /** A client told of an event, and the server keeps it. */
    default void eventReceived(Session session, ClientEvent event) {}

    default void jobStateChanged(Job job) {}
}
