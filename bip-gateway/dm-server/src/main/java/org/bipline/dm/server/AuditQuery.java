// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which lines of the audit log to read, oldest first.
 *
 * @param after number of the last line that is not wanted any more, 0 for all
 * @param since time of the first that is
 * @param device the client that they are about; empty for all
 * @param limit lines at most
 */
public record AuditQuery(long after, Instant since, Optional<String> device, int limit) {
    public AuditQuery {
        Objects.requireNonNull(since);
        Objects.requireNonNull(device);
    }

    static AuditQuery all(long after, int limit) {
        return new AuditQuery(after, Instant.EPOCH, Optional.empty(), limit);
    }
}
