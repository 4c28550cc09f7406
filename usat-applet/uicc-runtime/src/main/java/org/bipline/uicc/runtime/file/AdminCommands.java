// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** CREATE FILE, DELETE FILE, TERMINATE DF, TERMINATE EF and RESIZE FILE of the ME, ETSI TS 102 222 clause 6. */
final class AdminCommands {
    private static final int OK = 0x9000;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int WRONG_P1_P2 = 0x6A86;

    private AdminCommands() {}

    static int create(Cursor cursor, Request request) {
        if (request.p1() != 0 || request.p2() != 0) {
            return WRONG_P1_P2;
        }
        if (request.length() == 0) {
            return WRONG_LENGTH;
        }
        new Administration(cursor).create(FileParameters.readTemplate(request.bytes(), Request.DATA, request.length()));
        return OK;
    }

    /** The file that the two bytes of data name; without data the current one. */
    static int delete(Cursor cursor, Request request) {
        if (request.p1() != 0 || request.p2() != 0) {
            return WRONG_P1_P2;
        }
        if (request.length() != 0 && request.length() != 2) {
            return WRONG_LENGTH;
        }
        CardFile current = cursor.ef() == null ? cursor.df() : cursor.ef();
        new Administration(cursor).delete(request.length() == 0 ? current : cursor.find(request.number(0)));
        return OK;
    }

    static int terminate(Cursor cursor, Request request, boolean directory) {
        if (request.p1() != 0 || request.p2() != 0) {
            return WRONG_P1_P2;
        }
        if (request.length() != 0) {
            return WRONG_LENGTH;
        }
        new Administration(cursor).terminate(directory ? cursor.df() : cursor.selected());
        return OK;
    }

    /** P1 01: what a BER-TLV structure EF holds is deleted. */
    static int resize(Cursor cursor, Request request) {
        if (request.p1() > 1 || request.p2() != 0) {
            return WRONG_P1_P2;
        }
        if (request.length() == 0) {
            return WRONG_LENGTH;
        }
        new Administration(cursor)
                .resize(
                        FileParameters.readTemplate(request.bytes(), Request.DATA, request.length()),
                        request.p1() == 1);
        return OK;
    }
}
