// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.ByteString;

/**
 * The sessions in memory, each kind bounded: unproven ones, so that strangers cannot push out clients; proven ones;
 * ended ones, which are kept for a client that has not got the last answer and sends its message again.
 */
final class SessionTable {
    /**
     * How a client names its session.
     *
     * @param pskIdentity what it has proven to TLS: who has not, has no part in the session
     */
    record Key(String device, String sessionId, Optional<ByteString> pskIdentity) {}

    private static final class Entry {
        final DmSession session;
        Instant used;

        Entry(DmSession session, Instant used) {
            this.session = session;
            this.used = used;
        }
    }

    private final int bound;
    private final Duration timeout;
    private final Map<Key, Entry> unproven = new LinkedHashMap<>();
    private final Map<Key, Entry> proven = new LinkedHashMap<>();
    private final Map<Key, Entry> ended = new LinkedHashMap<>();

    /** @param bound sessions of each kind */
    SessionTable(int bound, Duration timeout) {
        this.bound = bound;
        this.timeout = timeout;
    }

    /** The sessions of this name; the proven one is first to be asked whether a message belongs to it. */
    synchronized List<DmSession> find(Key key) {
        List<DmSession> found = new ArrayList<>();
        for (Map<Key, Entry> kind : List.of(proven, unproven, ended)) {
            Entry entry = kind.get(key);
            if (entry != null) {
                found.add(entry.session);
            }
        }
        return found;
    }

    /**
     * Puts a session where it belongs now, as the one used last, in the place of another of its name and kind: one that is not proven takes no
     * place of one that is.
     *
     * @return sessions that are dropped for it or have been idle too long; the caller ends them, holding no lock
     */
    synchronized List<DmSession> put(Key key, DmSession session, Instant now) {
        List<DmSession> dropped = new ArrayList<>();
        for (Map<Key, Entry> kind : List.of(proven, unproven, ended)) {
            if (kind.containsKey(key) && kind.get(key).session == session) {
                kind.remove(key);
            }
        }
        Map<Key, Entry> kind = session.isEnded() ? ended : session.isProven() ? proven : unproven;
        Entry displaced = kind.remove(key); // so that the new one is the youngest
        if (displaced != null) {
            dropped.add(displaced.session);
        }
        kind.put(key, new Entry(session, now));
        if (kind.size() > bound) {
            dropEldest(kind, dropped);
        }
        for (Map<Key, Entry> each : List.of(proven, unproven, ended)) {
            while (!each.isEmpty() && isIdle(each.values().iterator().next(), now)) {
                dropEldest(each, dropped);
            }
        }
        return dropped;
    }

    private boolean isIdle(Entry entry, Instant now) {
        return entry.used.plus(timeout).isBefore(now);
    }

    private static void dropEldest(Map<Key, Entry> kind, List<DmSession> dropped) {
        Iterator<Entry> eldest = kind.values().iterator();
        dropped.add(eldest.next().session);
        eldest.remove();
    }

    /** Takes out all sessions. */
    synchronized List<DmSession> clear() {
        List<DmSession> all = new ArrayList<>();
        for (Map<Key, Entry> kind : List.of(proven, unproven, ended)) {
            kind.values().forEach(entry -> all.add(entry.session));
            kind.clear();
        }
        return all;
    }
}
