// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;

/**
 * A management session that is over, as the audit keeps it.
 *
 * @param device name that the client gave; it proved to be that client only if {@code authenticated}
 * @param messages messages received from the client
 * @param outcome how the session ended, in words
 */
public record SessionRecord(
        String device,
        String sessionId,
        String origin,
        Instant started,
        Instant ended,
        boolean authenticated,
        int messages,
        String outcome) {}
