// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import uicc.access.FileView;
import uicc.access.UICCException;

/** An applet's view of the files, with its own selection. ETSI TS 102 241, FileView. */
public final class CardFileView implements FileView {
    private static final byte SIMPLE_FORWARD = 4;
    private static final byte SIMPLE_BACKWARD = 5;

    private final FileSystem files;
    private final Cursor cursor;
    private final boolean isTransient;
    private int session;

    /**
     * A view at its root.
     *
     * @param isTransient whether a reset takes it back there
     * @param adf the application that the view is confined to, or null for the files below the MF
     * @param fullAccess whether the applet's access domain opens every file; else only what is always allowed is open
     */
    public CardFileView(FileSystem files, Df adf, boolean fullAccess, boolean isTransient) {
        this.files = files;
        this.isTransient = isTransient;
        this.session = files.session();
        this.cursor = new Cursor(
                files,
                adf == null ? files.mf() : adf,
                condition -> condition == AccessRule.Condition.ALWAYS
                        || (fullAccess && condition != AccessRule.Condition.NEVER));
    }

    /** The selected EF, or the current directory where none is selected. */
    public CardFile selected() {
        return cursor().ef() != null ? cursor().ef() : cursor().df();
    }

    private Cursor cursor() {
        if (isTransient && session != files.session()) {
            session = files.session();
            cursor.reset();
        }
        return cursor;
    }

    private static UICCException uiccException(FileFault.Thrown e) {
        return new UICCException(e.fault().reason());
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
            throw uiccException(e);
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
            throw uiccException(e);
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
            Ef ef = cursor().readableTransparent();
            if (fileOffset < 0 || fileOffset + respLength > ef.size()) {
                throw FileFault.OUT_OF_FILE.thrown();
            }
            ef.read(fileOffset, resp, respOffset, respLength);
            return (short) (respOffset + respLength);
        } catch (FileFault.Thrown e) {
            throw uiccException(e);
        }
    }

    @Override
    public void updateBinary(short fileOffset, byte[] data, short dataOffset, short dataLength) {
        checkRange(data, dataOffset, dataLength);
        try {
            cursor().updateBinary(fileOffset, data, dataOffset, dataLength);
        } catch (FileFault.Thrown e) {
            throw uiccException(e);
        }
    }

    @Override
    public short readRecord(
            short recNumber, byte mode, short recOffset, byte[] resp, short respOffset, short respLength) {
        checkRange(resp, respOffset, respLength);
        try {
            Ef ef = cursor().readableRecords();
            int number = cursor().record(recNumber, mode);
            if (recOffset < 0 || recOffset + respLength > ef.recordLength()) {
                throw FileFault.OUT_OF_RECORD.thrown();
            }
            ef.read((number - 1) * ef.recordLength() + recOffset, resp, respOffset, respLength);
            return (short) (respOffset + respLength);
        } catch (FileFault.Thrown e) {
            throw uiccException(e);
        }
    }

    @Override
    public void updateRecord(
            short recNumber, byte mode, short recOffset, byte[] data, short dataOffset, short dataLength) {
        checkRange(data, dataOffset, dataLength);
        try {
            cursor().updateRecord(recNumber, mode, recOffset, data, dataOffset, dataLength);
        } catch (FileFault.Thrown e) {
            throw uiccException(e);
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
            Ef ef = cursor().readableRecords();
            if (mode != SIMPLE_FORWARD && mode != SIMPLE_BACKWARD) {
                throw FileFault.INVALID_MODE.thrown();
            }
            byte[] numbers = new byte[ef.records()];
            int found = Search.simple(
                    cursor(), ef, recordNum, mode == SIMPLE_FORWARD, patt, pattOffset, pattLength, numbers);
            int copied = Math.min(found, respLength);
            for (int i = 0; i < copied; i++) {
                response[respOffset + i] = (short) (numbers[i] & 0xFF);
            }
            return (short) copied;
        } catch (FileFault.Thrown e) {
            throw uiccException(e);
        }
    }

    @Override
    public short increase(byte[] incr, short incrOffset, short incrLength, byte[] resp, short respOffset) {
        checkRange(incr, incrOffset, incrLength);
        try {
            byte[] sum = new byte[Math.max(1, cursor().selected().recordLength())];
            checkRange(resp, respOffset, cursor().selected().recordLength());
            cursor().increase(incr, incrOffset, incrLength, sum);
            System.arraycopy(sum, 0, resp, respOffset, cursor().selected().recordLength());
            return (short) (respOffset + cursor().selected().recordLength());
        } catch (FileFault.Thrown e) {
            throw uiccException(e);
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
            throw uiccException(e);
        }
    }
}
