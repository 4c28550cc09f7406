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
        enter();
        try {
            card.powerOff();
        } finally {
            leave();
        }
    }

    /**
     * Installs an applet on the personalised card, as INSTALL [for install and make selectable] would.
     *
     * @throws InstallationException where the parameters or the applet refuse
     */
    public void install(AppletInstallation installation) {
        enter();
        try {
            card.install(installation, true);
        } catch (PowerCut e) {
            card.powerOff();
            throw new PowerCutException();
        } finally {
            leave();
        }
    }

    /**
     * Installs an applet as INSTALL [for install] alone would: it is neither selected nor triggered before
     * {@link #makeSelectable}.
     *
     * @throws InstallationException where the parameters or the applet refuse
     */
    public void installOnly(AppletInstallation installation) {
        enter();
        try {
            card.install(installation, false);
        } finally {
            leave();
        }
    }

    /**
     * INSTALL [for make selectable] after {@link #installOnly}. An unknown AID, or one of an applet that is selectable, is an
     * {@link IllegalArgumentException}.
     */
    public void makeSelectable(byte[] instanceAid) {
        enter();
        try {
            card.makeSelectable(instanceAid);
        } finally {
            leave();
        }
    }

    /**
     * Deletes an applet with its registrations. An unknown AID is an {@link IllegalArgumentException}.
     *
     * @throws InstallationException with 6985 where another applet, or a static field, refers to the applet or to an object that
     *     it shares
     */
    public void delete(byte[] instanceAid) {
        enter();
        try {
            card.delete(instanceAid);
        } finally {
            leave();
        }
    }

    /** Locks an applet: it is neither selected nor triggered, its menu entries and events vanish from the ME. */
    public void lock(byte[] instanceAid) {
        setLocked(instanceAid, true);
    }

    /** Undoes {@link #lock}. */
    public void unlock(byte[] instanceAid) {
        setLocked(instanceAid, false);
    }

    private void setLocked(byte[] instanceAid, boolean locked) {
        enter();
        try {
            card.setLocked(instanceAid, locked);
        } finally {
            leave();
        }
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

    private void enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("the card is in the middle of another command");
        }
    }

    private void leave() {
        busy.setRelease(false);
    }
}
