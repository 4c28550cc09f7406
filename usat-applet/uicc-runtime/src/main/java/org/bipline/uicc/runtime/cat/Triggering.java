// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javacard.framework.AID;
import javacard.framework.ISOException;
import javacard.framework.Shareable;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.vm.Activation;
import org.bipline.uicc.runtime.vm.CardRuntime;
import uicc.toolkit.ToolkitInterface;

/** Runs {@code processToolkit} of the applets that an event concerns, by their priority. ETSI TS 102 241 clause 6.2. */
final class Triggering {
    private static final int BUSY = 0x9300;
    private static final byte TOOLKIT_INTERFACE = 1;

    private final CardRuntime card;
    private final UiccListener listener;
    private final Registry registry;

    /** Called before each run: an applet that may use the proactive handler finds it empty. */
    private final Runnable beforeRun;

    private Trigger current;

    Triggering(CardRuntime card, UiccListener listener, Registry registry, Runnable beforeRun) {
        this.card = card;
        this.listener = listener;
        this.registry = registry;
        this.beforeRun = beforeRun;
    }

    /** The run whose turn it is, or null. */
    Trigger current() {
        return current;
    }

    void reset() {
        current = null;
    }

    static String describe(Event event, AID aid) {
        return event.name() + " for " + Envelopes.hex(aid);
    }

    /** The applets that are registered to an event and may be triggered. */
    List<ToolkitApplet> targets(Event event) {
        List<ToolkitApplet> targets = new ArrayList<>(2);
        for (ToolkitApplet applet : registry.applets()) {
            if (applet.has(event)) {
                if (applet.isLocked()) {
                    listener.dropped(describe(event, applet.aid), "the applet is locked or not yet selectable");
                } else {
                    targets.add(applet);
                }
            }
        }
        return targets;
    }

    void fire(Event event, byte[] envelope) {
        fire(event, envelope, targets(event));
    }

    /** Triggers one applet after the other until one waits for the ME or all had their turn; the delivery has the outcome. */
    Trigger.Delivery fire(Event event, byte[] envelope, List<ToolkitApplet> targets) {
        Trigger.Delivery delivery = new Trigger.Delivery(event, envelope, targets);
        run(delivery);
        delivery.endAnswer();
        return delivery;
    }

    private void run(Trigger.Delivery delivery) {
        Iterator<ToolkitApplet> targets = delivery.targets;
        while (targets.hasNext()) {
            ToolkitApplet applet = targets.next();
            if (!applet.has(delivery.event) || applet.isLocked() || registry.find(applet.aid) != applet) {
                listener.dropped(
                        describe(delivery.event, applet.aid), "an applet before it deregistered, locked or deleted it");
                continue;
            }
            if (delivery.event == Event.PROACTIVE_HANDLER_AVAILABLE) {
                applet.set(delivery.event, false);
            }
            ToolkitInterface entryPoint = entryPoint(applet);
            if (entryPoint == null) {
                continue;
            }
            Trigger trigger = new Trigger(this, applet, delivery);
            short code = delivery.event.code();
            trigger.activation = new Activation(card, applet.aid, () -> entryPoint.processToolkit(code));
            beforeRun.run();
            listener.triggered(delivery.event.name(), Envelopes.hex(applet.aid));
            Trigger before = current;
            current = trigger;
            boolean finished = trigger.activation.start();
            current = before;
            if (!finished) {
                return; // the rest follows when it has ended
            }
            if (ended(trigger) && delivery.isAlone) {
                delivery.setStatusWord(BUSY);
            }
        }
    }

    /** Goes on with a run that has its TERMINAL RESPONSE, and, when it is over, with the applets behind it. */
    void resume(Trigger trigger) {
        Trigger before = current;
        current = trigger;
        boolean finished = trigger.activation.resume();
        current = before;
        if (finished) {
            ended(trigger);
            run(trigger.delivery);
        }
    }

    /** What follows when processToolkit is over; true where the applet wants the ME to be told that the card is busy. */
    private boolean ended(Trigger trigger) {
        if (card.transactions().isOpen()) {
            card.transactions().abort();
        }
        Throwable failure = trigger.activation.failure();
        String aid = Envelopes.hex(trigger.applet.aid);
        if (failure != null) {
            listener.threw(aid, failure);
        }
        listener.finished(trigger.delivery.event.name(), aid);
        return failure instanceof ISOException e && e.getReason() == (short) BUSY;
    }

    /** The object that the CAT runtime environment calls: what the applet shares with no client and parameter 1. */
    private ToolkitInterface entryPoint(ToolkitApplet applet) {
        try {
            Shareable shared = card.share(applet.aid, TOOLKIT_INTERFACE);
            if (shared instanceof ToolkitInterface entryPoint) {
                return entryPoint;
            }
            listener.dropped(
                    "trigger of " + Envelopes.hex(applet.aid),
                    "getShareableInterfaceObject(null, 1) returned no ToolkitInterface");
        } catch (RuntimeException e) {
            listener.threw(Envelopes.hex(applet.aid), e);
        }
        return null;
    }
}
