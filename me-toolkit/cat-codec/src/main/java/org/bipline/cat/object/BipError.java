// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** Additional information on a bearer independent protocol error. ETSI TS 102 223 clause 8.12.11. */
public enum BipError implements Coded {
    NO_SPECIFIC_CAUSE(0x00),
    NO_CHANNEL_AVAILABLE(0x01),
    CHANNEL_CLOSED(0x02),
    CHANNEL_IDENTIFIER_NOT_VALID(0x03),
    REQUESTED_BUFFER_SIZE_NOT_AVAILABLE(0x04),
    SECURITY_ERROR(0x05),
    REQUESTED_TRANSPORT_LEVEL_NOT_AVAILABLE(0x06),
    REMOTE_DEVICE_NOT_REACHABLE(0x07),
    SERVICE_ERROR(0x08),
    SERVICE_IDENTIFIER_UNKNOWN(0x09),
    PORT_NOT_AVAILABLE(0x10),
    LAUNCH_PARAMETERS_MISSING_OR_INCORRECT(0x11),
    APPLICATION_LAUNCH_FAILED(0x12);

    private static final CodeTable<BipError> TABLE = new CodeTable<>(BipError.class);

    private final int code;

    BipError(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    public static Optional<BipError> of(int code) {
        return TABLE.of(code);
    }
}
