// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** Life cycle status integer of a file, ETSI TS 102 221 clause 11.1.1.4.9. */
enum LifeCycle {
    CREATION(0x01),
    INITIALISATION(0x03),
    ACTIVATED(0x05),
    DEACTIVATED(0x04),
    TERMINATED(0x0C);

    private final int code;

    LifeCycle(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
