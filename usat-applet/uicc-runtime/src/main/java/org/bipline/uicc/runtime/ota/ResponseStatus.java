// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

/** Response status codes of a response packet. ETSI TS 102 225 clause 5.2. */
public enum ResponseStatus {
    POR_OK(0x00),
    CHECK_FAILED(0x01),
    COUNTER_LOW(0x02),
    COUNTER_HIGH(0x03),
    COUNTER_BLOCKED(0x04),
    CIPHERING_ERROR(0x05),
    UNIDENTIFIED_SECURITY_ERROR(0x06),
    INSUFFICIENT_MEMORY(0x07),
    MORE_TIME(0x08),
    TAR_UNKNOWN(0x09),
    INSUFFICIENT_SECURITY_LEVEL(0x0A),
    DATA_FOLLOW_IN_SUBMIT(0x0B);

    private final int code;

    ResponseStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
