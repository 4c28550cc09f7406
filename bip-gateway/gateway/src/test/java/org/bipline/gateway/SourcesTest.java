// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SEC-7")
class SourcesTest {
    private static final SocketAddress ONE = new InetSocketAddress("192.0.2.1", 1000);
    private static final SocketAddress TWO = new InetSocketAddress("192.0.2.2", 1000);

    private Instant now = Instant.EPOCH;
    private final Sources sources = new Sources(
            new GatewayLimits.PerSource(3, 2, 2, Duration.ofSeconds(10), Duration.ofSeconds(35)), () -> now);

    private Sources.Visit enter(SocketAddress source) {
        return sources.admit(source, true).orElseThrow();
    }

    private boolean mayEnter(SocketAddress source) {
        Optional<Sources.Visit> visit = sources.admit(source, true);
        visit.ifPresent(Sources.Visit::ended); // silent, so it was no failure
        return visit.isPresent();
    }

    private void fail(SocketAddress source) {
        Sources.Visit visit = enter(source);
        visit.heard();
        visit.ended();
    }

    @Test
    void a_source_has_so_many_connections_and_handshakes_and_another_its_own() {
        Sources.Visit first = enter(ONE);
        enter(ONE);
        assertThat(mayEnter(ONE)).as("a third handshake").isFalse();
        assertThat(mayEnter(new InetSocketAddress("192.0.2.1", 2000))).isFalse();
        assertThat(mayEnter(TWO)).isTrue();
        first.handshakeEnded(true);
        Sources.Visit third = enter(ONE);
        third.handshakeEnded(true);
        assertThat(sources.admit(ONE, false)).as("a fourth connection").isEmpty();
        third.ended();
        third.ended();
        assertThat(sources.admit(ONE, false)).isPresent();
        assertThat(sources.admit(ONE, false)).isEmpty();
    }

    @Test
    void failed_handshakes_shut_a_source_out_for_longer_each_time() {
        fail(ONE);
        fail(ONE);
        assertThat(mayEnter(ONE)).isTrue();
        for (int seconds : new int[] {10, 20, 35, 35}) {
            fail(ONE);
            now = now.plusSeconds(seconds).minusMillis(1);
            assertThat(mayEnter(ONE)).as(seconds + " s not over").isFalse();
            assertThat(mayEnter(TWO)).isTrue();
            now = now.plusMillis(1);
            assertThat(mayEnter(ONE)).as(seconds + " s over").isTrue();
        }
    }

    @Test
    void a_minute_of_quiet_makes_up_for_it() {
        for (int i = 0; i < 3; i++) {
            fail(ONE);
        }
        assertThat(mayEnter(ONE)).isFalse();
        now = now.plusSeconds(10).plus(Duration.ofMinutes(1));
        fail(ONE);
        fail(ONE);
        assertThat(mayEnter(ONE)).isTrue();
        fail(ONE);
        now = now.plusSeconds(10);
        assertThat(mayEnter(ONE)).as("the first delay again").isTrue();
    }

    @Test
    void connections_that_say_nothing_have_not_failed() {
        for (int i = 0; i < 10; i++) {
            enter(ONE).ended();
        }
        assertThat(mayEnter(ONE)).isTrue();
        assertThat(sources.size()).isZero();
    }

    @Test
    void an_IPv6_source_is_a_network_of_64_bits() {
        enter(new InetSocketAddress("2001:db8:0:1::1", 1));
        enter(new InetSocketAddress("2001:db8:0:1:ffff::2", 1));
        assertThat(mayEnter(new InetSocketAddress("2001:db8:0:1::3", 1))).isFalse();
        assertThat(mayEnter(new InetSocketAddress("2001:db8:0:2::1", 1))).isTrue();
    }

    @Test
    void what_sources_did_is_forgotten_in_time_and_beyond_a_number() {
        for (int i = 0; i < 10_100; i++) {
            fail(new InetSocketAddress("10.0." + i / 256 + "." + i % 256, 1));
        }
        assertThat(sources.size()).isEqualTo(10_000);
        now = now.plus(Duration.ofMinutes(2));
        fail(ONE);
        assertThat(sources.size()).isEqualTo(1);
    }
}
