// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bipline.dm.ByteString;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.PSKTlsServer;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsServer;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.util.Arrays;

/**
 * TLS 1.2 servers of a gateway, one for each connection, with the keys and sessions that they share. Suites:
 * {@code TLS_PSK_WITH_AES_128_CBC_SHA256} and {@code TLS_PSK_WITH_AES_128_GCM_SHA256} (RFC 5487), of which the client's
 * first counts. Extensions: maximum fragment length, encrypt-then-MAC, extended master secret. Renegotiation is refused.
 */
final class PskServers {
    private static final int[] SUITES = {
        CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256
    };
    private static final int SESSION_ID_SIZE = 32; // the largest, RFC 5246 clause 7.4.1.2
    private static final int MAX_SESSIONS = 10_000;
    static final Duration SESSION_LIFETIME = Duration.ofHours(24); // RFC 5246 clause F.1.4

    /** A hello with many extensions has some hundred bytes; the library would buffer 32 KiB for anybody. */
    private static final int MAX_HANDSHAKE_MESSAGE = 4096;

    private record Kept(TlsSession session, Instant since) {}

    private final TlsCrypto crypto;
    private final PskKeys keys;
    private final InstantSource clock;

    /** The oldest first. Guarded by itself. */
    private final Map<ByteString, Kept> sessions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Kept> eldest) {
            return size() > MAX_SESSIONS;
        }
    };

    PskServers(PskKeys keys, SecureRandom random) {
        this(keys, random, InstantSource.system());
    }

    PskServers(PskKeys keys, SecureRandom random, InstantSource clock) {
        crypto = new BcTlsCrypto(random);
        this.keys = keys;
        this.clock = clock;
    }

    /** The server of one more connection. */
    TlsServer next() {
        return new Server();
    }

    private void keep(TlsSession session) {
        synchronized (sessions) {
            sessions.putIfAbsent(ByteString.of(session.getSessionID()), new Kept(session, clock.instant()));
        }
    }

    /** Empty and unknown identifiers have no session: null, as the library has it. */
    private TlsSession kept(byte[] id, int[] offeredSuites) {
        synchronized (sessions) {
            Kept kept = sessions.get(ByteString.of(id));
            if (kept == null) {
                return null;
            }
            if (kept.since().plus(SESSION_LIFETIME).isBefore(clock.instant())
                    || !kept.session().isResumable()) {
                sessions.remove(ByteString.of(id));
                return null;
            }
            var parameters = kept.session().exportSessionParameters();
            // the library would resume a suite that is no longer offered, and then fail on it
            return parameters != null && Arrays.contains(offeredSuites, parameters.getCipherSuite())
                    ? kept.session()
                    : null;
        }
    }

    private final class Server extends PSKTlsServer {
        Server() {
            super(PskServers.this.crypto, new TlsPSKIdentityManager() {
                @Override
                public byte[] getHint() {
                    return null; // no ServerKeyExchange then, RFC 4279 clause 2
                }

                @Override
                public byte[] getPSK(byte[] identity) {
                    return keys.key(identity);
                }
            });
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return SUITES.clone();
        }

        @Override
        public int getMaxHandshakeMessageSize() {
            return MAX_HANDSHAKE_MESSAGE;
        }

        /** The attack on it needs a server that renegotiates (RFC 5746 clause 1), and not every card tells that it knows. */
        @Override
        public void notifySecureRenegotiation(boolean secureRenegotiation) {}

        @Override
        public byte[] getNewSessionID() {
            return context.getNonceGenerator().generateNonce(SESSION_ID_SIZE);
        }

        @Override
        public TlsSession getSessionToResume(byte[] sessionId) {
            return kept(sessionId, offeredCipherSuites);
        }

        /** The attack that it allows (RFC 7627 clause 1) takes somebody in the middle who has the client's key. */
        @Override
        public boolean allowLegacyResumption() {
            return true;
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            keep(context.getSession());
        }
    }
}
