// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private final Credentials credentials = new Credentials();

    private interface Setter {
        void set(byte[] name, short off, short len, byte[] secret, short secretOff, short secretLen);
    }

    private static void set(Setter setter, String name, String secret) {
        setter.set(Card.bytes(name), (short) 0, (short) name.length(), Card.bytes(secret), (short) 0, (short)
                secret.length());
    }

    private static String written(Consumer<MessageSink> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.accept(Card.sink(out));
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    @Tag("SEC-8")
    void the_digest_is_that_of_the_standards_example() {
        set(credentials::setOwn, "Bruce2", "OhBehave");
        credentials.setOwnNonce(Card.bytes("Nonce"), (short) 0, (short) 5);
        credentials.takeUpOwnNonce();
        assertThat(written(credentials::writeOwnDigest)).isEqualTo("Zz6EivR3yeaaENcRN6lpAQ==");
    }

    @Test
    void nonces_of_the_server_are_decoded_before_use() {
        set(credentials::setOwn, "card", "secret");
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
        set(credentials::setPeer, "server", "secret");
        credentials.setPeerNonce(Card.bytes("nonce"), (short) 0, (short) 5);
        byte[] right = Card.bytes(Card.digest("server", "secret", Card.bytes("nonce")));
        assertThat(credentials.isPeerDigest(right, (short) 0, (short) 24)).isTrue();
        assertThat(credentials.isPeerDigest(right, (short) 0, (short) 23)).isFalse();
        credentials.setLocking((byte) 0, (byte) 0);
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

    private boolean isRight(String secret) {
        byte[] nonce = java.util.Base64.getDecoder().decode(written(credentials::writePeerNonce));
        byte[] digest = Card.bytes(Card.digest("server", secret, nonce));
        return credentials.isPeerDigest(digest, (short) 0, (short) 24);
    }

    @Test
    @Tag("SEC-7")
    void failures_cost_a_delay_that_doubles_up_to_a_day_in_which_the_right_digest_counts_for_nothing() {
        set(credentials::setPeer, "server", "secret");
        credentials.setLocking((byte) 0, (byte) 1);
        List<Integer> delays = new ArrayList<>();
        for (int failure = 1; failure <= 16; failure++) {
            assertThat(isRight("guess " + failure)).isFalse();
            int delay = credentials.shortestDelay();
            delays.add(delay);
            if (delay > 0) {
                assertThat(isRight("secret")).as("at once").isFalse();
                credentials.elapse((short) (delay - 1));
                assertThat(isRight("secret")).as("a minute early").isFalse();
                assertThat(credentials.shortestDelay())
                        .as("what does not count costs nothing")
                        .isEqualTo((short) 1);
                credentials.elapse((short) 1);
            }
        }
        assertThat(delays).containsExactly(0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440, 1440);
        assertThat(isRight("secret")).isTrue();
        assertThat(isRight("guess")).isFalse();
        assertThat(credentials.shortestDelay()).as("begins anew").isZero();
    }

    @Test
    @Tag("SEC-7")
    void as_many_failures_as_are_allowed_lock_until_it_is_unlocked() {
        set(credentials::setPeer, "server", "secret");
        credentials.setLocking((byte) 5, (byte) 0);
        for (int failure = 1; failure <= 4; failure++) {
            isRight("guess");
        }
        assertThat(isRight("secret")).isTrue();
        for (int failure = 1; failure <= 5; failure++) {
            assertThat(credentials.isLockedForGood()).isFalse();
            isRight("guess");
        }
        assertThat(credentials.isLockedForGood()).isTrue();
        credentials.elapse(Short.MAX_VALUE);
        assertThat(isRight("secret")).isFalse();
        credentials.unlock();
        assertThat(isRight("secret")).isTrue();
    }

    @Test
    @Tag("SEC-7")
    void a_digest_for_the_last_nonce_that_was_proven_counts_neither_as_right_nor_as_a_failure() {
        set(credentials::setPeer, "server", "secret");
        credentials.setPeerNonce(Card.bytes("first"), (short) 0, (short) 5);
        credentials.setLocking((byte) 2, (byte) 1);
        byte[] right = Card.bytes(Card.digest("server", "secret", Card.bytes("first")));
        assertThat(credentials.isPeerDigest(right, (short) 0, (short) 24)).isTrue();
        for (int repetition = 0; repetition < 10; repetition++) {
            credentials.renewPeerNonce();
            assertThat(credentials.isPeerDigest(right, (short) 0, (short) 24)).isFalse();
            assertThat(credentials.isLocked()).isFalse();
        }
        assertThat(isRight("secret")).isTrue();
        credentials.renewPeerNonce();
        for (int failure = 0; failure < 2; failure++) {
            assertThat(credentials.isLocked()).isFalse();
            credentials.isPeerDigest(right, (short) 0, (short) 24);
        }
        assertThat(credentials.isLocked()).as("older ones").isTrue();
    }

    @Test
    @Tag("SEC-3")
    void without_a_secret_of_the_other_side_nothing_is_right() {
        byte[] in = Card.bytes(java.util.Base64.getEncoder().encodeToString(new byte[16]) + ":");
        byte[] digest = java.util.Base64.getEncoder().encode(Card.md5(in));
        assertThat(credentials.isPeerDigest(digest, (short) 0, (short) 24)).isFalse();
        byte[] message = Card.bytes("message");
        byte[] keyed = Card.bytes(new String(in, StandardCharsets.US_ASCII) + ":"
                + java.util.Base64.getEncoder().encodeToString(Card.md5(message)));
        byte[] mac = java.util.Base64.getEncoder().encode(Card.md5(keyed));
        credentials.forgetMac();
        credentials.takeMac(mac, (short) 0, (short) 24);
        credentials.beginMessage();
        credentials.write(message, (short) 0, (short) message.length);
        assertThat(credentials.hasMac()).isTrue();
        assertThat(credentials.isPeerMessage()).isFalse();
        set(credentials::setPeer, "", "");
        credentials.beginMessage();
        credentials.write(message, (short) 0, (short) message.length);
        byte[] key = Card.bytes(java.util.Base64.getEncoder().encodeToString(Card.md5(Card.bytes(":"))) + "::"
                + java.util.Base64.getEncoder().encodeToString(Card.md5(message)));
        credentials.forgetMac();
        credentials.takeMac(java.util.Base64.getEncoder().encode(Card.md5(key)), (short) 0, (short) 24);
        assertThat(credentials.isPeerMessage()).as("as it is with one").isTrue();
    }

    /** Whoever cuts the power whenever a digest is compared, to see what comes of it before it is counted. */
    @Test
    @Tag("SEC-7")
    void a_loss_of_power_during_the_comparison_hides_no_failure() {
        boolean[] power = {true};
        Credentials cut = new Credentials() {
            @Override
            void putKey(byte side, byte[] to) {
                if (!power[0]) {
                    throw new IllegalStateException("no power");
                }
                super.putKey(side, to);
            }
        };
        byte[] secret = Card.bytes("secret");
        cut.setPeer(Card.bytes("server"), (short) 0, (short) 6, secret, (short) 0, (short) secret.length);
        cut.setPeerNonce(Card.bytes("nonce"), (short) 0, (short) 5);
        cut.setLocking((byte) 3, (byte) 0);
        byte[] wrong = Card.bytes("A".repeat(24));
        byte[] right = Card.bytes(Card.digest("server", "secret", Card.bytes("nonce")));
        assertThat(cut.isPeerDigest(right, (short) 0, (short) 24)).isTrue();
        for (int failure = 0; failure < 3; failure++) {
            power[0] = false;
            assertThatThrownBy(() -> cut.isPeerDigest(wrong, (short) 0, (short) 24))
                    .isInstanceOf(IllegalStateException.class);
            power[0] = true;
        }
        assertThat(cut.isPeerDigest(right, (short) 0, (short) 24)).isFalse();
    }

    @Test
    @Tag("SEC-7")
    void each_of_the_cards_credentials_has_failures_and_a_delay_of_its_own() {
        Credentials other = new Credentials(credentials);
        Credentials third = new Credentials(credentials);
        set(other::setPeer, "server", "secret");
        set(third::setPeer, "server", "secret");
        byte[] wrong = Card.bytes("A".repeat(24));
        for (int failure = 1; failure <= 4; failure++) {
            other.isPeerDigest(wrong, (short) 0, (short) 24);
            other.elapse((short) 1);
        }
        for (int failure = 1; failure <= 3; failure++) {
            third.isPeerDigest(wrong, (short) 0, (short) 24);
        }
        assertThat(credentials.isLocked()).isFalse();
        assertThat(other.isLocked()).isTrue();
        assertThat(credentials.shortestDelay()).isEqualTo((short) 1);
        credentials.elapse((short) 1);
        assertThat(third.isLocked()).isFalse();
        assertThat(other.isLocked()).isFalse();
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
