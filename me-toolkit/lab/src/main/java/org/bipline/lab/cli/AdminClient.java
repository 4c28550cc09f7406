// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.bipline.dm.tnds.Tnds;
import org.bipline.lab.Failure;

/** Talks to the administration of a running gateway. */
final class AdminClient {
    /** Seconds that the gateway lets a request wait for the end of a job. */
    static final long MAX_WAIT = 60;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(MAX_WAIT + 15);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String url;
    private final String token;

    AdminClient(String url, String token) {
        this.url = url.replaceAll("/+$", "");
        this.token = token;
    }

    JsonNode get(String path) throws Failure {
        return send("GET", path, BodyPublishers.noBody());
    }

    JsonNode delete(String path) throws Failure {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** Sends the content of a file. */
    JsonNode put(String path, Path file) throws Failure {
        return send("PUT", path, content(file));
    }

    JsonNode post(String path, Path file) throws Failure {
        return send("POST", path, content(file));
    }

    /** Without a body. */
    JsonNode post(String path) throws Failure {
        return send("POST", path, BodyPublishers.noBody());
    }

    /** A value for the query of a path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static BodyPublisher content(Path file) throws Failure {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new Failure(Failure.Kind.INPUT, file + ": is gone; give it again", e);
        }
    }

    private JsonNode send(String method, String path, BodyPublisher body) throws Failure {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .timeout(REQUEST)
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", Tnds.XML_MEDIA_TYPE)
                            .method(method, body)
                            .build(),
                    BodyHandlers.ofString());
            JsonNode json = JSON.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw refused(response.statusCode(), json);
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    url + " is no gateway's administration; give another URL with --admin",
                    e);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    "no gateway answers at " + url
                            + "; start one by 'bipline gateway', or give its directory with --data",
                    e);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INPUT, "--admin " + url + " is no URL; give one such as http://127.0.0.1:8081", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Failure.Kind.ENVIRONMENT, "interrupted", e);
        }
    }

    private static Failure refused(int status, JsonNode json) {
        StringBuilder what = new StringBuilder(json.path("error").asText("HTTP status " + status));
        json.path("details").forEach(detail -> what.append("; ").append(detail.asText()));
        Failure.Kind kind = status >= 500 ? Failure.Kind.ENVIRONMENT : Failure.Kind.INPUT;
        return new Failure(kind, "the gateway: " + what);
    }
}
