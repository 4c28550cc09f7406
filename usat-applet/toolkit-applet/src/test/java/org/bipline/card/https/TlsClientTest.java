// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import javacardx.crypto.Cipher;
import org.bipline.card.bip.ByteSink;
import org.bipline.uicc.runtime.vm.GcmCipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsClientTest {
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090A0B0C0D0E0F");
    private static final byte[] IDENTITY = "card-1".getBytes(US_ASCII);

    private final Wire wire = new Wire();
    private final TlsCredentials credentials = new TlsCredentials();
    private TlsClient client = new TlsClient(wire, new GcmCipher(), false);
    private final ByteArrayOutputStream released = new ByteArrayOutputStream();
    private final TestTlsServer server = new TestTlsServer(KEY);

    TlsClientTest() {
        setKey(IDENTITY, KEY);
        takeData();
    }

    private void takeData() {
        client.setReceiver((buf, off, len) -> {
            released.write(buf, off, len);
            return true;
        });
    }

    /** From here on the client of another platform, or of another build. */
    private void client(Cipher gcmCipher, boolean nullCipher) {
        client = new TlsClient(wire, gcmCipher, nullCipher);
        takeData();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void makes_a_full_handshake(boolean extended, boolean hint) {
        server.extendedMasterSecret = extended;
        server.hint = hint;

        connect();

        assertThat(client.isOpen()).isTrue();
        assertThat(server.finished).isTrue();
        assertThat(server.identity).isEqualTo("card-1");
        assertThat(server.alerts).isEmpty();
        exchange();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 30, 31, 32})
    void takes_keys_of_every_length(int length) {
        byte[] key = Arrays.copyOf(KEY, length);
        byte[] identity = "i".repeat(64).getBytes(US_ASCII);
        setKey(identity, key);
        server.key = key;

        connect();

        assertThat(client.isOpen()).isTrue();
        assertThat(server.identity).isEqualTo("i".repeat(64));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resumes_its_session_on_a_new_connection(boolean extended) {
        server.extendedMasterSecret = extended;
        connect();
        client.close();
        assertThat(server.answer(wire.take())).isEmpty();
        assertThat(server.alerts).containsExactly("1/0");

        connect();

        assertThat(server.resumed).isTrue();
        assertThat(client.isOpen()).isTrue();
        exchange();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA8, 0xAE, 0xB0})
    void protects_with_each_suite_and_resumes_it(int suite) {
        client(new GcmCipher(), true);
        server.suite = suite;
        for (boolean resumed : new boolean[] {false, true}) {
            connect();
            assertThat(server.resumed).isEqualTo(resumed);
            assertThat(client.isOpen()).isTrue();
            exchange();
            for (int length : new int[] {0, 1, 15, 16, 31, 255, 256, 511, 512}) {
                released.reset();
                byte[] text = new byte[length];
                Arrays.fill(text, (byte) length);
                feed(server.record(TestTlsServer.DATA, text));
                assertThat(released.toByteArray()).isEqualTo(text);
            }
            client.close();
        }
    }

    @Test
    void offers_gcm_first_where_the_platform_has_it_and_no_suite_without_cipher() {
        connect();
        assertThat(server.suites).isEqualTo("00a8" + "00ae" + "00ff");
        assertThat(TlsRecords.NULL_CIPHER).as("the flag of the build").isFalse();

        client(null, false);
        connect();
        assertThat(server.suites).isEqualTo("00ae" + "00ff");

        client(new GcmCipher(), true);
        connect();
        assertThat(server.suites).isEqualTo("00a8" + "00ae" + "00b0" + "00ff");
    }

    @Test
    void refuses_to_resume_a_session_with_another_suite() {
        connect();
        client.close();
        server.suite = 0xA8;
        connect();

        assertFailed(TlsAlert.ILLEGAL_PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xA8, 0xAE, 0xB0})
    void answers_whatever_is_wrong_with_a_record_by_the_same_alert(int suite) {
        client(new GcmCipher(), true);
        server.suite = suite;
        connect();
        int bits = server.record(TestTlsServer.DATA, new byte[20]).length * 8;
        for (int bit = 40; bit < bits; bit++) {
            client.close();
            connect();
            feed(damaged(server.record(TestTlsServer.DATA, new byte[20]), bit));
            assertFailed(TlsAlert.BAD_RECORD_MAC);
        }
    }

    @Test
    void makes_a_full_handshake_where_the_server_has_forgotten_the_session() {
        connect();
        client.connectionClosed();
        server.forgetSessions();

        connect();
        assertThat(server.resumed).isFalse();
        exchange();
        client.connectionClosed();

        connect();
        assertThat(server.resumed).isTrue();
        exchange();
    }

    @Test
    void forgets_the_session_with_the_key() {
        connect();
        client.close();
        setKey(IDENTITY, KEY);

        connect();

        assertThat(server.resumed).isFalse();
    }

    @Test
    void does_not_resume_a_session_whose_connection_failed() {
        connect();
        feed(damaged(server.record(TestTlsServer.DATA, new byte[5]), 100));
        assertThat(client.isFailed()).isTrue();

        connect();

        assertThat(server.resumed).isFalse();
    }

    @Test
    void refuses_a_resumed_session_of_the_other_kind_of_master_secret() {
        connect();
        client.close();
        server.extendedMasterSecret = false;

        connect();

        assertFailed(TlsAlert.HANDSHAKE_FAILURE);
    }

    @Test
    void refuses_a_wrong_finished_in_both_handshakes() {
        UnaryOperator<byte[]> wrong = data -> damaged(data, 90);
        server.verifyData = wrong;
        connect();
        assertFailed(TlsAlert.DECRYPT_ERROR);

        server.verifyData = UnaryOperator.identity();
        connect();
        client.close();
        server.verifyData = wrong;
        connect();
        assertThat(server.resumed).isTrue();
        assertFailed(TlsAlert.DECRYPT_ERROR);
    }

    @Test
    void ends_with_the_alert_of_a_server_that_has_another_key() {
        server.key = new byte[16];
        start();
        feed(server.answer(wire.take()));
        wire.take();
        feed(server.record(TestTlsServer.ALERT, new byte[] {2, 51}));

        assertThat(client.isFailed()).isTrue();
        assertThat(client.alert()).isEqualTo(TlsAlert.DECRYPT_ERROR);
        assertThat(wire.take()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ // where the ServerHello is changed, to what, and the alert
        "0, 0302, 70", // TLS 1.1
        "0, 0304, 70", // TLS 1.3, by the field that it does not use
        "67, 008c, 47", // a suite that was not offered
        "67, 00b0, 47", // without encryption
        "67, 0000, 47",
        "69, 01, 47", // compression
        "70, 0000, 50", // bytes behind the extensions
        "70, ffff, 50",
        "72, ff02, 110", // an extension that was not asked for
        "76, 01, 40", // renegotiation of something
        "81, 02, 47", // 1024 bytes
        "77, ff01, 40", // an extension twice, with a value it cannot have
        "34, 21, 50", // identifier of 33 bytes
        "34, ff, 50",
    })
    void refuses_what_it_did_not_offer(int offset, String bytes, byte alert) {
        server.serverHello = hello -> {
            byte[] changed = hello.clone();
            byte[] change = HexFormat.of().parseHex(bytes);
            System.arraycopy(change, 0, changed, offset, change.length);
            return changed;
        };
        connect();

        assertFailed(alert);
    }

    @Test
    void refuses_a_server_that_does_not_keep_fragments_short() {
        server.maxFragmentLength = false;
        connect();

        assertFailed(TlsAlert.HANDSHAKE_FAILURE);
    }

    @Test
    void refuses_messages_out_of_order() {
        List<byte[]> unexpected = List.of(
                server.message(14, new byte[0]),
                server.message(12, new byte[2]),
                server.message(20, new byte[12]),
                server.message(11, new byte[3]), // Certificate
                server.message(4, new byte[6]), // NewSessionTicket
                server.record(TestTlsServer.CHANGE_CIPHER_SPEC, new byte[] {1}),
                server.record(TestTlsServer.DATA, new byte[] {1}),
                server.record(TestTlsServer.DATA, new byte[0]),
                server.record(TestTlsServer.HANDSHAKE, new byte[0]),
                server.record(24, new byte[] {1}));
        for (byte[] record : unexpected) {
            start();
            server.answer(wire.take());
            feed(record);
            assertFailed(TlsAlert.UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void takes_messages_in_any_pieces_and_ignores_a_hello_request_among_them() {
        start();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        for (byte[] record : server.answer(wire.take())) {
            messages.writeBytes(new byte[4]);
            messages.write(record, 5, record.length - 5);
        }
        for (byte b : messages.toByteArray()) {
            feed(new byte[] {22, 3, 3, 0, 1, b});
        }
        feed(server.answer(wire.take()));

        assertThat(client.isOpen()).isTrue();
        exchange();
    }

    @Test
    void does_not_renegotiate() {
        connect();
        byte[] request = server.record(TestTlsServer.HANDSHAKE, new byte[4]);
        feed(request);
        assertThat(server.answer(wire.take())).isEmpty();
        assertThat(server.alerts).containsExactly("1/100");
        exchange();

        server.alerts.clear();
        released.reset();
        feed(server.message(2, new byte[70]));
        assertFailed(TlsAlert.UNEXPECTED_MESSAGE);
    }

    @Test
    void releases_fragments_up_to_512_bytes_with_any_padding() {
        connect();
        for (int length : new int[] {0, 1, 15, 16, 31, 255, 256, 511, 512}) {
            for (int padding = 0; padding <= 240; padding += 48) {
                server.extraPadding = padding;
                byte[] text = new byte[length];
                Arrays.fill(text, (byte) length);
                released.reset();
                feed(server.record(TestTlsServer.DATA, text));
                assertThat(released.toByteArray()).isEqualTo(text);
            }
        }
    }

    @Test
    void refuses_a_fragment_over_512_bytes() {
        connect();
        feed(server.record(TestTlsServer.DATA, new byte[513]));
        assertFailed(TlsAlert.RECORD_OVERFLOW);

        connect();
        feed(new byte[] {23, 3, 3, 3, 0x31}); // before its fragment comes
        assertFailed(TlsAlert.RECORD_OVERFLOW);

        start();
        server.answer(wire.take());
        feed(new byte[] {22, 3, 3, 2, 1});
        assertFailed(TlsAlert.RECORD_OVERFLOW);
    }

    @Test
    void refuses_repeated_left_out_and_cut_records() {
        connect();
        byte[] first = server.record(TestTlsServer.DATA, "first".getBytes(US_ASCII));
        feed(first);
        released.reset();
        feed(first);
        assertFailed(TlsAlert.BAD_RECORD_MAC);

        connect();
        server.record(TestTlsServer.DATA, "first".getBytes(US_ASCII));
        feed(server.record(TestTlsServer.DATA, "second".getBytes(US_ASCII)));
        assertFailed(TlsAlert.BAD_RECORD_MAC);

        for (int length = 0; length < 69; length++) {
            connect();
            byte[] cut = Arrays.copyOf(server.record(TestTlsServer.DATA, "first".getBytes(US_ASCII)), 5 + length);
            ByteBuffer.wrap(cut).putShort(3, (short) length);
            if (length != 64) {
                feed(cut);
                assertFailed(TlsAlert.BAD_RECORD_MAC);
            }
        }
    }

    @Test
    void tells_the_end_of_the_stream_from_a_cut_one() {
        connect();
        feed(server.record(TestTlsServer.ALERT, new byte[] {1, 0}));
        assertThat(client.isEnded()).isTrue();
        assertThat(server.answer(wire.take())).isEmpty();
        assertThat(server.alerts).containsExactly("1/0");
        client.connectionClosed();
        assertThat(client.isEnded()).isTrue();

        connect();
        client.connectionClosed();
        assertThat(client.isEnded()).isFalse();
        assertThat(client.isFailed()).isFalse();
    }

    @Test
    void writes_nothing_before_and_behind_the_connection() {
        start();
        feed(server.answer(wire.take()));
        wire.take();
        client.write((byte) 1);
        client.write(new byte[10], (short) 0, (short) 10);
        client.flush();
        client.close();
        client.write((byte) 1);
        client.flush();

        assertThat(wire.take()).isEmpty();
    }

    @Test
    void writes_while_a_record_of_the_server_has_arrived_in_part() {
        connect();
        byte[] record = server.record(TestTlsServer.DATA, "late".getBytes(US_ASCII));
        feed(Arrays.copyOf(record, 40));
        byte[] text = "early".repeat(300).getBytes(US_ASCII);
        client.write(text, (short) 0, (short) text.length);
        client.flush();
        feed(Arrays.copyOfRange(record, 40, record.length));

        assertThat(server.answer(wire.take())).isEmpty();
        assertThat(server.data.toByteArray()).isEqualTo(text);
        assertThat(released.toString(US_ASCII)).isEqualTo("late");
    }

    /** Each bit of each record from the server, from the ServerHello to the first of data. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void releases_nothing_of_a_damaged_record(boolean resumed) {
        int bit = 0;
        for (int record = 0; record < (resumed ? 4 : 5); bit++) {
            client.connectionClosed();
            server.forgetSessions();
            if (resumed) {
                connect();
                client.close();
                wire.take();
            }
            if (!damagedSession(record, bit)) {
                record++;
                bit = -1;
            }
        }
    }

    /** Whether the record has such a bit. */
    private boolean damagedSession(int damagedRecord, int bit) {
        start();
        released.reset();
        byte[] flight = wire.take();
        for (int record = 0; ; ) {
            List<byte[]> answer;
            try {
                answer = flight.length > 0 ? server.answer(flight) : List.of();
            } catch (TestTlsServer.Refused e) {
                assertNothingLetThrough(); // a wrong ServerHello: the server finds the client's Finished wrong
                return true;
            }
            if (!server.alerts.isEmpty()) {
                assertNothingLetThrough();
                assertThat(server.alerts).hasSize(1);
                assertThat(client.isFailed()).isTrue();
                return true;
            }
            if (client.isOpen() && answer.isEmpty()) {
                answer = List.of(server.record(TestTlsServer.DATA, "secret".getBytes(US_ASCII)));
            }
            if (answer.isEmpty()) {
                assertNothingLetThrough(); // a greater length: the client waits for the rest
                return true;
            }
            for (byte[] sent : answer) {
                if (record == damagedRecord) {
                    if (bit >= sent.length * 8) {
                        return false;
                    }
                    sent = damaged(sent, bit);
                }
                feed(sent);
                record++;
            }
            flight = wire.take();
        }
    }

    private void setKey(byte[] identity, byte[] key) {
        credentials.set(identity, (short) 0, (short) identity.length, key, (short) 0, (short) key.length);
    }

    private void assertNothingLetThrough() {
        assertThat(released.toByteArray()).isEmpty();
    }

    private void assertFailed(byte alert) {
        assertThat(client.isFailed()).isTrue();
        assertThat(client.isOpen()).isFalse();
        assertThat(client.alert()).isEqualTo(alert);
        assertThat(server.answer(wire.take())).isEmpty();
        assertThat(server.alerts).containsExactly("2/" + alert);
        assertNothingLetThrough();

        assertThat(client.receive(new byte[] {23, 3, 3, 0, 1, 1}, (short) 0, (short) 6))
                .isFalse();
        client.respond();
        client.write((byte) 1);
        client.flush();
        client.close();
        assertThat(wire.take()).as("behind the alert").isEmpty();
    }

    private void start() {
        server.reconnect();
        released.reset();
        wire.take();
        client.start(credentials);
    }

    private void connect() {
        start();
        while (!client.isFailed() && wire.bytes.size() > 0) {
            feed(server.answer(wire.take()));
        }
    }

    private void exchange() {
        byte[] request = "request ".repeat(200).getBytes(US_ASCII);
        client.write(request[0]);
        client.write(request, (short) 1, (short) (request.length - 1));
        client.flush();
        assertThat(server.answer(wire.take())).isEmpty();
        assertThat(server.data.toByteArray()).isEqualTo(request);
        released.reset();
        byte[] response = server.record(TestTlsServer.DATA, "response".getBytes(US_ASCII));
        for (byte b : response) {
            feed(new byte[] {b});
        }
        assertThat(released.toString(US_ASCII)).isEqualTo("response");
    }

    private void feed(List<byte[]> records) {
        feed(TestTlsServer.concat(records.toArray(byte[][]::new)));
    }

    private void feed(byte[] bytes) {
        client.receive(bytes, (short) 0, (short) bytes.length);
        client.respond();
    }

    private static byte[] damaged(byte[] bytes, int bit) {
        byte[] damaged = bytes.clone();
        damaged[bit / 8] ^= (byte) (0x80 >> bit % 8);
        return damaged;
    }

    /** What the client has sent. */
    private static final class Wire implements ByteSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(byte b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] buf, short off, short len) {
            bytes.write(buf, off, len);
        }

        @Override
        public void flush() {}

        byte[] take() {
            byte[] taken = bytes.toByteArray();
            bytes.reset();
            return taken;
        }
    }
}
