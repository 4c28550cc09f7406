// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.io.ByteArrayOutputStream;

/** RETRIEVE DATA and SET DATA on BER-TLV structure EFs, ETSI TS 102 221 clause 11.3. */
final class TlvCommands {
    private static final int OK = 0x9000;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int WRONG_P1_P2 = 0x6A86;
    private static final int MORE_AVAILABLE = 0x62F1;
    private static final int MORE_EXPECTED = 0x63F1;
    private static final int NO_CHAIN = 0x6985;
    private static final int LENGTH_IS = 0x6C00;
    private static final int FIRST = 0x80;
    private static final int NEXT = 0x00;
    private static final int CURRENT_AGAIN = 0x40;

    /** The tag under which RETRIEVE DATA gives the tags of all objects. */
    private static final int TAG_LIST = 0x5C;

    private TlvCommands() {}

    /** The EF that P2 names by its SFI, or the selected one. */
    private static Ef ef(Cursor cursor, Request request, Access access) {
        if ((request.p2() & 0x1F) != 0) {
            cursor.selectShort(request.p2() & 0x1F);
        }
        return cursor.structured(Ef.Structure.BER_TLV, access);
    }

    static int retrieve(LogicalChannel channel, Request request, Response out) {
        int block = request.p2() & 0xE0;
        if (request.p1() != 0 || (block != FIRST && block != NEXT)) {
            return block == CURRENT_AGAIN ? 0x6A81 : WRONG_P1_P2; // blocks are not given twice
        }
        if (block == FIRST) {
            channel.end();
            Ef ef = ef(channel.cursor(), request, Access.READ);
            int tagLength = DataObjects.tagLength(request.bytes(), Request.DATA, Request.DATA + request.length());
            if (tagLength == 0 || tagLength != request.length()) {
                return request.length() == 0 ? WRONG_LENGTH : FileFault.INCORRECT_PARAMETERS.statusWord();
            }
            int tag = DataObjects.tag(request.bytes(), Request.DATA, tagLength);
            byte[] object = tag == TAG_LIST ? tagList(ef) : ef.objects().get(tag);
            if (object == null) {
                return FileFault.DATA_NOT_FOUND.statusWord();
            }
            channel.begin(object, false);
        }
        byte[] object = channel.pending(false);
        if (object == null) {
            return NO_CHAIN;
        }
        int left = object.length - channel.done();
        int given = Math.min(left, block == FIRST ? 255 : 256);
        if (block == NEXT) {
            if (request.expected() > left) {
                return LENGTH_IS | left;
            }
            given = request.expected();
        }
        out.add(object, channel.done(), given);
        channel.advance(given);
        return given < left ? MORE_AVAILABLE : OK;
    }

    private static byte[] tagList(Ef ef) {
        ByteArrayOutputStream tags = new ByteArrayOutputStream();
        for (int tag : ef.objects().keySet()) {
            for (int shift = tag > 0xFFFF ? 16 : tag > 0xFF ? 8 : 0; shift >= 0; shift -= 8) {
                tags.write(tag >> shift);
            }
        }
        int length = tags.size();
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.write(TAG_LIST);
        if (length > 0xFF) {
            list.write(0x82);
            list.write(length >> 8);
        } else if (length > 0x7F) {
            list.write(0x81);
        }
        list.write(length);
        list.writeBytes(tags.toByteArray());
        return list.toByteArray();
    }

    static int set(LogicalChannel channel, Request request) {
        int block = request.p2() & 0xE0;
        if (request.p1() != 0 || (block != FIRST && block != NEXT)) {
            return WRONG_P1_P2;
        }
        if (request.length() == 0) {
            return WRONG_LENGTH;
        }
        int end = Request.DATA + request.length();
        if (block == FIRST) {
            channel.end();
            Ef ef = ef(channel.cursor(), request, Access.UPDATE);
            int tagLength = DataObjects.tagLength(request.bytes(), Request.DATA, end);
            int tag = DataObjects.tag(request.bytes(), Request.DATA, tagLength);
            if (tagLength == 0 || tag == TAG_LIST || tag == 0 || tag == 0xFF) {
                return FileFault.INCORRECT_PARAMETERS.statusWord();
            }
            if (tagLength == request.length()) {
                return delete(channel.cursor(), ef, tag);
            }
            int whole = DataObjects.objectLength(request.bytes(), Request.DATA, end);
            byte[] old = ef.objects().get(tag);
            if (ef.used() - (old == null ? 0 : old.length) + whole > ef.size()) {
                return FileFault.NO_MEMORY.statusWord();
            }
            channel.begin(new byte[whole], true);
        }
        byte[] object = channel.pending(true);
        if (object == null) {
            return NO_CHAIN;
        }
        if (channel.done() + request.length() > object.length) {
            channel.end();
            return FileFault.INCORRECT_PARAMETERS.statusWord();
        }
        System.arraycopy(request.bytes(), Request.DATA, object, channel.done(), request.length());
        channel.advance(request.length());
        if (channel.pending(true) != null) {
            return MORE_EXPECTED;
        }
        Cursor cursor = channel.cursor();
        Ef ef = cursor.structured(Ef.Structure.BER_TLV, Access.UPDATE);
        int tag = DataObjects.tag(object, 0, DataObjects.tagLength(object, 0, object.length));
        ef.setObject(tag, object, cursor.files().transactions());
        cursor.files().updated(ef);
        return OK;
    }

    /** SET DATA with a tag and nothing behind it. */
    private static int delete(Cursor cursor, Ef ef, int tag) {
        if (!ef.objects().containsKey(tag)) {
            return FileFault.DATA_NOT_FOUND.statusWord();
        }
        ef.setObject(tag, null, cursor.files().transactions());
        cursor.files().updated(ef);
        return OK;
    }
}
