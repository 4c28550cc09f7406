// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.MacHeader;

/** DM over HTTP: a message is the body of a POST. OMA DM Transport dependent profile, HTTP binding. */
public final class HttpTransport implements DmTransport, Download, AutoCloseable {
    private static final int OK = 200;

    private final HttpClient http;
    private final Duration timeout;
    private final int maxSize;

    /**
     * @param timeout for a connection, and for an answer
     * @param maxSize octets of the largest answer that is read
     */
    public HttpTransport(Duration timeout, int maxSize) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
        this.timeout = timeout;
        this.maxSize = maxSize;
    }

    @Override
    public Message post(String uri, Message message) throws IOException {
        HttpRequest.Builder request = request(uri)
                .header("Content-Type", message.contentType())
                .header("Accept", message.contentType())
                .header("Cache-Control", "no-store")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body().toByteArray()));
        message.mac().ifPresent(mac -> request.header(MacHeader.NAME, mac));
        HttpResponse<InputStream> response = send(request.build());
        ByteString body = body(response);
        if (response.statusCode() != OK) {
            throw new IOException("HTTP status " + response.statusCode() + " from " + uri);
        }
        return new Message(
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue(MacHeader.NAME),
                body);
    }

    @Override
    public Content get(String url) throws IOException {
        HttpResponse<InputStream> response = send(request(url).GET().build());
        ByteString body = body(response);
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Content(response.statusCode(), type, body);
    }

    @Override
    public void report(String url, String status) throws IOException {
        HttpRequest request = request(url)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(status))
                .build();
        body(send(request));
    }

    private HttpRequest.Builder request(String uri) throws IOException {
        try {
            return HttpRequest.newBuilder(URI.create(uri)).timeout(timeout);
        } catch (IllegalArgumentException e) {
            throw new IOException("no URL of HTTP: " + uri, e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private ByteString body(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            byte[] octets = body.readNBytes(maxSize + 1);
            if (octets.length > maxSize) {
                throw new IOException("answer of more than " + maxSize + " octets");
            }
            return ByteString.of(octets);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
