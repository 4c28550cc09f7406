// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.util.concurrent.Executor;
import org.bipline.dm.server.AuditOperation;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes TLS handshakes that fail to the audit log of a server: where an identity is not known or a key is wrong, too. */
public final class HandshakeAudit implements GatewayListener {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeAudit.class);

    private final DmServer server;
    private final Executor workers;

    /** @param workers where the store may take its time */
    public HandshakeAudit(DmServer server, Executor workers) {
        this.server = server;
        this.workers = workers;
    }

    @Override
    public void handshakeFailed(Connection connection, String reason) {
        workers.execute(() -> {
            try {
                server.audit(
                        String.valueOf(connection.remote()),
                        AuditOperation.TLS_REFUSED,
                        "",
                        "connection " + connection.id(),
                        reason);
            } catch (StoreException e) {
                LOG.error("{}: {}", connection, reason, e);
            }
        });
    }
}
