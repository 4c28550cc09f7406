// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import org.bipline.dm.ByteString;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.syncml.SyncMl;

/**
 * Sees the messages of a DM server as they are, passwords and values included: for what checks the messages themselves, and keeps nothing of
 * them where they are real. Called as a {@link DmServerListener} is.
 */
public interface WireListener {
    void messageReceived(Session session, SyncMl message, ByteString bytes);

    void messageSent(Session session, SyncMl message, ByteString bytes);
}
