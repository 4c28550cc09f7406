// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that stands still until it is moved. What is due runs in the thread that moves the time, in the order of its time, and
 * at the same time in the order in which it was scheduled.
 */
public final class VirtualClock implements MeClock {
    /** When a clock begins whose beginning nobody names. */
    public static final OffsetDateTime EPOCH = OffsetDateTime.parse("2026-11-24T09:30:15+01:00");

    private record Task(long at, long number, Runnable work) {}

    private final OffsetDateTime start;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long nanos;
    private long scheduled;

    /** A clock that begins at {@link #EPOCH}. */
    public VirtualClock() {
        this(EPOCH);
    }

    public VirtualClock(OffsetDateTime start) {
        this.start = start;
    }

    @Override
    public synchronized OffsetDateTime now() {
        return start.plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Alarm schedule(Duration delay, Runnable work) {
        Task task = new Task(nanos + Math.max(0, delay.toNanos()), scheduled++, work);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    /** Moves the time on and runs what becomes due; what that schedules in the time passed over runs too. */
    public void advance(Duration by) {
        long until = nanos() + by.toNanos();
        while (runNext(until)) {
            // the next one may be new
        }
        synchronized (this) {
            nanos = Math.max(nanos, until);
        }
    }

    /**
     * Moves the time to the next task and runs it.
     *
     * @return false when no task waits
     */
    public boolean runNext() {
        return runNext(Long.MAX_VALUE);
    }

    /**
     * As {@link #runNext()}, if the next task is due within this time. Otherwise the time stays as it is.
     *
     * @return false when no task is due within the time
     */
    public boolean runNext(Duration within) {
        return runNext(nanos() + within.toNanos());
    }

    private boolean runNext(long until) {
        Task next;
        synchronized (this) {
            next = tasks.peek();
            if (next == null || next.at > until) {
                return false;
            }
            tasks.remove();
            nanos = Math.max(nanos, next.at);
        }
        next.work.run();
        return true;
    }

    /** Number of tasks that wait for their time. */
    public synchronized int waiting() {
        return tasks.size();
    }
}
