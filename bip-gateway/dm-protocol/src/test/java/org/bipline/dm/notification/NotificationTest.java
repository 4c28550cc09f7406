// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.bipline.dm.ByteString;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.notification.Notification.UiMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The expected bytes were put together, and their digest computed, with Python. */
class NotificationTest {
    private static final Credentials SERVER = Credentials.of("bipline.1", "secret");
    private static final ByteString NONCE = ByteString.utf8("Nonce");
    private static final ByteString BYTES =
            ByteString.hex("9287F1A721686CEF98453E0BE5C2EA69" + "02F8000000123409" + "6269706C696E652E31");

    @Test
    @Tag("TR-3")
    void writes_a_signed_notification() {
        Notification notification = Notification.signed(SERVER, NONCE, UiMode.USER_INTERACTION, 0x1234);

        assertThat(notification.encode()).isEqualTo(BYTES);
        assertThat(notification.sessionIdText()).isEqualTo("1234");
    }

    @Test
    @Tag("TR-3")
    void reads_a_notification_and_its_vendor_part() throws Exception {
        Notification notification = Notification.decode(BYTES.concat(ByteString.hex("CAFE")));

        assertThat(notification.version()).isEqualTo(11);
        assertThat(notification.uiMode()).isEqualTo(UiMode.USER_INTERACTION);
        assertThat(notification.serverInitiated()).isTrue();
        assertThat(notification.sessionId()).isEqualTo(0x1234);
        assertThat(notification.serverId()).isEqualTo("bipline.1");
        assertThat(notification.vendor()).isEqualTo(ByteString.hex("CAFE"));
        assertThat(notification.encode()).isEqualTo(BYTES.concat(ByteString.hex("CAFE")));
    }

    @Test
    @Tag("SEC-5")
    void knows_a_digest_that_was_made_with_another_secret_nonce_or_trigger() throws Exception {
        Notification notification = Notification.decode(BYTES);

        assertThat(notification.verify(SERVER, NONCE)).isTrue();
        assertThat(notification.verify(SERVER, ByteString.EMPTY)).isFalse();
        assertThat(notification.verify(Credentials.of("bipline.1", "Secret"), NONCE))
                .isFalse();
        assertThat(Notification.decode(BYTES.concat(ByteString.of((byte) 0))).verify(SERVER, NONCE))
                .isFalse();
    }

    @Test
    void refuses_every_truncation() {
        for (int length = 0; length < BYTES.length(); length++) {
            ByteString cut = BYTES.slice(0, length);
            assertThatExceptionOfType(NotificationException.class).isThrownBy(() -> Notification.decode(cut));
        }
    }
}
