// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoField;
import org.bipline.dm.ByteString;

/**
 * A line of the audit log.
 *
 * @param number its place, from 1
 * @param hash SHA-256 over the hash of the line before and the content of this one, so that a line that is changed, put in or taken out
 *     breaks the chain behind it; what is cut off at the end shows only against a hash that was written down elsewhere
 */
public record AuditRecord(long number, AuditEntry entry, ByteString hash) {
    /** What stands for the hash before the first line. */
    static final ByteString START = ByteString.EMPTY;

    static AuditRecord after(long lastNumber, ByteString lastHash, AuditEntry entry) {
        return new AuditRecord(lastNumber + 1, entry, hash(lastHash, lastNumber + 1, entry));
    }

    /** True if this is what was written behind a line with this number and hash. */
    boolean follows(long lastNumber, ByteString lastHash) {
        return number == lastNumber + 1 && hash.equals(hash(lastHash, number, entry));
    }

    private static ByteString hash(ByteString lastHash, long number, AuditEntry entry) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.write(lastHash.toByteArray());
            out.writeLong(number);
            out.writeLong(entry.time().getEpochSecond());
            out.writeInt(entry.time().get(ChronoField.MICRO_OF_SECOND));
            out.writeUTF(entry.operation().name());
            out.writeUTF(entry.actor());
            out.writeUTF(entry.device());
            out.writeUTF(entry.target());
            out.writeUTF(entry.outcome());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return ByteString.of(MessageDigest.getInstance("SHA-256").digest(content.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
