// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.DmRequest;
import org.bipline.dm.server.DmResponse;
import org.bipline.gateway.GatewayListener.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DmHttpHandlerTest {
    private static final String TYPE = "application/vnd.syncml.dm+wbxml";
    private static final GatewayLimits LIMITS = new GatewayLimits(
            1000, 500, Duration.ofSeconds(10), Duration.ofSeconds(60), 10, GatewayLimits.PerSource.DEFAULT);

    private final List<String> events = new ArrayList<>();
    private final List<DmRequest> requests = new ArrayList<>();
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    DmHttpHandlerTest() {
        channel.freezeTime();
        GatewayListener listener = new GatewayListener() {
            @Override
            public void connectionClosed(Connection connection, String reason) {
                events.add("closed: " + reason);
            }

            @Override
            public void requestReceived(Connection connection, HttpMessage request) {
                events.add(request.startLine() + " " + request.body().length());
            }

            @Override
            public void responseSent(Connection connection, HttpMessage response) {
                events.add(response.startLine() + " " + response.body().length());
            }
        };
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("client", 1);
        Gateway.addHandlers(
                channel,
                new Gateway.Settings("/dm", LIMITS, listener),
                new Connection(1, nowhere, nowhere),
                this::echo,
                work::add);
        channel.pipeline().fireChannelActive();
    }

    /** Answers with the body of the request, turned round. */
    private DmResponse echo(DmRequest request) {
        requests.add(request);
        String text = new String(request.body().toByteArray(), StandardCharsets.UTF_8);
        return new DmResponse(
                200,
                TYPE,
                request.hmac(),
                ByteString.utf8(new StringBuilder(text).reverse().toString()));
    }

    @AfterEach
    void nothing_leaks() {
        channel.finishAndReleaseAll();
    }

    private void receive(String text) {
        ByteBuf buffer = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        channel.writeInbound(buffer);
    }

    private void workOnce() {
        work.remove().run();
        channel.runPendingTasks();
    }

    private String sent() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
            all.append(buffer.toString(StandardCharsets.UTF_8));
            buffer.release();
        }
        return all.toString();
    }

    private static String post(String body) {
        return "POST /dm HTTP/1.1\r\nHost: x\r\nContent-Type: " + TYPE + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    @Test
    void answers_a_request_that_comes_a_byte_at_a_time_and_releases_each() {
        List<ByteBuf> all = new ArrayList<>();
        for (char c : post("abc").toCharArray()) {
            ByteBuf one = Unpooled.copiedBuffer(String.valueOf(c), StandardCharsets.UTF_8);
            channel.writeInbound(one);
            all.add(one);
        }
        assertThat(all).allMatch(one -> one.refCnt() == 0);
        workOnce();

        assertThat(sent())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("content-type: " + TYPE)
                .endsWith("\r\n\r\ncba");
        assertThat(events).containsExactly("POST /dm HTTP/1.1 3", "HTTP/1.1 200 OK 3");
        assertThat(channel.isOpen()).isTrue();
        assertThat(requests.get(0).origin()).startsWith("connection 1 from client");
    }

    @Test
    void answers_pipelined_requests_in_order_one_at_a_time() {
        receive(post("1a") + post("2b") + post("3c"));
        assertThat(work).hasSize(1);
        workOnce();
        assertThat(work).hasSize(1);
        workOnce();
        workOnce();

        assertThat(sent().split("HTTP/1.1 200 OK"))
                .satisfiesExactly(
                        nothing -> assertThat(nothing).isEmpty(),
                        first -> assertThat(first).endsWith("a1"),
                        second -> assertThat(second).endsWith("b2"),
                        third -> assertThat(third).endsWith("c3"));
    }

    @Test
    void takes_a_chunked_request() {
        receive("POST /dm HTTP/1.1\r\nContent-Type: " + TYPE + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
        receive("1\r\nc\r\n0\r\n\r\n");
        workOnce();

        assertThat(sent()).endsWith("cba");
    }

    @Test
    void invites_the_body_where_the_client_expects_it() {
        receive("POST /dm HTTP/1.1\r\nContent-Type: " + TYPE + "\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        assertThat(sent()).startsWith("HTTP/1.1 100 Continue");
        receive("abc");
        workOnce();
        assertThat(sent()).startsWith("HTTP/1.1 200 OK").endsWith("cba");
    }

    @Test
    void does_not_invite_a_body_that_it_will_refuse() {
        receive("POST /dm HTTP/1.1\r\nContent-Type: " + TYPE
                + "\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
        assertThat(sent()).startsWith("HTTP/1.1 413 ");
        assertThat(channel.isOpen()).isFalse();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("GET /dm HTTP/1.1\r\n\r\n", 405, true),
                Arguments.of("HEAD /dm HTTP/1.1\r\n\r\n", 405, true),
                Arguments.of("PUT /dm HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", 405, false),
                Arguments.of("GET /other HTTP/1.1\r\n\r\n", 404, true),
                Arguments.of("POST /dm/more HTTP/1.1\r\nContent-Length: 0\r\n\r\n", 404, true),
                Arguments.of("POST /dm HTTP/1.1\r\nContent-Type: text/xml\r\nContent-Length: 1\r\n\r\nx", 415, false),
                Arguments.of("POST /dm HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", 415, false),
                Arguments.of(
                        "POST /dm HTTP/1.1\r\nContent-Type: " + TYPE + "\r\nExpect: gold\r\nContent-Length: 0\r\n\r\n",
                        417,
                        true),
                Arguments.of(
                        "POST /dm HTTP/1.1\r\nContent-Type: " + TYPE + "\r\nContent-Length: 1001\r\n\r\n", 413, false),
                Arguments.of(
                        "POST /dm HTTP/1.1\r\nContent-Type: " + TYPE + "\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
                                + "x".repeat(1001),
                        413,
                        false),
                Arguments.of(
                        "POST /dm HTTP/1.1\r\nContent-Type: " + TYPE
                                + "\r\nTransfer-Encoding: chunked\r\n\r\nnumber\r\n",
                        400,
                        false),
                Arguments.of("POST /dm HTTP/1.1\r\nX: " + "y".repeat(600) + "\r\n\r\n", 431, false),
                Arguments.of("POST /" + "y".repeat(600) + " HTTP/1.1\r\n\r\n", 414, false),
                Arguments.of("\u0016\u0003\u0001 this is no HTTP\r\n\r\n", 400, false));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses_what_cannot_succeed(String request, int status, boolean staysOpen) {
        receive(request);

        assertThat(sent()).startsWith("HTTP/1.1 " + status + " ").contains("content-type: text/plain");
        assertThat(channel.isOpen()).isEqualTo(staysOpen);
        assertThat(requests).isEmpty();
        assertThat(work).isEmpty();
    }

    @Test
    void head_gets_no_body_and_405_says_what_is_allowed() {
        receive("HEAD /dm HTTP/1.1\r\n\r\n");
        assertThat(sent()).contains("allow: POST\r\n").endsWith("\r\n\r\n");
        receive(post("abc"));
        workOnce();
        assertThat(sent()).startsWith("HTTP/1.1 200 OK").endsWith("cba");
    }

    @Test
    void nothing_after_a_refused_body_is_taken_for_a_request() {
        receive("POST /dm HTTP/1.1\r\nContent-Type: a/b\r\nContent-Length: 5\r\n\r\n12345" + post("abc"));

        assertThat(sent().split("HTTP/1.1 ")).hasSize(2);
        assertThat(requests).isEmpty();
    }

    @Test
    void closes_where_the_client_asks_for_it_or_speaks_http_1_0() {
        receive("POST /dm HTTP/1.0\r\nContent-Type: " + TYPE + "\r\nContent-Length: 2\r\n\r\nab");
        workOnce();
        assertThat(sent()).endsWith("ba");
        assertThat(channel.isOpen()).isFalse();
        assertThat(events).contains("closed: closed after the response");
    }

    @Test
    void closes_a_connection_whose_request_takes_too_long() {
        receive("POST /dm HTTP/1.1\r\n");
        for (int i = 0; i < 9; i++) {
            advance(1);
            receive("X" + i + ": y\r\n"); // a byte now and then does not win time
        }
        assertThat(channel.isOpen()).isTrue();
        advance(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(events).containsExactly("closed: request not complete after 10000 ms");
    }

    @Test
    void closes_an_idle_connection_but_not_one_whose_request_is_being_answered() {
        receive(post("abc"));
        advance(3600);
        assertThat(channel.isOpen()).isTrue();
        workOnce();
        assertThat(sent()).endsWith("cba");
        advance(59);
        assertThat(channel.isOpen()).isTrue();
        advance(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(events).contains("closed: no request for 60000 ms");
    }

    private void advance(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void releases_a_body_that_is_cut() {
        ByteBuf part = Unpooled.copiedBuffer(
                "POST /dm HTTP/1.1\r\nContent-Type: " + TYPE + "\r\nContent-Length: 100\r\n\r\nabc",
                StandardCharsets.UTF_8);
        channel.writeInbound(part);
        channel.close().syncUninterruptibly();

        assertThat(part.refCnt()).isZero();
        assertThat(requests).isEmpty();
        assertThat(events).containsExactly("closed: closed by the peer");
    }

    @Test
    void an_answer_for_a_connection_that_is_gone_is_dropped() {
        receive(post("abc"));
        channel.close().syncUninterruptibly();
        workOnce();

        assertThat(sent()).isEmpty();
        assertThat(requests).hasSize(1);
    }
}
