// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import com.licel.jcardsim.utils.AIDUtil;
import java.lang.reflect.InvocationTargetException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javacard.framework.AID;
import javacard.framework.CardRuntimeException;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import org.bipline.uicc.runtime.cat.CatRuntime;
import org.bipline.uicc.runtime.cat.ToolkitParameters;
import org.bipline.uicc.runtime.file.CardAdminFileView;
import org.bipline.uicc.runtime.file.CardFileView;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.file.Df;
import org.bipline.uicc.runtime.file.Ef;
import org.bipline.uicc.runtime.file.FileCommands;
import org.bipline.uicc.runtime.file.FileSystem;
import org.bipline.uicc.runtime.file.Response;
import org.bipline.uicc.runtime.file.SuciCalculators;
import org.bipline.uicc.runtime.vm.CardRuntime;
import org.bipline.uicc.runtime.vm.PowerCut;

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
    private static final String INSTALL_CLAUSE = "GlobalPlatform Card Specification, INSTALL [for install]";

    private final FileSystem files;
    private final FileCommands fileCommands;
    private final CatRuntime cat;
    private final SuciCalculators suciCalculators;
    private final UiccListener listener;
    private final Response out = new Response();
    private final HeldResponse held = new HeldResponse();
    private final Map<AID, AccessDomains> accessDomains = new TreeMap<>(AIDUtil.comparator());
    private final Set<AID> locked = new TreeSet<>(AIDUtil.comparator());
    private final Set<AID> notYetSelectable = new TreeSet<>(AIDUtil.comparator());
    private final byte[] volatileBytes = makeGlobalArray(VOLATILE_BYTES);
    private boolean powered;
    private boolean meUpdates;
    private Ef updatedByMe;

    Card(CardProfile profile, RandomGenerator random, UiccListener listener) {
        this.listener = listener;
        files = profile.fileSystem(transactions());
        fileCommands = new FileCommands(files, random);
        cat = new CatRuntime(this, files, listener);
        suciCalculators = new SuciCalculators(this, files, listener, makeGlobalArray(MAX_RESPONSE));
        files.onUpdate(this::updated);
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
        boolean poll = cla == 0x80 && ins == 0xF2 && command.length <= 5 && (command[2] & 0xFF) <= 2;
        if (channel == 0 && selected() != null && !poll && ins != MANAGE_CHANNEL) {
            return held.applet(command, process(command));
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
     * SELECT by DF name: an application of the file system or an applet. ETSI TS 102 221 clause 11.1.1. Applets are on the basic
     * channel only.
     */
    private byte[] select(byte[] command, int channel) {
        int length = command.length > 5 ? command[4] & 0xFF : 0;
        if (length > 16) {
            return status(0x6700);
        }
        AID applet = find(command, 5, length);
        if (applet != null && isSelectable(applet)) {
            if (channel != 0) {
                return status(0x6A81);
            }
            leaveApplication();
            return held.applet(command, process(command));
        }
        Df adf = fileCommands.application(command);
        if (adf == null) {
            return status(length == 0 ? 0x6A86 : 0x6A82);
        }
        if (channel == 0) {
            deselectCurrent();
            boolean terminate = (command[3] & 0x60) == 0x40;
            if (terminate || fileCommands.application() != adf) {
                leaveApplication();
            }
        }
        out.clear();
        int sw = fileCommands.selectApplication(command, adf, out);
        return held.respond(command, out, sw);
    }

    private void leaveApplication() {
        Df left = fileCommands.application();
        if (left != null && selected() == null) {
            cat.deselected(left.aid());
        }
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

    static byte[] status(int sw) {
        return new byte[] {(byte) (sw >> 8), (byte) sw};
    }

    // Application management

    void install(AppletInstallation installation, boolean makeSelectable) {
        AID aid = aid("instance AID", installation.instanceAid());
        aid("package AID", installation.packageAid());
        if (aid.equals(find(installation.instanceAid(), 0, installation.instanceAid().length))) {
            throw new InstallationException("instance AID", "an applet with it is installed", INSTALL_CLAUSE, 0x6985);
        }
        byte[] toolkit = installation.toolkitParameters();
        ToolkitParameters parameters = toolkit.length == 0 ? null : ToolkitParameters.parse(toolkit);
        if (parameters != null) {
            cat.check(parameters);
        }
        AccessDomains access =
                AccessDomains.parse(installation.accessParameters(), installation.administrativeAccessParameters());
        String name = HexFormat.of().withUpperCase().formatHex(installation.instanceAid());
        accessDomains.put(aid, access); // a file view can be had before the applet has registered itself
        try {
            Class<?> type = installation.load(this);
            install(type, aid, installParameters(installation), applet -> {
                if (parameters != null) {
                    cat.register(aid, parameters);
                }
            });
        } catch (PowerCut e) {
            forget(aid);
            throw e;
        } catch (ClassNotFoundException e) {
            forget(aid);
            throw new InstallationException(
                    "applet class", "there is no " + installation.className(), INSTALL_CLAUSE, 0x6A88, e);
        } catch (NoSuchMethodException e) {
            forget(aid);
            throw new InstallationException("applet class", "it has no install method", INSTALL_CLAUSE, 0x6A80, e);
        } catch (InvocationTargetException e) {
            forget(aid);
            Throwable cause = e.getCause();
            int sw = cause instanceof ISOException iso ? iso.getReason() & 0xFFFF : ISO7816.SW_CONDITIONS_NOT_SATISFIED;
            throw new InstallationException(
                    "applet parameters (C9) or the applet itself",
                    "install() threw " + describe(cause),
                    INSTALL_CLAUSE,
                    sw,
                    cause);
        }
        if (!makeSelectable) {
            notYetSelectable.add(aid);
            cat.setLocked(aid, true);
        }
        listener.installed(name, installation.className());
        cat.afterCommand();
    }

    /** The reason is what tells one CardRuntimeException from another. */
    private static String describe(Throwable thrown) {
        return thrown instanceof CardRuntimeException e
                ? "%s, reason %04X".formatted(e.getClass().getSimpleName(), e.getReason())
                : String.valueOf(thrown);
    }

    private static AID aid(String field, byte[] bytes) {
        if (bytes.length < 5 || bytes.length > 16) {
            throw new InstallationException(
                    field, "an AID has 5 to 16 bytes, not " + bytes.length, "ISO/IEC 7816-5", 0x6A80);
        }
        return new AID(bytes, (short) 0, (byte) bytes.length);
    }

    /** Instance AID, privileges and applet parameters, each with its length; a length of 128 or more has two bytes. */
    private static byte[] installParameters(AppletInstallation installation) {
        byte[] aid = installation.instanceAid();
        byte[] data = installation.appletParameters();
        if (aid.length + data.length + 4 > 255) {
            throw new InstallationException(
                    "applet parameters (C9)", data.length + " bytes are too long", INSTALL_CLAUSE, 0x6A80);
        }
        byte[] parameters = new byte[1 + aid.length + 2 + 1 + data.length];
        parameters[0] = (byte) aid.length;
        System.arraycopy(aid, 0, parameters, 1, aid.length);
        int at = 1 + aid.length;
        parameters[at++] = 1;
        parameters[at++] = 0;
        parameters[at++] = (byte) data.length;
        System.arraycopy(data, 0, parameters, at, data.length);
        return parameters;
    }

    private AID installed(byte[] instanceAid) {
        AID aid = new AID(instanceAid, (short) 0, (byte) instanceAid.length);
        if (lookupApplet(aid) == null) {
            throw new IllegalArgumentException(
                    "no applet " + HexFormat.of().withUpperCase().formatHex(instanceAid));
        }
        return aid;
    }

    void delete(byte[] instanceAid) {
        AID aid = installed(instanceAid);
        if (isReferredTo(aid)) {
            throw new InstallationException(
                    "instance AID",
                    "another applet or a static field refers to the applet",
                    "Java Card 3.0.4 runtime environment, clause 11.3.4",
                    ISO7816.SW_CONDITIONS_NOT_SATISFIED);
        }
        delete(aid);
        forget(aid);
        cat.afterCommand();
    }

    private void forget(AID aid) {
        cat.unregister(aid);
        suciCalculators.forget(aid);
        accessDomains.remove(aid);
        locked.remove(aid);
        notYetSelectable.remove(aid);
    }

    private boolean isSelectable(AID aid) {
        return !locked.contains(aid) && !notYetSelectable.contains(aid);
    }

    void makeSelectable(byte[] instanceAid) {
        AID aid = installed(instanceAid);
        if (!notYetSelectable.remove(aid)) {
            throw new IllegalArgumentException("the applet is selectable");
        }
        cat.setLocked(aid, !isSelectable(aid));
        cat.afterCommand();
    }

    void setLocked(byte[] instanceAid, boolean lock) {
        AID aid = installed(instanceAid);
        if (lock) {
            locked.add(aid);
            if (aid.equals(selected())) {
                deselectCurrent();
            }
        } else {
            locked.remove(aid);
        }
        cat.setLocked(aid, !isSelectable(aid));
        cat.afterCommand();
    }

    // What the uicc.* factories ask

    /** A view of the files for the running applet; null where there is no such application, or the applet is not registered yet. */
    CardFileView view(AID adfAid, byte event) {
        Df adf = adf(adfAid);
        return isOutOfReach(adfAid, adf)
                ? null
                : new CardFileView(files, adf, accessDomains().files().rights(adf), context(event), accessible(event));
    }

    /** As {@link #view}, for the administration of files. */
    CardAdminFileView adminView(AID adfAid, byte event) {
        Df adf = adf(adfAid);
        return isOutOfReach(adfAid, adf)
                ? null
                : new CardAdminFileView(
                        files, adf, accessDomains().administration().rights(adf), context(event), accessible(event));
    }

    private boolean isOutOfReach(AID adfAid, Df adf) {
        return getAID() == null || lookupApplet(getAID()) == null || (adfAid != null && adf == null);
    }

    /** What tells a view that its selection was cleared, as transient memory is. */
    private byte[] context(byte event) {
        if (event == JCSystem.NOT_A_TRANSIENT_OBJECT) {
            return new byte[0];
        }
        return JCSystem.makeTransientByteArray((short) 1, event);
    }

    private BooleanSupplier accessible(byte event) {
        return event == JCSystem.CLEAR_ON_DESELECT ? this::isSelectedRunning : () -> true;
    }

    private AccessDomains accessDomains() {
        return accessDomains.get(getAID());
    }

    private Df adf(AID adfAid) {
        if (adfAid == null) {
            return null;
        }
        byte[] aid = new byte[16];
        int length = adfAid.getBytes(aid, (short) 0);
        return files.application(aid, 0, length);
    }

    /** ETSI TS 102 241, UICCPlatform: only for the applet that was selected or triggered, not for one that this calls. */
    byte[] volatileBytes() {
        if (isCalledByApplet()) {
            throw new SecurityException("the volatile byte array belongs to the applet that was selected or triggered");
        }
        return volatileBytes;
    }
}
