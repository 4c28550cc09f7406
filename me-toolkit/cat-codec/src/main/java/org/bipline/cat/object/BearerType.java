// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** Types of bearer. ETSI TS 102 223 clause 8.52, 3GPP TS 31.111 clause 8.52. */
public enum BearerType implements Coded {
    CSD(0x01),
    PACKET_SERVICE(0x02),
    DEFAULT_BEARER(0x03),
    LOCAL_LINK(0x04),
    BLUETOOTH(0x05),
    IRDA(0x06),
    RS232(0x07),
    CDMA2000_PACKET_DATA_SERVICE(0x08),
    PACKET_SERVICE_EXTENDED(0x09),
    WLAN(0x0A),
    EUTRAN_PACKET_SERVICE(0x0B),
    NG_RAN_PACKET_SERVICE(0x0C),
    USB(0x10);

    private static final CodeTable<BearerType> TABLE = new CodeTable<>(BearerType.class);

    private final int code;

    BearerType(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    public static Optional<BearerType> of(int code) {
        return TABLE.of(code);
    }
}
