// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.Event;

/** Envelopes that wait until no proactive session goes on. ETSI TS 102 223 clause 7.5. */
final class EventQueue {
    /**
     * One envelope to come.
     *
     * @param envelope makes the envelope when its turn has come, or says by its absence that it has become pointless
     * @param onAnswer takes the card's answer, none when the envelope was not sent
     */
    record Pending(String name, Supplier<Optional<Envelope>> envelope, Consumer<Optional<ApduResponse>> onAnswer) {}

    private final MeState me;
    private final Queue<Pending> pending = new ArrayDeque<>();

    EventQueue(MeState me) {
        this.me = me;
    }

    /**
     * An event of SET UP EVENT LIST; false when it is dropped, with its reason, because the card did not ask for it. Events
     * are told in the order in which they happened.
     */
    boolean event(Event event, Supplier<Optional<Envelope>> envelope) {
        Optional<String> reason = me.whyDropped(event);
        if (reason.isPresent()) {
            me.listener.eventDropped(event.text(), reason.get());
            return false;
        }
        pending.add(new Pending(event.text(), envelope, answer -> {}));
        if (event == Event.USER_ACTIVITY || event == Event.IDLE_SCREEN_AVAILABLE) {
            me.forgetEvent(event); // told once: clauses 7.5.5 and 7.5.6
        }
        return true;
    }

    /** An envelope that needs no place in the event list. */
    void envelope(String name, Envelope envelope, Consumer<Optional<ApduResponse>> onAnswer) {
        pending.add(new Pending(name, () -> Optional.of(envelope), onAnswer));
    }

    Optional<Pending> peek() {
        return Optional.ofNullable(pending.peek());
    }

    void remove() {
        pending.remove();
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    void clear(String reason) {
        while (!pending.isEmpty()) {
            Pending dropped = pending.remove();
            me.listener.eventDropped(dropped.name(), reason);
            dropped.onAnswer().accept(Optional.empty());
        }
    }
}
