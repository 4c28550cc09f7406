// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.Event;
import org.bipline.cat.profile.Facility;

/** Envelopes that wait until no proactive session goes on. ETSI TS 102 223 clause 7.5. */
final class EventQueue {
    /**
     * One envelope to come.
     *
     * @param envelope makes the envelope when its turn has come, or says by its absence that it has become pointless
     * @param onStatusWord takes the card's status word, 0 when the envelope was not sent
     */
    record Pending(String name, Supplier<Optional<Envelope>> envelope, IntConsumer onStatusWord) {}

    private final MeState me;
    private final Queue<Pending> pending = new ArrayDeque<>();

    EventQueue(MeState me) {
        this.me = me;
    }

    /** An event of SET UP EVENT LIST; false when it is dropped, with its reason, because the card did not ask for it. */
    boolean event(Event event, Facility facility, Supplier<Optional<Envelope>> envelope) {
        Optional<String> reason = me.whyDropped(event, facility);
        if (reason.isPresent()) {
            me.listener.eventDropped(event.text(), reason.get());
            return false;
        }
        pending.add(new Pending(event.text(), envelope, sw -> {}));
        return true;
    }

    /** An envelope that needs no place in the event list. */
    void envelope(String name, Envelope envelope, IntConsumer onStatusWord) {
        pending.add(new Pending(name, () -> Optional.of(envelope), onStatusWord));
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
            dropped.onStatusWord().accept(0);
        }
    }
}
