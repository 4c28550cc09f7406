// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;

/** What a line of an APDU log says. */
sealed interface LogLine {
    /** A command, whose response is to come. */
    record Command(ByteString bytes) implements LogLine {}

    /** The response to the last command. */
    record Response(ByteString bytes) implements LogLine {}

    /** A command and its response. */
    record Exchange(ByteString command, ByteString response) implements LogLine {}

    /** Bytes without a mark: a command or a response, as the turn is. */
    record Bare(ByteString bytes) implements LogLine {}

    /** A remark of the program that wrote the log. */
    record Remark() implements LogLine {}

    /** Digits in pairs, with blanks or colons between the pairs. */
    String HEX = "[0-9A-Fa-f]{2}(?:[ :\\t]*[0-9A-Fa-f]{2})*";

    /** Ours: trace.jsonl of the demo. */
    Pattern TRACE = Pattern.compile("\\{.*\"kind\"\\s*:\\s*\"(\\w+)\".*}");

    Pattern MEMBER = Pattern.compile("\"(command|response)\"\\s*:\\s*\"([0-9A-Fa-f]*)\"");

    /** Begins a line that says nothing, in a log and elsewhere. */
    String COMMENT = "#";

    Pattern REMARK = Pattern.compile("\\s*(?:" + COMMENT + "|\\[|SCard|ATR\\b|Reader).*");

    /** What stands beside the bytes: {@code T=0}, {@code (4+0000)}, {@code (26ms)} of GlobalPlatformPro, {@code []} of pyscard. */
    Pattern BESIDE = Pattern.compile("\\bT=[01]\\b|\\([^)]*\\)|\\[\\]");

    Pattern BOTH = Pattern.compile("(?:.*?(?:>>|=>|->|\\bC-?APDU:?|\\bAPDU:?))?\\s*(" + HEX
            + ")\\s*(?:->|=>|<-|<=|<<|[,;|]|\\bR-?APDU:?)\\s*(?:\\bSW\\s*[:=]?\\s*)?(" + HEX + ")\\s*");

    Pattern MARKED_COMMAND = Pattern.compile(
            "(?i)(?:.*?(?:>>|=>|->)|\\s*>|.*?\\b(?:(?:COMMAND )?C?-?APDU|CMD|COMMAND)\\b)\\s*:?\\s*(.*)");

    Pattern MARKED_RESPONSE = Pattern.compile(
            "(?i)(?:.*?(?:<<|<=|<-)|\\s*<|.*?\\b(?:RESPONSE APDU|R-?APDU|RSP|RESP|RESPONSE|SW)\\b)\\s*:?\\s*(.*)");

    /** pySim writes the status word first. */
    Pattern STATUS_FIRST = Pattern.compile("([0-9A-Fa-f]{4}):\\s*(" + HEX + ")?");

    /** A status word behind the data, with its name. */
    Pattern STATUS_NAMED =
            Pattern.compile("(?i)(" + HEX + ")?[\\s,;]*\\bSW[12]?\\s*[:=]?\\s*([0-9A-F]{2}\\s?[0-9A-F]{2})");

    /** Whether the line has neither item nor APDU. */
    static boolean isComment(String line) {
        return line.isBlank() || line.stripLeading().startsWith(COMMENT);
    }

    /** Whether the line has the mark of an APDU log, so that the lines around it are of one too. */
    static boolean isMarked(String line) {
        String text = BESIDE.matcher(line).replaceAll(" ");
        return TRACE.matcher(line).matches()
                || (REMARK.matcher(line).matches() && !line.stripLeading().startsWith(COMMENT))
                || BOTH.matcher(text).matches()
                || MARKED_COMMAND.matcher(text).matches()
                || MARKED_RESPONSE.matcher(text).matches();
    }

    /**
     * Reads a line.
     *
     * @throws Failure when the line is neither command nor response nor remark
     */
    static LogLine of(String line) throws Failure {
        if (line.isBlank() || REMARK.matcher(line).matches()) {
            return new Remark();
        }
        Matcher trace = TRACE.matcher(line);
        if (trace.matches()) {
            return trace.group(1).equals("apdu") ? ofTrace(line) : new Remark();
        }
        String text = BESIDE.matcher(line).replaceAll(" ").strip();
        Matcher both = BOTH.matcher(text);
        if (both.matches()) {
            return new Exchange(bytes(both.group(1)), bytes(both.group(2)));
        }
        Matcher response = MARKED_RESPONSE.matcher(text);
        if (response.matches()) {
            return new Response(response(response.group(1)));
        }
        Matcher command = MARKED_COMMAND.matcher(text);
        return command.matches() ? new Command(bytes(command.group(1))) : new Bare(bytes(text));
    }

    private static LogLine ofTrace(String line) throws Failure {
        ByteString command = ByteString.EMPTY;
        ByteString response = ByteString.EMPTY;
        Matcher member = MEMBER.matcher(line);
        while (member.find()) {
            if (member.group(1).equals("command")) {
                command = bytes(member.group(2));
            } else {
                response = bytes(member.group(2));
            }
        }
        return new Exchange(command, response);
    }

    private static ByteString response(String text) throws Failure {
        Matcher first = STATUS_FIRST.matcher(text);
        if (first.matches()) {
            return bytes((first.group(2) == null ? "" : first.group(2)) + first.group(1));
        }
        Matcher named = STATUS_NAMED.matcher(text);
        if (named.matches()) {
            return bytes((named.group(1) == null ? "" : named.group(1)) + named.group(2));
        }
        return bytes(text);
    }

    private static ByteString bytes(String text) throws Failure {
        String digits = text.replaceAll("[\\s:]+", "");
        try {
            if (digits.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return ByteString.ofHex(digits.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    "\"" + text + "\" is not hexadecimal; give pairs of the digits 0 to F, or begin a remark with #",
                    e);
        }
    }
}
