// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.bipline.card.bip.ByteSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ByteSink sink = new ByteSink() {
        @Override
        public void write(byte b) {
            sent.write(b);
        }

        @Override
        public void write(byte[] buf, short off, short len) {
            sent.write(buf, off, len);
        }

        @Override
        public void flush() {}
    };
    private final HttpListener listener = new HttpListener() {
        @Override
        public boolean takeHeader(byte[] line, short len) {
            return !new String(line, 0, len, ISO_8859_1).startsWith("Content-Type: bad");
        }

        @Override
        public void takeBody(byte[] buf, short off, short len) {
            body.write(buf, off, len);
        }
    };
    private final HttpServer http =
            new HttpServer(sink, listener, bytes("/dm"), new HttpClient(sink, listener, new byte[48]));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /dm HTTP/1.1",
                "POST /dm?x=1 HTTP/1.1",
                "POST http://127.0.0.1:80/dm HTTP/1.1",
                "\r\nPOST /dm HTTP/1.1"
            })
    void takes_a_post_for_its_path(String line) {
        receive(line + "\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");

        assertThat(http.isDone()).isTrue();
        assertThat(http.isReusable()).isTrue();
        assertThat(body.toString(ISO_8859_1)).isEqualTo("hello");
    }

    @Test
    void takes_a_body_in_chunks() {
        receive("POST /dm HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");

        assertThat(http.isDone()).isTrue();
        assertThat(body.toString(ISO_8859_1)).isEqualTo("hello");
    }

    @Test
    void answers_with_the_length_of_the_body_and_keeps_the_connection() {
        for (int i = 0; i < 2; i++) {
            receive("POST /dm HTTP/1.1\r\nContent-Length: 1\r\n\r\nx");
            http.respond(bytes("text/x"), (short) 2);
            http.write(bytes("x-a: b"), (short) 0, (short) 6);
            http.endLine();
            http.endHeaders();
            http.write((byte) 'o');
            http.write(bytes("k"), (short) 0, (short) 1);
            http.flush();
        }

        String answer = "HTTP/1.1 200 \r\nContent-Type: text/x\r\nContent-Length: 2\r\nx-a: b\r\n\r\nok";
        assertThat(sent.toString(ISO_8859_1)).isEqualTo(answer + answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1\r\nConnection: close", "1.0"})
    void tells_that_it_closes_where_the_peer_wants_so(String rest) {
        receive("POST /dm HTTP/" + rest + "\r\nContent-Length: 1\r\n\r\nx");
        assertThat(http.isReusable()).isFalse();
        http.respond(bytes("t"), (short) 0);

        assertThat(sent.toString(ISO_8859_1)).contains("\r\nConnection: close\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /dm HTTP/1.1,, 405",
        "POSTS /dm HTTP/1.1,, 405",
        "POST /dmx HTTP/1.1,, 404",
        "POST /d HTTP/1.1,, 404",
        "POST / HTTP/1.1,, 404",
        "POST /dm HTTP/2.0,, 505",
        "POST /dm,, 400",
        "POST /dm FTP/1.1,, 400",
        "POST,, 400",
        "POST /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1,, 414",
        "POST /dm HTTP/1.1, Host: x, 411",
        "POST /dm HTTP/1.1, no colon, 400",
        "POST /dm HTTP/1.1, Content-Length: x, 400",
        "POST /dm HTTP/1.1, Content-Length: 32768, 413",
        "POST /dm HTTP/1.1, Content-Type: bad, 415",
        "POST /dm HTTP/1.1, Expect: 200-ok, 417",
        "POST /dm HTTP/1.1, Expect: 100-continue;x=1, 417",
        "POST /dm HTTP/1.1, Transfer-Encoding: gzip, 501"
    })
    void refuses_what_it_does_not_serve_with_the_status_for_it(String line, String header, int status) {
        receive(line + "\r\n" + (header == null ? "" : header + "\r\n") + "\r\n");
        assertThat(http.isFailed()).isTrue();
        assertThat(http.isReusable()).isFalse();
        http.refuse();

        assertThat(sent.toString(ISO_8859_1))
                .isEqualTo("HTTP/1.1 " + status + " \r\n" + (status == 405 ? "Allow: POST\r\n" : "")
                        + "Connection: close\r\nContent-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Expect: 100-continue\r\nContent-Length: 5",
                "Content-Length: 5\r\nexpect:100-Continue",
                "Expect: 100-continue\r\nTransfer-Encoding: chunked"
            })
    void gives_leave_to_a_client_that_waits_with_its_body(String header) {
        receive("POST /dm HTTP/1.1\r\n" + header + "\r\n\r\n");
        assertThat(http.isAskedToContinue()).isTrue();
        http.proceed();
        assertThat(sent.toString(ISO_8859_1)).isEqualTo("HTTP/1.1 100 \r\n\r\n");
        assertThat(http.isAskedToContinue()).as("once").isFalse();

        byte[] rest = bytes(header.contains("chunked") ? "5\r\nhello\r\n0\r\n\r\n" : "hello");
        assertThat(http.receive(rest, (short) 0, (short) rest.length)).isTrue();
        assertThat(http.isDone()).isTrue();
        assertThat(body.toString(ISO_8859_1)).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", // it does not know the response
                "1.0\r\nExpect: anything\r\nContent-Length: 5\r\n\r\n",
                "1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nh", // does not wait
                "1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n5",
                "1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n", // has nothing to wait with
                "1.1\r\nContent-Length: 5\r\n\r\n"
            })
    void gives_none_where_nobody_waits_for_it(String request) {
        receive("POST /dm HTTP/" + request);

        assertThat(http.isFailed()).isFalse();
        assertThat(http.isAskedToContinue()).isFalse();
    }

    @Test
    void refuses_a_header_without_end() {
        receive("POST /dm HTTP/1.1\r\n" + "X: y\r\n".repeat(1400));
        http.refuse();

        assertThat(sent.toString(ISO_8859_1)).startsWith("HTTP/1.1 431 \r\n");
    }

    @Test
    void takes_no_bytes_behind_a_request_before_it_is_answered() {
        http.await();
        byte[] two = bytes("POST /dm HTTP/1.1\r\nContent-Length: 1\r\n\r\nxPOST");
        assertThat(http.receive(two, (short) 0, (short) two.length)).isFalse();
        assertThat(http.isReusable()).isFalse();
    }

    /** Byte by byte, as nothing else shows that no state is lost between. */
    private void receive(String request) {
        http.await();
        byte[] bytes = bytes(request);
        for (short at = 0; at < bytes.length; at++) {
            http.receive(bytes, at, (short) 1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
