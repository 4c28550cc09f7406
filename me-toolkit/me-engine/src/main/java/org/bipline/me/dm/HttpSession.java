// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.auth.MacHeader;
import org.bipline.me.Bearer;
import org.bipline.me.MeApplication;
import org.bipline.me.MeClock;

/**
 * One DM session over one connection to a port of the terminal: OMA DM Transport dependent profile, HTTP binding. Nothing here waits; all of it
 * runs in the ME's own thread, and what the network says comes as a message.
 */
final class HttpSession implements Bearer.Listener {
    private static final int MAX_RESPONSE = 1 << 20;
    private static final int READ = 0xFFFF;

    private final MeApplication.Host host;
    private final InetSocketAddress destination;
    private final Bearer.Access access;
    private final ClientSession session;
    private final Duration patience;
    private final Consumer<SessionOutcome> over;
    private final EmbeddedChannel http =
            new EmbeddedChannel(new HttpClientCodec(), new HttpObjectAggregator(MAX_RESPONSE));
    private Bearer.Link link;
    private MeClock.Alarm alarm = () -> {};
    private boolean ended;

    /**
     * A connection yet to be made.
     *
     * @param access the way to the destination; {@link Bearer.Access#WITHIN_TERMINAL} to a port of the terminal
     * @param patience longest time for the connection, and for each answer
     * @param over is told how the session ended, once
     */
    HttpSession(
            MeApplication.Host host,
            InetSocketAddress destination,
            Bearer.Access access,
            ClientSession session,
            Duration patience,
            Consumer<SessionOutcome> over) {
        this.host = host;
        this.destination = destination;
        this.access = access;
        this.session = session;
        this.patience = patience;
        this.over = over;
    }

    void start() {
        waitAtMost("no connection after ");
        TransportProtocol protocol = access.equals(Bearer.Access.WITHIN_TERMINAL)
                ? TransportProtocol.TCP_CLIENT_LOCAL
                : TransportProtocol.TCP_CLIENT_REMOTE;
        link = host.bearer().connect(protocol, destination, access, this);
    }

    /** Breaks the session off. */
    void stop(String reason) {
        next(session.failed(reason));
    }

    @Override
    public void connected(InetSocketAddress local, InetSocketAddress remote) {
        post(() -> {
            link.request(READ);
            next(session.begin());
        });
    }

    @Override
    public void failed(Bearer.Failure failure, String reason) {
        post(() -> stop("no connection: " + reason));
    }

    @Override
    public void received(ByteString bytes) {
        post(() -> {
            try {
                http.writeInbound(Unpooled.wrappedBuffer(bytes.toBytes()));
                take();
            } catch (DecoderException e) {
                stop("no HTTP response: " + e.getMessage());
            }
            if (!ended) {
                link.request(READ);
            }
        });
    }

    @Override
    public void sent(int bytes) {
        // one message at a time: what the network does not take yet waits in the link
    }

    /** An answer may end with the connection; any other end is one before its time. */
    @Override
    public void dropped(String reason) {
        post(() -> {
            try {
                http.finish();
            } catch (PrematureChannelClosureException e) {
                // an answer that ends in its middle is none
            }
            take();
            if (!ended) {
                stop("connection lost: " + reason);
            }
        });
    }

    private void post(Runnable work) {
        host.post(() -> {
            if (!ended) {
                work.run();
            }
        });
    }

    private void take() {
        FullHttpResponse response = http.readInbound();
        if (response == null || ended) {
            return;
        }
        try {
            if (response.decoderResult().isFailure()) {
                stop("no HTTP response: " + response.decoderResult().cause().getMessage());
            } else if (!response.status().equals(HttpResponseStatus.OK)) {
                stop("HTTP status " + response.status().code());
            } else {
                next(session.answered(message(response)));
            }
        } finally {
            response.release();
        }
    }

    private static DmTransport.Message message(FullHttpResponse response) {
        byte[] body = new byte[response.content().readableBytes()];
        response.content().readBytes(body);
        return new DmTransport.Message(
                response.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                Optional.ofNullable(response.headers().get(MacHeader.NAME)),
                org.bipline.dm.ByteString.of(body));
    }

    private void next(ClientSession.Turn turn) {
        switch (turn) {
            case ClientSession.Sends sends -> post(sends);
            case ClientSession.Ends ends -> {
                ended = true;
                alarm.cancel();
                http.finishAndReleaseAll();
                link.close();
                over.accept(ends.outcome());
            }
        }
    }

    private void post(ClientSession.Sends sends) {
        byte[] body = sends.message().body().toByteArray();
        URI uri = URI.create(sends.address());
        String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(body));
        request.headers()
                .set(HttpHeaderNames.HOST, destination.getHostString() + ":" + destination.getPort())
                .set(HttpHeaderNames.CONTENT_TYPE, sends.message().contentType())
                .set(HttpHeaderNames.ACCEPT, sends.message().contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        sends.message().mac().ifPresent(mac -> request.headers().set(MacHeader.NAME, mac));
        http.writeOutbound(request);
        waitAtMost("no answer after ");
        for (ByteBuf out = http.readOutbound(); out != null; out = http.readOutbound()) {
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            out.release();
            link.send(ByteString.wrap(bytes));
        }
    }

    private void waitAtMost(String complaint) {
        alarm.cancel();
        alarm = host.clock().schedule(patience, () -> post(() -> stop(complaint + patience.toSeconds() + " s")));
    }
}
