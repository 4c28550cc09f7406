// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.me.dm.DmClientListener;
import org.bipline.me.dm.FunctionGuard;
import org.bipline.me.dm.FunctionRequest;
import org.bipline.me.dm.SessionOutcome;

/** Turns what the DM client of an ME does into events of a trace. */
public final class DmClientEvents implements DmClientListener {
    /** Of a digest, enough to tell one package from another. */
    private static final int DIGITS = 16;

    private final Trace trace;
    private final String session;

    public DmClientEvents(Trace trace, String session) {
        this.trace = trace;
        this.session = session;
    }

    /** A card is a server whose identifier is made of its ICCID. */
    private static Party party(String server) {
        return server.startsWith("ICCID:") ? Party.CARD : Party.SERVER;
    }

    @Override
    public void sessionStarted(String server, String sessionId) {
        note("DM client of the ME: session " + sessionId + " with " + server);
    }

    @Override
    public void messageSent(String server, SyncMl message, ByteString bytes) {
        DmEvents.emit(trace, session, Party.ME, party(server), message, bytes.length());
    }

    @Override
    public void messageReceived(String server, SyncMl message, ByteString bytes) {
        DmEvents.emit(trace, session, party(server), Party.ME, message, bytes.length());
    }

    @Override
    public void sessionEnded(String server, String sessionId, SessionOutcome outcome) {
        if (outcome.state() == SessionOutcome.State.COMPLETE) {
            note("DM client of the ME: session " + sessionId + " complete");
        } else {
            trace.emit(
                    session,
                    Party.ME,
                    Party.ME,
                    at -> new TraceEvent.Dropped(at, "session " + sessionId + " with " + server, outcome.reason()));
        }
    }

    @Override
    public void setAside(String card, String reason) {
        store("objects of " + card + " set aside: " + reason);
    }

    @Override
    public void putBack(String card) {
        store("objects of " + card + " put back");
    }

    @Override
    public void functionAsked(FunctionRequest request) {
        String digest = request.digest()
                .map(value -> ", package " + value.toHex().substring(0, DIGITS) + "\u2026")
                .orElse("");
        note("function " + request.function() + " of " + request.server() + digest + ": may it run?");
    }

    @Override
    public void functionJudged(FunctionRequest request, FunctionGuard.Verdict verdict) {
        note("function " + request.function() + " of " + request.server() + ": "
                + switch (verdict) {
                    case AUTHORISED -> "authorised";
                    case REFUSED -> "refused";
                    case UNANSWERED -> "does not run, nobody authorises it";
                });
    }

    private void store(String what) {
        trace.emit(session, Party.ME, Party.ME, at -> new TraceEvent.StoreChange(at, what));
    }

    private void note(String text) {
        trace.emit(session, Party.ME, Party.ME, at -> new TraceEvent.Note(at, text));
    }
}
