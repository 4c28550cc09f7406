// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/**
 * The commands of the ME on files and PINs, ETSI TS 102 221 clause 11.1. Each method puts response data into the
 * {@link Response} and returns the status word; {@code 6Cxx} tells the length that the ME should have asked for.
 */
public final class FileCommands {
    private static final int OK = 0x9000;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int WRONG_P1_P2 = 0x6A86;
    private static final int NOT_FOUND = 0x6A82;
    private static final int DATA_NOT_FOUND = 0x6A88;
    private static final int MORE_BYTES = 0x6C00;

    private final FileSystem files;
    private final Cursor cursor;

    public FileCommands(FileSystem files) {
        this.files = files;
        this.cursor = new Cursor(files);
    }

    public void reset() {
        files.reset();
        cursor.reset();
    }

    /** The application that is selected, or null. */
    public Df application() {
        return cursor.application();
    }

    public FileSystem files() {
        return files;
    }

    /** Leaves the application: 7FFF names nothing any more, the MF is the current directory. */
    public void terminateApplication() {
        cursor.setApplication(null);
        cursor.select(files.mf());
    }

    /** SELECT of an application of the file system that the caller found by its AID. */
    public int selectApplication(Df adf, int p2, Response out) {
        cursor.select(adf);
        if ((p2 & 0x0C) != 0x0C) {
            Fcp.write(adf, files, out);
        }
        return OK;
    }

    /**
     * Any other command.
     *
     * @return the status word, 6D00 for an instruction that is none of a file or PIN
     */
    public int process(byte[] command, Response out) {
        int ins = command[1] & 0xFF;
        int p1 = command[2] & 0xFF;
        int p2 = command[3] & 0xFF;
        int length = command.length > 5 ? command[4] & 0xFF : 0;
        int expected = command.length == 5 && command[4] != 0 ? command[4] & 0xFF : 256;
        boolean etsi = (command[0] & 0x80) != 0; // class 8X
        try {
            return switch (ins) {
                case 0xA4 -> etsi ? 0x6E00 : select(command, p1, p2, length, out);
                case 0xB0 -> etsi ? 0x6E00 : readBinary(p1, p2, expected, out);
                case 0xD6 -> etsi ? 0x6E00 : updateBinary(command, p1, p2, length);
                case 0xB2 -> etsi ? 0x6E00 : readRecord(p1, p2, expected, out);
                case 0xDC -> etsi ? 0x6E00 : updateRecord(command, p1, p2, length);
                case 0xA2 -> etsi ? 0x6E00 : searchRecord(command, p1, p2, length, out);
                case 0x20, 0x24, 0x26, 0x28, 0x2C -> etsi ? 0x6E00 : pin(command, ins, p1, p2, length);
                case 0x04, 0x44 -> etsi ? 0x6E00 : activation(command, ins == 0x44, p1, p2, length);
                case 0x32 -> etsi ? increase(command, p1, p2, length, out) : 0x6E00;
                case 0xF2 -> etsi ? status(p1, p2, expected, out) : 0x6E00;
                default -> 0x6D00;
            };
        } catch (FileFault.Thrown e) {
            out.clear();
            return e.fault().statusWord();
        }
    }

    private int select(byte[] command, int p1, int p2, int length, Response out) {
        int kind = p2 & 0x1C;
        if (kind != 0x04 && kind != 0x0C && kind != 0) {
            return WRONG_P1_P2;
        }
        CardFile file;
        switch (p1) {
            case 0x00, 0x01 -> {
                if (length != 2 && !(p1 == 0 && length == 0)) {
                    return WRONG_LENGTH;
                }
                file = length == 0 ? files.mf() : cursor.find(((command[5] & 0xFF) << 8) | (command[6] & 0xFF));
                if (p1 == 1 && !(file instanceof Df && file.parent() == cursor.df())) {
                    return NOT_FOUND;
                }
            }
            case 0x03 -> {
                if (length != 0) {
                    return WRONG_LENGTH;
                }
                file = cursor.df().parent();
                if (file == null) {
                    return NOT_FOUND;
                }
            }
            case 0x08, 0x09 -> {
                if (length == 0 || length % 2 != 0) {
                    return WRONG_LENGTH;
                }
                file = cursor.findPath(p1 == 8 ? files.mf() : cursor.df(), command, 5, length);
            }
            default -> {
                return WRONG_P1_P2;
            }
        }
        cursor.select(file);
        if (kind == 0x04) {
            Fcp.write(file, files, out);
        }
        return switch (file.lifeCycle()) {
            case DEACTIVATED -> 0x6283;
            case TERMINATED -> 0x6285;
            case CREATION, INITIALISATION, ACTIVATED -> OK;
        };
    }

    private int status(int p1, int p2, int expected, Response out) {
        if (p1 > 2 || (p2 != 0x00 && p2 != 0x01 && p2 != 0x0C)) {
            return WRONG_P1_P2;
        }
        if (p2 == 0x0C) {
            return OK;
        }
        if (p2 == 0) {
            Fcp.write(cursor.df(), files, out);
        } else {
            Df adf = cursor.application();
            if (adf == null) {
                return OK;
            }
            out.add(0x84).add(adf.aid().length).add(adf.aid(), 0, adf.aid().length);
        }
        if (expected > out.length()) {
            int available = out.length();
            out.clear();
            return MORE_BYTES | available;
        }
        out.setLength(expected);
        return OK;
    }

    private int readBinary(int p1, int p2, int expected, Response out) {
        int offset = (p1 << 8) | p2;
        if ((p1 & 0x80) != 0) {
            if ((p1 & 0x60) != 0) {
                return WRONG_P1_P2;
            }
            cursor.selectShort(p1 & 0x1F);
            offset = p2;
        }
        Ef ef = cursor.binary(Access.READ);
        int available = ef.size() - offset;
        if (available <= 0) {
            return FileFault.OUT_OF_FILE.statusWord();
        }
        if (expected > available) {
            return MORE_BYTES | available;
        }
        ef.read(offset, out.data(), 0, expected);
        out.setLength(expected);
        return OK;
    }

    private int updateBinary(byte[] command, int p1, int p2, int length) {
        int offset = (p1 << 8) | p2;
        if ((p1 & 0x80) != 0) {
            if ((p1 & 0x60) != 0) {
                return WRONG_P1_P2;
            }
            cursor.selectShort(p1 & 0x1F);
            offset = p2;
        }
        int size = cursor.selected().size();
        if (length == 0 || (offset <= size && offset + length > size)) {
            return WRONG_LENGTH;
        }
        cursor.updateBinary(offset, command, 5, length);
        return OK;
    }

    private int readRecord(int p1, int p2, int expected, Response out) {
        if (p2 >> 3 != 0) {
            cursor.selectShort(p2 >> 3);
        }
        Ef ef = cursor.records(Access.READ);
        if (expected != ef.recordLength()) {
            return MORE_BYTES | (ef.recordLength() & 0xFF);
        }
        int number = cursor.record(p1, p2 & 7);
        ef.read((number - 1) * ef.recordLength(), out.data(), 0, ef.recordLength());
        out.setLength(ef.recordLength());
        return OK;
    }

    private int updateRecord(byte[] command, int p1, int p2, int length) {
        if (p2 >> 3 != 0) {
            cursor.selectShort(p2 >> 3);
        }
        Ef ef = cursor.selected();
        if (ef.structure() != Ef.Structure.TRANSPARENT && length != ef.recordLength()) {
            return WRONG_LENGTH;
        }
        cursor.updateRecord(p1, p2 & 7, 0, command, 5, length);
        return OK;
    }

    private int searchRecord(byte[] command, int p1, int p2, int length, Response out) {
        if (p2 >> 3 != 0) {
            cursor.selectShort(p2 >> 3);
        }
        int mode = p2 & 7;
        int skip = mode == 6 ? 2 : 0; // the search indication
        Ef ef = cursor.records(Access.READ);
        if (length <= skip || length - skip > ef.recordLength()) {
            return WRONG_LENGTH;
        }
        int indication = skip == 0 ? 0 : ((command[5] & 0xFF) << 8) | (command[6] & 0xFF);
        int found = new Search(cursor, ef, command, 5 + skip, length - skip).find(mode, p1, indication, out.data());
        if (found == 0) {
            return 0x6282;
        }
        out.setLength(found);
        return OK;
    }

    private int increase(byte[] command, int p1, int p2, int length, Response out) {
        if (p2 != 0 || ((p1 & 0x80) == 0 && p1 != 0)) {
            return WRONG_P1_P2;
        }
        if (p1 != 0) {
            cursor.selectShort(p1 & 0x1F);
        }
        if (length == 0 || length > 127 || length > cursor.selected().recordLength()) {
            return WRONG_LENGTH;
        }
        int recordLength = cursor.ef().recordLength();
        cursor.increase(command, 5, length, out.data());
        out.setLength(recordLength);
        out.add(command, 5, length);
        return OK;
    }

    private int activation(byte[] command, boolean activate, int p1, int p2, int length) {
        if (p1 != 0 || p2 != 0) {
            return WRONG_P1_P2;
        }
        if (length == 2) {
            cursor.select(cursor.find(((command[5] & 0xFF) << 8) | (command[6] & 0xFF)));
        } else if (length != 0) {
            return WRONG_LENGTH;
        }
        cursor.setActivated(activate);
        return OK;
    }

    private int pin(byte[] command, int ins, int p1, int p2, int length) {
        Pin pin = cursor.pin(p2);
        if (p1 != 0 && !(ins == 0x26 && p1 == 1)) {
            return WRONG_P1_P2;
        }
        if (pin == null) {
            return DATA_NOT_FOUND;
        }
        boolean pair = ins == 0x24 || ins == 0x2C;
        if (length == 0 && ins == 0x20) {
            return pin.status();
        }
        if (length == 0 && ins == 0x2C) {
            return pin.unblockStatus();
        }
        if (length != (pair ? 2 * Pin.LENGTH : Pin.LENGTH)) {
            return WRONG_LENGTH;
        }
        return switch (ins) {
            case 0x20 -> pin.verify(command, 5);
            case 0x24 -> pin.change(command, 5);
            case 0x26 -> disable(pin, command, p1 == 1);
            case 0x28 -> pin.canBeDisabled() ? pin.enable(command, 5) : DATA_NOT_FOUND;
            default -> pin.unblock(command, 5);
        };
    }

    /** DISABLE PIN; with {@code replaced} the universal PIN takes the place of an application PIN. */
    private int disable(Pin pin, byte[] command, boolean replaced) {
        Pin universal = replaced ? cursor.pin(Pin.UNIVERSAL) : null;
        if (!pin.canBeDisabled() || (replaced && (universal == null || universal == pin))) {
            return DATA_NOT_FOUND;
        }
        return pin.disable(command, 5, universal);
    }
}
