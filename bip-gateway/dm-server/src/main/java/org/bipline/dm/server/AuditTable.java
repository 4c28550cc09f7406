// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.bipline.dm.server.Database.query;
import static org.bipline.dm.server.Database.time;
import static org.bipline.dm.server.Database.update;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.bipline.dm.ByteString;

/** The audit log in a table of the store, within transactions of others, of which one at a time may add. */
final class AuditTable {
    private AuditTable() {}

    static void add(Connection connection, List<AuditEntry> entries) throws SQLException {
        List<AuditRecord> last =
                query(connection, AuditTable::read, "SELECT * FROM audit ORDER BY number DESC FETCH FIRST 1 ROWS ONLY");
        long number = last.isEmpty() ? 0 : last.get(0).number();
        ByteString hash = last.isEmpty() ? AuditRecord.START : last.get(0).hash();
        for (AuditEntry entry : entries) {
            AuditRecord next = AuditRecord.after(number, hash, entry);
            update(
                    connection,
                    "INSERT INTO audit (number, logged_at, actor, operation, device, target, outcome, hash)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    next.number(),
                    time(entry.time()),
                    entry.actor(),
                    entry.operation().name(),
                    entry.device(),
                    entry.target(),
                    entry.outcome(),
                    next.hash().toByteArray());
            number = next.number();
            hash = next.hash();
        }
    }

    static List<AuditRecord> read(Connection connection, AuditQuery wanted) throws SQLException {
        return query(
                connection,
                AuditTable::read,
                "SELECT * FROM audit WHERE number > ? AND logged_at >= ? AND (device = ? OR CAST(? AS BOOLEAN))"
                        + " ORDER BY number FETCH FIRST " + wanted.limit() + " ROWS ONLY",
                wanted.after(),
                time(wanted.since()),
                wanted.device().orElse(""),
                wanted.device().isEmpty());
    }

    private static AuditRecord read(ResultSet row) throws SQLException {
        return new AuditRecord(
                row.getLong("number"),
                new AuditEntry(
                        row.getObject("logged_at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        AuditOperation.valueOf(row.getString("operation")),
                        row.getString("device"),
                        row.getString("target"),
                        row.getString("outcome")),
                ByteString.of(row.getBytes("hash")));
    }
}
