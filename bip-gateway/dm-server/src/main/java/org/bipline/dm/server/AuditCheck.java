// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import java.util.OptionalLong;
import org.bipline.dm.ByteString;

/**
 * Whether the audit log is as it was written.
 *
 * @param records lines that are
 * @param broken number of the first line that is not
 * @param hash of the last line that is; against the one of an earlier check it shows whether the end was cut off
 */
public record AuditCheck(long records, OptionalLong broken, ByteString hash) {
    private static final int PAGE = 1000;

    /** Goes through the whole log. */
    public static AuditCheck of(Store store) {
        long number = 0;
        ByteString hash = AuditRecord.START;
        while (true) {
            List<AuditRecord> page = store.audit(AuditQuery.all(number, PAGE));
            for (AuditRecord next : page) {
                if (!next.follows(number, hash)) {
                    return new AuditCheck(number, OptionalLong.of(next.number()), hash);
                }
                number = next.number();
                hash = next.hash();
            }
            if (page.isEmpty()) {
                return new AuditCheck(number, OptionalLong.empty(), hash);
            }
        }
    }
}
