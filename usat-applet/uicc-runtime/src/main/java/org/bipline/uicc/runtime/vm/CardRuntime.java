// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.ApduCase;
import com.licel.jcardsim.base.SimulatorRuntime;
import com.licel.jcardsim.base.SimulatorSystem;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javacard.framework.AID;
import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.Shareable;
import javacard.framework.SystemException;

/**
 * jCardSim as the machine of one card. Every thread that runs code of an applet is first bound to the card, since the Java
 * Card API finds its card by the thread; and only one of them runs at a time.
 */
public class CardRuntime extends SimulatorRuntime {
    /** jCardSim prepares an APDU object by reflection; a constant handle costs a tenth of that. */
    private static final MethodHandle RESET_APDU = resetApdu();

    private final Transactions transactions = new Transactions();

    /** The applet whose code runs other than by a command to it (installation, toolkit event), or null. */
    private AID context;

    private ExecutorService threads;

    /** The applet that was looked up last: nearly always the one that is asked for again. */
    private AID knownAid;

    private Applet known;

    private static MethodHandle resetApdu() {
        try {
            Method reset = APDU.class.getDeclaredMethod("internalReset", byte.class, ApduCase.class, byte[].class);
            reset.setAccessible(true);
            return MethodHandles.lookup().unreflect(reset);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("another jCardSim than the one this was built with", e);
        }
    }

    /** The card to which the current thread is bound. */
    public static CardRuntime current() {
        if (SimulatorSystem.instance() instanceof CardRuntime card) {
            return card;
        }
        throw new IllegalStateException("the Java Card API was called outside of a card");
    }

    final void bind() {
        activateSimulatorRuntimeInstance();
    }

    public final Transactions transactions() {
        return transactions;
    }

    /** The applet that the machine is running, in whatever way; null where it is none. */
    @Override
    public AID getAID() {
        return context != null ? context : super.getAID();
    }

    /** The applet that was selected and gets the commands, or null. */
    public final AID selected() {
        return currentAID;
    }

    /** Makes {@code aid} the running applet (null: the selected one) and returns the one before. */
    final AID enter(AID aid) {
        AID before = context;
        context = aid;
        return before;
    }

    public final Applet applet(AID aid) {
        return getApplet(aid);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // another object of the same AID only costs the search
    protected final Applet getApplet(AID aid) {
        if (aid == null || aid != knownAid) {
            known = super.getApplet(aid);
            knownAid = aid;
        }
        return known;
    }

    private void forgetApplet() {
        knownAid = null;
        known = null;
    }

    @Override
    protected final void resetAPDU(APDU apdu, ApduCase apduCase, byte[] command) {
        try {
            RESET_APDU.invokeExact(apdu, currentProtocol, apduCase, command);
        } catch (Throwable e) {
            throw new IllegalStateException("jCardSim refuses an APDU", e);
        }
    }

    /** What an applet shares with the runtime environment itself, or null. */
    public final Shareable share(AID aid, byte parameter) {
        AID before = enter(aid);
        try {
            bind();
            return getApplet(aid).getShareableInterfaceObject(null, parameter);
        } finally {
            enter(before);
        }
    }

    /** The installed applet whose AID begins with these bytes, the exact AID first; or null. */
    public final AID find(byte[] command, int offset, int length) {
        AID found = null;
        for (AID aid : applets.keySet()) {
            if (aid.equals(command, (short) offset, (byte) length)) {
                return aid;
            }
            if (found == null && length > 0 && aid.partialEquals(command, (short) offset, (byte) length)) {
                found = aid;
            }
        }
        return found;
    }

    /** A command to the selected applet, or the selection of one. An open transaction is rolled back behind it. */
    public final byte[] process(byte[] command) {
        byte[] response = transmitCommand(command);
        if (transactions.isOpen()) {
            transactions.abort();
        }
        return response;
    }

    /** Ends the selection of the current applet; the file system is what commands meet next. */
    public final void deselectCurrent() {
        if (currentAID != null) {
            deselect(lookupApplet(currentAID));
            currentAID = null;
        }
    }

    /**
     * Runs an applet's {@code install} and registers the instance.
     *
     * @param parameters what {@code install} gets: AID, privileges and application data, each with a length byte before it
     * @param registered called when the applet registers itself, before anything that the applet does after it
     * @throws InvocationTargetException with what {@code install} threw
     */
    public final void install(Class<? extends Applet> type, AID aid, byte[] parameters, Consumer<Applet> registered)
            throws NoSuchMethodException, InvocationTargetException {
        Method install = type.getMethod("install", byte[].class, short.class, byte.class);
        bind();
        forgetApplet();
        AID before = enter(aid);
        registrationCallback.set((applet, own) -> {
            if ((own != null && !own.equals(aid)) || applets.containsKey(aid)) {
                throw new SystemException(SystemException.ILLEGAL_AID);
            }
            applets.put(aid, new ApplicationInstance(aid, applet));
            registered.accept(applet);
        });
        try {
            install.invoke(null, parameters, (short) 0, (byte) parameters.length);
            if (!applets.containsKey(aid)) {
                throw new InvocationTargetException(new IllegalStateException("install() did not call register()"));
            }
        } catch (IllegalAccessException e) {
            throw new InvocationTargetException(e);
        } catch (InvocationTargetException e) {
            applets.remove(aid);
            forgetApplet();
            throw e;
        } finally {
            registrationCallback.remove();
            enter(before);
            if (transactions.isOpen()) {
                transactions.abort();
            }
        }
    }

    /** Deletes an applet; its {@code uninstall} runs where it has one. */
    public final void delete(AID aid) {
        if (aid.equals(currentAID)) {
            deselectCurrent();
        }
        deleteApplet(aid);
        forgetApplet();
    }

    /** Loss of power or a reset: transient memory, selection, an open transaction and parked applets go. */
    public final void powerCut() {
        context = null;
        threads = null; // a parked thread stays parked and is collected: not one more instruction of the applet runs
        if (transactions.isOpen()) {
            transactions.abort();
        }
        reset();
    }

    final void execute(Runnable task) {
        if (threads == null) {
            // an executor of the card's own, since only its threads are collected together with it
            threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("uicc").factory());
        }
        threads.execute(task);
    }

    @Override
    public void beginTransaction() {
        transactions.begin();
    }

    @Override
    public void abortTransaction() {
        transactions.abort();
    }

    @Override
    public void commitTransaction() {
        transactions.commit();
    }

    @Override
    public byte getTransactionDepth() {
        return (byte) (transactions.isOpen() ? 1 : 0);
    }
}
