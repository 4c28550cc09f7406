// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.server.DmRequest;
import org.bipline.dm.server.DmResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DM server elsewhere, to which messages go by HTTP as they are: body, Content-Type, {@code x-syncml-hmac} and the query of the request
 * URI, and back the same but for the query. Digests over a message stay right. Of the cards' side the server sees whose key of TLS a card has proven to
 * have ({@value #PSK_IDENTITY}); whether that is the device which the message names is for it to compare.
 *
 * <p>A server that cannot be reached, breaks off, redirects or sends too much is answered for with 502, one that takes too long with 504.
 */
public final class Upstream implements Function<DmRequest, DmResponse>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
    private static final String CONTENT_TYPE = "Content-Type";

    /** Header field with the identity, in hexadecimal, whose key of TLS the client has proven to have. A client's own is not handed on. */
    static final String PSK_IDENTITY = "PSK-Identity";

    private final URI uri;
    private final Limits limits;
    private final HttpClient client;

    /**
     * What the server is granted.
     *
     * @param maxBody bytes of a response body
     * @param connectTimeout longest time to a TCP connection
     * @param timeout longest time of an exchange, from its request to the end of the response
     */
    public record Limits(int maxBody, Duration connectTimeout, Duration timeout) {
        /** 1 MiB, 10 s, 30 s. */
        public static final Limits DEFAULT = new Limits(1024 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(30));

        public Limits {
            if (maxBody < 1 || !connectTimeout.isPositive() || !timeout.isPositive()) {
                throw new IllegalArgumentException(
                        "limits not positive: body " + maxBody + ", time-outs " + connectTimeout + ", " + timeout);
            }
        }
    }

    /** @param uri absolute, {@code http} or {@code https} */
    public Upstream(URI uri, Limits limits) {
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("no absolute http or https URL: " + uri);
        }
        this.uri = uri;
        this.limits = limits;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connectTimeout())
                .build();
    }

    @Override
    public DmResponse apply(DmRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(toHttp(request), info -> new Limited(limits.maxBody()));
        try {
            HttpResponse<byte[]> response = exchange.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() / 100 == 3) {
                return failed(request, 502, "redirects with status " + response.statusCode() + "; give its final URL");
            }
            return new DmResponse(
                    response.statusCode(),
                    response.headers().firstValue(CONTENT_TYPE).orElse("application/octet-stream"),
                    response.headers().firstValue(MacHeader.NAME),
                    ByteString.of(response.body()));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return failed(request, 504, "no complete response within " + limits.timeout());
        } catch (ExecutionException e) {
            boolean late = e.getCause() instanceof HttpTimeoutException;
            return failed(request, late ? 504 : 502, reason(e.getCause()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return failed(request, 502, "interrupted: the gateway is closing");
        }
    }

    private HttpRequest toHttp(DmRequest request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(target(request.query()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body().toByteArray()));
        request.contentType().ifPresent(type -> http.header(CONTENT_TYPE, type).header("Accept", type));
        request.hmac().ifPresent(value -> http.header(MacHeader.NAME, value));
        request.pskIdentity().ifPresent(identity -> http.header(PSK_IDENTITY, identity.toHex()));
        return http.build();
    }

    /** With the query of the client's request, by which a server may tell sessions apart (RespURI). */
    private URI target(Optional<String> query) {
        if (query.isEmpty()) {
            return uri;
        }
        try {
            return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + query.get());
        } catch (IllegalArgumentException noUri) { // what a client sends need not be one
            return uri;
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private DmResponse failed(DmRequest request, int status, String what) {
        LOG.warn("{}: {} for upstream server {}: {}", request.origin(), status, uri, what);
        return DmResponse.error(
                status, status == 504 ? "the upstream server takes too long" : "the upstream server failed");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** Collects a body up to a limit. */
    private static final class Limited implements HttpResponse.BodySubscriber<byte[]> {
        private final HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
        private final int max;
        private long received;
        private Flow.Subscription subscription;

        Limited(int max) {
            this.max = max;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return all.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            all.onSubscribe(given);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (received > max) {
                subscription.cancel();
                all.onError(new IOException("response larger than " + max + " bytes"));
            } else {
                all.onNext(buffers);
            }
        }

        @Override
        public void onError(Throwable fault) {
            all.onError(fault);
        }

        @Override
        public void onComplete() {
            all.onComplete();
        }
    }
}
