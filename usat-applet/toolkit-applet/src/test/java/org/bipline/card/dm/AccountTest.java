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

class AccountTest {
    private final Account account = new Account();

    private static String written(Consumer<MessageSink> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.accept(Card.sink(out));
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    @Tag("SEC-8")
    void the_digest_is_that_of_the_standards_example() {
        account.setClient(Card.bytes("Bruce2"), Card.bytes("OhBehave"), Card.bytes("Nonce"));
        account.startSession(false);
        assertThat(written(account::writeClientDigest)).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
    }

    @Test
    void nonces_of_the_server_are_decoded_before_use() {
        account.setClient(Card.bytes("card"), Card.bytes("secret"), new byte[0]);
        for (int length = 0; length <= 32; length++) {
            byte[] nonce = new byte[length];
            new Random(length).nextBytes(nonce);
            byte[] text = java.util.Base64.getEncoder().encode(nonce);
            assertThat(account.takeClientNonce(text, (short) 0, (short) text.length))
                    .isTrue();
            assertThat(written(account::writeClientDigest)).isEqualTo(Card.digest("card", "secret", nonce));
        }
        byte[] tooLong = java.util.Base64.getEncoder().encode(new byte[33]);
        assertThat(account.takeClientNonce(tooLong, (short) 0, (short) tooLong.length))
                .isFalse();
    }

    @Test
    @Tag("SEC-2")
    void only_the_right_digest_is_the_servers() {
        account.setServer(Card.bytes("server"), Card.bytes("secret"), Card.bytes("nonce"));
        byte[] right = Card.bytes(Card.digest("server", "secret", Card.bytes("nonce")));
        assertThat(account.isServerDigest(right, (short) 0, (short) 24)).isTrue();
        assertThat(account.isServerDigest(right, (short) 0, (short) 23)).isFalse();
        for (int i = 0; i < 24; i++) {
            byte[] wrong = right.clone();
            wrong[i] ^= 0x20;
            assertThat(account.isServerDigest(wrong, (short) 0, (short) 24)).isFalse();
        }
        account.renewServerNonce();
        assertThat(account.isServerDigest(right, (short) 0, (short) 24)).isFalse();
        byte[] nonce = java.util.Base64.getDecoder().decode(written(account::writeServerNonce));
        assertThat(nonce).hasSize(16);
        byte[] next = Card.bytes(Card.digest("server", "secret", nonce));
        assertThat(account.isServerDigest(next, (short) 0, (short) 24)).isTrue();
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
