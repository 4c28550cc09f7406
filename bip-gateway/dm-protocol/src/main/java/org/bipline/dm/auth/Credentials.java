// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.Cred;

/**
 * User name and password of one side, and what proves them. OMA DM Security, clauses 5.1.3.2 and 5.1.4.2, in which H is MD5 and B64 is
 * Base64. The clause on message integrity cites HMAC and then gives a formula that is none; the formula is what peers implement, and so
 * do we.
 */
public final class Credentials {
    private final String userName;
    private final ByteString password;
    private final byte[] key;

    private Credentials(String userName, ByteString password) {
        this.userName = userName;
        this.password = password;
        this.key = base64(md5(userAndPassword()));
    }

    public static Credentials of(String userName, ByteString password) {
        return new Credentials(userName, password);
    }

    public static Credentials of(String userName, String password) {
        return of(userName, ByteString.utf8(password));
    }

    public String userName() {
        return userName;
    }

    /** The Cred for the header of a message; basic authentication does not use the nonce. */
    public Cred cred(AuthType type, ByteString nonce) {
        return new Cred(type.meta(), new String(proof(type, nonce), StandardCharsets.US_ASCII));
    }

    /** True if the Cred proves these credentials with this nonce. Time does not depend on where it differs. */
    public boolean verify(Cred cred, ByteString nonce) {
        return AuthType.of(cred.meta())
                .filter(type -> type != AuthType.MAC)
                .map(type ->
                        MessageDigest.isEqual(proof(type, nonce), cred.data().getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }

    private byte[] proof(AuthType type, ByteString nonce) {
        return switch (type) {
            case BASIC -> base64(userAndPassword());
            case MD5 -> base64(digest(nonce));
            case MAC -> throw new IllegalArgumentException("syncml:auth-MAC is never in a Cred");
        };
    }

    /** The value {@code mac} of {@code x-syncml-hmac} for a message body as it is sent. */
    public MacHeader mac(ByteString nonce, byte[] body) {
        return new MacHeader(userName, new String(base64(digest(nonce, body)), StandardCharsets.US_ASCII));
    }

    public boolean verify(MacHeader header, ByteString nonce, byte[] body) {
        boolean sameUser = header.userName().equals(userName);
        return MessageDigest.isEqual(base64(digest(nonce, body)), header.mac().getBytes(StandardCharsets.UTF_8))
                && sameUser;
    }

    /** The 16 bytes before the trigger of a notification. OMA DM Notification Initiated Session, field digest. */
    public ByteString notificationDigest(ByteString nonce, ByteString trigger) {
        return ByteString.of(digest(nonce, trigger.toByteArray()));
    }

    private byte[] userAndPassword() {
        return join(userName.getBytes(StandardCharsets.UTF_8), password.toByteArray());
    }

    private byte[] digest(ByteString nonce) {
        return md5(join(key, nonce.toByteArray()));
    }

    private byte[] digest(ByteString nonce, byte[] message) {
        return md5(join(join(key, nonce.toByteArray()), base64(md5(message))));
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteString.of(first)
                .concat(ByteString.of((byte) ':'))
                .concat(ByteString.of(second))
                .toByteArray();
    }

    private static byte[] base64(byte[] bytes) {
        return Base64.getEncoder().encode(bytes);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public String toString() {
        return "Credentials[" + userName + "]";
    }
}
