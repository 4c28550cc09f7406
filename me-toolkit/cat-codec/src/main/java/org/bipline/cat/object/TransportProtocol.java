// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** Protocol types of the UICC/terminal interface transport level. ETSI TS 102 223 clause 8.59. */
public enum TransportProtocol implements Coded {
    UDP_CLIENT_REMOTE(0x01),
    TCP_CLIENT_REMOTE(0x02),
    TCP_SERVER(0x03),
    UDP_CLIENT_LOCAL(0x04),
    TCP_CLIENT_LOCAL(0x05),
    DIRECT_CHANNEL(0x06);

    private static final CodeTable<TransportProtocol> TABLE = new CodeTable<>(TransportProtocol.class);

    private final int code;

    TransportProtocol(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    public static Optional<TransportProtocol> of(int code) {
        return TABLE.of(code);
    }
}
