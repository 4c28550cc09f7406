// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.ApduCase;
import com.licel.jcardsim.base.SimulatorRuntime;
import com.licel.jcardsim.base.SimulatorSystem;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
    /** Bytes of transient arrays unless the card was built with another number. */
    public static final int DEFAULT_TRANSIENT_CAPACITY = 16384;

    /** jCardSim prepares an APDU object by reflection; a constant handle costs a tenth of that. */
    private static final MethodHandle RESET_APDU = resetApdu();

    private final VolatileMemory volatileMemory = (VolatileMemory) transientMemory;
    private final Transactions transactions = new Transactions(volatileMemory::forget);
    private final Map<ClassLoader, AppletLoader> ownLoaders = new HashMap<>(0);
    private final Map<ClassLoader, Set<String>> ownClasses = new HashMap<>(0);

    /** Whose code runs: other than that of the selected applet in an installation, a toolkit event or a call of its objects. */
    private Context context = Context.SELECTED;

    /** An applet that is being installed may have CLEAR_ON_DESELECT memory as if it was selected. */
    private boolean installing;

    private ExecutorService threads;

    /** The applet that was looked up last: nearly always the one that is asked for again. */
    private AID knownAid;

    private Applet known;

    public CardRuntime() {
        super(new VolatileMemory());
        volatileMemory.addGlobal(shortAPDU.getBuffer());
        volatileMemory.addGlobal(extendedAPDU.getBuffer());
    }

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

    /** Whether the running applet is the selected one, or as good as that: CLEAR_ON_DESELECT memory is there for it. */
    protected final boolean isSelectedRunning() {
        AID running = getAID();
        return installing || (running != null && running.equals(currentAID));
    }

    /** Whether the running code was called by an applet of another package, through a shareable object. */
    protected final boolean isCalledByApplet() {
        return context.caller() != null;
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

    /** Ends a call of an applet outside of an activation. */
    private void endOfCall() {
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

    /** The applet that the machine is running, in whatever way; null where it is none. */
    @Override
    public AID getAID() {
        return context.applet() != null ? context.applet() : super.getAID();
    }

    /** The applet that was selected and gets the commands, or null. */
    public final AID selected() {
        return currentAID;
    }

    /** The applet that called the running one through a shareable object; null where the card did. */
    @Override
    public AID getPreviousContextAID() {
        return context.caller();
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

    /** What an applet shares with the running one. Within a package it is the object itself. */
    @Override
    public Shareable getSharedObject(AID server, byte parameter) {
        AID client = getAID();
        Applet owner = getApplet(server);
        if (owner == null) {
            return null;
        }
        Context before = enter(new Context(server, client));
        Shareable object;
        try {
            object = owner.getShareableInterfaceObject(client, parameter);
        } finally {
            enter(before);
        }
        Applet asking = getApplet(client);
        boolean foreign = asking == null
                || !asking.getClass().getPackageName().equals(owner.getClass().getPackageName());
        return object != null && foreign ? SharedObject.of(this, server, object) : object;
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
        Context before = enter(new Context(aid, null));
        try {
            bind();
            return getApplet(aid).getShareableInterfaceObject(null, parameter);
        } finally {
            enter(before);
            endOfCall();
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
        endOfCall();
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
     * An applet's class as it runs on this card: rewritten for transactions, and with static fields of the card's own.
     *
     * @param source the loader that has the class files
     * @throws ClassNotFoundException where it has none of this name
     */
    public final Class<?> load(ClassLoader source, String className) throws ClassNotFoundException {
        if (source.getResource(className.replace('.', '/') + ".class") == null) {
            throw new ClassNotFoundException(className);
        }
        AppletCode code = AppletCode.of(source);
        Set<String> own = code.ownClasses(className);
        if (own.isEmpty()) {
            return Class.forName(className, false, code.shared());
        }
        Set<String> names = ownClasses.computeIfAbsent(source, key -> new HashSet<>());
        names.addAll(own);
        ClassLoader loader =
                ownLoaders.computeIfAbsent(source, key -> new AppletLoader(code, code.shared(), names::contains));
        return Class.forName(className, false, loader);
    }

    /**
     * Runs an applet's {@code install} and registers the instance.
     *
     * @param parameters what {@code install} gets: AID, privileges and application data, each with a length byte before it
     * @param registered called when the applet registers itself, before anything that the applet does after it
     * @throws InvocationTargetException with what {@code install} threw
     */
    public final void install(Class<?> type, AID aid, byte[] parameters, Consumer<Applet> registered)
            throws NoSuchMethodException, InvocationTargetException {
        Method install = type.getMethod("install", byte[].class, short.class, byte.class);
        bind();
        forgetApplet();
        Context before = enter(new Context(aid, null));
        installing = true;
        volatileMemory.addGlobal(parameters);
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
            volatileMemory.release(aid);
            throw e;
        } finally {
            installing = false;
            registrationCallback.remove();
            volatileMemory.removeGlobal(parameters);
            enter(before);
            endOfCall();
        }
    }

    /**
     * Whether another applet, or a static field of any applet's class on this card, refers to an applet or to an object that it
     * shares. Java Card 3.0.4 runtime environment, clause 11.3.4.
     */
    public final boolean isReferredTo(AID aid) {
        References references = new References();
        for (ApplicationInstance other : applets.values()) {
            if (!other.getAID().equals(aid)) {
                references.addObject(other.getApplet());
            }
        }
        ownLoaders.forEach((source, loader) -> {
            for (String name : ownClasses.get(source)) {
                Class<?> type = loader.loaded(name);
                if (type != null) {
                    references.addStatics(type);
                }
            }
        });
        return references.reach(getApplet(aid), aid);
    }

    /** Deletes an applet with its transient arrays; its {@code uninstall} runs where it has one. */
    public final void delete(AID aid) {
        if (aid.equals(currentAID)) {
            deselectCurrent();
        }
        deleteApplet(aid);
        forgetApplet();
        volatileMemory.release(aid);
    }

    /** Loss of power or a reset: transient memory, selection, an open transaction and parked applets go. */
    public final void powerCut() {
        context = Context.SELECTED;
        MemoryWatch watch = transactions.watching();
        if (watch != null) {
            watch.powerUp();
        }
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

    /** What nothing refers to is collected with the rest of the JVM's memory; transient arrays stay until their applet is deleted. */
    @Override
    public boolean isObjectDeletionSupported() {
        return true;
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
    public short getMaxCommitCapacity() {
        return transactions.capacity();
    }

    @Override
    public short getUnusedCommitCapacity() {
        return transactions.unused();
    }

    @Override
    public short getAvailableTransientResetMemory() {
        return volatileMemory.available();
    }

    /** Both kinds of transient arrays share the memory. */
    @Override
    public short getAvailableTransientDeselectMemory() {
        return volatileMemory.available();
    }

    @Override
    public byte getTransactionDepth() {
        return (byte) (transactions.isOpen() ? 1 : 0);
    }
}
