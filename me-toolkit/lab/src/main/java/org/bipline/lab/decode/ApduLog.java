// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.lab.Failure;
import org.bipline.lab.trace.ApduNames;

/**
 * Decodes a log of APDUs line by line. What came before gives later lines their meaning: the selected file, the command
 * whose data GET RESPONSE brings.
 */
public final class ApduLog {
    private static final int TERMINAL_PROFILE = 0x10;
    private static final int BY_NAME = 0x04;
    private static final int BYTES_AVAILABLE = 0x61;
    private static final int BYTES_AVAILABLE_2G = 0x9F;

    /** A command that waits for its response, and where it stands. */
    private record Pending(int line, ByteString command) {}

    private Optional<Pending> pending = Optional.empty();
    private String selected = "";
    private String answered = "";

    /** Whether a line is blank or a comment, in a log or among items. */
    public static boolean isComment(String line) {
        return LogLine.isComment(line);
    }

    /**
     * Whether a line is of a log: it has the mark of a command or a response, or is a command without a mark that begins like
     * nothing else that can be decoded.
     */
    public static boolean recognises(String line) {
        if (LogLine.isMarked(line)) {
            return true;
        }
        try {
            return LogLine.of(line) instanceof LogLine.Bare bare
                    && ApduExchange.isCommand(bare.bytes())
                    && Kind.beginningWith(bare.bytes().u8(0)).isEmpty();
        } catch (Failure e) {
            return false;
        }
    }

    /**
     * Reads a line.
     *
     * @param number number of the line, for messages
     * @return the exchanges that it completes: none for a command; two where it shows that the command before has no response
     * @throws Failure when the line is malformed; the next line can be read all the same
     */
    public List<Decoded> accept(int number, String line) throws Failure {
        return switch (LogLine.of(line)) {
            case LogLine.Remark remark -> List.of();
            case LogLine.Command command -> command(number, command.bytes());
            case LogLine.Response response -> List.of(response(response.bytes()));
            case LogLine.Bare bare ->
                isResponse(bare.bytes()) ? List.of(response(bare.bytes())) : command(number, bare.bytes());
            case LogLine.Exchange exchange -> {
                List<Decoded> decoded = new ArrayList<>(end());
                decoded.add(decode(number, ApduExchange.of(exchange.command(), Optional.of(exchange.response()))));
                yield decoded;
            }
        };
    }

    /** The last command, if it has no response. */
    public List<Decoded> end() throws Failure {
        Optional<Pending> last = pending;
        pending = Optional.empty();
        return last.isEmpty()
                ? List.of()
                : List.of(decode(last.get().line(), ApduExchange.of(last.get().command(), Optional.empty())));
    }

    private List<Decoded> command(int number, ByteString command) throws Failure {
        ApduExchange.of(command, Optional.empty()); // says what is wrong with it at its own line
        List<Decoded> unanswered = end();
        pending = Optional.of(new Pending(number, command));
        return unanswered;
    }

    private Decoded response(ByteString response) throws Failure {
        Pending command = pending.orElseThrow(() -> new Failure(
                Failure.Kind.INPUT, response + " is a response without a command before it; give the command too"));
        ApduExchange exchange = ApduExchange.of(command.command(), Optional.of(response));
        pending = Optional.empty();
        return decode(command.line(), exchange);
    }

    /** Whether bytes without a mark are the response to what waits: they end in what can be a status word. */
    private boolean isResponse(ByteString bytes) {
        if (pending.isEmpty() || bytes.length() < 2) {
            return pending.isPresent();
        }
        int sw1 = bytes.u8(bytes.length() - 2);
        return (sw1 > 0x60 && sw1 < 0x70) || (sw1 >> 4) == 9;
    }

    Decoded decode(int line, ApduExchange exchange) {
        String name = name(exchange);
        follow(exchange, name);
        return item(exchange)
                .orElseGet(() -> Decoded.of(Kind.APDU, name, exchange.command().toString()))
                .in(new Decoded.Exchange(
                        line,
                        name,
                        exchange.command().toString(),
                        exchange.response().toString(),
                        exchange.statusWord()));
    }

    private String name(ApduExchange exchange) {
        String name =
                ApduNames.name(org.bipline.dm.ByteString.of(exchange.command().toBytes()));
        return switch (exchange.ins()) {
            case ApduNames.GET_RESPONSE -> name + (answered.isEmpty() ? "" : " of " + answered);
            case 0xB0, 0xD6 -> name + file(exchange.p1() >> 7 == 1 ? exchange.p1() & 0x1F : 0);
            case 0xB2, 0xDC, 0xA2, 0x32 -> name + file(exchange.p2() >> 3);
            default -> name;
        };
    }

    /** The file that a command is for: that of the short file identifier, or the selected one where there is none. */
    private String file(int shortFileIdentifier) {
        if (shortFileIdentifier > 0) {
            return String.format(" SFI %02X", shortFileIdentifier);
        }
        return selected.isEmpty() ? "" : " " + selected;
    }

    private void follow(ApduExchange exchange, String name) {
        int sw1 = exchange.statusWord().orElse(0) >> 8;
        boolean dataWaits = sw1 == BYTES_AVAILABLE || sw1 == BYTES_AVAILABLE_2G;
        if (exchange.ins() == ApduNames.SELECT && (dataWaits || sw1 == 0x90 || sw1 == 0x91)) {
            selected = exchange.p1() == BY_NAME ? "" : name.replaceFirst("^SELECT ?", "");
        }
        if (exchange.ins() != ApduNames.GET_RESPONSE) {
            answered = dataWaits ? name : "";
        }
    }

    /** The toolkit's item that a command carries or brings. What cannot be decoded is shown with its fault. */
    private static Optional<Decoded> item(ApduExchange exchange) {
        if ((exchange.cla() & 0xF0) != 0x80 && exchange.cla() != 0xA0) {
            return Optional.empty();
        }
        return switch (exchange.ins()) {
            case ApduNames.FETCH -> item(Kind.PROACTIVE_COMMAND, exchange.responseData());
            case ApduNames.TERMINAL_RESPONSE -> item(Kind.TERMINAL_RESPONSE, exchange.data());
            case ApduNames.ENVELOPE -> item(Kind.ENVELOPE, exchange.data());
            case TERMINAL_PROFILE -> item(Kind.TERMINAL_PROFILE, exchange.data());
            default -> Optional.empty();
        };
    }

    private static Optional<Decoded> item(Kind kind, ByteString bytes) {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Decoder.toolkit(bytes, kind));
        } catch (CatDecodingException e) {
            return Optional.of(Decoded.of(kind, "malformed", bytes.toString()).withFaults(List.of(e.getMessage())));
        }
    }
}
