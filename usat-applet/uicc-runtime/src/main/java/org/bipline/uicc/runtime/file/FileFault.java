// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import uicc.access.UICCException;

/** Why an access to a file fails, as the ME is told (status word) and as an applet is told ({@link UICCException} reason). */
public enum FileFault {
    NOT_FOUND(0x6A82, UICCException.FILE_NOT_FOUND),
    NO_EF_SELECTED(0x6986, UICCException.NO_EF_SELECTED),
    WRONG_STRUCTURE(0x6981, UICCException.COMMAND_INCOMPATIBLE),
    SECURITY_STATUS(0x6982, UICCException.SECURITY_STATUS_NOT_SATISFIED),
    DEACTIVATED(0x6984, UICCException.REF_DATA_INVALIDATED),
    OUT_OF_FILE(0x6B00, UICCException.OUT_OF_FILE_BOUNDARIES),
    RECORD_NOT_FOUND(0x6A83, UICCException.RECORD_NOT_FOUND),
    OUT_OF_RECORD(0x6700, UICCException.OUT_OF_RECORD_BOUNDARIES),
    INVALID_MODE(0x6A86, UICCException.INVALID_MODE),
    MAX_VALUE(0x9850, UICCException.MAX_VALUE_REACHED);

    private final int statusWord;
    private final short reason;

    FileFault(int statusWord, short reason) {
        this.statusWord = statusWord;
        this.reason = reason;
    }

    public int statusWord() {
        return statusWord;
    }

    public short reason() {
        return reason;
    }

    /** Thrown inside the file system; without a stack trace, since it is an answer and no accident. */
    public static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final FileFault fault;

        Thrown(FileFault fault) {
            super(fault.name(), null, false, false);
            this.fault = fault;
        }

        public FileFault fault() {
            return fault;
        }
    }

    Thrown thrown() {
        return new Thrown(this);
    }
}
