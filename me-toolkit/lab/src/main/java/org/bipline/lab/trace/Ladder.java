// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bipline.dm.ByteString;

/**
 * Prints a trace for people: one line a step, time and four lifelines on the left, what happened on the right.
 *
 * <p>Without {@link Style#verbose} a run of SEND DATA or RECEIVE DATA is two lines, one for the card interface and one
 * for the network, and commands on files are one line; with it every step is a line, with its bytes below.
 */
public final class Ladder implements TraceSink {
    /**
     * How to print.
     *
     * @param verbose every step, with its bytes
     * @param colour ANSI colours
     * @param unicode arrows and lines that are not ASCII
     */
    public record Style(boolean verbose, boolean colour, boolean unicode) {}

    private static final int RED = 31;
    private static final int LANE = 9; // columns from one lifeline to the next
    private static final int LEFT = 10; // columns of the time
    private static final int TEXT = LEFT + 3 * LANE + 3;
    private static final int WIDTH = 120;
    private static final int HEX_PER_LINE = 32;
    // what came from the network must not steer the terminal
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final PrintWriter out;
    private final Style style;
    private final Condenser condenser;
    private boolean begun;

    public Ladder(PrintWriter out, Style style) {
        this.out = out;
        this.style = style;
        this.condenser = style.verbose() ? null : new Condenser(this::line);
    }

    @Override
    public void accept(TraceEvent event) {
        if (!begun) {
            begun = true;
            heading();
        }
        if (condenser != null) {
            condenser.accept(event);
        } else {
            line(event.at(), Labels.of(event), Layer.of(event), event.failed());
            event.bytes().forEach(this::hex);
        }
        out.flush();
    }

    @Override
    public void close() {
        if (condenser != null) {
            condenser.flush();
        }
        out.flush();
    }

    private void heading() {
        StringBuilder line = new StringBuilder("  seconds ");
        for (Party party : Party.values()) {
            pad(line, LEFT + party.lane() * LANE);
            line.append(party);
        }
        out.println(line);
    }

    private void line(At at, String text, Layer layer, boolean failed) {
        String time = String.format(Locale.ROOT, "%9.3f ", at.nanos() / 1e9);
        StringBuilder line =
                new StringBuilder(time).append(lanes(at.from().lane(), at.to().lane()));
        pad(line, TEXT);
        String clean = UNPRINTABLE.matcher(text).replaceAll("?");
        String shown = failed || clean.length() <= WIDTH - TEXT ? clean : shorten(clean); // a reason is told whole
        int colour = failed ? RED : layer.colour();
        out.println(style.colour() ? line + "\u001B[" + colour + "m" + shown + "\u001B[0m" : line + shown);
    }

    /** Leaves out the middle: URIs differ in their ends. */
    private static String shorten(String text) {
        int tail = (WIDTH - TEXT) / 2;
        return text.substring(0, WIDTH - TEXT - tail - 3) + "..." + text.substring(text.length() - tail);
    }

    /** The four lifelines, with an arrow from one to the other or a mark on one. */
    private String lanes(int from, int to) {
        char life = style.unicode() ? '│' : '|';
        char shaft = style.unicode() ? '─' : '-';
        char mark = style.unicode() ? '●' : 'o';
        StringBuilder lanes = new StringBuilder(" ".repeat(3 * LANE + 1));
        for (int i = 0; i < 4; i++) {
            lanes.setCharAt(i * LANE, life);
        }
        int left = Math.min(from, to) * LANE;
        int right = Math.max(from, to) * LANE;
        for (int i = left + 1; i < right; i++) {
            lanes.setCharAt(i, shaft);
        }
        if (from == to) {
            lanes.setCharAt(left, mark);
        } else if (from < to) {
            lanes.setCharAt(right - 1, style.unicode() ? '▶' : '>');
        } else {
            lanes.setCharAt(left + 1, style.unicode() ? '◀' : '<');
        }
        return lanes.toString();
    }

    private void hex(ByteString bytes) {
        String digits = bytes.toHex();
        for (int i = 0; i < digits.length(); i += 2 * HEX_PER_LINE) {
            StringBuilder line = new StringBuilder();
            pad(line, LEFT).append(digits, i, Math.min(digits.length(), i + 2 * HEX_PER_LINE));
            out.println(line);
        }
    }

    private static StringBuilder pad(StringBuilder line, int column) {
        return line.append(" ".repeat(Math.max(0, column - line.length())));
    }

    /** Where a condensed trace goes. */
    interface Lines {
        void line(At at, String text, Layer layer, boolean failed);
    }
}
