// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.time.OffsetDateTime;

/** Time of an ME: what it shows, measures and waits for. Real time, or a virtual one that a simulation steps. */
public interface MeClock {
    /** Date, time and offset as the ME shows them. */
    OffsetDateTime now();

    /** A reading of a monotonic counter of nanoseconds, for differences only. */
    long nanos();

    /** Runs the task after the delay, on any thread; the task is short and does not block. */
    Alarm schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Alarm {
        /** Keeps the task from running, unless it is running or has run. */
        void cancel();
    }
}
