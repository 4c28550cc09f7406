// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.util.Map;
import java.util.function.Function;
import org.bipline.uicc.runtime.UiccListener;

/** Turns what happens inside a card into events of a trace. */
public final class CardEvents implements UiccListener {
    private final Trace trace;
    private final String session;
    private final Map<String, String> names;

    /**
     * Listens to one card.
     *
     * @param names what to call the applets of these AIDs (upper-case hexadecimal); others are called by their AID
     */
    public CardEvents(Trace trace, String session, Map<String, String> names) {
        this.trace = trace;
        this.session = session;
        this.names = Map.copyOf(names);
    }

    private void emit(Function<At, TraceEvent> event) {
        trace.emit(session, Party.CARD, Party.CARD, event);
    }

    private String name(String aid) {
        return names.getOrDefault(aid, "applet " + aid);
    }

    @Override
    public void installed(String aid, String className) {
        emit(at -> new TraceEvent.StoreChange(at, name(aid) + " installed"));
    }

    @Override
    public void triggered(String event, String aid) {
        emit(at -> new TraceEvent.AppletTriggered(at, name(aid), event));
    }

    @Override
    public void dropped(String what, String reason) {
        emit(at -> new TraceEvent.Dropped(at, what, reason));
    }

    @Override
    public void threw(String aid, Throwable exception) {
        emit(at -> new TraceEvent.Dropped(at, name(aid) + " ended in an exception", exception.toString()));
    }

    @Override
    public void fileUpdated(String path) {
        emit(at -> new TraceEvent.StoreChange(at, "file " + path + " updated"));
    }
}
