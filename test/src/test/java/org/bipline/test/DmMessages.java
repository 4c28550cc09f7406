// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.server.WireListener;
import org.bipline.dm.syncml.SyncMl;

/** Keeps the DM messages of a server, in their order. */
final class DmMessages implements WireListener {
    /** A message, as model and as bytes. */
    record Message(boolean fromCard, SyncMl model, ByteString bytes) {}

    private final List<Message> messages = new CopyOnWriteArrayList<>();

    @Override
    public void messageReceived(Session session, SyncMl message, ByteString bytes) {
        messages.add(new Message(true, message, bytes));
    }

    @Override
    public void messageSent(Session session, SyncMl message, ByteString bytes) {
        messages.add(new Message(false, message, bytes));
    }

    List<Message> all() {
        return List.copyOf(messages);
    }

    List<Message> fromCard() {
        return messages.stream().filter(Message::fromCard).toList();
    }

    List<Message> fromServer() {
        return messages.stream().filter(message -> !message.fromCard()).toList();
    }

    void forget() {
        messages.clear();
    }
}
