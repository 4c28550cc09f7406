// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import org.bipline.uicc.runtime.vm.MemoryWatch;
import org.bipline.uicc.runtime.vm.PowerCut;

/**
 * A simulated UICC behind a T=0 interface. Persistent state (files, registry, applets' objects) lives as long as the object;
 * {@link #reset()} and {@link #powerOff()} end what a loss of power ends: transient arrays, channels, a parked applet.
 *
 * <p>There is one caller at a time, on any thread; a call while another is under way is an {@link IllegalStateException}.
 * Many cards live in one JVM and share nothing that an applet could see.
 */
public final class Uicc implements AutoCloseable {
    private final Card card;
    private final AtomicBoolean busy = new AtomicBoolean();

    Uicc(Card card) {
        this.card = card;
    }

    public static UiccBuilder builder() {
        return new UiccBuilder();
    }

    /**
     * Powers the card up, or resets it where it has power.
     *
     * @return the answer to reset, ISO/IEC 7816-3
     */
    public byte[] reset() {
        enter();
        try {
            return card.powerUp();
        } finally {
            leave();
        }
    }

    /**
     * One exchange at the T=0 interface. A command with data and with response data is answered by {@code 61xx}; the caller
     * sends GET RESPONSE. An Le behind the data of a command has no place in a T=0 command and is dropped.
     *
     * @param command header and, where the command has data, P3 and data
     * @return response data and status word
     * @throws IllegalStateException without power
     * @throws PowerCutException where {@link MemoryWatch#cutPowerAt} cut the power in the middle
     */
    public byte[] transmit(byte[] command) {
        enter();
        try {
            return card.transmit(command);
        } catch (PowerCut e) {
            card.powerOff();
            throw new PowerCutException();
        } finally {
            leave();
        }
    }

    /** Takes the power away. Whatever an applet was doing ends here, without another instruction of it. */
    public void powerOff() {
        run(card::powerOff);
    }

    /**
     * Installs an applet on the personalised card, as INSTALL [for install and make selectable] would. The package AID is one that
     * no other package with installed applets has.
     *
     * @throws InstallationException where the parameters or the applet refuse
     * @throws PowerCutException where {@link MemoryWatch#cutPowerAt} cut the power in the middle, here and in what follows
     */
    public void install(AppletInstallation installation) {
        run(() -> card.applications().install(installation, true));
    }

    /**
     * Installs an applet as INSTALL [for install] alone would: it is neither selected nor triggered before
     * {@link #makeSelectable}.
     *
     * @throws InstallationException where the parameters or the applet refuse
     */
    public void installOnly(AppletInstallation installation) {
        run(() -> card.applications().install(installation, false));
    }

    /**
     * INSTALL [for make selectable] after {@link #installOnly}. An unknown AID, or one of an applet that is selectable, is an
     * {@link IllegalArgumentException}.
     */
    public void makeSelectable(byte[] instanceAid) {
        run(() -> card.applications().makeSelectable(instanceAid));
    }

    /**
     * Deletes an applet with its registrations, timers, channels and services. An unknown AID is an {@link
     * IllegalArgumentException}.
     *
     * @throws InstallationException with 6985, and nothing is changed, where the applet or another one of its package is active on a
     *     logical channel, where the applet waits for a TERMINAL RESPONSE, and where another applet, or a static field, refers to it
     *     or to an object that it shares
     */
    public void delete(byte[] instanceAid) {
        run(() -> card.applications().delete(instanceAid));
    }

    /**
     * Deletes a package, which comes with the first applet that is installed from it: when applets of it are installed again, their
     * static fields have the values that they had at first. An unknown AID is an {@link IllegalArgumentException}.
     *
     * @throws InstallationException with 6985, and nothing is changed, where an applet of the package is installed, or another package
     *     on the card needs it
     */
    public void deletePackage(byte[] packageAid) {
        run(() -> card.applications().deletePackage(packageAid, false));
    }

    /**
     * Deletes a package and all applets that were installed from it.
     *
     * @throws InstallationException with 6985, and nothing is changed, where one of the applets cannot be deleted, see {@link
     *     #delete}, or another package on the card needs the package; what its own applets and static fields refer to is no obstacle
     */
    public void deletePackageAndApplets(byte[] packageAid) {
        run(() -> card.applications().deletePackage(packageAid, true));
    }

    /** Locks an applet: it is neither selected nor triggered, its menu entries and events vanish from the ME. */
    public void lock(byte[] instanceAid) {
        run(() -> card.applications().setLocked(instanceAid, true));
    }

    /** Undoes {@link #lock}. */
    public void unlock(byte[] instanceAid) {
        run(() -> card.applications().setLocked(instanceAid, false));
    }

    /**
     * Begins to count the persistent writes and allocations of the applets, and lets the power be cut at one of the former. The
     * watch is looked at and changed between commands; there is one at a time.
     */
    public MemoryWatch watchMemory() {
        return card.watchMemory();
    }

    @Override
    public void close() {
        powerOff();
    }

    private void run(Runnable operation) {
        enter();
        try {
            operation.run();
        } catch (PowerCut e) {
            card.powerOff();
            throw new PowerCutException();
        } finally {
            leave();
        }
    }

    private void enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("the card is in the middle of another command");
        }
    }

    private void leave() {
        busy.setRelease(false);
    }
}
