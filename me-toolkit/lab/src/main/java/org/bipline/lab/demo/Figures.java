// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.util.List;
import java.util.Locale;
import org.bipline.lab.trace.Field;
import org.bipline.lab.trace.Labels;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.lab.trace.TraceSink;

/** Counts what crosses the card interface and what of it is DM, from the start of the session on. */
final class Figures implements TraceSink {
    private boolean counting;
    private boolean stopped;
    private long apdus;
    private long cardBytes;
    private long messages;
    private long dmBytes;
    private long begin;
    private long end;

    /** Counts from the next event on. */
    synchronized void start() {
        counting = true;
    }

    /** Counts no further. */
    synchronized void stop() {
        stopped = true;
    }

    @Override
    public synchronized void accept(TraceEvent event) {
        if (!counting || stopped) {
            return;
        }
        if (begin == 0) {
            begin = event.at().nanos();
        }
        end = event.at().nanos();
        if (event instanceof TraceEvent.Apdu apdu) {
            apdus++;
            cardBytes += apdu.command().length() + apdu.response().length();
        } else if (event instanceof TraceEvent.DmMessage message) {
            messages++;
            dmBytes += message.length();
        }
    }

    /** The figures, for the console and the report. */
    synchronized List<Field> fields() {
        return List.of(
                new Field(
                        "card interface", String.format(Locale.ROOT, "%,d APDUs, %s", apdus, Labels.bytes(cardBytes))),
                new Field("DM payload", Labels.bytes(dmBytes) + " in " + messages + " messages"),
                new Field(
                        "card interface / DM payload",
                        dmBytes == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) cardBytes / dmBytes)),
                new Field("time of the session", String.format(Locale.ROOT, "%.3f s", (end - begin) / 1e9)));
    }
}
