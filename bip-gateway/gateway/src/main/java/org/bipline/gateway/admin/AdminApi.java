// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.bipline.dm.Position;
import org.bipline.dm.ddf.DescribedNode;
import org.bipline.dm.ddf.Deviation;
import org.bipline.dm.ddf.DeviceDescription;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.AuditCheck;
import org.bipline.dm.server.AuditOperation;
import org.bipline.dm.server.AuditQuery;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.bipline.dm.tnds.TndsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs, devices and desired states of a {@link DmServer} over HTTP, on loopback only: nothing protects what goes over the line but the
 * token, which each request carries ({@code Authorization: Bearer}).
 *
 * <pre>
 * GET    /devices                               all devices, with what they are to have
 * GET    /jobs                                  all jobs
 * GET    /jobs/N?wait=SECONDS                   one with its statuses, when it has ended or the time is over
 * POST   /jobs?device=ID&amp;target=URI&amp;mode=MODE   provisions the object of the body; all parameters may be missing
 * PUT    /desired?device=ID&amp;target=URI          sets what a device is to have, for good: the object of the body
 * DELETE /desired?device=ID&amp;target=URI          forgets that
 * POST   /devices/ID/unlock                     opens credentials that were wrong too often
 * GET    /audit?since=TIME&amp;after=N&amp;device=ID    lines of the audit log, oldest first; all parameters may be missing
 * GET    /audit/check                           whether the audit log is as it was written
 * </pre>
 *
 * Objects come as TNDS in XML, answers are JSON. Who shows the token may do everything: there is one role. Each call is written to the audit
 * log, those without the token too.
 * A fault is answered by {@code {error, details?}}: what is wrong, where, and what to do.
 */
public final class AdminApi implements AutoCloseable {
    /** Lines of the audit log in one answer, at most. */
    public static final int AUDIT_LINES = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_BODY = 4 * 1024 * 1024; // far more than any card holds

    private static final int MAX_WAIT = 60;
    private static final String UNLOCK = "/unlock";

    private final DmServer server;
    private final JobWatch watch;
    private final byte[] authorization;
    private final List<DeviceDescription> descriptions;
    private final HttpServer http;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Listens from now on.
     *
     * @param server stays open when this closes
     * @param watch a listener of the server
     * @param token what callers have to show
     * @param descriptions objects are held against the description of their identifier before they are taken, if one is here
     * @param address on loopback; port 0 takes any free one
     * @throws IOException when the address cannot be bound
     * @throws IllegalArgumentException when the address is not on loopback
     */
    public AdminApi(
            DmServer server,
            JobWatch watch,
            String token,
            List<DeviceDescription> descriptions,
            InetSocketAddress address)
            throws IOException {
        if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(address + " is not on loopback");
        }
        this.server = server;
        this.watch = watch;
        authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.descriptions = List.copyOf(descriptions);
        try {
            http = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
        http.setExecutor(workers);
        http.createContext("/", this::handle);
        http.start();
        LOG.info("administration on {}", address());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /** What is answered instead of what was asked for. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient List<String> details;

        Refusal(int status, String what, List<String> details) {
            super(what);
            this.status = status;
            this.details = details;
        }

        Refusal(int status, String what) {
            this(status, what, List.of());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode answer;
            int status;
            try {
                answer = answer(exchange);
                status = exchange.getRequestMethod().equals("POST") ? 201 : 200;
            } catch (Refusal e) {
                status = e.status;
                answer = AdminJson.error(e.getMessage(), e.details);
                if (status == 401) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                }
            } catch (RuntimeException e) {
                LOG.error("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = 500;
                answer = AdminJson.error("the gateway failed; see its log", List.of());
            }
            audit(exchange, status);
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void audit(HttpExchange exchange, int status) {
        String who = status == 401 ? "somebody" : "administrator";
        server.audit(
                who + " at " + exchange.getRemoteAddress(),
                AuditOperation.ADMINISTRATION,
                query(exchange).getOrDefault("device", ""),
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                Integer.toString(status));
    }

    private JsonNode answer(HttpExchange exchange) throws Refusal, IOException {
        String shown = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        if (!MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), authorization)) {
            throw new Refusal(401, "the token is missing or wrong; give the one of the gateway's admin.json");
        }
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange);
        return switch (exchange.getRequestMethod() + " " + path) {
            case "GET /devices" -> AdminJson.devices(server.store(), server.locking());
            case "GET /jobs" -> AdminJson.jobs(server.store().jobs());
            case "POST /jobs" -> AdminJson.job(submit(read(exchange), query));
            case "PUT /desired" -> AdminJson.job(setDesired(read(exchange), query));
            case "DELETE /desired" -> removeDesired(query);
            case "POST /notifications" -> notification(query);
            case "GET /audit" -> AdminJson.audit(server.store().audit(auditQuery(query)));
            case "GET /audit/check" -> AdminJson.audit(AuditCheck.of(server.store()));
            default -> {
                if (exchange.getRequestMethod().equals("GET") && path.startsWith("/jobs/")) {
                    yield AdminJson.jobWithStatuses(job(path.substring("/jobs/".length()), query));
                }
                if (exchange.getRequestMethod().equals("POST")
                        && path.startsWith("/devices/")
                        && path.endsWith(UNLOCK)) {
                    yield unlock(exchange, path.substring("/devices/".length(), path.length() - UNLOCK.length()));
                }
                throw new Refusal(404, "nothing at " + exchange.getRequestMethod() + " " + path);
            }
        };
    }

    private JsonNode unlock(HttpExchange exchange, String id) throws Refusal {
        server.unlock("administrator at " + exchange.getRemoteAddress(), known(id));
        return AdminJson.unlocked(id);
    }

    private static AuditQuery auditQuery(Map<String, String> query) throws Refusal {
        String after = query.getOrDefault("after", "0");
        if (!after.matches("[0-9]{1,18}")) {
            throw new Refusal(400, "after=" + after + " is no number of a line");
        }
        String since = query.getOrDefault("since", Instant.EPOCH.toString());
        try {
            return new AuditQuery(
                    Long.parseLong(after), Instant.parse(since), Optional.ofNullable(query.get("device")), AUDIT_LINES);
        } catch (DateTimeParseException e) {
            throw new Refusal(400, "since=" + since + " is no time such as 2026-11-24T10:00:00Z");
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawQuery();
        Map<String, String> query = new HashMap<>();
        for (String part : Optional.ofNullable(raw).orElse("").split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) { // no percent-encoding: what is meant is what stands there
            return text;
        }
    }

    private static byte[] read(HttpExchange exchange) throws Refusal, IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new Refusal(413, "more than " + MAX_BODY + " bytes; split the object");
        }
        return body;
    }

    private Job submit(byte[] object, Map<String, String> query) throws Refusal {
        JobSpec.Provision spec = provision(object, query);
        return query.containsKey("device") ? server.submit(known(query.get("device")), spec) : server.submitToAny(spec);
    }

    private Job setDesired(byte[] object, Map<String, String> query) throws Refusal {
        JobSpec.Provision spec = provision(object, query);
        return server.setDesired(
                known(query.getOrDefault("device", "")), new JobSpec.Reconcile(spec.mo(), spec.target()));
    }

    private JsonNode removeDesired(Map<String, String> query) throws Refusal {
        String device = known(query.getOrDefault("device", ""));
        String target = query.getOrDefault("target", "");
        if (!server.removeDesired(device, target)) {
            throw new Refusal(404, device + " is to have nothing at '" + target + "'");
        }
        return AdminJson.removed(device, target);
    }

    private JsonNode notification(Map<String, String> query) throws Refusal {
        String ui = query.getOrDefault("ui", Notification.UiMode.BACKGROUND.name());
        Notification.UiMode mode = Stream.of(Notification.UiMode.values())
                .filter(m -> m.name().equals(ui))
                .findFirst()
                .orElseThrow(() ->
                        new Refusal(400, "ui '" + ui + "'; send one of " + List.of(Notification.UiMode.values())));
        try {
            return AdminJson.notification(server.notification(known(query.getOrDefault("device", "")), mode));
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, e.getMessage());
        }
    }

    private String known(String device) throws Refusal {
        if (server.store().device(device).isEmpty()) {
            throw new Refusal(404, "no device '" + device + "'; add it to the file of --devices of the gateway");
        }
        return device;
    }

    private JobSpec.Provision provision(byte[] object, Map<String, String> query) throws Refusal {
        Map<String, Position> places = new HashMap<>();
        try {
            MgmtTree tree = Tnds.fromXml(object, places::put);
            String target = query.containsKey("target") ? query.get("target") : JobSpec.defaultTarget(tree);
            JobSpec.Provision spec = JobSpec.provision(tree, target, mode(Optional.ofNullable(query.get("mode"))));
            check(spec, places);
            return spec;
        } catch (TndsException | IllegalArgumentException e) {
            throw new Refusal(400, e.getMessage());
        }
    }

    private static JobSpec.Mode mode(Optional<String> name) {
        if (name.isEmpty()) {
            return JobSpec.Mode.AUTO;
        }
        return Stream.of(JobSpec.Mode.values())
                .filter(mode -> mode.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "mode '" + name.get() + "'; send one of " + List.of(JobSpec.Mode.values())));
    }

    private void check(JobSpec.Provision spec, Map<String, Position> places) throws Refusal {
        Optional<DescribedNode> description =
                spec.mo().type().flatMap(identifier -> DeviceDescription.object(descriptions, identifier));
        List<String> deviations = new ArrayList<>();
        description.ifPresent(described -> DeviceDescription.compare(spec.mo(), described, places).stream()
                .map(Deviation::toString)
                .forEach(deviations::add));
        if (!deviations.isEmpty()) {
            throw new Refusal(
                    400,
                    "not as described in " + deviations.size() + " places; correct them, or the description",
                    deviations);
        }
    }

    private Job job(String number, Map<String, String> query) throws Refusal {
        if (!number.matches("[0-9]{1,18}")) {
            throw new Refusal(400, "'" + number + "' is no number of a job");
        }
        long id = Long.parseLong(number);
        if (server.store().job(id).isEmpty()) {
            throw new Refusal(404, "no job " + id);
        }
        String wait = query.getOrDefault("wait", "0");
        if (!wait.matches("[0-9]{1,2}") || Integer.parseInt(wait) > MAX_WAIT) {
            throw new Refusal(400, "wait=" + wait + " is no number of seconds from 0 to " + MAX_WAIT);
        }
        try {
            return watch.await(() -> server.store().job(id).orElseThrow(), Integer.parseInt(wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the gateway is closing");
        }
    }

    /** Stops listening; requests that wait for a job are cut off. */
    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
    }
}
