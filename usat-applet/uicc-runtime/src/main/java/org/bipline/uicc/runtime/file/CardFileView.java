// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.function.BooleanSupplier;
import org.bipline.uicc.runtime.vm.TransientHolder;
import uicc.access.FileView;

/** An applet's view of the files, with its own selection. ETSI TS 102 241, FileView. */
public sealed class CardFileView implements FileView, TransientHolder permits CardAdminFileView {
    private static final byte ENHANCED_SEARCH = 6;
    private static final int FROM_VALUE = 0x0800;
    private static final int MAX_INCREASE = 127;

    private final FileSystem files;
    private final Cursor cursor;

    private final BooleanSupplier accessible;

    /**
     * A view at its root.
     *
     * @param adf the application that the view is confined to, or null for the files below the MF
     * @param rights what the applet's access domain opens
     * @param context a transient array of one byte or more: when the card clears it the view is back at its root; empty for a view
     *     that is not transient
     * @param accessible whether the view can be used now: a CLEAR_ON_DESELECT one by the selected applet only, as is all memory
     *     of that kind
     */
    public CardFileView(FileSystem files, Df adf, AccessRights rights, byte[] context, BooleanSupplier accessible) {
        this.files = files;
        this.accessible = accessible;
        this.cursor = new Cursor(files, adf == null ? files.mf() : adf, rights, context);
    }

    /** The selected EF, or the current directory where none is selected. */
    public final CardFile selected() {
        return cursor().ef() != null ? cursor().ef() : cursor().df();
    }

    final Cursor cursor() {
        if (!accessible.getAsBoolean()) {
            throw new SecurityException("a CLEAR_ON_DESELECT view is for the selected applet only");
        }
        cursor.refresh();
        return cursor;
    }

    private static void checkRange(byte[] array, int offset, int length) {
        if (offset < 0 || length < 0 || offset + length > array.length) {
            throw new ArrayIndexOutOfBoundsException("offset " + offset + ", length " + length + " of " + array.length);
        }
    }

    private void doSelect(int identifier) {
        try {
            CardFile file = cursor().find(identifier & 0xFFFF);
            cursor().select(file);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public short select(short fid, byte[] fcp, short fcpOffset, short fcpLength) {
        checkRange(fcp, fcpOffset, fcpLength);
        doSelect(fid);
        return copyFcp(selected(), fcp, fcpOffset, fcpLength);
    }

    private short copyFcp(CardFile file, byte[] fcp, short fcpOffset, short fcpLength) {
        Response template = new Response();
        Fcp.write(file, files, template);
        int length = Math.min(fcpLength, template.length());
        System.arraycopy(template.data(), 0, fcp, fcpOffset, length);
        return (short) length;
    }

    @Override
    public void select(short fid) {
        doSelect(fid);
    }

    @Override
    public void select(byte sfi) {
        try {
            cursor().selectShort(sfi);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public short status(byte[] fcp, short fcpOffset, short fcpLength) {
        checkRange(fcp, fcpOffset, fcpLength);
        return copyFcp(cursor().df(), fcp, fcpOffset, fcpLength);
    }

    @Override
    public short readBinary(short fileOffset, byte[] resp, short respOffset, short respLength) {
        checkRange(resp, respOffset, respLength);
        try {
            Ef ef = cursor().binary(Access.READ);
            if (fileOffset < 0 || fileOffset + respLength > ef.size()) {
                throw FileFault.OUT_OF_FILE.thrown();
            }
            ef.read(fileOffset, resp, respOffset, respLength);
            return (short) (respOffset + respLength);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public void updateBinary(short fileOffset, byte[] data, short dataOffset, short dataLength) {
        checkRange(data, dataOffset, dataLength);
        try {
            cursor().updateBinary(fileOffset, data, dataOffset, dataLength);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public short readRecord(
            short recNumber, byte mode, short recOffset, byte[] resp, short respOffset, short respLength) {
        checkRange(resp, respOffset, respLength);
        try {
            Ef ef = cursor().records(Access.READ);
            int number = cursor().record(recNumber, mode);
            if (recOffset < 0 || recOffset + respLength > ef.recordLength()) {
                throw FileFault.OUT_OF_RECORD.thrown();
            }
            ef.read((number - 1) * ef.recordLength() + recOffset, resp, respOffset, respLength);
            return (short) (respOffset + respLength);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public void updateRecord(
            short recNumber, byte mode, short recOffset, byte[] data, short dataOffset, short dataLength) {
        checkRange(data, dataOffset, dataLength);
        try {
            cursor().updateRecord(recNumber, mode, recOffset, data, dataOffset, dataLength);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public short searchRecord(
            byte mode,
            short recordNum,
            short searchIndication,
            byte[] patt,
            short pattOffset,
            short pattLength,
            short[] response,
            short respOffset,
            short respLength) {
        checkRange(patt, pattOffset, pattLength);
        if (respOffset < 0 || respLength < 0 || respOffset + respLength > response.length) {
            throw new ArrayIndexOutOfBoundsException(respOffset + respLength);
        }
        try {
            Ef ef = cursor().records(Access.READ);
            int begin = mode == ENHANCED_SEARCH && (searchIndication & FROM_VALUE) == 0 ? searchIndication & 0xFF : 0;
            if (begin + pattLength > ef.recordLength()) {
                throw FileFault.OUT_OF_RECORD.thrown();
            }
            byte[] numbers = new byte[ef.records()];
            int found = new Search(cursor(), ef, patt, pattOffset, pattLength)
                    .find(mode, recordNum, searchIndication, numbers);
            int copied = Math.min(found, respLength);
            for (int i = 0; i < copied; i++) {
                response[respOffset + i] = (short) (numbers[i] & 0xFF);
            }
            return (short) copied;
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public short increase(byte[] incr, short incrOffset, short incrLength, byte[] resp, short respOffset) {
        checkRange(incr, incrOffset, incrLength);
        try {
            byte[] sum = new byte[Math.max(1, cursor().selected().recordLength())];
            checkRange(resp, respOffset, cursor().selected().recordLength());
            if (incrLength > MAX_INCREASE) {
                throw FileFault.OUT_OF_RECORD.thrown();
            }
            cursor().increase(incr, incrOffset, incrLength, sum);
            System.arraycopy(sum, 0, resp, respOffset, cursor().selected().recordLength());
            return (short) cursor().selected().recordLength();
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public void deactivateFile() {
        setActivated(false);
    }

    @Override
    public void activateFile() {
        setActivated(true);
    }

    private void setActivated(boolean activated) {
        try {
            cursor().setActivated(activated);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }
}
