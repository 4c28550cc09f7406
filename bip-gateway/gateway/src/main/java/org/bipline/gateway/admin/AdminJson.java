// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.AuditCheck;
import org.bipline.dm.server.AuditEntry;
import org.bipline.dm.server.AuditRecord;
import org.bipline.dm.server.DesiredState;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.Failures;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.Locking;
import org.bipline.dm.server.Store;

/** What {@link AdminApi} answers. No secrets and no values of nodes, which may be such. */
final class AdminJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AdminJson() {}

    static JsonNode error(String what, List<String> details) {
        ObjectNode json = NODES.objectNode().put("error", what);
        if (!details.isEmpty()) {
            details.forEach(json.putArray("details")::add);
        }
        return json;
    }

    static JsonNode devices(Store store, Locking locking) {
        ArrayNode json = NODES.arrayNode();
        for (Device device : store.devices()) {
            ObjectNode each = json.addObject()
                    .put("id", device.id())
                    .put("authentication", device.authentication().name())
                    .put("clientName", device.client().name());
            device.server().map(Account::name).ifPresent(name -> each.put("serverName", name));
            Failures failures = store.failures(device.id());
            if (failures.count() > 0) {
                each.put("failures", failures.count()).put("locked", locking.isLocked(failures));
            }
            store.sessions(device.id(), 1)
                    .forEach(session -> each.putObject("lastSession")
                            .put("ended", session.ended().toString())
                            .put("outcome", session.outcome()));
            ArrayNode desired = each.putArray("desired");
            for (DesiredState state : store.desired(device.id())) {
                desired.addObject().put("target", state.target()).put("job", state.job());
            }
        }
        return json;
    }

    static JsonNode removed(String device, String target) {
        return NODES.objectNode().put("device", device).put("target", target);
    }

    static JsonNode notification(Notification notification) {
        return NODES.objectNode()
                .put("notification", notification.encode().toString())
                .put("session", notification.sessionIdText());
    }

    static JsonNode unlocked(String device) {
        return NODES.objectNode().put("device", device);
    }

    static JsonNode audit(List<AuditRecord> lines) {
        ArrayNode json = NODES.arrayNode();
        for (AuditRecord line : lines) {
            AuditEntry entry = line.entry();
            json.addObject()
                    .put("number", line.number())
                    .put("time", entry.time().toString())
                    .put("actor", entry.actor())
                    .put("operation", entry.operation().toString())
                    .put("device", entry.device())
                    .put("target", entry.target())
                    .put("outcome", entry.outcome())
                    .put("hash", line.hash().toString());
        }
        return json;
    }

    static JsonNode audit(AuditCheck check) {
        ObjectNode json = NODES.objectNode()
                .put("records", check.records())
                .put("hash", check.hash().toString());
        check.broken().ifPresent(number -> json.put("broken", number));
        return json;
    }

    static JsonNode jobs(List<Job> jobs) {
        ArrayNode json = NODES.arrayNode();
        jobs.forEach(job -> json.add(job(job)));
        return json;
    }

    static ObjectNode job(Job job) {
        ObjectNode json = NODES.objectNode().put("id", job.id());
        job.device().ifPresent(device -> json.put("device", device));
        switch (job.spec()) {
            case JobSpec.Provision provision -> json.put("kind", "provision").put("target", provision.target());
            case JobSpec.Reconcile reconcile -> json.put("kind", "reconcile").put("target", reconcile.target());
            case JobSpec.Commands commands -> json.put("kind", "commands");
        }
        json.put("state", job.state().name())
                .put("reason", job.reason())
                .put("attempts", job.attempts())
                .put("created", job.created().toString())
                .put("changed", job.changed().toString());
        job.notBefore().ifPresent(time -> json.put("notBefore", time.toString()));
        return json;
    }

    static ObjectNode jobWithStatuses(Job job) {
        ObjectNode json = job(job);
        ArrayNode statuses = json.putArray("statuses");
        job.statuses()
                .forEach(status -> statuses.addObject()
                        .put("attempt", status.attempt())
                        .put("step", status.step())
                        .put("command", status.verb().toString())
                        .put("uri", status.uri())
                        .put("status", status.code()));
        return json;
    }
}
