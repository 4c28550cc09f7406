// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Duration;
import java.time.Instant;

/**
 * When credentials that were wrong are looked at again: at once after the first failures, since a nonce out of date is one too, then after
 * a delay that doubles with each, and in the end not before an operator has unlocked them.
 *
 * @param free failures without a delay
 * @param delay after the first failure that has one
 * @param limit failures that lock the credentials
 */
public record Locking(int free, Duration delay, int limit) {
    /** Seconds after the fourth failure and those that follow: 1, 2, 4, 8, 16, 32; the tenth locks. */
    public static final Locking DEFAULT = new Locking(3, Duration.ofSeconds(1), 10);

    private static final int MAX_DOUBLINGS = 20;

    public Locking {
        if (free < 0 || delay.isNegative() || limit <= free || limit - free > MAX_DOUBLINGS) {
            throw new IllegalArgumentException(
                    "locked after " + limit + " failures, the first " + free + " without a delay, then " + delay);
        }
    }

    /** True if nothing but an operator helps. */
    public boolean isLocked(Failures failures) {
        return failures.count() >= limit;
    }

    boolean isOpen(Failures failures, Instant now) {
        if (isLocked(failures)) {
            return false;
        }
        int delayed = failures.count() - free;
        return delayed <= 0 || !now.isBefore(failures.last().plus(delay.multipliedBy(1L << (delayed - 1))));
    }
}
