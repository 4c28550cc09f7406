// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.ApduCase;
import com.licel.jcardsim.base.SimulatorSystem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javacard.framework.AID;
import javacard.framework.Applet;
import javacard.framework.AppletEvent;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.MultiSelectable;
import javacard.framework.Shareable;
import javacard.framework.SystemException;

/** The applets of a card: loaded, installed, selected on logical channels, called and deleted. */
public abstract class CardRuntime extends CardMachine {
    /** Logical channels of a card, the basic one among them. */
    public static final int CHANNELS = 20;

    private final AppletClasses classes = new AppletClasses();

    /** An applet that is being installed may have CLEAR_ON_DESELECT memory as if it was selected. */
    private boolean installing;

    private boolean deletionRequested;

    /** The applet that was looked up last: nearly always the one that is asked for again. */
    private AID knownAid;

    private Applet known;

    /** The card to which the current thread is bound. */
    public static CardRuntime current() {
        if (SimulatorSystem.instance() instanceof CardRuntime card) {
            return card;
        }
        throw new IllegalStateException("the Java Card API was called outside of a card");
    }

    /** {@code select}, {@code deselect}, {@code process} or {@code uninstall} of an applet ended in this. */
    protected abstract void threw(AID applet, Throwable exception);

    private void failed(AID applet, Throwable exception) {
        if (!(exception instanceof PowerCut)) {
            threw(applet, exception);
        }
    }

    // Applets by their AID

    public final Applet applet(AID aid) {
        return getApplet(aid);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // another object of the same AID only costs the search
    protected final Applet getApplet(AID aid) {
        if (known == null || aid == null || aid != knownAid) {
            known = super.getApplet(aid);
            knownAid = aid;
        }
        return known;
    }

    private void forgetApplet() {
        knownAid = null;
        known = null;
    }

    /** AIDs of the installed applets, in ascending order. */
    public final Collection<AID> applets() {
        return applets.keySet();
    }

    private CardPackage packageOf(AID aid) {
        return CardPackage.of(getApplet(aid).getClass());
    }

    /** Whether two installed applets are of one package. */
    private boolean share(AID one, AID other) {
        return one.equals(other) || packageOf(one).equals(packageOf(other));
    }

    private boolean isMulti(AID aid) {
        return getApplet(aid) instanceof MultiSelectable;
    }

    /** Whether the running applet is of the package of the selected one: CLEAR_ON_DESELECT memory is there for it. */
    public final boolean isSelectedRunning() {
        AID running = getAID();
        AID selected = active().selected();
        return installing || (running != null && selected != null && share(running, selected));
    }

    // Applets and each other

    /** What an applet shares with the running one. Within a package it is the object itself. */
    @Override
    public final Shareable getSharedObject(AID server, byte parameter) {
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
        boolean foreign = getApplet(client) == null || !share(client, server);
        return object != null && foreign ? SharedObject.of(this, server, object) : object;
    }

    /**
     * Whether an applet's objects cannot be called because it is active on another channel than that of the command under way,
     * and does not expect others meanwhile. Java Card 3.0.4 runtime environment, clause 6.2.8.6.
     */
    final boolean isBusyElsewhere(AID owner) {
        AID selected = active().selected();
        return !isMulti(owner)
                && (selected == null || !share(owner, selected))
                && active().isActiveBeside(active().channel(), owner::equals);
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

    // Selection, Java Card 3.0.4 runtime environment, chapter 4

    /** The applet that is active on a logical channel, or null. */
    public final AID active(int channel) {
        return active().on(channel);
    }

    /** Whether an applet, or another one of its package, is active on any logical channel. */
    public final boolean isActive(AID aid) {
        return active().isActiveBeside(-1, other -> share(aid, other));
    }

    /** Whether this very applet is active on any logical channel. */
    final boolean isAppletActive(AID aid) {
        return active().isActiveBeside(-1, other -> other.equals(aid));
    }

    /**
     * SELECT of an applet on an open logical channel, clause 4.5.2: 6985 where the applet, or another one of its package, is active
     * on another channel and is not multiselectable; the applet that was active on this one stays so then.
     */
    public final byte[] select(byte[] command, AID aid, int channel) {
        if (active().isActiveBeside(channel, other -> share(aid, other) && !(isMulti(aid) && isMulti(other)))) {
            return status(ISO7816.SW_CONDITIONS_NOT_SATISFIED);
        }
        deselect(channel, channel);
        selecting = true;
        try {
            return activate(aid, channel, channel)
                    ? process(command, channel)
                    : status(ISO7816.SW_APPLET_SELECT_FAILED);
        } finally {
            selecting = false;
        }
    }

    /**
     * MANAGE CHANNEL opened a channel from another one: the applet that is active there becomes active on the new one too. Clause
     * 4.5.1.
     *
     * @return 9000, or why the new channel has to be closed again
     */
    public final int selectOnOpened(int channel, int origin) {
        AID aid = active(origin);
        if (aid == null) {
            return 0x9000;
        }
        if (!isMulti(aid)) {
            return ISO7816.SW_CONDITIONS_NOT_SATISFIED;
        }
        selecting = true;
        try {
            return activate(aid, channel, origin) ? 0x9000 : ISO7816.SW_APPLET_SELECT_FAILED;
        } finally {
            selecting = false;
        }
    }

    private boolean isActiveBeside(AID aid, int channel) {
        return active().isActiveBeside(channel, other -> share(aid, other));
    }

    /** Asks the applet whether it accepts its selection; {@code origin} is the channel that the command came on. */
    private boolean activate(AID aid, int channel, int origin) {
        Applet applet = getApplet(aid);
        boolean shared = isActiveBeside(aid, channel);
        boolean twice = active().isActiveBeside(channel, aid::equals);
        active().set(channel, aid);
        int before = active().enter(channel);
        bind();
        Apdus.setChannel(shortAPDU, origin);
        boolean accepted = false;
        try {
            accepted = shared ? ((MultiSelectable) applet).select(twice) : applet.select();
        } catch (Throwable e) { // whatever an applet throws stays inside the card
            failed(aid, e);
        } finally {
            active().enter(before);
            if (!accepted) {
                active().set(channel, null);
            }
        }
        endOfCall();
        return accepted;
    }

    /**
     * Ends the selection of the applet on a channel, clause 4.6; the file system is what commands meet next. {@code origin} is the
     * channel that the command for this came on.
     */
    public final void deselect(int channel, int origin) {
        AID aid = active(channel);
        if (aid == null) {
            return;
        }
        Applet applet = getApplet(aid);
        boolean shared = isActiveBeside(aid, channel);
        int before = active().enter(channel);
        bind();
        Apdus.setChannel(shortAPDU, origin);
        try {
            if (shared) {
                ((MultiSelectable) applet).deselect(active().isActiveBeside(channel, aid::equals));
            } else {
                applet.deselect();
            }
        } catch (Throwable e) { // it is deselected all the same
            failed(aid, e);
        } finally {
            active().set(channel, null);
            active().enter(before);
            if (!shared) {
                volatileMemory().clearOnDeselect(other -> getApplet(other) != null && share(aid, other));
            }
        }
        endOfCall();
    }

    /** A command to the applet that is active on a channel. An open transaction is rolled back behind it. */
    public final byte[] process(byte[] command, int channel) {
        AID aid = active(channel);
        active().enter(channel);
        bind();
        responseBufferSize = 0;
        int sw = 0x9000;
        try {
            resetAPDU(shortAPDU, ApduCase.getCase(command), command);
            if (channel != 0) {
                Apdus.setChannel(shortAPDU, channel);
            }
            getApplet(aid).process(shortAPDU);
        } catch (ISOException e) {
            sw = e.getReason() & 0xFFFF;
        } catch (Throwable e) { // whatever an applet throws stays inside the card
            sw = ISO7816.SW_UNKNOWN;
            failed(aid, e);
        } finally {
            selecting = false;
            resetAPDU(shortAPDU, null, null);
            active().enter(0);
        }
        endOfCall();
        return response(sw);
    }

    /** What the applet sent goes out with a status word that is no error. */
    private byte[] response(int sw) {
        int kind = sw >> 8;
        boolean fine = (kind >= 0x61 && kind <= 0x63) || (kind & 0xF0) == 0x90;
        int length = fine ? responseBufferSize : 0;
        byte[] response = new byte[length + 2];
        System.arraycopy(responseBuffer, 0, response, 0, length);
        response[length] = (byte) kind;
        response[length + 1] = (byte) sw;
        return response;
    }

    /** A status word alone. */
    public static byte[] status(int sw) {
        return new byte[] {(byte) (sw >> 8), (byte) sw};
    }

    // Installation and deletion

    /** An applet's class as it runs on this card, see {@link AppletClasses#load}. */
    public final Class<?> load(ClassLoader source, String className) throws ClassNotFoundException {
        return classes.load(source, className);
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
        volatileMemory().addGlobal(parameters);
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
            remove(aid);
            throw e;
        } finally {
            installing = false;
            registrationCallback.remove();
            volatileMemory().removeGlobal(parameters);
            enter(before);
            endOfCall();
        }
    }

    private void remove(AID aid) {
        applets.remove(aid);
        forgetApplet();
        volatileMemory().release(aid);
    }

    /** Tells an applet that it is about to be deleted. Java Card 3.0.4 runtime environment, clause 11.3.4. */
    public final void uninstall(AID aid) {
        if (getApplet(aid) instanceof AppletEvent event) {
            Context before = enter(new Context(aid, null));
            bind();
            Apdus.setChannel(shortAPDU, 0);
            try {
                event.uninstall();
            } catch (Throwable e) { // it has no say in this
                failed(aid, e);
            } finally {
                enter(before);
            }
            endOfCall();
        }
    }

    /**
     * Whether an applet beside these, or a static field of a class of this card's own but for those of one package, refers to one of
     * these applets or to an object that it shares. Java Card 3.0.4 runtime environment, clauses 11.3.4.1 and 11.3.4.3.
     *
     * @param leaving the package that is deleted with the applets, or null
     */
    public final boolean isReferredTo(Collection<AID> aids, CardPackage leaving) {
        Set<Object> reached = reached(aid -> !aids.contains(aid), leaving == null ? Set.of() : Set.of(leaving));
        return aids.stream().anyMatch(aid -> reached.contains(getApplet(aid)))
                || reached.stream().map(SharedObject::owner).anyMatch(owner -> owner != null && aids.contains(owner));
    }

    /** What applets and static fields refer to. */
    private Set<Object> reached(Predicate<AID> from, Set<CardPackage> but) {
        References references = new References();
        for (ApplicationInstance applet : applets.values()) {
            if (from.test(applet.getAID())) {
                references.addObject(applet.getApplet());
            }
        }
        classes.addStatics(references, but);
        return references.closure();
    }

    /** Deletes an applet with its transient arrays. */
    public final void delete(AID aid) {
        remove(aid);
    }

    /** The classes of a package are gone; installed again, it has the static fields that it had at first. */
    public final void delete(CardPackage deleted) {
        classes.forget(deleted);
    }

    /** Whether a class of a package, or one that it needs, is of another package. */
    public static boolean needs(CardPackage user, String className, CardPackage other) {
        return AppletClasses.needs(user, className, other);
    }

    /** Memory that nothing refers to is the JVM's business; transient arrays come back before the next command. */
    @Override
    public final boolean isObjectDeletionSupported() {
        return true;
    }

    @Override
    public final void requestObjectDeletion() {
        deletionRequested = true;
    }

    /**
     * Gives transient arrays that no field and no array refers to back, where an applet has asked for it. To be called while no
     * applet is in the middle of anything, since local variables count too.
     */
    public final void deleteObjects() {
        if (deletionRequested) {
            deletionRequested = false;
            volatileMemory().retain(this::isRewritten, reached(aid -> true, Set.of()));
        }
    }

    /** The references of others cannot be followed: their arrays stay. */
    private boolean isRewritten(AID aid) {
        Applet applet = getApplet(aid);
        return applet != null && applet.getClass().getClassLoader() instanceof AppletLoader;
    }

    @Override
    public void powerCut() {
        deletionRequested = false;
        selecting = false;
        super.powerCut();
    }
}
