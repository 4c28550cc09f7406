// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bipline.gateway.admin.AdminApi;
import org.bipline.lab.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bipline audit}. */
@Command(
        name = "audit",
        description = {
            "Tells what a gateway that runs ('bipline gateway') has written down: sessions, commands and their statuses, "
                    + "refused and locked credentials, calls of the administration.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class AuditCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--since", paramLabel = "TIME", description = "From this time on, such as 2026-11-24T10:00:00Z.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--device", paramLabel = "ID", description = "What is about this device only.")
    private Optional<String> device = Optional.empty();

    @Option(
            names = "--check",
            description =
                    "Say instead whether the log is as it was written; exit code 1 if it is not. The hash of the last "
                            + "line, noted down, shows later whether lines were cut off.")
    private boolean check;

    @Option(
            names = "--unlock",
            paramLabel = "ID",
            description = "Open the credentials of this device instead, which were wrong too often.")
    private Optional<String> unlock = Optional.empty();

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        AdminClient gateway = admin.gateway();
        if (check) {
            return check(gateway.get("/audit/check"), out);
        }
        if (unlock.isPresent()) {
            gateway.post("/devices/" + AdminClient.encoded(unlock.get()) + "/unlock");
            return 0;
        }
        String query = since.map(time -> "&since=" + AdminClient.encoded(time)).orElse("")
                + device.map(id -> "&device=" + AdminClient.encoded(id)).orElse("");
        JsonNode lines;
        long last = 0;
        do {
            lines = gateway.get("/audit?after=" + last + query);
            for (JsonNode line : lines) {
                out.println(line(line));
                last = line.path("number").asLong();
            }
        } while (lines.size() == AdminApi.AUDIT_LINES); // what is asked for is written down, too: there is always more
        return 0;
    }

    private static int check(JsonNode json, PrintWriter out) {
        JsonNode broken = json.path("broken");
        out.println(json.path("records").asLong() + " lines are as they were written, the last has hash "
                + json.path("hash").asText()
                + (broken.isMissingNode() ? "" : "; line " + broken.asLong() + " is not"));
        return broken.isMissingNode() ? 0 : FAILED;
    }

    private static String line(JsonNode json) {
        StringBuilder line = new StringBuilder();
        for (String field : new String[] {"number", "time", "actor", "operation", "target", "outcome"}) {
            String text = json.path(field).asText();
            line.append(line.isEmpty() || text.isEmpty() ? "" : "  ").append(text);
        }
        return line.toString();
    }
}
