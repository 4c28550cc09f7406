// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that the test moves. */
final class ManualClock implements MeClock {
    private record Task(int number, long at, Runnable work) {}

    private final OffsetDateTime start;
    private final List<Task> tasks = new ArrayList<>();
    private long nanos;
    private int scheduled;

    ManualClock() {
        this(OffsetDateTime.parse("2026-11-24T09:30:15+01:00"));
    }

    ManualClock(OffsetDateTime start) {
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
        Task task = new Task(++scheduled, nanos + delay.toNanos(), work);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        tasks.removeIf(t -> t.number == task.number);
    }

    /** Moves the time on and runs what has become due, in the order of time. */
    void advance(Duration by) {
        long until;
        synchronized (this) {
            until = nanos + by.toNanos();
        }
        for (Task due = nextDue(until); due != null; due = nextDue(until)) {
            due.work.run();
        }
        synchronized (this) {
            nanos = until;
        }
    }

    private synchronized Task nextDue(long until) {
        Task next = tasks.stream()
                .filter(t -> t.at <= until)
                .min(Comparator.comparingLong(Task::at))
                .orElse(null);
        if (next != null) {
            tasks.remove(next);
            nanos = Math.max(nanos, next.at);
        }
        return next;
    }

    synchronized int waiting() {
        return tasks.size();
    }
}
