// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.List;
import javacard.framework.AID;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.file.Ef;
import org.bipline.uicc.runtime.file.FileSystem;
import org.bipline.uicc.runtime.file.Response;
import org.bipline.uicc.runtime.ota.PacketSecurity;
import org.bipline.uicc.runtime.vm.CardRuntime;
import uicc.toolkit.EnvelopeHandler;
import uicc.toolkit.EnvelopeResponseHandler;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitRegistry;
import uicc.usim.geolocation.GeoLocation;

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
    private static final int SMS = 0x6F3C;
    private static final byte UPDATE_RECORD = (byte) 0xDC;

    private final CardRuntime card;
    private final UiccListener listener;
    private final Registry registry;
    private final SessionResources resources = new SessionResources();
    private final ProactiveSession session = new ProactiveSession();
    private final SystemCommands system;
    private final Triggering triggering;
    private final Downloads downloads;
    private final Locations locations;
    private final ProactiveCommandHandler proactiveHandler = new ProactiveCommandHandler(this);

    private byte[] terminalProfile;
    private boolean firstCommand;

    public CatRuntime(CardRuntime card, FileSystem files, UiccListener listener) {
        this.card = card;
        this.listener = listener;
        this.registry = new Registry(card.transactions(), files);
        this.system = new SystemCommands(registry, files, listener);
        this.triggering = new Triggering(card, listener, registry, this::prepareHandler);
        this.downloads =
                new Downloads(registry, triggering, system, session, new PacketSecurity(files.otaKeysets()), listener);
        this.locations = new Locations(this, card, registry, listener);
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
            resources.release(applet, registry).forEach(system::send);
            registry.remove(applet);
        }
    }

    /** Whether an applet waits for a TERMINAL RESPONSE. */
    public boolean isWaiting() {
        return session.parked() != null;
    }

    /** Whether this applet waits for a TERMINAL RESPONSE. */
    public boolean isWaiting(AID aid) {
        return isWaiting() && session.parked().applet.aid.equals(aid);
    }

    /** An AID in upper-case hex. */
    public static String hex(AID aid) {
        return Envelopes.hex(aid);
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
        triggering.reset();
        session.reset();
        resources.clear();
        system.reset();
        downloads.reset();
        locations.reset();
    }

    /** To be called before each command. */
    public void beforeCommand() {
        if (firstCommand) {
            firstCommand = false;
            triggering.fire(Event.FIRST_COMMAND_AFTER_ATR, null);
        }
    }

    /**
     * To be called when a command is done: what waits for the handler gets it, applets before the card itself, so that the ME is
     * told once what all of them changed. An applet that registers again gets its turn after the next command.
     */
    public void afterCommand() {
        if (isFree()) {
            triggering.fire(Event.PROACTIVE_HANDLER_AVAILABLE, null);
        }
        if (isFree()) {
            byte[] command = system.next(terminalProfile);
            if (command != null) {
                session.begin(command, null);
            }
        }
    }

    /** Length of the proactive command that waits to be fetched, as 91xx tells it; 0 where there is none. */
    public int waiting() {
        return session.waiting();
    }

    // Commands of the ME, ETSI TS 102 221 clause 11.2

    public int terminalProfile(byte[] command) {
        if (command.length < 6) {
            return 0x6700;
        }
        terminalProfile = data(command);
        system.reset();
        registry.changed();
        triggering.fire(Event.PROFILE_DOWNLOAD, null);
        return OK;
    }

    private static byte[] data(byte[] command) {
        int length = command.length > 5 ? command[4] & 0xFF : 0;
        byte[] data = new byte[length];
        System.arraycopy(command, 5, data, 0, length);
        return data;
    }

    public int fetch(int expected, Response out) {
        return session.fetch(expected, out);
    }

    public int terminalResponse(byte[] command) {
        if (!session.isFetched()) {
            return NOT_NOW;
        }
        byte[] response = data(command);
        byte[] answered = session.command();
        Trigger trigger = session.parked();
        session.reset();
        if (trigger == null) {
            system.answered(answered, response);
            return OK;
        }
        resources.answered(trigger.applet, answered, response);
        trigger.setResponse(response);
        triggering.resume(trigger);
        return OK;
    }

    public int envelope(byte[] command, Response out) {
        byte[] envelope = data(command);
        if (!Envelopes.isWellFormed(envelope)) {
            return WRONG_DATA;
        }
        return switch (envelope[0] & 0xFF) {
            case Envelopes.SMS_PP -> downloads.shortMessage(envelope, out);
            case Envelopes.CELL_BROADCAST -> downloads.cellBroadcast(envelope, out);
            case Envelopes.USSD -> downloads.ussd(envelope, out);
            default -> event(envelope, out);
        };
    }

    private int event(byte[] envelope, Response out) {
        if ((envelope[0] & 0xFF) == Envelopes.GEOGRAPHICAL_LOCATION && locations.isExpected()) {
            locations.reported(envelope);
            return OK;
        }
        Event event = Envelopes.event(envelope);
        List<ToolkitApplet> targets = triggering.targets(event);
        Envelopes.narrow(event, envelope, targets, registry, resources, listener);
        return Envelopes.isBusy(event, targets, session, listener)
                ? BUSY
                : downloads.posted(triggering.fire(event, envelope, targets), out);
    }

    /** Delivers STATUS_COMMAND to the applets that poll. */
    public void status() {
        triggering.fire(Event.STATUS_COMMAND, null);
    }

    /** Tells of the end of an application session. */
    public void deselected(byte[] aid) {
        List<ToolkitApplet> targets = triggering.targets(Event.APPLICATION_DESELECT);
        if (!targets.isEmpty()) {
            triggering.fire(Event.APPLICATION_DESELECT, Envelopes.deselect(aid), targets);
        }
    }

    /** Tells of an update of a file by an applet. */
    public void updated(Ef file) {
        listener.fileUpdated(file.path());
        if (SystemCommands.isMenuTitle(file)) {
            registry.changed();
        }
    }

    /** Tells of an update of a file by a command of the ME. */
    public void updated(Ef file, byte[] command) {
        updated(file);
        List<ToolkitApplet> targets = triggering.targets(Event.EXTERNAL_FILE_UPDATE);
        targets.removeIf(applet -> !applet.watches(file));
        if (!targets.isEmpty()) {
            triggering.fire(Event.EXTERNAL_FILE_UPDATE, Envelopes.fileUpdate(file, command), targets);
        }
        if (file.identifier() == SMS && command[1] == UPDATE_RECORD) {
            downloads.stored(data(command));
        }
    }

    // What the applet's handlers ask

    private void prepareHandler() {
        if (isFree()) {
            proactiveHandler.begin();
        }
    }

    private boolean isFree() {
        return terminalProfile != null && session.isFree();
    }

    public GeoLocation geoLocation() {
        return locations.build();
    }

    /** The applet that was triggered and has its turn. */
    ToolkitApplet running() {
        return triggering.current().applet;
    }

    /** Why the running applet does not get the proactive handlers; null where it does. */
    private String obstacle() {
        Trigger current = triggering.current();
        if (current == null) {
            return "the applet was not triggered";
        }
        if (!current.delivery.event.hasProactiveHandler()) {
            return "it is not there at " + current.delivery.event;
        }
        if (terminalProfile == null) {
            return "there was no TERMINAL PROFILE yet";
        }
        return session.isFree() ? null : "a proactive command is under way";
    }

    boolean isProactiveHandlerAvailable() {
        return obstacle() == null;
    }

    /** Sends a proactive command for the current applet and waits for the TERMINAL RESPONSE. */
    ProactiveResponse send(byte[] command) {
        if (card.transactions().isOpen()) {
            card.transactions().abort();
        }
        Trigger trigger = triggering.current();
        String refusal = resources.refusal(trigger.applet, command, registry);
        if (refusal != null) {
            listener.dropped("proactive command of " + Envelopes.hex(trigger.applet.aid), refusal);
            ToolkitException.throwIt(ToolkitException.COMMAND_NOT_ALLOWED);
        }
        trigger.delivery.endAnswer();
        session.begin(command, trigger);
        trigger.activation.park();
        return trigger.response();
    }

    private static <T> T available(T handler) {
        if (handler == null) {
            ToolkitException.throwIt(ToolkitException.HANDLER_NOT_AVAILABLE);
        }
        return handler;
    }

    private boolean isProactiveHandlerGiven() {
        String obstacle = obstacle();
        if (obstacle != null && card.getAID() != null) {
            listener.dropped("proactive handler for " + Envelopes.hex(card.getAID()), obstacle);
        }
        return obstacle == null;
    }

    public ProactiveHandler proactiveHandler() {
        return available(isProactiveHandlerGiven() ? proactiveHandler : null);
    }

    public ProactiveResponseHandler proactiveResponseHandler() {
        return available(isProactiveHandlerGiven() ? triggering.current().response() : null);
    }

    public EnvelopeHandler envelopeHandler() {
        return usatEnvelopeHandler();
    }

    public uicc.usim.toolkit.USATEnvelopeHandler usatEnvelopeHandler() {
        return available(
                triggering.current() == null ? null : triggering.current().envelope());
    }

    public EnvelopeResponseHandler envelopeResponseHandler() {
        return available(
                triggering.current() == null ? null : triggering.current().envelopeResponse());
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

    /** Whether another applet of the caller's or a higher priority waits for the handler. */
    public boolean isPrioritizedHandlerWaiting() {
        ToolkitApplet caller = registry.find(card.getAID());
        return caller != null
                && registry.applets().stream()
                        .anyMatch(a -> a != caller
                                && a.parameters.priority() <= caller.parameters.priority()
                                && a.has(Event.PROACTIVE_HANDLER_AVAILABLE));
    }
}
