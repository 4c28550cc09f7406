// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import javacard.framework.CardRuntimeException;
import uicc.access.UICCException;
import uicc.access.fileadministration.AdminException;

/** Why an access to a file fails, as the ME is told (status word) and as an applet is told (exception and its reason). */
enum FileFault {
    NOT_FOUND(0x6A82, UICCException.FILE_NOT_FOUND),
    NO_EF_SELECTED(0x6986, UICCException.NO_EF_SELECTED),
    WRONG_STRUCTURE(0x6981, UICCException.COMMAND_INCOMPATIBLE),
    SECURITY_STATUS(0x6982, UICCException.SECURITY_STATUS_NOT_SATISFIED),
    DEACTIVATED(0x6984, UICCException.REF_DATA_INVALIDATED),
    TERMINATED(0x6985, UICCException.COMMAND_NOT_ALLOWED),
    /** Somebody else has selected the file, which is not shareable. */
    IN_USE(0x6985, UICCException.INTERNAL_ERROR),
    OUT_OF_FILE(0x6B00, UICCException.OUT_OF_FILE_BOUNDARIES),
    RECORD_NOT_FOUND(0x6A83, UICCException.RECORD_NOT_FOUND),
    OUT_OF_RECORD(0x6700, UICCException.OUT_OF_RECORD_BOUNDARIES),
    INVALID_MODE(0x6A86, UICCException.INVALID_MODE),
    MAX_VALUE(0x9850, UICCException.MAX_VALUE_REACHED),
    DATA_NOT_FOUND(0x6A88, UICCException.REFERENCED_DATA_NOT_FOUND),
    INCORRECT_PARAMETERS(0x6A80, AdminException.INCORRECT_PARAMETERS, true),
    FILE_EXISTS(0x6A89, AdminException.FILE_ALREADY_EXISTS, true),
    DF_NAME_EXISTS(0x6A8A, AdminException.DF_NAME_ALREADY_EXISTS, true),
    NO_MEMORY(0x6A84, AdminException.NOT_ENOUGH_MEMORY_SPACE, true),
    CONDITIONS_OF_USE(0x6985, AdminException.CONDITIONS_OF_USE_NOT_SATISFIED, true);

    private final int statusWord;
    private final short reason;
    private final boolean administrative;

    FileFault(int statusWord, short reason) {
        this(statusWord, reason, false);
    }

    FileFault(int statusWord, short reason, boolean administrative) {
        this.statusWord = statusWord;
        this.reason = reason;
        this.administrative = administrative;
    }

    int statusWord() {
        return statusWord;
    }

    CardRuntimeException exception() {
        return administrative ? new AdminException(reason) : new UICCException(reason);
    }

    /** Thrown inside the file system; without a stack trace, since it is an answer and no accident. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final FileFault fault;

        Thrown(FileFault fault) {
            super(fault.name(), null, false, false);
            this.fault = fault;
        }

        FileFault fault() {
            return fault;
        }
    }

    Thrown thrown() {
        return new Thrown(this);
    }
}
