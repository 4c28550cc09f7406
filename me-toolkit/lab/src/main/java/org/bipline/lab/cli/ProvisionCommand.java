// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.lab.Failure;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bipline provision}. */
@Command(
        name = "provision",
        description = {"Gives management objects to a gateway that runs ('bipline gateway'), and tells of its jobs.", ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ProvisionCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    /** What to do: one of these. */
    static final class Action {
        @Parameters(
                paramLabel = "FILE",
                arity = "1..*",
                description = "TNDS files of the management objects to provision, a job each.")
        private List<Path> files = List.of();

        @Option(names = "--devices", description = "Tell the devices, and what they are to have.")
        private boolean devices;

        @Option(names = "--jobs", description = "Tell all jobs.")
        private boolean jobs;

        @Option(names = "--job", paramLabel = "N", description = "Tell one job, with the client's answers.")
        private Optional<Long> job = Optional.empty();

        @Option(
                names = "--forget",
                paramLabel = "URI",
                description = "What the device is to have there it is to have no longer; the object stays.")
        private Optional<String> forget = Optional.empty();
    }

    @ArgGroup(multiplicity = "1")
    private Action action;

    @Option(
            names = "--device",
            paramLabel = "ID",
            description = "Device that it is about, such as ICCID:8988...; default: the first that asks.")
    private Optional<String> device = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "URI",
            description = "Where in the device the object goes. Default: ./MO/ and the object's own name.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--desired",
            description = "The device is to have the object for good: each session looks whether it does.")
    private boolean desired;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Wait for the end of the jobs, so long for each; exit code 1 unless they are done.")
    private long wait;

    @Mixin
    private DescriptionOption descriptions;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        AdminClient gateway = admin.gateway();
        if (action.devices) {
            gateway.get("/devices").forEach(json -> out.println(device(json)));
            return 0;
        }
        if (action.jobs) {
            gateway.get("/jobs").forEach(json -> out.println(job(json)));
            return 0;
        }
        if (action.job.isPresent()) {
            JsonNode json = gateway.get("/jobs/" + action.job.get() + "?wait=0");
            out.println(job(json));
            json.path("statuses").forEach(status -> out.println("  " + status(status)));
            return 0;
        }
        if (action.forget.isPresent()) {
            gateway.delete("/desired?device=" + AdminClient.encoded(device("--forget")) + "&target="
                    + AdminClient.encoded(action.forget.get()));
            return 0;
        }
        return submit(gateway, out);
    }

    private String device(String option) throws Failure {
        return device.orElseThrow(
                () -> new Failure(Failure.Kind.INPUT, option + " is about one device; name it with --device"));
    }

    private int submit(AdminClient gateway, PrintWriter out) throws Failure {
        if (target.isPresent() && action.files.size() > 1) {
            throw new Failure(Failure.Kind.INPUT, "--target goes with one object; give one file at a time");
        }
        Map<Path, String> requests = new LinkedHashMap<>();
        for (Path file : action.files) { // all are read before any is sent
            JobSpec.Provision object =
                    descriptions.read(Optional.of(file), spec.commandLine().getErr());
            String query = "?target=" + AdminClient.encoded(target.orElse(object.target()));
            if (desired) {
                query += "&device=" + AdminClient.encoded(device("--desired"));
            } else if (device.isPresent()) {
                query += "&device=" + AdminClient.encoded(device.get());
            }
            requests.put(file, query);
        }
        boolean done = true;
        for (Map.Entry<Path, String> request : requests.entrySet()) {
            JsonNode job = desired
                    ? gateway.put("/desired" + request.getValue(), request.getKey())
                    : gateway.post("/jobs" + request.getValue(), request.getKey());
            if (wait > 0) {
                job = awaitEnd(gateway, job.path("id").asLong());
                done &= job.path("state").asText().equals(JobState.DONE.name());
            }
            out.println(job(job));
        }
        return done ? 0 : FAILED;
    }

    private JsonNode awaitEnd(AdminClient gateway, long job) throws Failure {
        long left = wait;
        while (true) {
            long now = Math.min(left, AdminClient.MAX_WAIT);
            JsonNode json = gateway.get("/jobs/" + job + "?wait=" + now);
            left -= now;
            if (left <= 0 || JobState.valueOf(json.path("state").asText()).isFinal()) {
                return json;
            }
        }
    }

    private static String job(JsonNode json) {
        StringBuilder line = new StringBuilder("job " + json.path("id").asLong() + " "
                + json.path("state").asText() + ": "
                + json.path("target").asText(json.path("kind").asText()) + " for "
                + json.path("device").asText("the first that asks"));
        if (!json.path("reason").asText().isEmpty()) {
            line.append("; ").append(json.path("reason").asText());
        }
        if (json.has("notBefore")) {
            line.append("; again from ").append(json.path("notBefore").asText()).append(" on");
        }
        return line.toString();
    }

    private static String status(JsonNode json) {
        return "attempt " + json.path("attempt").asInt() + ", step "
                + json.path("step").asInt() + ": " + json.path("command").asText() + " "
                + json.path("uri").asText() + " " + json.path("status").asInt();
    }

    private static String device(JsonNode json) {
        StringBuilder line = new StringBuilder(
                json.path("id").asText() + ", " + json.path("authentication").asText());
        json.path("desired")
                .forEach(state -> line.append(", ")
                        .append(state.path("target").asText())
                        .append(" by job ")
                        .append(state.path("job").asLong()));
        JsonNode session = json.path("lastSession");
        if (!session.isMissingNode()) {
            line.append("; last session ended ")
                    .append(session.path("ended").asText())
                    .append(", ")
                    .append(session.path("outcome").asText());
        }
        return line.toString();
    }
}
