// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javacard.framework.AID;
import javacard.framework.ISOException;
import javacard.framework.Shareable;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.file.Df;
import org.bipline.uicc.runtime.file.Ef;
import org.bipline.uicc.runtime.file.FileSystem;
import org.bipline.uicc.runtime.file.Response;
import org.bipline.uicc.runtime.vm.Activation;
import org.bipline.uicc.runtime.vm.CardRuntime;
import uicc.toolkit.EnvelopeHandler;
import uicc.toolkit.EnvelopeResponseHandler;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitInterface;
import uicc.toolkit.ToolkitRegistry;

/**
 * The CAT runtime environment of a card. ETSI TS 102 241 clause 6.
 *
 * <p>At most one run of an applet is parked in {@code send()}: who would send meanwhile does not get the handler. A command of
 * the ME that brings an event meanwhile runs other applets to their end, nested in the parked one's time.
 */
public final class CatRuntime {
    private static final int OK = 0x9000;
    private static final int NOT_NOW = 0x6985;
    private static final int BUSY = 0x9300;
    private static final int WRONG_DATA = 0x6A80;
    private static final byte TOOLKIT_INTERFACE = 1;

    private final CardRuntime card;
    private final UiccListener listener;
    private final Registry registry;
    private final Channels channels = new Channels();
    private final SystemCommands system;
    private final ProactiveCommandHandler proactiveHandler = new ProactiveCommandHandler(this);

    private byte[] terminalProfile;
    private boolean firstCommand;
    private Trigger current;
    private Trigger parked;

    /** The proactive command on its way, or null: the command's list, and whether the ME has fetched it. */
    private byte[] pending;

    private boolean fetched;

    public CatRuntime(CardRuntime card, FileSystem files, UiccListener listener) {
        this.card = card;
        this.listener = listener;
        this.registry = new Registry(card.transactions(), files);
        this.system = new SystemCommands(registry, files, listener);
    }

    Trigger current() {
        return current;
    }

    // What the application management asks

    /** Checks the parameters against the applets that are installed; throws {@code InstallationException}. */
    public void check(ToolkitParameters parameters) {
        registry.check(parameters);
    }

    public void register(AID aid, ToolkitParameters parameters) {
        registry.add(aid, parameters);
    }

    /** Forgets an applet; an applet without toolkit is none here. */
    public void unregister(AID aid) {
        ToolkitApplet applet = registry.find(aid);
        if (applet != null) {
            registry.remove(applet);
            channels.releaseAll(applet);
        }
    }

    public void setLocked(AID aid, boolean locked) {
        ToolkitApplet applet = registry.find(aid);
        if (applet != null) {
            applet.setLocked(locked);
        }
    }

    // What the card's life brings

    /** Loss of power: the ME, its channels and everything under way are forgotten. The registry stays. */
    public void reset() {
        terminalProfile = null;
        firstCommand = true;
        current = null;
        parked = null;
        pending = null;
        fetched = false;
        channels.clear();
        system.reset();
    }

    /** To be called before each command. */
    public void beforeCommand() {
        if (firstCommand) {
            firstCommand = false;
            fire(Event.FIRST_COMMAND_AFTER_ATR, null);
        }
    }

    /** To be called when a command is done: what waits for the handler gets it. */
    public void afterCommand() {
        while (terminalProfile != null && pending == null && parked == null) {
            pending = system.next(terminalProfile);
            if (pending != null) {
                return;
            }
            List<ToolkitApplet> waiting = targets(Event.PROACTIVE_HANDLER_AVAILABLE);
            if (waiting.isEmpty()) {
                return;
            }
            run(new Trigger.Delivery(Event.PROACTIVE_HANDLER_AVAILABLE, null, waiting));
        }
    }

    /** Length of the proactive command that waits to be fetched, as 91xx tells it; 0 where there is none. */
    public int waiting() {
        return pending == null || fetched ? 0 : berLength(pending.length);
    }

    private static int berLength(int listLength) {
        return 1 + EditTlvHandler.lengthOfLength(listLength) + listLength;
    }

    // Commands of the ME, ETSI TS 102 221 clause 11.2

    public int terminalProfile(byte[] command) {
        if (command.length < 6) {
            return 0x6700;
        }
        int length = command[4] & 0xFF;
        terminalProfile = new byte[length];
        System.arraycopy(command, 5, terminalProfile, 0, length);
        system.reset();
        registry.changed();
        fire(Event.PROFILE_DOWNLOAD, null);
        return OK;
    }

    public int fetch(int expected, Response out) {
        int length = waiting();
        if (length == 0) {
            return NOT_NOW;
        }
        if (expected != length) {
            return 0x6C00 | (length & 0xFF);
        }
        out.data()[0] = (byte) 0xD0;
        int at = EditTlvHandler.putLength(out.data(), 1, pending.length);
        System.arraycopy(pending, 0, out.data(), at, pending.length);
        out.setLength(length);
        fetched = true;
        return OK;
    }

    public int terminalResponse(byte[] command) {
        if (pending == null || !fetched) {
            return NOT_NOW;
        }
        int length = command.length > 5 ? command[4] & 0xFF : 0;
        byte[] response = new byte[length];
        System.arraycopy(command, 5, response, 0, length);
        byte[] answered = pending;
        pending = null;
        fetched = false;
        Trigger trigger = parked;
        if (trigger == null) {
            system.answered(answered, response);
            return OK;
        }
        channels.answered(trigger.applet, answered, response);
        parked = null;
        trigger.setResponse(response);
        if (resume(trigger)) {
            run(trigger.delivery);
        }
        return OK;
    }

    public int envelope(byte[] command, Response out) {
        int length = command.length > 5 ? command[4] & 0xFF : 0;
        byte[] envelope = new byte[length];
        System.arraycopy(command, 5, envelope, 0, length);
        if (!Envelopes.isWellFormed(envelope)) {
            return WRONG_DATA;
        }
        Event event = Envelopes.event(envelope);
        List<ToolkitApplet> targets = targets(event);
        Envelopes.narrow(event, envelope, targets, registry, channels, listener);
        if (parked != null && event.isBusyAllowed() && targets.contains(parked.applet)) {
            listener.dropped(
                    describe(event, parked.applet.aid),
                    "the applet waits for a TERMINAL RESPONSE; the ME is told to try again (9300)");
            return BUSY;
        }
        return fire(event, envelope, targets, out);
    }

    /** Delivers STATUS_COMMAND to the applets that poll. */
    public void status() {
        fire(Event.STATUS_COMMAND, null);
    }

    /** Tells of the end of an application session. */
    public void deselected(byte[] aid) {
        List<ToolkitApplet> targets = targets(Event.APPLICATION_DESELECT);
        if (!targets.isEmpty()) {
            fire(Event.APPLICATION_DESELECT, Envelopes.deselect(aid), targets, null);
        }
    }

    /** Tells of an update of a file; {@code byMe} says whether the ME did it. */
    public void updated(Ef file, boolean byMe) {
        listener.fileUpdated(file.path());
        if (SystemCommands.isMenuTitle(file)) {
            registry.changed();
        }
        if (byMe) {
            List<ToolkitApplet> targets = targets(Event.EXTERNAL_FILE_UPDATE);
            targets.removeIf(applet -> !applet.watches(file));
            if (!targets.isEmpty()) {
                Df application = file.parent().isAdf() ? file.parent() : null;
                fire(Event.EXTERNAL_FILE_UPDATE, Envelopes.fileUpdate(file, application), targets, null);
            }
        }
    }

    // Triggering

    private List<ToolkitApplet> targets(Event event) {
        List<ToolkitApplet> targets = new ArrayList<>(2);
        for (ToolkitApplet applet : registry.applets()) {
            if (applet.has(event)) {
                if (applet.isLocked()) {
                    listener.dropped(describe(event, applet.aid), "the applet is locked");
                } else {
                    targets.add(applet);
                }
            }
        }
        return targets;
    }

    private void fire(Event event, byte[] envelope) {
        fire(event, envelope, targets(event), null);
    }

    private int fire(Event event, byte[] envelope, List<ToolkitApplet> targets, Response out) {
        Trigger.Delivery delivery = new Trigger.Delivery(event, envelope, targets);
        int sw = run(delivery);
        EnvelopeResponse response = delivery.response();
        delivery.endAnswer();
        if (response != null && response.posted() != null) {
            out.add(response.posted(), 0, response.posted().length);
            boolean fine = response.isAccepted() || (out.length() == 0 && waiting() != 0); // 91xx says more than 6200
            return fine ? OK : 0x6200;
        }
        return sw;
    }

    /** Triggers one applet after the other until one waits for the ME or all had their turn. */
    private int run(Trigger.Delivery delivery) {
        int sw = OK;
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
            if (isFree()) {
                proactiveHandler.begin();
            }
            listener.triggered(delivery.event.name(), Envelopes.hex(applet.aid));
            Trigger before = current;
            current = trigger;
            boolean finished = trigger.activation.start();
            current = before;
            if (!finished) {
                return sw; // the rest follows when it has ended
            }
            sw = ended(trigger) && delivery.isAlone ? BUSY : sw;
        }
        return sw;
    }

    private boolean resume(Trigger trigger) {
        Trigger before = current;
        current = trigger;
        boolean finished = trigger.activation.resume();
        current = before;
        if (finished) {
            ended(trigger);
        }
        return finished;
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

    static String describe(Event event, AID aid) {
        return event.name() + " for " + Envelopes.hex(aid);
    }

    // What the applet's handlers ask

    private boolean isFree() {
        return terminalProfile != null && pending == null && parked == null;
    }

    boolean isProactiveHandlerAvailable() {
        return current != null && isFree();
    }

    /** Sends a proactive command for the current applet and waits for the TERMINAL RESPONSE. */
    ProactiveResponse send(byte[] command) {
        if (card.transactions().isOpen()) {
            card.transactions().abort();
        }
        Trigger trigger = current;
        String refusal = channels.refusal(trigger.applet, command, registry);
        if (refusal != null) {
            listener.dropped("proactive command of " + Envelopes.hex(trigger.applet.aid), refusal);
            ToolkitException.throwIt(ToolkitException.COMMAND_NOT_ALLOWED);
        }
        trigger.delivery.endAnswer();
        pending = command;
        fetched = false;
        parked = trigger;
        trigger.activation.park();
        return trigger.response();
    }

    private static <T> T available(T handler) {
        if (handler == null) {
            ToolkitException.throwIt(ToolkitException.HANDLER_NOT_AVAILABLE);
        }
        return handler;
    }

    public ProactiveHandler proactiveHandler() {
        return available(isProactiveHandlerAvailable() ? proactiveHandler : null);
    }

    public ProactiveResponseHandler proactiveResponseHandler() {
        return available(isProactiveHandlerAvailable() ? current.response() : null);
    }

    public EnvelopeHandler envelopeHandler() {
        return usatEnvelopeHandler();
    }

    public uicc.usim.toolkit.USATEnvelopeHandler usatEnvelopeHandler() {
        return available(current == null ? null : current.envelope());
    }

    public EnvelopeResponseHandler envelopeResponseHandler() {
        return available(current == null ? null : current.envelopeResponse());
    }

    /** The profile of this card session; throws {@link ToolkitException} before there is one. */
    public byte[] terminalProfile() {
        if (terminalProfile == null) {
            ToolkitException.throwIt(ToolkitException.TERMINAL_PROFILE_NOT_AVAILABLE);
        }
        return terminalProfile;
    }

    /** The entry of the running applet; null where it has none, or none yet because it has not registered itself. */
    public ToolkitRegistry registryEntry() {
        return card.getAID() == null ? null : registry.find(card.getAID());
    }

    /** Whether an applet with a higher priority than the caller waits for the handler. */
    public boolean isPrioritizedHandlerWaiting() {
        for (ToolkitApplet applet : registry.applets()) {
            if (applet.aid.equals(card.getAID())) {
                return false;
            }
            if (applet.has(Event.PROACTIVE_HANDLER_AVAILABLE)) {
                return true;
            }
        }
        return false;
    }
}
