// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javacard.framework.AID;
import org.bipline.uicc.runtime.cat.CatRuntime;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.file.ClassByte;
import org.bipline.uicc.runtime.file.Df;
import org.bipline.uicc.runtime.file.Ef;
import org.bipline.uicc.runtime.file.FileCommands;
import org.bipline.uicc.runtime.file.FileSystem;
import org.bipline.uicc.runtime.file.Response;
import org.bipline.uicc.runtime.file.SuciCalculators;
import org.bipline.uicc.runtime.vm.CardRuntime;

/** The inside of a {@link Uicc}: distributes the commands, and answers as T=0 wants it. ETSI TS 102 221 clauses 7.3, 10 and 11. */
final class Card extends CardRuntime {
    /**
     * ETSI TS 102 221 clause 6.3: T=0, a UICC of class A to C; services (selection by full and partial DF name), capabilities
     * (logical channels that the card or the ME numbers, eight or more), and the name of the card.
     */
    private static final byte[] ATR = checked("3B9F96801FC78031E073FE211F57" + "6269706C696E65");

    private static final int OK = 0x9000;
    private static final int MANAGE_CHANNEL = 0x70;
    private static final int VOLATILE_BYTES = 1024;
    private static final int MAX_RESPONSE = 256;

    private final FileCommands fileCommands;
    private final CatRuntime cat;
    private final SuciCalculators suciCalculators;
    private final Applications applications;
    private final FileViews views;
    private final UiccListener listener;
    private final Response out = new Response();
    private final HeldResponse held = new HeldResponse();
    private final byte[] volatileBytes = makeGlobalArray(VOLATILE_BYTES);
    private boolean powered;
    private boolean meUpdates;
    private Ef updatedByMe;

    Card(CardProfile profile, RandomGenerator random, UiccListener listener) {
        this.listener = listener;
        FileSystem files = profile.fileSystem(transactions());
        fileCommands = new FileCommands(files, random);
        cat = new CatRuntime(this, files, listener);
        suciCalculators = new SuciCalculators(this, files, listener, makeGlobalArray(MAX_RESPONSE));
        applications = new Applications(this, cat, suciCalculators, listener);
        views = new FileViews(this, files, applications);
        files.onUpdate(this::updated);
    }

    @Override
    protected void threw(AID applet, Throwable exception) {
        listener.threw(CatRuntime.hex(applet), exception);
    }

    private void updated(Ef file) {
        if (meUpdates) {
            updatedByMe = file; // applets hear of it when the command is done
        } else {
            cat.updated(file);
        }
    }

    CatRuntime cat() {
        return cat;
    }

    SuciCalculators suciCalculators() {
        return suciCalculators;
    }

    Applications applications() {
        return applications;
    }

    FileViews views() {
        return views;
    }

    byte[] powerUp() {
        powerOff();
        powered = true;
        return ATR.clone();
    }

    /** Appends TCK, the exclusive or of all bytes but the first. */
    private static byte[] checked(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex + "00");
        int last = bytes.length - 1;
        for (int i = 1; i < last; i++) {
            bytes[last] ^= bytes[i];
        }
        return bytes;
    }

    void powerOff() {
        powered = false;
        powerCut();
        fileCommands.reset();
        cat.reset();
        held.clear();
    }

    byte[] transmit(byte[] command) {
        if (!powered) {
            throw new IllegalStateException("the card has no power: call reset() first");
        }
        if (!isWellFormed(command)) {
            return status(0x6700);
        }
        byte[] ready = held.answer(command);
        if (ready != null) {
            return announce(ready);
        }
        if (!cat.isWaiting()) {
            deleteObjects();
        }
        cat.beforeCommand();
        byte[] response = dispatch(command);
        cat.afterCommand();
        return announce(response);
    }

    /** Header alone, header with P3, or header with P3 and as many bytes, perhaps with an Le behind them. */
    private static boolean isWellFormed(byte[] command) {
        int length = command.length;
        if (length <= 5) {
            return length >= 4;
        }
        int data = command[4] & 0xFF;
        return data > 0 && (length == 5 + data || length == 6 + data);
    }

    private byte[] dispatch(byte[] command) {
        int cla = command[0] & 0xFF;
        int ins = command[1] & 0xFF;
        if (cla == 0x80 && (ins == 0x10 || ins == 0x12 || ins == 0x14 || ins == 0xC2)) {
            return toolkit(command, ins);
        }
        int channel = fileCommands.channel(command);
        if (ins == 0xA4 && cla < 0x80 && command[2] == 0x04 && channel >= 0) {
            return select(command, channel);
        }
        if (ins == MANAGE_CHANNEL && cla < 0x80) {
            return manageChannel(command, channel);
        }
        boolean poll = cla == 0x80 && ins == 0xF2 && command.length <= 5 && (command[2] & 0xFF) <= 2;
        int named = ClassByte.channel(cla); // an applet has classes and secure messaging of its own
        if (active(named) != null && !poll) {
            return held.applet(command, process(command, named));
        }
        out.clear();
        meUpdates = true;
        int sw;
        try {
            sw = fileCommands.process(command, out);
        } finally {
            meUpdates = false;
        }
        if (updatedByMe != null) {
            Ef updated = updatedByMe;
            updatedByMe = null;
            cat.updated(updated, command);
        }
        if (poll && sw == OK) {
            cat.status();
        }
        return held.respond(command, out, sw);
    }

    private byte[] toolkit(byte[] command, int ins) {
        out.clear();
        int sw;
        if (command[2] != 0 || command[3] != 0) {
            sw = 0x6A86;
        } else {
            sw = switch (ins) {
                case 0x10 -> cat.terminalProfile(command);
                case 0x12 -> cat.fetch(command.length == 5 && command[4] != 0 ? command[4] & 0xFF : 256, out);
                case 0x14 -> cat.terminalResponse(command);
                default -> cat.envelope(command, out);
            };
        }
        return held.respond(command, out, sw);
    }

    /**
     * SELECT by DF name: an application of the file system or an applet. ETSI TS 102 221 clause 11.1.1. It opens no channel, as it
     * would by Java Card 3.0.4 runtime environment clause 4.5.2: on a UICC MANAGE CHANNEL does that.
     */
    private byte[] select(byte[] command, int channel) {
        int length = command.length > 5 ? command[4] & 0xFF : 0;
        if (length > 16) {
            return status(0x6700);
        }
        boolean terminate = (command[3] & 0x60) == 0x40;
        Df left = fileCommands.application(channel);
        AID applet = applications.selected(command, length, active(channel));
        if (applet != null && terminate) {
            if (applet.equals(active(channel))) {
                deselect(channel, channel);
            }
            return status(OK);
        }
        if (applet != null) {
            byte[] response = select(command, applet, channel);
            if (applet.equals(active(channel)) && left != null) {
                fileCommands.leaveApplication(channel);
                cat.deselected(left.aid());
            }
            return held.applet(command, response);
        }
        Df adf = fileCommands.application(command);
        if (adf == null) {
            return status(length == 0 ? 0x6A86 : 0x6A82);
        }
        deselect(channel, channel);
        out.clear();
        int sw = fileCommands.selectApplication(command, adf, out);
        if (left != null && (terminate || left != adf)) {
            cat.deselected(left.aid());
        }
        return held.respond(command, out, sw);
    }

    /** Opens a channel with the applet that is active on the one it is opened from, or closes one with the applet there. */
    private byte[] manageChannel(byte[] command, int channel) {
        out.clear();
        int number = command[3] & 0xFF;
        boolean close = command[2] == (byte) 0x80;
        boolean open = channel >= 0 && number < CHANNELS && fileCommands.isOpen(number);
        Df left = close && open ? fileCommands.application(number) : null;
        int sw = fileCommands.process(command, out);
        if (sw == OK && close) {
            deselect(number, channel);
            if (left != null) {
                cat.deselected(left.aid());
            }
        } else if (sw == OK && channel != 0) {
            int opened = number == 0 ? out.data()[0] : number;
            sw = selectOnOpened(opened, channel);
            if (sw != OK) {
                fileCommands.close(opened);
                out.clear();
            }
        }
        return held.respond(command, out, sw);
    }

    /** Turns 9000 into 91xx where a proactive command waits. */
    private byte[] announce(byte[] response) {
        int waiting = cat.waiting();
        int end = response.length;
        if (waiting != 0 && response[end - 2] == (byte) 0x90 && response[end - 1] == 0) {
            response[end - 2] = (byte) 0x91;
            response[end - 1] = (byte) waiting;
        }
        return response;
    }

    /** ETSI TS 102 241, UICCPlatform: only for the applet that was selected or triggered, not for one that this calls. */
    byte[] volatileBytes() {
        if (isCalledByApplet()) {
            throw new SecurityException("the volatile byte array belongs to the applet that was selected or triggered");
        }
        return volatileBytes;
    }
}
