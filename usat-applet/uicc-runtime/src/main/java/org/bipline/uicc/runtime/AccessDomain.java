// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The UICC access application specific parameters of an installation, value of tag 81: to which file systems an applet has full
 * access. Everything else is open to it only where the access condition is ALWAYS.
 *
 * @param full AIDs of the applications, an empty one for the files below the MF
 */
record AccessDomain(List<byte[]> full) {
    static final AccessDomain ALWAYS_ONLY = new AccessDomain(List.of());

    private static final String CLAUSE = "ETSI TS 102 226 clause 8.2.1.3.2.2.2";
    private static final int FULL_ACCESS = 0x00;
    private static final int NO_ACCESS = 0xFF;

    /** Reads a sequence of AID, access domain and access domain DAP, each with its length byte. */
    static AccessDomain parse(byte[] value) {
        List<byte[]> full = new ArrayList<>();
        for (int at = 0; at < value.length; ) {
            byte[] aid = block(value, at, "UICC file system AID");
            at += 1 + aid.length;
            byte[] domain = block(value, at, "access domain");
            at += 1 + domain.length;
            byte[] dap = block(value, at, "access domain DAP");
            at += 1 + dap.length;
            if (domain.length == 1 && (domain[0] & 0xFF) == FULL_ACCESS) {
                full.add(aid);
            } else if (domain.length != 1 || (domain[0] & 0xFF) != NO_ACCESS) {
                throw new InstallationException(
                        "access domain", "only 00 (full access) and FF (no access) are supported", CLAUSE, 0x6A80);
            }
            if (dap.length != 0) {
                throw new InstallationException("access domain DAP", "it is not supported", CLAUSE, 0x6A80);
            }
        }
        return new AccessDomain(List.copyOf(full));
    }

    private static byte[] block(byte[] value, int at, String field) {
        if (at >= value.length || (value[at] & 0xFF) > value.length - at - 1) {
            throw new InstallationException(field, "the parameters end inside it", CLAUSE, 0x6A80);
        }
        return Arrays.copyOfRange(value, at + 1, at + 1 + (value[at] & 0xFF));
    }

    /** {@code adf} null: the files below the MF. */
    boolean isFull(byte[] adf) {
        byte[] wanted = adf == null ? new byte[0] : adf;
        return full.stream().anyMatch(aid -> aid.length == 0 ? wanted.length == 0 : startsWith(wanted, aid));
    }

    private static boolean startsWith(byte[] whole, byte[] part) {
        return whole.length >= part.length && Arrays.equals(whole, 0, part.length, part, 0, part.length);
    }
}
