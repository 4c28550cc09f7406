// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bipline.gateway.GatewayLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a scanner finds out about the gateway's TLS, by hellos made here. RFC 5246 clause 7.4.1. */
@Timeout(60)
@Tag("SEC-8")
class TlsScanTest {
    private static final int PSK_AES_128_CBC = 0x00AE; // RFC 5487 clause 3
    private static final int PSK_AES_128_GCM = 0x00A8; // RFC 5487 clause 2
    private static final int TLS_1_2 = 0x0303;
    private static final int NULL = 0;
    private static final int DEFLATE = 1; // RFC 3749

    /** What is no hello to the gateway gets no answer. */
    private static final int CLOSED = -2;

    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROTOCOL_VERSION = 70;

    private static final byte[] NO_EXTENSIONS = {};
    private static final byte[] SESSION_TICKET = {0, 35, 0, 0}; // RFC 5077
    private static final byte[] TLS_1_3_ONLY = {0, 43, 0, 3, 2, 3, 4}; // RFC 8446 clause 4.2.1
    private static final byte[] HEARTBEAT = {0, 15, 0, 1, 1}; // RFC 6520
    private static final byte[] TRUNCATED_HMAC = {0, 4, 0, 0}; // RFC 6066 clause 7

    private final TlsGateway gateway;

    TlsScanTest() throws IOException {
        gateway = new TlsGateway(new GatewayLimits.PerSource(
                1000,
                1000,
                1000,
                GatewayLimits.PerSource.DEFAULT.firstDelay(),
                GatewayLimits.PerSource.DEFAULT.longestDelay()));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    /**
     * The first record of an answer.
     *
     * @param alert its description; -1 where it is none, {@link #CLOSED} where the connection was closed without one
     * @param suite that of a ServerHello; -1 where it is none
     */
    private record Answer(int alert, int suite, int compression, List<Integer> extensions) {}

    private Answer hello(int version, List<Integer> suites, byte[] extensions, int... compressions) throws IOException {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(hello);
        body.writeShort(version);
        body.write(new byte[32]); // random
        body.writeByte(0); // session id
        body.writeShort(2 * suites.size());
        for (int suite : suites) {
            body.writeShort(suite);
        }
        body.writeByte(compressions.length);
        for (int compression : compressions) {
            body.writeByte(compression);
        }
        if (extensions.length > 0) {
            body.writeShort(extensions.length);
            body.write(extensions);
        }
        try (Socket socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeByte(22);
            out.writeShort(0x0301);
            out.writeShort(4 + hello.size());
            out.writeByte(1);
            out.writeByte(0);
            out.writeShort(hello.size());
            out.write(hello.toByteArray());
            out.flush();
            return answer(new DataInputStream(socket.getInputStream()));
        }
    }

    private static Answer answer(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            return new Answer(CLOSED, -1, -1, List.of());
        }
        in.readUnsignedShort(); // version
        int length = in.readUnsignedShort();
        if (type == 21) {
            in.readUnsignedByte(); // level
            return new Answer(in.readUnsignedByte(), -1, -1, List.of());
        }
        assertThat(in.readUnsignedByte()).as("ServerHello").isEqualTo(2);
        in.skipNBytes(3 + 2 + 32);
        int id = in.readUnsignedByte();
        in.skipNBytes(id);
        int suite = in.readUnsignedShort();
        int compression = in.readUnsignedByte();
        List<Integer> extensions = new ArrayList<>();
        if (length > 4 + 2 + 32 + 1 + id + 3) {
            int left = in.readUnsignedShort();
            while (left > 0) {
                extensions.add(in.readUnsignedShort());
                int size = in.readUnsignedShort();
                in.skipNBytes(size);
                left -= 4 + size;
            }
        }
        return new Answer(-1, suite, compression, extensions);
    }

    @Test
    void there_are_two_suites_and_no_other_of_all_that_could_be() throws IOException {
        List<Integer> others = IntStream.range(0, 0x10000)
                .filter(code -> code != PSK_AES_128_CBC && code != PSK_AES_128_GCM)
                .boxed()
                .toList();
        int perHello = 1500; // below the largest message that the gateway takes
        for (int from = 0; from < others.size(); from += perHello) {
            List<Integer> some = others.subList(from, Math.min(from + perHello, others.size()));
            assertThat(hello(TLS_1_2, some, NO_EXTENSIONS, NULL).alert())
                    .as("suites %04X to %04X", some.getFirst(), some.getLast())
                    .isEqualTo(HANDSHAKE_FAILURE);
        }
        for (int suite : new int[] {PSK_AES_128_CBC, PSK_AES_128_GCM}) {
            assertThat(hello(TLS_1_2, List.of(suite), NO_EXTENSIONS, NULL).suite())
                    .isEqualTo(suite);
        }
    }

    @Test
    void no_older_version_and_no_newer_one() throws IOException {
        for (int version : new int[] {0x0200, 0x0300, 0x0301, 0x0302}) {
            assertThat(hello(version, List.of(PSK_AES_128_CBC), NO_EXTENSIONS, NULL)
                            .alert())
                    .as("%04X", version)
                    .isIn(PROTOCOL_VERSION, CLOSED);
        }
        assertThat(hello(TLS_1_2, List.of(PSK_AES_128_CBC, 0x1301), TLS_1_3_ONLY, NULL)
                        .alert())
                .isEqualTo(PROTOCOL_VERSION);
    }

    @Test
    void no_compression() throws IOException {
        assertThat(hello(TLS_1_2, List.of(PSK_AES_128_CBC), NO_EXTENSIONS, DEFLATE, NULL)
                        .compression())
                .isEqualTo(NULL);
        assertThat(hello(TLS_1_2, List.of(PSK_AES_128_CBC), NO_EXTENSIONS, DEFLATE)
                        .alert())
                .isEqualTo(CLOSED);
    }

    @Test
    void no_tickets_no_heartbeats_and_no_shortened_MAC() throws IOException {
        for (byte[] extension : List.of(SESSION_TICKET, HEARTBEAT, TRUNCATED_HMAC)) {
            Answer answer = hello(TLS_1_2, List.of(PSK_AES_128_CBC), extension, NULL);
            assertThat(answer.suite()).isEqualTo(PSK_AES_128_CBC);
            assertThat(answer.extensions()).doesNotContain((int) extension[1]);
        }
    }
}
