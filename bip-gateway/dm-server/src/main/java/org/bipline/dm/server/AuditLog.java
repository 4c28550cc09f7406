// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Writes the audit log of a server. What cannot be written down is not done: a fault of the store goes to the caller. */
final class AuditLog {
    /** Who acts where no management authority has a name. */
    static final String SERVER = "server";

    private final Store store;
    private final Clock clock;

    AuditLog(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void add(String actor, AuditOperation operation, String device, String target, String outcome) {
        store.addAudit(List.of(new AuditEntry(clock.instant(), actor, operation, device, target, outcome)));
    }

    /** What a client answered, command by command. */
    List<AuditEntry> commands(String authority, String device, List<CommandStatus> statuses) {
        List<AuditEntry> entries = new ArrayList<>();
        for (CommandStatus status : statuses) {
            String target = (status.verb() + " " + status.uri()).strip();
            entries.add(new AuditEntry(
                    clock.instant(),
                    authority,
                    AuditOperation.COMMAND,
                    device,
                    target,
                    Integer.toString(status.code())));
        }
        return entries;
    }
}
