// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import static org.bipline.uicc.runtime.vm.CardRuntime.CHANNELS;

import java.util.random.RandomGenerator;

/**
 * The commands of the ME on files, PINs and logical channels, ETSI TS 102 221 clause 11.1. Each puts response data into the
 * {@link Response} and returns the status word; {@code 6Cxx} tells the length that the ME should have asked for.
 */
public final class FileCommands {
    private static final int OK = 0x9000;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int CHANNEL_NOT_SUPPORTED = 0x6881;
    private static final int WRONG_P1_P2 = 0x6A86;
    private static final int NOT_FOUND = 0x6A82;
    private static final int WRONG_INSTRUCTION = 0x6D00;
    private static final int WRONG_CLASS = 0x6E00;
    private static final int MORE_BYTES = 0x6C00;
    private static final int SET_DATA = 0xDB;
    private static final int RETRIEVE_DATA = 0xCB;

    private final FileSystem files;
    private final RandomGenerator random;

    /** Null: not open. The basic channel always is. */
    private final LogicalChannel[] channels = new LogicalChannel[CHANNELS];

    /** {@code random} makes the challenges. */
    public FileCommands(FileSystem files, RandomGenerator random) {
        this.files = files;
        this.random = random;
        channels[0] = new LogicalChannel(new Cursor(files));
    }

    public void reset() {
        files.reset();
        for (int i = 1; i < CHANNELS; i++) {
            channels[i] = null;
        }
        basic().reset();
        channels[0].end();
    }

    private Cursor basic() {
        return channels[0].cursor();
    }

    /** The application that is selected on an open channel, or null. */
    public Df application(int channel) {
        return channels[channel].cursor().application();
    }

    public boolean isOpen(int channel) {
        return channels[channel] != null;
    }

    /** An applet takes the place of the application on a channel. */
    public void leaveApplication(int channel) {
        Cursor cursor = channels[channel].cursor();
        Df left = cursor.application();
        cursor.setApplication(null);
        cursor.select(files.mf());
        leave(left);
    }

    /** Closes a channel that MANAGE CHANNEL has just opened. */
    public void close(int channel) {
        channels[channel] = null;
    }

    /** The logical channel that a command is for; -1 where its class byte names none that is open. */
    public int channel(byte[] command) {
        int cla = command[0] & 0xFF;
        int channel = ClassByte.status(cla) == OK ? ClassByte.channel(cla) : -1;
        return channel >= 0 && channels[channel] != null ? channel : -1;
    }

    /**
     * The application that SELECT by DF name means, whole or by the beginning of its name: the first, the last, or the one behind or
     * before the current one. Null where there is none.
     */
    public Df application(byte[] command) {
        Request request = Request.of(command);
        int occurrence = request.p2() & 3;
        Df from = occurrence >= 2 ? cursor(command).application() : null;
        return files.application(command, Request.DATA, request.length(), from, occurrence == 1 || occurrence == 3);
    }

    private Cursor cursor(byte[] command) {
        return channels[ClassByte.channel(command[0] & 0xFF)].cursor();
    }

    /** SELECT of an application of the file system that {@link #application(byte[])} found; P2 may end its session instead. */
    public int selectApplication(byte[] command, Df adf, Response out) {
        Cursor cursor = cursor(command);
        int p2 = command[3] & 0xFF;
        Df left = cursor.application();
        boolean terminate = (p2 & 0x60) == 0x40;
        if (terminate) {
            cursor.setApplication(null);
            cursor.select(files.mf());
        } else {
            cursor.select(adf);
        }
        leave(left);
        if (!terminate && (p2 & 0x0C) != 0x0C) {
            Fcp.write(adf, files, out);
        }
        return OK;
    }

    /** Where no channel has the application any more, its local PINs have to be verified again. */
    private void leave(Df application) {
        for (LogicalChannel channel : channels) {
            if (application == null || (channel != null && channel.cursor().application() == application)) {
                return;
            }
        }
        FileSystem.reset(application);
    }

    /**
     * Any other command.
     *
     * @return the status word, 6D00 for an instruction that is none of this class
     */
    public int process(byte[] command, Response out) {
        int cla = command[0] & 0xFF;
        int status = ClassByte.status(cla);
        if (status != OK) {
            return status;
        }
        LogicalChannel channel = channels[ClassByte.channel(cla)];
        if (channel == null) {
            return CHANNEL_NOT_SUPPORTED;
        }
        Request request = Request.of(command);
        if (request.ins() != SET_DATA && request.ins() != RETRIEVE_DATA) {
            channel.end(); // a chain of blocks is broken by any other command
        }
        try {
            return (cla & 0x80) != 0 ? etsi(channel, request, out) : interindustry(channel, request, out);
        } catch (FileFault.Thrown e) {
            out.clear();
            return e.fault().statusWord();
        }
    }

    private int interindustry(LogicalChannel channel, Request request, Response out) {
        Cursor cursor = channel.cursor();
        return switch (request.ins()) {
            case 0xA4 -> select(cursor, request, out);
            case 0xB0 -> EfCommands.readBinary(cursor, request, out);
            case 0xD6 -> EfCommands.updateBinary(cursor, request);
            case 0xB2 -> EfCommands.readRecord(cursor, request, out);
            case 0xDC -> EfCommands.updateRecord(cursor, request);
            case 0xA2 -> EfCommands.searchRecord(cursor, request, out);
            case 0x04, 0x44 -> EfCommands.activation(cursor, request);
            case 0x20, 0x24, 0x26, 0x28, 0x2C -> PinCommands.process(cursor, request);
            case 0x70 -> manageChannel(cursor, request, out);
            case 0x84 -> challenge(request, out);
            case 0x88 -> Authentication.process(cursor, request, out);
            case 0xE0 -> AdminCommands.create(cursor, request);
            case 0xE4 -> AdminCommands.delete(cursor, request);
            case 0xE6 -> AdminCommands.terminate(cursor, request, true);
            case 0xE8 -> AdminCommands.terminate(cursor, request, false);
            case 0x32, 0x78, 0xAA, 0xCB, 0xD4, 0xDB, 0xF2 -> WRONG_CLASS;
            default -> WRONG_INSTRUCTION;
        };
    }

    /** Class 8X and its kin. */
    private int etsi(LogicalChannel channel, Request request, Response out) {
        Cursor cursor = channel.cursor();
        return switch (request.ins()) {
            case 0x32 -> EfCommands.increase(cursor, request, out);
            case 0x78 -> files.suciCalculators().getIdentity(cursor, request, out);
            case 0xAA -> terminalCapability(request);
            case RETRIEVE_DATA -> TlvCommands.retrieve(channel, request, out);
            case SET_DATA -> TlvCommands.set(channel, request);
            case 0xD4 -> AdminCommands.resize(cursor, request);
            case 0xF2 -> status(cursor, request, out);
            case 0xA4, 0xB0, 0xD6, 0xB2, 0xDC, 0xA2, 0x04, 0x44, 0x20, 0x24, 0x26, 0x28, 0x2C -> WRONG_CLASS;
            case 0x70, 0x84, 0x88, 0xE0, 0xE4, 0xE6, 0xE8 -> WRONG_CLASS;
            default -> WRONG_INSTRUCTION; // MANAGE SECURE CHANNEL and TRANSACT DATA among them: no secure channels
        };
    }

    private int select(Cursor cursor, Request request, Response out) {
        int kind = request.p2() & 0x1C;
        int length = request.length();
        if (kind != 0x04 && kind != 0x0C && kind != 0) {
            return WRONG_P1_P2;
        }
        CardFile file;
        switch (request.p1()) {
            case 0x00, 0x01 -> {
                if (length != 2 && !(request.p1() == 0 && length == 0)) {
                    return WRONG_LENGTH;
                }
                file = length == 0 ? files.mf() : cursor.find(request.number(0));
                if (request.p1() == 1 && !(file instanceof Df && file.parent() == cursor.df())) {
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
                Df from = request.p1() == 8 ? files.mf() : cursor.df();
                file = cursor.findPath(from, request.bytes(), Request.DATA, length);
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

    private int status(Cursor cursor, Request request, Response out) {
        int p2 = request.p2();
        if (request.p1() > 2 || (p2 != 0x00 && p2 != 0x01 && p2 != 0x0C)) {
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
        if (request.expected() > out.length()) {
            int available = out.length();
            out.clear();
            return MORE_BYTES | available;
        }
        out.setLength(request.expected());
        return OK;
    }

    /**
     * MANAGE CHANNEL, ETSI TS 102 221 clause 11.1.17. A channel opened from the basic one begins at the MF; one opened from another
     * begins where that is.
     */
    private int manageChannel(Cursor cursor, Request request, Response out) {
        int number = request.p2();
        if (request.length() != 0) {
            return WRONG_LENGTH;
        }
        if (number >= CHANNELS) {
            return WRONG_P1_P2;
        }
        if (request.p1() == 0x80) {
            if (number == 0) {
                return WRONG_P1_P2; // the basic channel cannot be closed
            }
            LogicalChannel closed = channels[number];
            channels[number] = null;
            if (closed != null) {
                leave(closed.cursor().application());
            }
            return closed == null ? CHANNEL_NOT_SUPPORTED : OK;
        }
        if (request.p1() != 0) {
            return WRONG_P1_P2;
        }
        boolean assign = number == 0;
        while (assign && number < CHANNELS && channels[number] != null) {
            number++;
        }
        if (number == CHANNELS || channels[number] != null) {
            return 0x6A81; // none is free, or not this one
        }
        if (assign && request.expected() != 1) {
            return MORE_BYTES | 1;
        }
        Cursor opened = new Cursor(files);
        if (cursor != basic()) {
            opened.follow(cursor);
        }
        channels[number] = new LogicalChannel(opened);
        if (assign) {
            out.add(number);
        }
        return OK;
    }

    private int challenge(Request request, Response out) {
        if (request.p1() != 0 || request.p2() != 0) {
            return WRONG_P1_P2;
        }
        if (request.length() != 0) {
            return WRONG_LENGTH;
        }
        for (int i = 0; i < request.expected(); i++) {
            out.add(random.nextInt() & 0xFF);
        }
        return OK;
    }

    /** TERMINAL CAPABILITY, ETSI TS 102 221 clause 11.1.19: a template A9 that changes nothing here. */
    private static int terminalCapability(Request request) {
        if (request.p1() != 0 || request.p2() != 0) {
            return WRONG_P1_P2;
        }
        if (request.length() == 0) {
            return WRONG_LENGTH;
        }
        int end = Request.DATA + request.length();
        boolean template = request.bytes()[Request.DATA] == (byte) 0xA9
                && DataObjects.objectLength(request.bytes(), Request.DATA, end) == request.length();
        return template ? OK : FileFault.INCORRECT_PARAMETERS.statusWord();
    }
}
