// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** The commands on transparent, linear fixed and cyclic EFs, ETSI TS 102 221 clauses 11.1.3 to 11.1.8, 11.1.14 and 11.1.15. */
final class EfCommands {
    private static final int OK = 0x9000;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int WRONG_P1_P2 = 0x6A86;
    private static final int MORE_BYTES = 0x6C00;
    private static final int NOT_FOUND_IN_RECORDS = 0x6282;

    private EfCommands() {}

    /** Offset of READ BINARY and UPDATE BINARY; an SFI in P1 selects. -1: P1 is wrong. */
    private static int offset(Cursor cursor, Request request) {
        if ((request.p1() & 0x80) == 0) {
            return request.p1() << 8 | request.p2();
        }
        if ((request.p1() & 0x60) != 0) {
            return -1;
        }
        cursor.selectShort(request.p1() & 0x1F);
        return request.p2();
    }

    static int readBinary(Cursor cursor, Request request, Response out) {
        int offset = offset(cursor, request);
        if (offset < 0) {
            return WRONG_P1_P2;
        }
        Ef ef = cursor.binary(Access.READ);
        int available = ef.size() - offset;
        if (available <= 0) {
            return FileFault.OUT_OF_FILE.statusWord();
        }
        if (request.expected() > available) {
            return MORE_BYTES | available;
        }
        ef.read(offset, out.data(), 0, request.expected());
        out.setLength(request.expected());
        return OK;
    }

    static int updateBinary(Cursor cursor, Request request) {
        int offset = offset(cursor, request);
        if (offset < 0) {
            return WRONG_P1_P2;
        }
        int size = cursor.selected().size();
        if (request.length() == 0 || (offset <= size && offset + request.length() > size)) {
            return WRONG_LENGTH;
        }
        cursor.updateBinary(offset, request.bytes(), Request.DATA, request.length());
        return OK;
    }

    /** The mode in P2 of the record commands; an SFI there selects. -1: P1 and P2 are wrong. */
    private static int mode(Cursor cursor, Request request) {
        int mode = request.p2() & 7;
        if (mode < 2 || mode > 4 || (mode != 4 && request.p1() != 0)) {
            return -1;
        }
        selectShort(cursor, request.p2() >> 3);
        return mode;
    }

    private static void selectShort(Cursor cursor, int identifier) {
        if (identifier != 0) {
            cursor.selectShort(identifier);
        }
    }

    static int readRecord(Cursor cursor, Request request, Response out) {
        int mode = mode(cursor, request);
        if (mode < 0) {
            return WRONG_P1_P2;
        }
        Ef ef = cursor.records(Access.READ);
        if (request.expected() != ef.recordLength()) {
            return MORE_BYTES | ef.recordLength();
        }
        int number = cursor.record(request.p1(), mode);
        ef.read((number - 1) * ef.recordLength(), out.data(), 0, ef.recordLength());
        out.setLength(ef.recordLength());
        return OK;
    }

    static int updateRecord(Cursor cursor, Request request) {
        int mode = mode(cursor, request);
        if (mode < 0) {
            return WRONG_P1_P2;
        }
        Ef ef = cursor.selected();
        if (ef.hasRecords() && request.length() != ef.recordLength()) {
            return WRONG_LENGTH;
        }
        cursor.updateRecord(request.p1(), mode, 0, request.bytes(), Request.DATA, request.length());
        return OK;
    }

    static int searchRecord(Cursor cursor, Request request, Response out) {
        int mode = request.p2() & 7;
        if (mode < 4 || mode > 6) {
            return WRONG_P1_P2;
        }
        selectShort(cursor, request.p2() >> 3);
        Ef ef = cursor.records(Access.READ);
        int skip = mode == 6 ? 2 : 0; // the search indication
        int length = request.length() - skip;
        if (length < 1 || length > ef.recordLength()) {
            return WRONG_LENGTH;
        }
        int indication = skip == 0 ? 0 : request.number(0);
        int found = new Search(cursor, ef, request.bytes(), Request.DATA + skip, length)
                .find(mode, request.p1(), indication, out.data());
        if (found == 0) {
            return NOT_FOUND_IN_RECORDS;
        }
        out.setLength(found);
        return OK;
    }

    static int increase(Cursor cursor, Request request, Response out) {
        if (request.p2() != 0 || (request.p1() != 0 && (request.p1() & 0xE0) != 0x80)) {
            return WRONG_P1_P2;
        }
        selectShort(cursor, request.p1() & 0x1F);
        Ef ef = cursor.structured(Ef.Structure.CYCLIC, Access.INCREASE);
        if (request.length() == 0 || request.length() > 127 || request.length() > ef.recordLength()) {
            return WRONG_LENGTH;
        }
        cursor.increase(request.bytes(), Request.DATA, request.length(), out.data());
        out.setLength(ef.recordLength());
        out.add(request.bytes(), Request.DATA, request.length());
        return OK;
    }

    /** ACTIVATE FILE and DEACTIVATE FILE of the current EF, or of the one that identifier or path name and that is then current. */
    static int activation(Cursor cursor, Request request) {
        int p1 = request.p1();
        if (request.p2() != 0 || (p1 != 0 && p1 != 0x08 && p1 != 0x09)) {
            return WRONG_P1_P2;
        }
        int length = request.length();
        if (p1 == 0 ? length != 0 && length != 2 : length == 0 || length % 2 != 0) {
            return WRONG_LENGTH;
        }
        if (length > 0) {
            cursor.select(
                    p1 == 0
                            ? cursor.find(request.number(0))
                            : cursor.findPath(
                                    p1 == 0x08 ? cursor.files().mf() : cursor.df(),
                                    request.bytes(),
                                    Request.DATA,
                                    length));
        }
        cursor.setActivated(request.ins() == 0x44);
        return OK;
    }
}
