// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private final Credentials credentials = new Credentials();

    private static String written(Consumer<MessageSink> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.accept(Card.sink(out));
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    @Tag("SEC-8")
    void the_digest_is_that_of_the_standards_example() {
        credentials.setOwn(Card.bytes("Bruce2"), (short) 0, (short) 6, Card.bytes("OhBehave"));
        credentials.setOwnNonce(Card.bytes("Nonce"));
        credentials.takeUpOwnNonce();
        assertThat(written(credentials::writeOwnDigest)).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
    }

    @Test
    void nonces_of_the_server_are_decoded_before_use() {
        credentials.setOwn(Card.bytes("card"), (short) 0, (short) 4, Card.bytes("secret"));
        for (int length = 0; length <= 32; length++) {
            byte[] nonce = new byte[length];
            new Random(length).nextBytes(nonce);
            byte[] text = java.util.Base64.getEncoder().encode(nonce);
            assertThat(credentials.takeOwnNonce(text, (short) 0, (short) text.length))
                    .isTrue();
            assertThat(written(credentials::writeOwnDigest)).isEqualTo(Card.digest("card", "secret", nonce));
        }
        byte[] tooLong = java.util.Base64.getEncoder().encode(new byte[33]);
        assertThat(credentials.takeOwnNonce(tooLong, (short) 0, (short) tooLong.length))
                .isFalse();
    }

    @Test
    @Tag("SEC-2")
    void only_the_right_digest_is_the_servers() {
        credentials.setPeer(Card.bytes("server"), (short) 0, (short) 6, Card.bytes("secret"));
        credentials.setPeerNonce(Card.bytes("nonce"));
        byte[] right = Card.bytes(Card.digest("server", "secret", Card.bytes("nonce")));
        assertThat(credentials.isPeerDigest(right, (short) 0, (short) 24)).isTrue();
        assertThat(credentials.isPeerDigest(right, (short) 0, (short) 23)).isFalse();
        for (int i = 0; i < 24; i++) {
            byte[] wrong = right.clone();
            wrong[i] ^= 0x20;
            assertThat(credentials.isPeerDigest(wrong, (short) 0, (short) 24)).isFalse();
        }
        credentials.renewPeerNonce();
        assertThat(credentials.isPeerDigest(right, (short) 0, (short) 24)).isFalse();
        byte[] nonce = java.util.Base64.getDecoder().decode(written(credentials::writePeerNonce));
        assertThat(nonce).hasSize(16);
        byte[] next = Card.bytes(Card.digest("server", "secret", nonce));
        assertThat(credentials.isPeerDigest(next, (short) 0, (short) 24)).isTrue();
    }

    @Test
    void base_64_agrees_with_the_jdk() {
        Random random = new Random(64);
        for (int length = 0; length <= 100; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] expected = java.util.Base64.getEncoder().encode(bytes);
            byte[] encoded = new byte[140];
            short end = Base64.encode(bytes, (short) 0, (short) length, encoded, (short) 1);
            assertThat(Arrays.copyOfRange(encoded, 1, end)).isEqualTo(expected);
            byte[] decoded = new byte[100];
            assertThat(Base64.decode(encoded, (short) 1, (short) (end - 1), decoded, (short) 0, (short) 100))
                    .isEqualTo((short) length);
            assertThat(Arrays.copyOf(decoded, length)).isEqualTo(bytes);
            if (length > 0) {
                assertThat(Base64.decode(
                                encoded, (short) 1, (short) (end - 1), decoded, (short) 0, (short) (length - 1)))
                        .isEqualTo((short) -1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AB",
                "ABC",
                "A===",
                "A=BC",
                "AB=C",
                "=ABC",
                "AB C",
                "AB\nC",
                "AB-C",
                "AB==ABCD",
                "AB\u0080C"
            })
    void what_is_no_base_64_is_refused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Base64.decode(bytes, (short) 0, (short) bytes.length, new byte[20], (short) 0, (short) 20))
                .isEqualTo((short) -1);
    }
}
