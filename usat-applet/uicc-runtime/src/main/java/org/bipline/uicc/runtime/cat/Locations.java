// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.vm.Activation;
import org.bipline.uicc.runtime.vm.CardRuntime;
import uicc.toolkit.ToolkitException;
import uicc.usim.geolocation.GeoLocation;
import uicc.usim.geolocation.GeoLocationEventListener;
import uicc.usim.geolocation.GeoLocationException;
import uicc.usim.toolkit.USATTerminalProfile;

/**
 * Asks the ME where it is, on behalf of applets, and tells the one that asked: 3GPP TS 31.130; GEOGRAPHICAL LOCATION REQUEST and
 * GEOGRAPHICAL LOCATION REPORTING of TS 31.111.
 */
final class Locations {
    private static final String REPORT = "GEOGRAPHICAL_LOCATION_REPORTING";

    private final CatRuntime cat;
    private final CardRuntime card;
    private final Registry registry;
    private final UiccListener listener;

    /** The envelope does not say what it answers, so that the card has one request at a time. */
    private Expected expected;

    private record Expected(ToolkitApplet applet, GeoLocationEventListener listener) {}

    Locations(CatRuntime cat, CardRuntime card, Registry registry, UiccListener listener) {
        this.cat = cat;
        this.card = card;
        this.registry = registry;
        this.listener = listener;
    }

    void reset() {
        expected = null;
    }

    GeoLocation build() {
        return new LocationRequest(this);
    }

    /** Sends the command for the running applet, and notes that the ME will report where it accepts it. */
    void request(byte[] command, GeoLocationEventListener answered) {
        if (expected != null) {
            GeoLocationException.throwIt(GeoLocationException.LOCATION_REQUEST_PROCESSING);
        }
        if (!cat.isProactiveHandlerAvailable()) {
            ToolkitException.throwIt(ToolkitException.HANDLER_NOT_AVAILABLE);
        }
        ToolkitApplet applet = cat.running();
        byte[] profile = cat.terminalProfile();
        if (!SystemCommands.has(profile, USATTerminalProfile.IDX_PROACTIVE_UICC_GEOGRAPHICAL_LOCATION_REQUEST)) {
            listener.dropped(
                    "GEOGRAPHICAL LOCATION REQUEST of " + Envelopes.hex(applet.aid),
                    "the terminal profile does not have it");
            GeoLocationException.throwIt(GeoLocationException.UNABLE_TO_PROCESS_COMMAND);
        }
        int result = cat.send(command).getGeneralResult() & 0xFF;
        if (result >= 0x10) { // 20, 21: the ME, or its network, cannot now
            GeoLocationException.throwIt(
                    result == 0x20 || result == 0x21
                            ? GeoLocationException.FUNCTION_DISABLED
                            : GeoLocationException.UNABLE_TO_PROCESS_COMMAND);
        }
        expected = new Expected(applet, answered);
    }

    boolean isExpected() {
        return expected != null;
    }

    /** ENVELOPE (GEOGRAPHICAL LOCATION REPORTING): calls the listener in the context of its applet, to the end. */
    void reported(byte[] envelope) {
        Expected request = expected;
        expected = null;
        String aid = Envelopes.hex(request.applet.aid);
        if (registry.find(request.applet.aid) != request.applet || request.applet.isLocked()) {
            listener.dropped(REPORT + " for " + aid, "the applet was deleted or locked since its request");
            return;
        }
        LocationReport report = LocationReport.of(Envelopes.contents(envelope));
        Activation activation = new Activation(
                card, request.applet.aid, () -> request.listener.processGeoLocationEventListener(report));
        listener.triggered(REPORT, aid);
        activation.start(); // without a trigger there is no handler, and so nothing that it could wait for
        if (card.transactions().isOpen()) {
            card.transactions().abort();
        }
        if (activation.failure() != null) {
            listener.threw(aid, activation.failure());
        }
        listener.finished(REPORT, aid);
    }
}
