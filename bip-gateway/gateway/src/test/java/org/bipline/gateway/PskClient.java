// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Hashtable;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Psk;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.MaxFragmentLength;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A client of one suite that asks for fragments of 512 bytes, as cards do, and notes what it came to. */
final class PskClient extends PSKTlsClient {
    static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final Psk CARD = new Psk(ByteString.utf8("card"), ByteString.of(KEY));

    private final int suite;
    private final TlsSession session;
    String alert = "none";
    boolean resumed;
    TlsSession established;

    /** @param session one to resume, null for a full handshake */
    PskClient(String identity, byte[] key, int suite, TlsSession session) {
        super(new BcTlsCrypto(new SecureRandom()), identity.getBytes(StandardCharsets.UTF_8), key.clone());
        this.suite = suite;
        this.session = session;
    }

    static PskClient cbc(String identity, byte[] key) {
        return new PskClient(identity, key, CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256, null);
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {suite};
    }

    @Override
    public TlsSession getSessionToResume() {
        return session;
    }

    @Override
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        @SuppressWarnings("unchecked")
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        TlsExtensionsUtils.addMaxFragmentLengthExtension(extensions, MaxFragmentLength.pow2_9);
        return extensions;
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        alert = AlertDescription.getName(description);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        established = context.getSession();
        resumed = context.getSecurityParametersConnection().isResumedSession();
    }
}
