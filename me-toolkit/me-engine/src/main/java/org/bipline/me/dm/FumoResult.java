// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

/** Result codes of this client's operations, in the data of their alerts. FUMO 1.0, result code. */
public enum FumoResult {
    SUCCESSFUL(200),
    CLIENT_ERROR(400),
    CORRUPTED_PACKAGE(402),
    DEVICE_MISMATCH(403),
    PACKAGE_NOT_ACCEPTABLE(405),
    DOWNLOAD_AUTHENTICATION_FAILURE(406),
    DOWNLOAD_TIME_OUT(407),
    UNDEFINED_ERROR(409),
    BAD_URL(411),
    UPDATE_FAILED(500),
    DOWNLOAD_OUT_OF_MEMORY(501),
    DOWNLOAD_NETWORK_ISSUE(503);

    private final int code;

    FumoResult(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    boolean isSuccess() {
        return this == SUCCESSFUL;
    }
}
