// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bipline.dm.server.AuditOperation;
import org.bipline.dm.server.AuditQuery;
import org.bipline.dm.server.AuditRecord;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Store;
import org.bipline.gateway.GatewayListener.Connection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SEC-9")
class HandshakeAuditTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

    private final Store store = JdbcStore.inMemory("handshakes");
    private final DmServer server =
            DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1)).build();
    private final HandshakeAudit audit = new HandshakeAudit(server, Runnable::run);

    @Test
    void writes_down_who_failed_and_why_and_never_breaks_a_connection() {
        audit.handshakeFailed(new Connection(3, PEER, PEER), "bad_record_mac");

        AuditRecord line = store.audit(new AuditQuery(0, Instant.EPOCH, Optional.empty(), 9))
                .getFirst();
        assertThat(line.entry().operation()).isEqualTo(AuditOperation.TLS_REFUSED);
        assertThat(line.entry().actor()).isEqualTo(PEER.toString());
        assertThat(line.entry().target()).isEqualTo("connection 3");
        assertThat(line.entry().outcome()).isEqualTo("bad_record_mac");
        store.close();
        assertThatCode(() -> audit.handshakeFailed(new Connection(4, PEER, PEER), "late"))
                .doesNotThrowAnyException();
    }
}
