// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Psk;
import org.bipline.gateway.GatewayListener.Handshake;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.PSKTlsServer;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.TlsPSKIdentityManager;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * TLS 1.2 servers of a gateway, one for each connection, with the keys and sessions that they share. Suites:
 * {@code TLS_PSK_WITH_AES_128_CBC_SHA256} and {@code TLS_PSK_WITH_AES_128_GCM_SHA256} (RFC 5487), of which the client's
 * first counts. Extensions: maximum fragment length, encrypt-then-MAC, extended master secret. Renegotiation is refused.
 *
 * <p>Every identity has a key: one that nobody was given has one derived from a secret of this object, so that a client
 * cannot tell an identity that is not known from a key that is wrong (RFC 4279 clause 2 permits the answer
 * {@code decrypt_error} to both; here both fail as any record with a wrong MAC does). The same identity has the same
 * derived key each time.
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

    private static final String HMAC = "HmacSHA256";

    private record Kept(TlsSession session, Psk psk, Instant since) {}

    private final TlsCrypto crypto;
    private final Function<ByteString, Optional<Psk>> keys;
    private final InstantSource clock;
    private final Optional<Consumer<String>> keyLog;
    private final SecretKeySpec secret;

    /** The oldest first. Guarded by itself. */
    private final Map<ByteString, Kept> sessions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Kept> eldest) {
            return size() > MAX_SESSIONS;
        }
    };

    /**
     * Servers without sessions.
     *
     * @param keys what there is under an identity; asked in each handshake, so that a key that is withdrawn opens and resumes nothing more
     * @param keyLog takes the secret of each connection, as a line of an NSS key log
     */
    PskServers(
            Function<ByteString, Optional<Psk>> keys,
            SecureRandom random,
            InstantSource clock,
            Optional<Consumer<String>> keyLog) {
        crypto = crypto(random);
        this.keys = keys;
        this.clock = clock;
        this.keyLog = keyLog;
        byte[] bytes = new byte[Psk.MAX_KEY];
        random.nextBytes(bytes);
        secret = new SecretKeySpec(bytes, HMAC);
    }

    /** Chance comes from nowhere else: the library would mix the time into its nonces. */
    private static TlsCrypto crypto(SecureRandom random) {
        return new BcTlsCrypto(random) {
            @Override
            public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
                return size -> {
                    byte[] nonce = new byte[size];
                    random.nextBytes(nonce);
                    return nonce;
                };
            }
        };
    }

    /** The server of one more connection. */
    Server next() {
        return new Server();
    }

    /** The key of an identity. Derives one in any case: the time must not tell whether it is needed. */
    byte[] key(Optional<Psk> known, byte[] identity) {
        byte[] derived = Arrays.copyOf(derive(identity), Psk.MIN_KEY);
        return known.map(psk -> psk.key().toByteArray()).orElse(derived);
    }

    private byte[] derive(byte[] identity) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac.doFinal(identity);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    private void keep(TlsSession session, Psk psk) {
        synchronized (sessions) {
            sessions.putIfAbsent(ByteString.of(session.getSessionID()), new Kept(session, psk, clock.instant()));
        }
    }

    private Optional<Kept> kept(byte[] id, int[] offeredSuites) {
        Kept kept;
        synchronized (sessions) {
            kept = sessions.get(ByteString.of(id));
        }
        if (kept == null) {
            return Optional.empty();
        }
        if (kept.since().plus(SESSION_LIFETIME).isBefore(clock.instant())
                || !kept.session().isResumable()
                || !keys.apply(kept.psk().identity()).equals(Optional.of(kept.psk()))) {
            synchronized (sessions) {
                sessions.remove(ByteString.of(id));
            }
            return Optional.empty();
        }
        SessionParameters parameters = kept.session().exportSessionParameters();
        // the library would resume a suite that is no longer offered, and then fail on it
        return Optional.of(kept)
                .filter(known -> parameters != null
                        && Arrays.stream(offeredSuites).anyMatch(suite -> suite == parameters.getCipherSuite()));
    }

    /** The server of one connection. */
    final class Server extends PSKTlsServer {
        private final Identities identities;
        private Optional<Handshake> handshake = Optional.empty();

        private Server() {
            this(new Identities());
        }

        private Server(Identities identities) {
            super(PskServers.this.crypto, identities);
            this.identities = identities;
        }

        /** What was agreed; empty until the handshake is over. */
        Optional<Handshake> handshake() {
            return handshake;
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

        /** Empty and unknown identifiers have no session: null, as the library has it. */
        @Override
        public TlsSession getSessionToResume(byte[] sessionId) {
            Optional<Kept> kept = kept(sessionId, offeredCipherSuites);
            kept.ifPresent(session -> identities.known = Optional.of(session.psk()));
            return kept.map(Kept::session).orElse(null);
        }

        /** The attack that it allows (RFC 7627 clause 1) takes somebody in the middle who has the client's key. */
        @Override
        public boolean allowLegacyResumption() {
            return true;
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            SecurityParameters agreed = context.getSecurityParametersConnection();
            Psk psk = identities.known.orElseThrow();
            keep(context.getSession(), psk);
            handshake = Optional.of(new Handshake(
                    psk.identity(),
                    suite(agreed.getCipherSuite()),
                    agreed.isResumedSession(),
                    fragmentLength(agreed.getMaxFragmentLength()),
                    agreed.isEncryptThenMAC(),
                    agreed.isExtendedMasterSecret()));
            keyLog.ifPresent(lines -> lines.accept(keyLogLine(agreed, context.getSession())));
        }
    }

    private String keyLogLine(SecurityParameters agreed, TlsSession session) {
        HexFormat hex = HexFormat.of();
        TlsSecret copy = crypto.adoptSecret(session.exportSessionParameters().getMasterSecret());
        byte[] master = copy.extract();
        return "CLIENT_RANDOM " + hex.formatHex(agreed.getClientRandom()) + " " + hex.formatHex(master);
    }

    private static String suite(int code) {
        return code == CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256
                ? "TLS_PSK_WITH_AES_128_CBC_SHA256"
                : "TLS_PSK_WITH_AES_128_GCM_SHA256";
    }

    /** RFC 6066 clause 4: codes 1 to 4 stand for 2^9 to 2^12; negative as long as none was agreed. */
    private static int fragmentLength(short code) {
        return code < 0 ? 1 << 14 : 1 << (8 + code);
    }

    /** Whom one client says that it is. */
    private final class Identities implements TlsPSKIdentityManager {
        private Optional<Psk> known = Optional.empty();

        @Override
        public byte[] getHint() {
            return null; // no ServerKeyExchange then, RFC 4279 clause 2
        }

        @Override
        public byte[] getPSK(byte[] identity) {
            known = keys.apply(ByteString.of(identity));
            return key(known, identity);
        }
    }

    /** Nothing of keys and sessions. */
    @Override
    public String toString() {
        return "PskServers";
    }
}
