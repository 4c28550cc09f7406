// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What the audit log is to keep: who did what, to what, and how it ended. No secrets, no values of nodes. Texts are cut to what the store
 * has room for; they are empty where there is nothing to tell.
 *
 * @param time to the microsecond, as databases keep it
 * @param actor management authority, device, operator or address
 * @param device client that it is about
 * @param target command and node, job, request
 * @param outcome status, or a reason in words
 */
public record AuditEntry(
        Instant time, String actor, AuditOperation operation, String device, String target, String outcome) {
    private static final int NAME = 255;
    private static final int TEXT = 1024;

    public AuditEntry {
        time = time.truncatedTo(ChronoUnit.MICROS);
        actor = text(actor, NAME);
        Objects.requireNonNull(operation);
        device = text(device, NAME);
        target = text(target, TEXT);
        outcome = text(outcome, TEXT);
    }

    /** A text that each database gives back as it was: half a surrogate pair and the character 0 are none, and strangers may send them. */
    private static String text(String value, int length) {
        byte[] bytes = Database.cut(value.replace('\0', ' '), length).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
