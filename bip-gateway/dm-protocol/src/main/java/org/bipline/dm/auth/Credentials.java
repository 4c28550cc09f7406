// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.Cred;

/**
 * User name and password of one side, and what proves them. OMA DM Security, clauses 5.1.3.2 and 5.1.4.2, in which H is MD5 and B64 is
 * Base64. The clause on message integrity cites HMAC and then gives a formula that is none; the formula is what peers implement, and so
 * do we.
 */
public final class Credentials {
    private final String userName;
    private final Optional<ByteString> password;
    private final byte[] key;

    private Credentials(String userName, Optional<ByteString> password, byte[] key) {
        this.userName = userName;
        this.password = password;
        this.key = key;
    }

    public static Credentials of(String userName, ByteString password) {
        return new Credentials(userName, Optional.of(password), base64(md5(userAndPassword(userName, password))));
    }

    /**
     * Credentials without the password itself: enough for all but making a Cred of type basic.
     *
     * @param key what {@link #key()} gave
     */
    public static Credentials ofKey(String userName, String key) {
        return new Credentials(userName, Optional.empty(), key.getBytes(StandardCharsets.US_ASCII));
    }

    /** B64(H(user name:password)), by which a password need not be kept; as secret as the password is. */
    public String key() {
        return new String(key, StandardCharsets.US_ASCII);
    }

    public static Credentials of(String userName, String password) {
        return of(userName, ByteString.utf8(password));
    }

    public String userName() {
        return userName;
    }

    /**
     * The Cred for the header of a message; basic authentication does not use the nonce.
     *
     * @throws IllegalStateException for basic authentication if the password is not known
     */
    public Cred cred(AuthType type, ByteString nonce) {
        return new Cred(type.meta(), new String(proof(type, nonce), StandardCharsets.US_ASCII));
    }

    /** True if the Cred proves these credentials with this nonce. Time does not depend on where it differs. */
    public boolean verify(Cred cred, ByteString nonce) {
        return switch (AuthType.of(cred.meta()).orElse(AuthType.MAC)) {
            case BASIC ->
                AuthType.base64(cred.data())
                        .filter(both -> MessageDigest.isEqual(base64(md5(both.toByteArray())), key))
                        .isPresent();
            case MD5 ->
                MessageDigest.isEqual(proof(AuthType.MD5, nonce), cred.data().getBytes(StandardCharsets.UTF_8));
            case MAC -> false;
        };
    }

    private byte[] proof(AuthType type, ByteString nonce) {
        return switch (type) {
            case BASIC ->
                base64(userAndPassword(
                        userName, password.orElseThrow(() -> new IllegalStateException("password not known"))));
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

    private static byte[] userAndPassword(String userName, ByteString password) {
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
