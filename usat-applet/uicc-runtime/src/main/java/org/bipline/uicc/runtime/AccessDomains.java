// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bipline.uicc.runtime.file.AccessRights;
import org.bipline.uicc.runtime.file.Df;

/**
 * The access domains of an installation: of the file views (tag 81) and of the administrative file views (tag 82).
 *
 * @param files for {@code UICCSystem}
 * @param administration for {@code AdminFileViewBuilder}
 */
record AccessDomains(Domain files, Domain administration) {
    private static final String CLAUSE = "ETSI TS 102 226 clause 8.2.1.3.2.5";

    /** What one of the two parameters opens, a file system each; the one with an empty AID is that below the MF. AIDs are in hex. */
    record Domain(List<Entry> entries) {
        record Entry(String aid, AccessRights rights) {}

        /** {@code adf} null: the files below the MF. What no entry names is open where it is open to everyone. */
        AccessRights rights(Df adf) {
            String wanted = adf == null ? "" : HexFormat.of().formatHex(adf.aid());
            return entries.stream()
                    .filter(entry -> entry.aid().isEmpty() == wanted.isEmpty() && wanted.startsWith(entry.aid()))
                    .map(Entry::rights)
                    .findFirst()
                    .orElse(AccessRights.ALWAYS);
        }
    }

    static AccessDomains parse(byte[] access, byte[] administrative) {
        return new AccessDomains(domain(access), domain(administrative));
    }

    /** Reads a sequence of AID, access domain and access domain DAP, each with its length byte. */
    private static Domain domain(byte[] value) {
        List<Domain.Entry> entries = new ArrayList<>();
        for (int at = 0; at < value.length; ) {
            byte[] aid = block(value, at, "UICC file system AID");
            at += 1 + aid.length;
            byte[] domain = block(value, at, "access domain");
            at += 1 + domain.length;
            byte[] dap = block(value, at, "access domain DAP");
            at += 1 + dap.length;
            if (dap.length != 0) {
                throw new InstallationException("access domain DAP", "it is not supported", CLAUSE, 0x6A80);
            }
            entries.add(new Domain.Entry(HexFormat.of().formatHex(aid), rights(domain)));
        }
        return new Domain(List.copyOf(entries));
    }

    private static AccessRights rights(byte[] domain) {
        int parameter = domain.length == 0 ? -1 : domain[0] & 0xFF;
        if (parameter == 0x00 && domain.length == 1) {
            return AccessRights.FULL;
        }
        if (parameter == 0xFF && domain.length == 1) {
            return AccessRights.NONE;
        }
        if (parameter == 0x02 && domain.length == 4) {
            return AccessRights.of(domain[1] & 0xFF, domain[2] & 0xFF, domain[3] & 0xFF);
        }
        throw new InstallationException(
                "access domain",
                "it is 00 (full access), 02 with three bytes (UICC access mechanism) or FF (no access)",
                CLAUSE,
                0x6A80);
    }

    private static byte[] block(byte[] value, int at, String field) {
        if (at >= value.length || (value[at] & 0xFF) > value.length - at - 1) {
            throw new InstallationException(field, "the parameters end inside it", CLAUSE, 0x6A80);
        }
        return Arrays.copyOfRange(value, at + 1, at + 1 + (value[at] & 0xFF));
    }
}
