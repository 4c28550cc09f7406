// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.ApduCase;
import com.licel.jcardsim.base.SimulatorRuntime;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javacard.framework.AID;
import javacard.framework.APDU;

/**
 * jCardSim as the machine of one card: its memory, its transactions, and whose code runs. Every thread that runs code of an
 * applet is first bound to the card, since the Java Card API finds its card by the thread; and only one of them runs at a time.
 */
public abstract class CardMachine extends SimulatorRuntime {
    /** Bytes of transient arrays unless the card was built with another number. */
    public static final int DEFAULT_TRANSIENT_CAPACITY = 16384;

    private final VolatileMemory volatileMemory = (VolatileMemory) transientMemory;
    private final Transactions transactions = new Transactions(volatileMemory::forget);
    private final ActiveApplets active = new ActiveApplets();

    /** Whose code runs: other than that of the selected applet in an installation, a toolkit event or a call of its objects. */
    private Context context = Context.SELECTED;

    private ExecutorService threads;

    CardMachine() {
        super(new VolatileMemory());
        volatileMemory.addGlobal(shortAPDU.getBuffer());
        volatileMemory.addGlobal(extendedAPDU.getBuffer());
    }

    final void bind() {
        activateSimulatorRuntimeInstance();
    }

    final void execute(Runnable task) {
        if (threads == null) {
            // an executor of the card's own, since only its threads are collected together with it
            threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("uicc").factory());
        }
        threads.execute(task);
    }

    // Whose code runs

    final ActiveApplets active() {
        return active;
    }

    /** The applet that the machine is running, in whatever way; null where it is none. */
    @Override
    public final AID getAID() {
        return context.applet() != null ? context.applet() : active.selected();
    }

    /** The applet that called the running one through a shareable object; null where the card did. */
    @Override
    public final AID getPreviousContextAID() {
        return context.caller();
    }

    @Override
    public final byte getAssignedChannel() {
        return (byte) active.channel();
    }

    final Context context() {
        return context;
    }

    /** Changes the context and returns the one before. */
    final Context enter(Context next) {
        Context before = context;
        context = next;
        return before;
    }

    /** Whether the running code was called by an applet of another package, through a shareable object. */
    protected final boolean isCalledByApplet() {
        return context.caller() != null;
    }

    @Override
    protected final void resetAPDU(APDU apdu, ApduCase apduCase, byte[] command) {
        Apdus.reset(apdu, currentProtocol, apduCase, command);
    }

    // Memory

    final VolatileMemory volatileMemory() {
        return volatileMemory;
    }

    public final Transactions transactions() {
        return transactions;
    }

    /** Begins to count what happens to the memory of this card; there is one watch at a time. */
    public final MemoryWatch watchMemory() {
        return transactions.watch();
    }

    /** Sets the bytes that changes within a transaction may take, 0 to 32,767. */
    public final void setCommitCapacity(int bytes) {
        transactions.setCapacity(bytes);
    }

    /** Sets the bytes of transient arrays, 0 to 32,767. */
    public final void setTransientCapacity(int bytes) {
        volatileMemory.setCapacity(bytes);
    }

    /** An array that every applet may use and none can keep, cleared as {@code CLEAR_ON_RESET} memory is. */
    protected final byte[] makeGlobalArray(int length) {
        byte[] array = new byte[length];
        volatileMemory.addGlobal(array);
        return array;
    }

    final boolean isGlobal(Object array) {
        return volatileMemory.isGlobal(array);
    }

    final boolean isAttentive() {
        return transactions.isOpen() || transactions.watching() != null;
    }

    final boolean isPersistent(Object object) {
        return !volatileMemory.contains(object);
    }

    /** Whether a change of this object can be undone. */
    final boolean isLogged(Object object) {
        return isPersistent(object) && !transactions.isNew(object);
    }

    /** Ends a call of an applet outside of an activation: an open transaction is rolled back. */
    final void endOfCall() {
        if (transactions.isOpen()) {
            transactions.abort();
        }
        checkPower();
    }

    /** Throws {@link PowerCut} where the power was cut, whatever an applet or jCardSim made of it. */
    final void checkPower() {
        MemoryWatch watch = transactions.watching();
        if (watch != null && watch.isPowerCut()) {
            throw new PowerCut();
        }
    }

    /** Loss of power or a reset: transient memory, selection, an open transaction and parked applets go. */
    public void powerCut() {
        context = Context.SELECTED;
        MemoryWatch watch = transactions.watching();
        if (watch != null) {
            watch.powerUp();
        }
        threads = null; // a parked thread stays parked and is collected: not one more instruction of the applet runs
        if (transactions.isOpen()) {
            transactions.abort();
        }
        active.clear();
        reset();
    }

    @Override
    public final void beginTransaction() {
        transactions.begin();
    }

    @Override
    public final void abortTransaction() {
        transactions.abort();
    }

    @Override
    public final void commitTransaction() {
        transactions.commit();
    }

    @Override
    public final short getMaxCommitCapacity() {
        return transactions.capacity();
    }

    @Override
    public final short getUnusedCommitCapacity() {
        return transactions.unused();
    }

    @Override
    public final short getAvailableTransientResetMemory() {
        return volatileMemory.available();
    }

    /** Both kinds of transient arrays share the memory. */
    @Override
    public final short getAvailableTransientDeselectMemory() {
        return volatileMemory.available();
    }

    @Override
    public final byte getTransactionDepth() {
        return (byte) (transactions.isOpen() ? 1 : 0);
    }
}
