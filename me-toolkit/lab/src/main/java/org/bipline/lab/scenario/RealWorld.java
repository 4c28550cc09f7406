// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bipline.me.CardLink;
import org.bipline.me.MeClock;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;

/** Real time and real sockets, for a real card. */
final class RealWorld implements World {
    private final SystemMeClock clock = new SystemMeClock();
    private final NettyBearer bearer = new NettyBearer(1);
    private final Object change = new Object();
    private long changes;

    @Override
    public MeClock clock() {
        return clock;
    }

    @Override
    public MobileEquipment.Builder me(CardLink card) {
        return MobileEquipment.builder().card(card).bearer(bearer).clock(clock);
    }

    @Override
    public boolean until(BooleanSupplier condition, Duration limit) {
        long deadline = clock.nanos() + limit.toNanos();
        while (true) {
            long seen;
            synchronized (change) {
                seen = changes;
            }
            if (condition.getAsBoolean()) {
                return true;
            }
            synchronized (change) {
                long left = (deadline - clock.nanos()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                if (seen == changes) {
                    try {
                        change.wait(left);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                }
            }
        }
    }

    @Override
    public void pass(Duration time) {
        until(() -> false, time);
    }

    @Override
    public void changed() {
        synchronized (change) {
            changes++;
            change.notifyAll();
        }
    }

    @Override
    public Optional<SimulatedWorld> simulated() {
        return Optional.empty();
    }

    @Override
    public void close() {
        bearer.close();
        clock.close();
    }
}
