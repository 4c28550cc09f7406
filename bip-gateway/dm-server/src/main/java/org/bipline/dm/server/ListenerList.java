// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import java.util.function.Consumer;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes what happens on to all listeners, messages masked, and keeps their exceptions away from the server. */
final class ListenerList {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerList.class);

    private final List<DmServerListener> listeners;
    private final List<WireListener> wire;

    ListenerList(List<DmServerListener> listeners, List<WireListener> wire) {
        this.listeners = List.copyOf(listeners);
        this.wire = List.copyOf(wire);
    }

    private void each(Consumer<DmServerListener> call) {
        each(listeners, call);
    }

    private static <T> void each(List<T> all, Consumer<T> call) {
        for (T listener : all) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener failed", e);
            }
        }
    }

    void sessionStarted(Session session) {
        each(listener -> listener.sessionStarted(session));
    }

    void sessionAuthenticated(Session session) {
        each(listener -> listener.sessionAuthenticated(session));
    }

    void sessionEnded(Session session, String outcome) {
        each(listener -> listener.sessionEnded(session, outcome));
    }

    void authenticationFailed(Session session, String reason) {
        each(listener -> listener.authenticationFailed(session, reason));
    }

    void messageReceived(Session session, SyncMl message, ByteString bytes) {
        each(wire, listener -> listener.messageReceived(session, message, bytes));
        if (!listeners.isEmpty()) {
            SyncMl masked = Masking.mask(message);
            each(listener -> listener.messageReceived(session, masked, bytes.length()));
        }
    }

    void messageSent(Session session, SyncMl message, ByteString bytes) {
        each(wire, listener -> listener.messageSent(session, message, bytes));
        if (!listeners.isEmpty()) {
            SyncMl masked = Masking.mask(message);
            each(listener -> listener.messageSent(session, masked, bytes.length()));
        }
    }

    void commandSent(Session session, String msgId, Command command) {
        each(listener -> listener.commandSent(session, msgId, Masking.mask(command)));
    }

    void statusReceived(Session session, Status status) {
        each(listener -> listener.statusReceived(session, Masking.mask(status)));
    }

    void eventReceived(Session session, ClientEvent event) {
        each(listener -> listener.eventReceived(session, event));
    }

    void jobStateChanged(Job job) {
        each(listener -> listener.jobStateChanged(job));
    }
}
