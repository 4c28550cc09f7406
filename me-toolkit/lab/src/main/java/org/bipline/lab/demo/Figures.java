// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bipline.lab.trace.Field;
import org.bipline.lab.trace.Labels;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.lab.trace.TraceSink;

/** Counts what crosses the card interface and what of it is DM, part by part of the demonstration. */
final class Figures implements TraceSink {
    private final List<Part> parts = new ArrayList<>();
    private boolean counting;

    /** What was counted between a start and the next stop. */
    private static final class Part {
        private final String name;
        private long apdus;
        private long cardBytes;
        private long messages;
        private long dmBytes;
        private long begin;
        private long end;

        Part(String name) {
            this.name = name;
        }

        void add(TraceEvent event) {
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

        String card() {
            return String.format(Locale.ROOT, "%,d APDUs, %s", apdus, Labels.bytes(cardBytes));
        }

        String payload() {
            return Labels.bytes(dmBytes) + " in " + messages + " messages";
        }

        String time() {
            return String.format(Locale.ROOT, "%.3f s", (end - begin) / 1e9);
        }

        List<Field> fields() {
            return List.of(
                    new Field("card interface", card()),
                    new Field("DM payload", payload()),
                    new Field(
                            "card interface / DM payload",
                            dmBytes == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) cardBytes / dmBytes)),
                    new Field("time of the session", time()));
        }
    }

    /** Counts from the next event on, for the part of this name. */
    synchronized void start(String name) {
        parts.add(new Part(name));
        counting = true;
    }

    /** Counts no further. */
    synchronized void stop() {
        counting = false;
    }

    @Override
    public synchronized void accept(TraceEvent event) {
        if (counting) {
            parts.getLast().add(event);
        }
    }

    /** The figures, for the console and the report: those of the first part one by one, of each other one in one line. */
    synchronized List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (Part part : parts) {
            if (fields.isEmpty()) {
                fields.addAll(part.fields());
            } else {
                fields.add(new Field(part.name, part.card() + "; " + part.payload() + "; " + part.time()));
            }
        }
        return fields;
    }
}
