// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.Cred;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The expected values were computed with Python's hashlib and base64. */
class CredentialsTest {
    private static final Credentials BRUCE = Credentials.of("Bruce2", "OhBehave");
    private static final ByteString NONCE = ByteString.utf8("Nonce");

    @Test
    @Tag("SEC-8")
    void computes_the_md5_digest() {
        Cred cred = BRUCE.cred(AuthType.MD5, NONCE);

        assertThat(cred.data()).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
        assertThat(cred.meta().type()).contains("syncml:auth-md5");
        assertThat(cred.meta().format()).contains("b64");
    }

    @Test
    void computes_the_md5_digest_of_bytes_that_are_no_text() {
        Credentials credentials = Credentials.of("Gerät", ByteString.hex("00FF10"));

        assertThat(credentials
                        .cred(AuthType.MD5, ByteString.hex("000102030405060708090A0B0C0D0E0F"))
                        .data())
                .isEqualTo("00UGvQ4ejyDQm6d+ertXZA==");
    }

    @Test
    void computes_basic_credentials() {
        assertThat(BRUCE.cred(AuthType.BASIC, ByteString.EMPTY).data()).isEqualTo("QnJ1Y2UyOk9oQmVoYXZl");
    }

    @Test
    @Tag("SEC-8")
    void computes_the_digest_over_a_message() {
        byte[] body = "<SyncML/>".getBytes(StandardCharsets.UTF_8);
        MacHeader header = BRUCE.mac(NONCE, body);

        assertThat(header.mac()).isEqualTo("urdCeS3JUmjFgi8SX3webw==");
        assertThat(BRUCE.verify(header, NONCE, body)).isTrue();
        body[3] ^= 1;
        assertThat(BRUCE.verify(header, NONCE, body)).isFalse();
    }

    @Test
    @Tag("SEC-2")
    void accepts_only_the_right_password_and_nonce() {
        Cred cred = BRUCE.cred(AuthType.MD5, NONCE);

        assertThat(BRUCE.verify(cred, NONCE)).isTrue();
        assertThat(BRUCE.verify(cred, ByteString.utf8("nonce"))).isFalse();
        assertThat(Credentials.of("Bruce2", "ohBehave").verify(cred, NONCE)).isFalse();
        assertThat(Credentials.of("Bruce", "OhBehave").verify(cred, NONCE)).isFalse();
        assertThat(BRUCE.verify(BRUCE.cred(AuthType.BASIC, NONCE), NONCE)).isTrue();
    }

    @Test
    void accepts_no_credentials_of_an_unknown_type_or_of_the_transport() {
        Cred md5 = BRUCE.cred(AuthType.MD5, NONCE);

        assertThat(BRUCE.verify(
                        new Cred(md5.meta().toBuilder().type("syncml:auth-none").build(), md5.data()), NONCE))
                .isFalse();
        assertThat(BRUCE.verify(new Cred(AuthType.MAC.meta(), md5.data()), NONCE))
                .isFalse();
    }

    @Test
    void puts_the_nonce_into_a_challenge_in_base64() {
        assertThat(AuthType.MD5.challenge(NONCE).meta().nextNonce()).contains("Tm9uY2U=");
        assertThat(AuthType.nonce(AuthType.MAC.challenge(NONCE))).contains(NONCE);
        assertThat(AuthType.BASIC.challenge(NONCE).meta().nextNonce()).isEmpty();
    }

    @Test
    @Tag("SEC-6")
    void shows_no_secret() {
        assertThat(BRUCE.toString()).doesNotContain("OhBehave");
        assertThat(BRUCE.cred(AuthType.BASIC, NONCE).toString()).doesNotContain("QnJ1Y2UyOk9oQmVoYXZl");
        assertThat(AuthType.MD5.challenge(NONCE).toString()).doesNotContain("Tm9uY2U=");
        assertThat(BRUCE.mac(NONCE, new byte[1]).toString()).doesNotContain("mac=");
    }

    @Test
    @Tag("SEC-6")
    void works_on_the_key_where_the_password_is_not_kept() {
        Credentials keyOnly = Credentials.ofKey("Bruce2", BRUCE.key());

        assertThat(keyOnly.cred(AuthType.MD5, NONCE)).isEqualTo(BRUCE.cred(AuthType.MD5, NONCE));
        assertThat(keyOnly.verify(BRUCE.cred(AuthType.MD5, NONCE), NONCE)).isTrue();
        assertThat(keyOnly.verify(BRUCE.cred(AuthType.BASIC, NONCE), NONCE)).isTrue();
        assertThat(keyOnly.verify(Credentials.of("Bruce2", "ohbehave").cred(AuthType.BASIC, NONCE), NONCE))
                .isFalse();
        assertThatThrownBy(() -> keyOnly.cred(AuthType.BASIC, NONCE)).isInstanceOf(IllegalStateException.class);
    }
}
