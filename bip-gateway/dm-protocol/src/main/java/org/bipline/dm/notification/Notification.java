// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.notification;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Locale;
import org.bipline.dm.ByteString;
import org.bipline.dm.Utf8;
import org.bipline.dm.auth.Credentials;

/**
 * Package 0 of a session, from server to client: a trigger behind a digest that only the server can make. OMA DM Notification Initiated
 * Session, general package 0.
 *
 * @param digest 16 bytes
 * @param version version times ten: 11 for DM 1.2
 * @param serverInitiated false if the user asked for the session
 * @param sessionId 1 to FFFF
 * @param serverId 0 to 255 bytes of UTF-8
 * @param vendor vendor-specific bytes behind the header, none where the standard only is used
 */
public record Notification(
        ByteString digest,
        int version,
        UiMode uiMode,
        boolean serverInitiated,
        int sessionId,
        String serverId,
        ByteString vendor) {
    /** Version 1.1 of the notification, which belongs to DM 1.2. */
    public static final int VERSION = 11;

    private static final int DIGEST = 16;
    private static final int HEADER = 8;
    private static final int MAX_VERSION = 0x3FF;

    /** What the server recommends to show to the user; the order is that of the codes 0 to 3. */
    public enum UiMode {
        NOT_SPECIFIED,
        BACKGROUND,
        INFORMATIVE,
        USER_INTERACTION
    }

    private static final UiMode[] UI_MODES = UiMode.values();

    public Notification {
        if (digest.length() != DIGEST) {
            throw new IllegalArgumentException("digest of " + digest.length() + " bytes, 16 expected");
        }
        if (version < 0 || version > MAX_VERSION) {
            throw new IllegalArgumentException("version " + version);
        }
        if (sessionId < 1 || sessionId > 0xFFFF) {
            throw new IllegalArgumentException("session " + sessionId + ", 1 to 65535 expected");
        }
        if (ByteString.utf8(serverId).length() > 255) {
            throw new IllegalArgumentException("server identifier longer than 255 bytes");
        }
    }

    /**
     * A notification of version 1.1 on the server's own account.
     *
     * @param server server identifier and password, as the client knows them
     * @param nonce last nonce that the client gave to the server, or eight digits 0 where both are out of step
     */
    public static Notification signed(Credentials server, ByteString nonce, UiMode uiMode, int sessionId) {
        Notification unsigned = new Notification(
                ByteString.of(new byte[DIGEST]), VERSION, uiMode, true, sessionId, server.userName(), ByteString.EMPTY);
        ByteString digest = server.notificationDigest(nonce, unsigned.trigger());
        return new Notification(digest, VERSION, uiMode, true, sessionId, server.userName(), ByteString.EMPTY);
    }

    /** True if the digest was made with these credentials and this nonce. */
    public boolean verify(Credentials server, ByteString nonce) {
        byte[] expected = server.notificationDigest(nonce, trigger()).toByteArray();
        return MessageDigest.isEqual(expected, digest.toByteArray());
    }

    /** The session identifier as it stands in the header of messages: upper-case hexadecimal without leading zeros. */
    public String sessionIdText() {
        return Integer.toHexString(sessionId).toUpperCase(Locale.ROOT);
    }

    /** Header and body, without the digest. */
    public ByteString trigger() {
        ByteString server = ByteString.utf8(serverId);
        int bits = (version << 22) | (uiModeCode() << 20) | (serverInitiated ? 1 << 19 : 0);
        byte[] header = ByteBuffer.allocate(HEADER)
                .putInt(bits)
                .put((byte) 0)
                .putShort((short) sessionId)
                .put((byte) server.length())
                .array();
        return ByteString.of(header).concat(server).concat(vendor);
    }

    private int uiModeCode() {
        int code = 0;
        while (UI_MODES[code] != uiMode) {
            code++;
        }
        return code;
    }

    public ByteString encode() {
        return digest.concat(trigger());
    }

    /** Reads a notification; bits for future use are not looked at. */
    public static Notification decode(ByteString bytes) throws NotificationException {
        int headerEnd = DIGEST + HEADER;
        if (bytes.length() < headerEnd) {
            throw new NotificationException(
                    bytes.length(), "notification of " + bytes.length() + " bytes, at least 24 expected");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes.slice(DIGEST, headerEnd).toByteArray());
        int bits = header.getInt();
        int sessionId = header.getShort(5) & 0xFFFF;
        int length = header.get(7) & 0xFF;
        if (sessionId == 0) {
            throw new NotificationException(DIGEST + 5, "session identifier 0");
        }
        if (length > bytes.length() - headerEnd) {
            throw new NotificationException(
                    DIGEST + 7,
                    "server identifier of " + length + " bytes, " + (bytes.length() - headerEnd) + " are left");
        }
        byte[] server = bytes.slice(headerEnd, headerEnd + length).toByteArray();
        String serverId = Utf8.decode(server, 0, length)
                .orElseThrow(() -> new NotificationException(headerEnd, "server identifier is not UTF-8"));
        return new Notification(
                bytes.slice(0, DIGEST),
                bits >>> 22,
                UI_MODES[(bits >>> 20) & 3],
                ((bits >>> 19) & 1) != 0,
                sessionId,
                serverId,
                bytes.slice(headerEnd + length, bytes.length()));
    }
}
