// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.io.Closeable;
import java.io.IOException;

/** Takes the events of a trace, in order, from one thread at a time. */
public interface TraceSink extends Closeable {
    /**
     * Takes one event.
     *
     * @throws IOException when it cannot be kept; the trace gives the sink no further events
     */
    void accept(TraceEvent event) throws IOException;

    @Override
    default void close() throws IOException {}
}
