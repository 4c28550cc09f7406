// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import java.util.function.Consumer;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes each call on to all listeners and keeps their exceptions away from the server. */
final class ListenerList implements DmServerListener {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerList.class);

    private final List<DmServerListener> listeners;

    ListenerList(List<DmServerListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void each(Consumer<DmServerListener> call) {
        for (DmServerListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener failed", e);
            }
        }
    }

    @Override
    public void sessionStarted(Session session) {
        each(listener -> listener.sessionStarted(session));
    }

    @Override
    public void sessionAuthenticated(Session session) {
        each(listener -> listener.sessionAuthenticated(session));
    }

    @Override
    public void sessionEnded(Session session, String outcome) {
        each(listener -> listener.sessionEnded(session, outcome));
    }

    @Override
    public void authenticationFailed(Session session, String reason) {
        each(listener -> listener.authenticationFailed(session, reason));
    }

    @Override
    public void messageReceived(Session session, SyncMl message, ByteString bytes) {
        each(listener -> listener.messageReceived(session, message, bytes));
    }

    @Override
    public void messageSent(Session session, SyncMl message, ByteString bytes) {
        each(listener -> listener.messageSent(session, message, bytes));
    }

    @Override
    public void commandSent(Session session, String msgId, Command command) {
        each(listener -> listener.commandSent(session, msgId, command));
    }

    @Override
    public void statusReceived(Session session, Status status) {
        each(listener -> listener.statusReceived(session, status));
    }

    @Override
    public void eventReceived(Session session, ClientEvent event) {
        each(listener -> listener.eventReceived(session, event));
    }

    @Override
    public void jobStateChanged(Job job) {
        each(listener -> listener.jobStateChanged(job));
    }
}
