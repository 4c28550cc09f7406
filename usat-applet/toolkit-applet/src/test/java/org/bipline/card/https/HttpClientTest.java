// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bipline.card.bip.ByteSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {
    private static final short LINE_SIZE = 48;
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Sink sent = new Sink();
    private final Listener got = new Listener();
    private final HttpClient http = new HttpClient(sent, got, new byte[LINE_SIZE]);

    @Test
    void writes_a_post_whose_body_is_pushed_in_pieces() {
        post(bytes("/dm?x=1"), bytes("dm.example:8080"), bytes("text/x"), (short) 5);
        http.write(bytes("..x-a: b.."), (short) 2, (short) 6);
        http.endLine();
        http.endHeaders();
        http.write((byte) 'h');
        http.write(bytes("_ello_"), (short) 1, (short) 4);
        assertThat(sent.flushed).isZero();
        http.flush();

        assertThat(sent.text())
                .isEqualTo(
                        "POST /dm?x=1 HTTP/1.1\r\nHost: dm.example:8080\r\nContent-Type: text/x\r\nAccept: text/x\r\n"
                                + "Content-Length: 5\r\nx-a: b\r\n\r\nhello");
        assertThat(sent.flushed).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 99, 100, 1000, 9999, 10000, 10001, 32767})
    void writes_every_length_in_decimal(int length) {
        post(bytes("/"), bytes("h"), bytes("t"), (short) length);

        assertThat(sent.text()).endsWith("\r\nContent-Length: " + length + "\r\n");
    }

    @Test
    void reads_a_body_of_known_length_and_keeps_the_connection() {
        receive(OK + "Content-Length: 5\r\n\r\nhello");

        assertDone("hello", true);
        assertThat(http.status()).isEqualTo((short) 200);
        assertThat(got.headers).containsExactly("Content-Length: 5");
    }

    @Test
    void is_indifferent_to_the_case_of_names_and_to_blanks_round_values() {
        receive(OK + "cOnTeNt-LeNgTh:\t 5 \r\n\r\nhello");

        assertDone("hello", true);
    }

    @Test
    void joins_chunks_and_skips_extensions_and_trailers() {
        receive(
                OK + "Transfer-Encoding: Chunked\r\n\r\n"
                        + "5\r\nhello\r\n0006;name=\"v\"\r\n world\r\nA \r\n0123456789\r\n0\r\nTrailer: x\r\nContent-Length: 9\r\n\r\n");

        assertDone("hello world0123456789", true);
    }

    @Test
    void accepts_lines_that_end_with_a_line_feed_alone() {
        receive("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n");

        assertDone("abc", true);
    }

    @Test
    void skips_interim_responses_with_their_headers() {
        receive("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nContent-Length: 7\r\nLink: x\r\n\r\n" + OK
                + "Content-Length: 2\r\n\r\nok");

        assertDone("ok", true);
        assertThat(got.headers).containsExactly("Content-Length: 2");
    }

    @Test
    void ends_a_body_without_length_when_the_connection_ends() {
        receive(OK + "\r\nuntil the end");
        assertThat(http.isDone()).isFalse();
        http.connectionClosed(true);

        assertDone("until the end", false);
    }

    @Test
    void needs_no_body_for_204() {
        receive("HTTP/1.1 204 No Content\r\n\r\n");

        assertDone("", true);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, Connection: close, false",
        "HTTP/1.1, Connection: CLOSE, false",
        "HTTP/1.1, 'Connection: x, close', false",
        "HTTP/1.1, Connection: closed, true",
        "HTTP/1.1, Connection: keep-alive, true",
        "HTTP/1.0, X: y, false",
        "HTTP/1.0, 'Connection: a,keep-alive , b', true",
        "HTTP/1.1, 'Connection: one, two, three, four, five, six, seven', false",
    })
    void knows_whether_the_connection_can_be_used_again(String version, String header, boolean reusable) {
        receive(version + " 200 OK\r\n" + header + "\r\nContent-Length: 1\r\n\r\nx");

        assertDone("x", reusable);
    }

    @Test
    void does_not_trust_a_connection_with_bytes_behind_the_response() {
        boolean wanted = receive(OK + "Content-Length: 1\r\n\r\nxy");

        assertThat(wanted).isFalse();
        assertDone("x", false);
    }

    @Test
    void skips_a_header_line_longer_than_its_buffer() {
        receive(OK + "Set-Cookie: " + "x".repeat(500) + "\r\n" + "N".repeat(500) + "\r\nContent-Length: 1\r\n\r\nx");

        assertDone("x", true);
        assertThat(got.headers).containsExactly("Content-Length: 1");
    }

    @Test
    void takes_the_status_from_a_line_longer_than_its_buffer() {
        receive("HTTP/1.1 201 " + "Created ".repeat(20) + "\r\nContent-Length: 0\r\n\r\n");

        assertDone("", true);
        assertThat(http.status()).isEqualTo((short) 201);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 300, 301, 304, 400, 401, 404, 500, 503, 999})
    void reports_every_status_other_than_2xx(int status) {
        receive("HTTP/1.1 " + status + " X\r\nContent-Length: 3\r\n\r\nabc");

        assertFailed(HttpClient.REASON_STATUS);
        assertThat(http.status()).isEqualTo((short) status);
        assertThat(got.body.toString(ISO_8859_1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "HTTP/1.1\r\n",
                "HTTP/2 200 OK\r\n",
                "HTTP/1.1 20 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 099 OK\r\n",
                "HTTP/1.x 200 OK\r\n",
                "ICY 200 OK ok ok\r\n",
                "<html><body>hello\r\n"
            })
    void refuses_what_is_no_status_line(String line) {
        receive(line);

        assertFailed(HttpClient.REASON_START_LINE);
    }

    @ParameterizedTest
    @CsvSource({
        "0x13, no colon at all",
        "0x13, : no name",
        "0x13, Content-Length : 5",
        "0x13, Content-Length: 5|Content-Length: 6",
        "0x13, Content-Length: 5|Transfer-Encoding: chunked",
        "0x13, Transfer-Encoding: chunked|Content-Length: 5",
        "0x13, Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "0x15, Content-Length:",
        "0x15, Content-Length: -1",
        "0x15, Content-Length: 5x",
        "0x15, 'Content-Length: 5, 5'",
        "0x15, Content-Length: 0000000000000000000000000000000000000000000000005",
        "0x18, Content-Length: 32768",
        "0x18, Content-Length: 99999999999",
        "0x16, Transfer-Encoding: gzip",
        "0x16, 'Transfer-Encoding: gzip, chunked'",
        "0x16, 'Transfer-Encoding: chunked, chunked, chunked, chunked'",
        "0x16, Transfer-Encoding:",
        "0x1B, X-Refused: yes",
    })
    void refuses_bad_headers_each_for_its_reason(String reason, String headers) {
        receive(OK + headers.replace("|", "\r\n") + "\r\n\r\nhello");

        assertFailed(Byte.decode(reason));
    }

    @Test
    void accepts_the_same_length_twice_and_skips_folded_lines() {
        receive(OK + "Content-Length: 2\r\nX: a\r\n Content-Length: 7\r\n\tb\r\nContent-Length: 2\r\n\r\nok");

        assertDone("ok", true);
    }

    @ParameterizedTest
    @CsvSource({
        "0x17, ''",
        "0x17, x",
        "0x17, ;a=b",
        "0x17, ' 5'",
        "0x17, -5",
        "0x17, 0x5",
        "0x17, 000000005",
        "0x18, 8000",
        "0x18, FFFFFFFF",
    })
    void refuses_bad_chunk_sizes(String reason, String size) {
        receive(OK + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n0\r\n\r\n");

        assertFailed(Byte.decode(reason));
    }

    @Test
    void refuses_a_chunk_longer_than_its_size() {
        receive(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n");

        assertFailed(HttpClient.REASON_CHUNK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: y\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
    void bounds_the_header(String repeated) {
        String start = repeated.startsWith("HTTP") ? "" : OK;
        receive(start + repeated.repeat(3000));

        assertFailed(HttpClient.REASON_HEADER_TOO_LONG);
    }

    @Test
    void bounds_extensions_and_trailers() {
        receive(OK + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(9000));
        assertFailed(HttpClient.REASON_HEADER_TOO_LONG);

        receive(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "x".repeat(9000));
        assertFailed(HttpClient.REASON_HEADER_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Transfer-Encoding: chunked\r\n"})
    void bounds_a_body_without_length(String header) {
        String piece = header.isEmpty() ? "x".repeat(1000) : "3e8\r\n" + "x".repeat(1000) + "\r\n";
        boolean wanted = receive(OK + header + "\r\n" + piece.repeat(40));

        assertThat(wanted).isFalse();
        assertFailed(HttpClient.REASON_BODY_TOO_LONG);
        assertThat(got.body.size()).isLessThanOrEqualTo(32767);
    }

    @Test
    void takes_a_body_of_the_largest_size() {
        receive(OK + "Content-Length: 32767\r\n\r\n" + "x".repeat(32767));

        assertThat(http.isDone()).isTrue();
        assertThat(got.body.size()).isEqualTo(32767);
    }

    @Test
    void tells_no_response_from_a_truncated_one_at_every_byte() {
        String[] responses = {
            OK + "Content-Length: 5\r\n\r\nhello", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        };
        for (String response : responses) {
            for (int cut = 0; cut < response.length(); cut++) {
                receive(response.substring(0, cut));
                assertThat(http.isUnanswered()).isEqualTo(cut == 0);
                http.connectionClosed(true);

                assertFailed(cut == 0 ? HttpClient.REASON_NO_RESPONSE : HttpClient.REASON_TRUNCATED);
            }
        }
    }

    @Test
    void reads_the_same_however_the_bytes_are_split() {
        String chunked = "HTTP/1.1 100 Continue\r\n\r\n" + OK + "Server: " + "s".repeat(60)
                + "\r\nTransfer-Encoding: chunked\r\n\r\n4;e=1\r\nabcd\r\n1f\r\n" + "x".repeat(31)
                + "\r\n0\r\nT: u\r\n\r\n";
        String body = "abcd" + "x".repeat(31);
        for (int first = 0; first <= chunked.length(); first++) {
            for (int second = first; second <= chunked.length(); second++) {
                begin();
                feed(chunked.substring(0, first));
                feed(chunked.substring(first, second));
                feed(chunked.substring(second));
                assertDone(body, true);
            }
        }
        begin();
        chunked.chars().forEach(c -> feed(String.valueOf((char) c)));
        assertDone(body, true);
    }

    @Test
    void survives_any_mutation_without_an_exception_or_a_body_beyond_its_limit() {
        String[] seeds = {
            "HTTP/1.1 100 Continue\r\n\r\n" + OK + "Content-Length: 5\r\nConnection: close\r\n\r\nhello",
            OK + "Transfer-Encoding: chunked\r\nX: y\r\n\r\n5;e\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n",
        };
        Random random = new Random(7);
        for (int run = 0; run < 20_000; run++) {
            byte[] response = bytes(seeds[run % 2]);
            for (int i = random.nextInt(4); i >= 0; i--) {
                response[random.nextInt(response.length)] = (byte) random.nextInt(256);
            }
            receive(new String(response, ISO_8859_1));
            http.connectionClosed(true);

            assertThat(http.isDone() || http.isFailed()).isTrue();
            assertThat(http.isFailed()).isEqualTo(http.reason() != HttpClient.REASON_NONE);
            assertThat(got.body.size()).isLessThan(response.length);
        }
    }

    @Test
    void forgets_the_response_before_with_each_request() {
        receive("HTTP/1.1 500 No\r\n\r\n");
        receive(OK + "Content-Length: 2\r\n\r\nok");

        assertDone("ok", true);
        assertThat(http.reason()).isEqualTo(HttpClient.REASON_NONE);
        http.reset();
        assertThat(http.receive(bytes("x"), (short) 0, (short) 1)).isFalse();
        assertThat(http.isDone() || http.isFailed()).isFalse();
    }

    private void begin() {
        got.clear();
        post(bytes("/"), bytes("h"), bytes("t"), (short) 0);
        http.endHeaders();
    }

    private boolean receive(String response) {
        begin();
        return feed(response);
    }

    /** Feeds pieces of what a RECEIVE DATA carries, at an odd offset, so that an offset taken for zero shows. */
    private boolean feed(String text) {
        boolean wanted = true;
        for (int off = 0; off < text.length() && wanted; off += 200) {
            String piece = text.substring(off, Math.min(text.length(), off + 200));
            wanted = http.receive(bytes("###" + piece + "###"), (short) 3, (short) piece.length());
        }
        return wanted;
    }

    private void assertDone(String body, boolean reusable) {
        assertThat(http.reason()).isEqualTo(HttpClient.REASON_NONE);
        assertThat(http.isDone()).isTrue();
        assertThat(http.isFailed()).isFalse();
        assertThat(got.body.toString(ISO_8859_1)).isEqualTo(body);
        assertThat(http.isReusable()).isEqualTo(reusable);
    }

    private void assertFailed(int reason) {
        assertThat(http.isFailed()).isTrue();
        assertThat(http.isDone()).isFalse();
        assertThat(http.isReusable()).isFalse();
        assertThat(http.reason()).isEqualTo((byte) reason);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static final class Sink implements ByteSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int flushed;

        @Override
        public void write(byte b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] buf, short off, short len) {
            bytes.write(buf, off, len);
        }

        @Override
        public void flush() {
            flushed++;
        }

        String text() {
            return bytes.toString(ISO_8859_1);
        }
    }

    private static final class Listener implements HttpListener {
        private final List<String> headers = new ArrayList<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        @Override
        public boolean takeHeader(byte[] line, short len) {
            headers.add(new String(line, 0, len, ISO_8859_1));
            return !headers.get(headers.size() - 1).startsWith("X-Refused");
        }

        @Override
        public void takeBody(byte[] buf, short off, short len) {
            body.write(buf, off, len);
        }

        void clear() {
            headers.clear();
            body.reset();
        }
    }

    private void post(byte[] path, byte[] host, byte[] mediaType, short length) {
        http.post(path, (short) 0, (short) path.length, host, (short) 0, (short) host.length, mediaType, length);
    }
}
