// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what each source has: connections, handshakes that go on, and handshakes that failed of late. Thread-safe. Peers without an
 * address of the Internet, as in memory, are not counted.
 */
final class Sources {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int IPV6_PREFIX = 8; // bytes: what one subscriber gets, RFC 6177

    /** Sources without a connection that are remembered for their failures. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final class Source {
        final String name;
        int connections;
        int handshakes;
        final Deque<Instant> failures = new ArrayDeque<>();
        int timesShutOut;
        Instant shutOutUntil = Instant.MIN;

        Source(String name) {
            this.name = name;
        }
    }

    private final GatewayLimits.PerSource limits;
    private final InstantSource clock;
    private final Map<ByteString, Source> connected = new HashMap<>();

    /** In the order in which their last connection went. */
    private final Map<ByteString, Source> remembered = new LinkedHashMap<>();

    Sources(GatewayLimits.PerSource limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Lets a connection in.
     *
     * @param secured whether it begins with a handshake
     * @return empty if its source has enough, or is shut out
     */
    synchronized Optional<Visit> admit(SocketAddress remote, boolean secured) {
        if (!(remote instanceof InetSocketAddress internet)) {
            return Optional.of(new Visit(ByteString.EMPTY, new Source(""), secured));
        }
        byte[] address = internet.getAddress().getAddress();
        ByteString key = ByteString.of(
                internet.getAddress() instanceof Inet6Address ? Arrays.copyOf(address, IPV6_PREFIX) : address);
        Source source = Optional.ofNullable(connected.get(key))
                .or(() -> Optional.ofNullable(remembered.get(key)))
                .orElseGet(() -> new Source(internet.getAddress().getHostAddress()));
        if (source.connections >= limits.maxConnections()
                || (secured && source.handshakes >= limits.maxHandshakes())
                || source.shutOutUntil.isAfter(clock.instant())) {
            return Optional.empty();
        }
        remembered.remove(key);
        connected.put(key, source);
        return Optional.of(new Visit(key, source, secured));
    }

    private void failed(Source source) {
        Instant now = clock.instant();
        if (quiet(source, now)) {
            source.timesShutOut = 0;
        }
        source.failures.addLast(now);
        forget(source, now);
        if (source.failures.size() <= limits.maxFailedHandshakes()) {
            return;
        }
        source.failures.removeFirst(); // one more is one too many again
        Duration delay = limits.firstDelay();
        for (int i = 0; i < source.timesShutOut && delay.compareTo(limits.longestDelay()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        delay = delay.compareTo(limits.longestDelay()) < 0 ? delay : limits.longestDelay();
        source.timesShutOut++;
        source.shutOutUntil = now.plus(delay);
        LOG.warn("{} is shut out for {} ms: too many failed handshakes", source.name, delay.toMillis());
    }

    private static void forget(Source source, Instant now) {
        while (!source.failures.isEmpty()
                && !source.failures.getFirst().plus(WINDOW).isAfter(now)) {
            source.failures.removeFirst();
        }
    }

    /** Whether a source has done nothing wrong for a minute in which it could have. */
    private static boolean quiet(Source source, Instant now) {
        boolean sinceFailure = source.failures.isEmpty()
                || !source.failures.getLast().plus(WINDOW).isAfter(now);
        return sinceFailure
                && (source.timesShutOut == 0
                        || !source.shutOutUntil.plus(WINDOW).isAfter(now));
    }

    private void gone(ByteString key, Source source) {
        if (--source.connections > 0 || connected.remove(key) == null) {
            return;
        }
        Instant now = clock.instant();
        if (!quiet(source, now)) {
            remembered.put(key, source);
        }
        Iterator<Source> eldest = remembered.values().iterator();
        while (eldest.hasNext() && (quiet(eldest.next(), now) || remembered.size() > MAX_REMEMBERED)) {
            eldest.remove();
        }
    }

    /** Sources that take memory. */
    synchronized int size() {
        return connected.size() + remembered.size();
    }

    /** One connection of a source. */
    final class Visit {
        private final ByteString key;
        private final Source source;
        private boolean handshaking;
        private volatile boolean heard;
        private boolean over;

        private Visit(ByteString key, Source source, boolean secured) {
            this.key = key;
            this.source = source;
            handshaking = secured;
            source.connections++;
            source.handshakes += secured ? 1 : 0;
        }

        /** The handshake is over. The first call counts. */
        void handshakeEnded(boolean success) {
            synchronized (Sources.this) {
                if (handshaking) {
                    handshaking = false;
                    source.handshakes--;
                    if (!success) {
                        failed(source);
                    }
                }
            }
        }

        /** The peer said something. */
        void heard() {
            heard = true;
        }

        /** The connection is gone; a handshake that went on has failed, if the peer said anything at all. */
        void ended() {
            synchronized (Sources.this) {
                handshakeEnded(!heard);
                if (!over) {
                    over = true;
                    gone(key, source);
                }
            }
        }
    }
}
