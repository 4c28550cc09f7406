// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bipline.me.MeClock;

/** Time of an ME that stands still until the test moves it. */
final class SteppedClock implements MeClock {
    private record Task(int number, long at, Runnable work) {}

    private final OffsetDateTime start = OffsetDateTime.parse("2026-11-24T09:30:15+01:00");
    private final List<Task> tasks = new ArrayList<>();
    private long nanos;
    private int scheduled;

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
        tasks.removeIf(waiting -> waiting.number() == task.number());
    }

    /** Moves the time on and runs what has become due, in the order of time. */
    void advance(Duration by) {
        long until = nanos() + by.toNanos();
        for (Optional<Task> due = due(until); due.isPresent(); due = due(until)) {
            due.get().work().run();
        }
        synchronized (this) {
            nanos = until;
        }
    }

    private synchronized Optional<Task> due(long until) {
        Optional<Task> next = tasks.stream().filter(task -> task.at() <= until).min(Comparator.comparingLong(Task::at));
        next.ifPresent(task -> {
            tasks.removeIf(waiting -> waiting.number() == task.number());
            nanos = Math.max(nanos, task.at());
        });
        return next;
    }
}
