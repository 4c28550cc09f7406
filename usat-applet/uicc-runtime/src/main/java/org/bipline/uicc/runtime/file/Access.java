// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/**
 * What can be done to a file, as security attributes name it: a bit of the access mode byte, or an instruction. ETSI TS 102 221
 * clause 9.2.2 with ISO/IEC 7816-4 (access mode bytes for EFs and DFs).
 */
enum Access {
    READ(0x01, 0xB0),
    UPDATE(0x02, 0xD6),
    DEACTIVATE(0x08, 0x04),
    ACTIVATE(0x10, 0x44),
    TERMINATE(0x20, 0xE8),
    DELETE(0x40, 0xE4),
    /** By its instruction only: the access mode byte has no bit for it. */
    INCREASE(0, 0x32),
    /** By its instruction only. */
    RESIZE(0, 0xD4),
    /** Of a DF: to delete a file in it. */
    DELETE_CHILD(0x01, 0xE4),
    /** Of a DF: to create an EF in it. */
    CREATE_EF(0x02, 0xE0),
    /** Of a DF: to create a DF in it. */
    CREATE_DF(0x04, 0xE0);

    private final int mode;
    private final int instruction;

    Access(int mode, int instruction) {
        this.mode = mode;
        this.instruction = instruction;
    }

    int mode() {
        return mode;
    }

    int instruction() {
        return instruction;
    }
}
