// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A trace whose events a test can look at. */
public final class Recorder implements TraceSink {
    private final List<TraceEvent> events = new ArrayList<>();

    /** A trace of which everything is recorded; its clock stands still. */
    public Trace trace() {
        Trace trace = new Trace(() -> Instant.EPOCH, () -> 0);
        trace.add(this);
        return trace;
    }

    @Override
    public synchronized void accept(TraceEvent event) {
        events.add(event);
    }

    public synchronized <T extends TraceEvent> List<T> all(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Each event as {@code from>to label}. */
    synchronized Stream<String> lines() {
        return events.stream().map(e -> e.at().from() + ">" + e.at().to() + " " + Labels.of(e));
    }
}
