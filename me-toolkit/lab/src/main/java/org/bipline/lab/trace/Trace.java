// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Gives each event its time and hands it to every sink.
 *
 * <p>Events come from the threads of card, ME and gateway; they are put in order here. A sink that fails is left out
 * from then on and reported by {@link #close}: a full disk must not change what is being observed.
 */
public final class Trace implements AutoCloseable {
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final Instant start;
    private final List<TraceSink> sinks = new ArrayList<>();
    private IOException failure;
    private boolean closed;

    /**
     * Begins a trace.
     *
     * @param clock wall clock, read once
     * @param nanoTime monotonic nanoseconds, as {@link System#nanoTime}
     */
    public Trace(InstantSource clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.start = clock.instant();
    }

    /** Adds a sink, which sees the events from now on and is closed with the trace. */
    public synchronized void add(TraceSink sink) {
        sinks.add(sink);
    }

    /** Makes an event from its time and parties and hands it out. Events after {@link #close} are ignored. */
    public synchronized void emit(String session, Party from, Party to, Function<At, TraceEvent> event) {
        if (closed) {
            return; // a socket's last word may come after the end of what is observed
        }
        long nanos = nanoTime.getAsLong() - startNanos;
        TraceEvent made = event.apply(new At(nanos, start.plusNanos(nanos), session, from, to));
        sinks.removeIf(sink -> !offer(sink, made));
    }

    private boolean offer(TraceSink sink, TraceEvent event) {
        try {
            sink.accept(event);
            return true;
        } catch (IOException e) {
            closeSink(sink);
            failed(e);
            return false;
        }
    }

    private void closeSink(TraceSink sink) {
        try {
            sink.close();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        if (failure == null) {
            failure = e; // what comes after the first failure is mostly its consequence
        }
    }

    /**
     * Closes the sinks.
     *
     * @throws IOException when a sink could not keep what it was given; the others are complete
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        sinks.forEach(this::closeSink);
        sinks.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
