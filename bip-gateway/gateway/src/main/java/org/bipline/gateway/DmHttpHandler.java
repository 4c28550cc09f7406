// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.WriteTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.server.DmRequest;
import org.bipline.dm.server.DmResponse;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.gateway.GatewayListener.Connection;
import org.bipline.gateway.GatewayListener.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection of a DM client: POST requests go to the DM server one at a time, in order.
 *
 * <p>A request that cannot succeed is refused on its head, before its body is read; the connection is then closed
 * unless the request had no body. While the DM server works, nothing is read from the connection, so what a peer
 * pipelines waits in the {@code FlowControlHandler} before this handler and in TCP.
 */
final class DmHttpHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(DmHttpHandler.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Gateway.Settings settings;
    private final ConnectionGuard guard;
    private final Connection connection;
    private final Function<DmRequest, DmResponse> server;
    private final Executor workers;

    private HttpRequest head;
    private ByteBuf body;
    private boolean discarding;
    private boolean busy;
    private boolean closeWhenIdle;

    DmHttpHandler(
            Gateway.Settings settings,
            ConnectionGuard guard,
            Connection connection,
            Function<DmRequest, DmResponse> server,
            Executor workers) {
        this.settings = settings;
        this.guard = guard;
        this.connection = connection;
        this.server = server;
        this.workers = workers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (discarding || !ctx.channel().isActive()) { // nobody waits for an answer; the codec flushes what it has
            return;
        }
        if (message instanceof HttpRequest request) {
            guard.requestBegun(ctx);
            begin(ctx, request);
        } else if (message instanceof HttpContent content) {
            append(ctx, content);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        head = request;
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            refuse(ctx, refusal.get());
            return;
        }
        body = ctx.alloc().buffer();
        if (HttpUtil.is100ContinueExpected(request)) {
            var unused = ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private record Refusal(HttpResponseStatus status, String line) {}

    private Optional<Refusal> refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(malformed(request.decoderResult()));
        }
        String uri = request.uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        if (!path.equals(settings.path())) {
            return refusal(HttpResponseStatus.NOT_FOUND, "no DM server here; it is at " + settings.path());
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "DM messages come by POST");
        }
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (SyncMlCodec.of(type).isEmpty()) {
            return refusal(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    "content type must be application/vnd.syncml.dm+wbxml or application/vnd.syncml.dm+xml");
        }
        String expect = request.headers().get(HttpHeaderNames.EXPECT);
        if (expect != null && !HttpUtil.is100ContinueExpected(request)) {
            return refusal(HttpResponseStatus.EXPECTATION_FAILED, "only 100-continue may be expected");
        }
        if (HttpUtil.getContentLength(request, 0L) > settings.limits().maxBody()) {
            return Optional.of(tooLarge());
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refusal(HttpResponseStatus status, String line) {
        return Optional.of(new Refusal(status, line));
    }

    private static Refusal malformed(DecoderResult result) {
        Throwable cause = result.cause();
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "request line too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "header fields too large");
        }
        return new Refusal(HttpResponseStatus.BAD_REQUEST, "not an HTTP request");
    }

    private Refusal tooLarge() {
        return new Refusal(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "body larger than " + settings.limits().maxBody() + " bytes");
    }

    private void append(ChannelHandlerContext ctx, HttpContent content) {
        if (head == null) { // of a request that was refused on its head
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(ctx, malformed(content.decoderResult()));
            return;
        }
        if (body.readableBytes() + content.content().readableBytes()
                > settings.limits().maxBody()) {
            refuse(ctx, tooLarge());
            return;
        }
        body.writeBytes(content.content());
        if (content instanceof LastHttpContent) {
            dispatch(ctx);
        }
    }

    private void dispatch(ChannelHandlerContext ctx) {
        guard.requestComplete(ctx);
        busy = true;
        ctx.channel().config().setAutoRead(false);
        ByteString bytes = takeBody();
        HttpRequest request = head;
        head = null;
        settings.listener().requestReceived(connection, shown(request, bytes));
        String uri = request.uri();
        int query = uri.indexOf('?');
        Optional<ByteString> pskIdentity =
                Optional.ofNullable(ctx.channel().attr(TlsHandler.PSK_IDENTITY).get());
        DmRequest dmRequest = new DmRequest(
                Optional.ofNullable(request.headers().get(HttpHeaderNames.CONTENT_TYPE)),
                Optional.ofNullable(request.headers().get(MacHeader.NAME)),
                query < 0 ? Optional.empty() : Optional.of(uri.substring(query + 1)),
                bytes,
                pskIdentity,
                connection + (pskIdentity.isPresent() ? " with TLS" : ""));
        try {
            workers.execute(() -> {
                DmResponse response = answer(dmRequest);
                ctx.executor().execute(() -> respond(ctx, request, response));
            });
        } catch (RejectedExecutionException e) { // only while the gateway closes
            respond(ctx, request, unavailable());
        }
    }

    private DmResponse answer(DmRequest request) {
        try {
            return server.apply(request);
        } catch (RuntimeException e) {
            LOG.error("{}: DM server failed", connection, e);
            return DmResponse.error(500, "the server failed; see its log");
        }
    }

    private static DmResponse unavailable() {
        return DmResponse.error(503, "the server is closing");
    }

    private void respond(ChannelHandlerContext ctx, HttpRequest request, DmResponse answer) {
        busy = false;
        if (!ctx.channel().isActive()) {
            return;
        }
        FullHttpResponse response = response(
                HttpResponseStatus.valueOf(answer.status()),
                answer.contentType(),
                Unpooled.wrappedBuffer(answer.body().toByteArray()));
        answer.hmac().ifPresent(value -> response.headers().set(MacHeader.NAME, value));
        boolean keepAlive = HttpUtil.isKeepAlive(request) && !closeWhenIdle;
        write(ctx, request, response, keepAlive);
        if (keepAlive) {
            guard.responseWritten(ctx);
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
        HttpRequest request = head;
        head = null;
        takeBody();
        boolean hasBody = HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0L;
        boolean keepAlive =
                request.decoderResult().isSuccess() && !hasBody && HttpUtil.isKeepAlive(request) && !closeWhenIdle;
        discarding = !keepAlive;
        LOG.warn("{}: {} {}: {}", connection, request.method(), refusal.status(), refusal.line());
        settings.listener().requestReceived(connection, shown(request, ByteString.EMPTY));
        FullHttpResponse response =
                response(refusal.status(), TEXT, Unpooled.copiedBuffer(refusal.line() + "\n", StandardCharsets.UTF_8));
        if (refusal.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.POST);
        }
        write(ctx, request, response, keepAlive);
        if (keepAlive) {
            guard.responseWritten(ctx);
        }
    }

    private static FullHttpResponse response(HttpResponseStatus status, String contentType, ByteBuf content) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        return response;
    }

    private void write(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse response, boolean keepAlive) {
        if (request.method().equals(HttpMethod.HEAD)) { // RFC 9110 clause 9.3.2: the length of what GET would bring
            response.content().clear();
        }
        HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
        settings.listener().responseSent(connection, shown(response));
        var written = ctx.writeAndFlush(response);
        if (!keepAlive) {
            guard.closing("closed after the response");
            var unused = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private ByteString takeBody() {
        if (body == null) {
            return ByteString.EMPTY;
        }
        ByteString bytes = ByteString.of(ByteBufUtil.getBytes(body));
        body.release();
        body = null;
        return bytes;
    }

    private static HttpMessage shown(HttpRequest request, ByteString body) {
        return new HttpMessage(
                request.method() + " " + request.uri() + " " + request.protocolVersion(),
                request.headers().entries().stream()
                        .map(e -> Map.entry(e.getKey(), e.getValue()))
                        .toList(),
                body);
    }

    private static HttpMessage shown(FullHttpResponse response) {
        return new HttpMessage(
                response.protocolVersion() + " " + response.status(),
                response.headers().entries().stream()
                        .map(e -> Map.entry(e.getKey(), e.getValue()))
                        .toList(),
                ByteString.of(ByteBufUtil.getBytes(response.content())));
    }

    /** Closes the connection as soon as no request is being answered. On the event loop. */
    void closeWhenIdle(ChannelHandlerContext ctx) {
        closeWhenIdle = true;
        if (!busy) {
            guard.close(ctx, "gateway closed");
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        takeBody();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        takeBody();
        settings.listener().connectionClosed(connection, guard.closeReason());
        LOG.debug("{}: {}", connection, guard.closeReason());
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof WriteTimeoutException) {
            guard.close(ctx, "response not taken in time");
        } else if (cause instanceof IOException) {
            guard.close(ctx, "connection failed: " + cause.getMessage());
        } else {
            LOG.error("{}: closed on an unexpected fault", connection, cause);
            guard.close(ctx, "fault of the gateway");
        }
    }
}
