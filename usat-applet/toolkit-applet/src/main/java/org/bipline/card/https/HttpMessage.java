// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.JCSystem;
import org.bipline.card.bip.ByteReceiver;
import org.bipline.card.bip.ByteSink;

/**
 * What client and server of HTTP/1.1 have in common: a message that is read as whatever bytes arrive, and the lines of one that
 * is written. No message is ever held whole. RFC 9112.
 *
 * <table>
 * <caption>Phases of the message that is read</caption>
 * <tr><th>phase</th><th>bytes</th><th>next</th></tr>
 * <tr><td>START_LINE</td><td>status or request line</td><td>HEADERS</td></tr>
 * <tr><td>HEADERS</td><td>empty line</td><td>what {@link #headersEnd} sets: DONE, CHUNK_SIZE, BODY_LENGTH, BODY_CLOSE</td></tr>
 * <tr><td>BODY_LENGTH</td><td>the last of the body</td><td>DONE</td></tr>
 * <tr><td>BODY_CLOSE</td><td>end of the connection</td><td>DONE</td></tr>
 * <tr><td>CHUNK_SIZE</td><td>digits, extension</td><td>CHUNK_EXTENSION, then CHUNK_DATA, or TRAILERS for size 0</td></tr>
 * <tr><td>CHUNK_DATA</td><td>the last of the chunk</td><td>CHUNK_END</td></tr>
 * <tr><td>CHUNK_END</td><td>end of line</td><td>CHUNK_SIZE</td></tr>
 * <tr><td>TRAILERS</td><td>empty line</td><td>DONE</td></tr>
 * <tr><td>any</td><td>what does not belong there</td><td>FAILED</td></tr>
 * </table>
 */
public abstract class HttpMessage implements ByteSink, ByteReceiver {
    /** No failure. */
    public static final byte REASON_NONE = 0;
    /** No HTTP/1.x status line, or no request line of that kind. */
    public static final byte REASON_START_LINE = 0x11;
    /** A header line without a name, or contradictory framing headers. */
    public static final byte REASON_HEADER = 0x13;
    /** Header, extensions and trailers exceed 8192 bytes together. */
    public static final byte REASON_HEADER_TOO_LONG = 0x14;
    /** A Content-Length that is no number. */
    public static final byte REASON_CONTENT_LENGTH = 0x15;
    /** A transfer coding other than chunked. */
    public static final byte REASON_TRANSFER_CODING = 0x16;
    /** Malformed chunk. */
    public static final byte REASON_CHUNK = 0x17;
    /** The body exceeds 32767 bytes. */
    public static final byte REASON_BODY_TOO_LONG = 0x18;
    /** The listener refused a header. */
    public static final byte REASON_LISTENER = 0x1B;

    static final byte IDLE = 0;
    static final byte START_LINE = 1;
    static final byte HEADERS = 2;
    static final byte BODY_LENGTH = 3;
    static final byte BODY_CLOSE = 4;
    private static final byte CHUNK_SIZE = 5;
    private static final byte CHUNK_EXTENSION = 6;
    private static final byte CHUNK_DATA = 7;
    private static final byte CHUNK_END = 8;
    private static final byte TRAILERS = 9;
    static final byte DONE = 10;
    static final byte FAILED = 11;

    // indexes into state
    static final byte PHASE = 0;
    static final byte REASON = 1;
    static final byte KEEP_ALIVE = 2;
    static final byte LINE_TOO_LONG = 3;
    static final byte CHUNKED = 4;
    static final byte HAS_LENGTH = 5;
    private static final byte DIGITS = 6; // of the chunk size
    private static final byte STATE_SIZE = 7;

    // indexes into sizes
    static final byte STATUS = 0;
    static final byte LINE = 1; // bytes of the current line in the line buffer
    static final byte HEADER_BYTES = 2;
    static final byte LEFT = 3; // bytes left of body or chunk
    static final byte TOTAL = 4; // bytes of body delivered
    private static final byte SIZES_SIZE = 5;

    private static final short MAX_HEADER_BYTES = 8192;
    private static final short MAX_BODY = 0x7FFF;
    private static final byte MAX_DIGITS = 8; // leading zeros are legal, endless ones are not

    static final byte CR = 0x0D;
    static final byte LF = 0x0A;

    // fields of the object, because a CAP file without applet cannot hold static arrays; names and values in lower case
    private final byte[] headType = {'C', 'o', 'n', 't', 'e', 'n', 't', '-', 'T', 'y', 'p', 'e', ':', ' '};
    private final byte[] headLength = {
        CR, LF, 'C', 'o', 'n', 't', 'e', 'n', 't', '-', 'L', 'e', 'n', 'g', 't', 'h', ':', ' '
    };
    final byte[] http1 = {'h', 't', 't', 'p', '/', '1', '.'};
    private final byte[] nameLength = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h'};
    private final byte[] nameCoding = {
        't', 'r', 'a', 'n', 's', 'f', 'e', 'r', '-', 'e', 'n', 'c', 'o', 'd', 'i', 'n', 'g'
    };
    private final byte[] nameConnection = {'c', 'o', 'n', 'n', 'e', 'c', 't', 'i', 'o', 'n'};
    private final byte[] valueChunked = {'c', 'h', 'u', 'n', 'k', 'e', 'd'};
    private final byte[] valueClose = {'c', 'l', 'o', 's', 'e'};
    private final byte[] valueKeepAlive = {'k', 'e', 'e', 'p', '-', 'a', 'l', 'i', 'v', 'e'};

    final ByteSink out;
    private final HttpListener listener;
    final byte[] state;
    final short[] sizes;
    final byte[] line;

    /** @param line room for header lines; longer ones are skipped */
    HttpMessage(ByteSink out, HttpListener listener, byte[] line) {
        this.out = out;
        this.listener = listener;
        state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
        sizes = JCSystem.makeTransientShortArray(SIZES_SIZE, JCSystem.CLEAR_ON_RESET);
        this.line = line;
    }

    /** Shares the memory of another, which is not at work at the same time. */
    HttpMessage(ByteSink out, HttpListener listener, HttpMessage other) {
        this.out = out;
        this.listener = listener;
        state = other.state;
        sizes = other.sizes;
        line = other.line;
    }

    /** The first line is complete. */
    abstract void startLine();

    /** Whether header lines are those of the message that counts. */
    abstract boolean isHeaderWanted();

    /** A header line that does not frame the message: its name in {@code line[0 .. colon)}, its value in {@code line[value .. end)}. */
    void otherHeader(short colon, short value, short end) {}

    /** The empty line behind the header was read: sets the phase. */
    abstract void headersEnd();

    @Override
    public void write(byte b) {
        out.write(b);
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        out.write(buf, off, len);
    }

    @Override
    public void flush() {
        out.flush();
    }

    /** Forgets the message: nothing is expected. */
    public void reset() {
        state[PHASE] = IDLE;
        state[REASON] = REASON_NONE;
        sizes[STATUS] = 0;
    }

    /** Whether the message is complete. */
    public boolean isDone() {
        return state[PHASE] == DONE;
    }

    /** Whether the message is refused, see {@link #reason}. */
    public boolean isFailed() {
        return state[PHASE] == FAILED;
    }

    public byte reason() {
        return state[REASON];
    }

    /** Whether the connection can carry another exchange; to be asked when {@link #isDone}. */
    public boolean isReusable() {
        return state[KEEP_ALIVE] != 0;
    }

    /** Takes bytes of the message; false when they are not wanted: failed, or behind its end. */
    @Override
    public boolean receive(byte[] buf, short off, short len) {
        while (len > 0) {
            short used = 1;
            switch (state[PHASE]) {
                case BODY_LENGTH:
                case BODY_CLOSE:
                case CHUNK_DATA:
                    used = body(buf, off, len);
                    break;
                case START_LINE:
                case HEADERS:
                case TRAILERS:
                    lineByte(buf[off]);
                    break;
                case CHUNK_SIZE:
                case CHUNK_EXTENSION:
                    chunkSizeByte(buf[off]);
                    break;
                case CHUNK_END:
                    chunkEndByte(buf[off]);
                    break;
                default:
                    state[KEEP_ALIVE] = 0; // bytes nobody asked for: what would follow them cannot be trusted
                    return false;
            }
            off = (short) (off + used);
            len = (short) (len - used);
        }
        return state[PHASE] != FAILED;
    }

    /** A message begins. */
    void begin() {
        state[PHASE] = START_LINE;
        state[KEEP_ALIVE] = 0;
        state[LINE_TOO_LONG] = 0;
        state[CHUNKED] = 0;
        state[HAS_LENGTH] = 0;
        sizes[STATUS] = 0;
        sizes[LINE] = 0;
        sizes[LEFT] = 0;
    }

    private void lineByte(byte b) {
        if (!countHeaderByte()) {
            return;
        }
        if (b == LF) {
            if (sizes[LINE] > 0 && state[LINE_TOO_LONG] == 0 && line[(short) (sizes[LINE] - 1)] == CR) {
                sizes[LINE]--;
            }
            lineEnd();
            sizes[LINE] = 0;
            state[LINE_TOO_LONG] = 0;
        } else if (sizes[LINE] < (short) line.length) {
            line[sizes[LINE]++] = b;
        } else {
            state[LINE_TOO_LONG] = 1;
        }
    }

    private void lineEnd() {
        if (state[PHASE] == START_LINE) {
            startLine();
        } else if (sizes[LINE] > 0) {
            if (state[PHASE] == HEADERS) {
                headerLine();
            }
        } else if (state[PHASE] == TRAILERS) {
            state[PHASE] = DONE;
        } else {
            headersEnd();
        }
    }

    private void headerLine() {
        short len = sizes[LINE];
        if (!isHeaderWanted() || HttpText.isBlank(line[0])) {
            return; // interim response, or the folded rest of a line whose first part was judged already
        }
        short colon = HttpText.find(line, len, (byte) ':');
        if (colon < 0 && state[LINE_TOO_LONG] != 0) {
            return;
        }
        if (colon <= 0 || HttpText.isBlank(line[(short) (colon - 1)])) {
            fail(REASON_HEADER);
            return;
        }
        short value = HttpText.skipBlanks(line, (short) (colon + 1), len);
        short end = HttpText.trim(line, value, len);
        if (HttpText.isName(line, colon, nameLength)) {
            contentLength(value, end);
        } else if (HttpText.isName(line, colon, nameCoding)) {
            transferCoding(value, end);
        } else if (HttpText.isName(line, colon, nameConnection)) {
            connection(value, end);
        } else {
            otherHeader(colon, value, end);
        }
        if (state[LINE_TOO_LONG] == 0 && state[PHASE] == HEADERS && !listener.takeHeader(line, len)) {
            fail(REASON_LISTENER);
        }
    }

    private void contentLength(short off, short end) {
        short length = state[LINE_TOO_LONG] != 0 ? HttpText.NO_NUMBER : HttpText.number(line, off, end);
        if (length == HttpText.TOO_LARGE) {
            fail(REASON_BODY_TOO_LONG);
        } else if (length == HttpText.NO_NUMBER) {
            fail(REASON_CONTENT_LENGTH);
        } else if (state[CHUNKED] != 0 || (state[HAS_LENGTH] != 0 && sizes[LEFT] != length)) {
            fail(REASON_HEADER);
        } else {
            state[HAS_LENGTH] = 1;
            sizes[LEFT] = length;
        }
    }

    private void transferCoding(short off, short end) {
        if (state[LINE_TOO_LONG] != 0
                || (short) (end - off) != (short) valueChunked.length
                || !HttpText.startsWith(line, off, end, valueChunked)) {
            fail(REASON_TRANSFER_CODING);
        } else if (state[HAS_LENGTH] != 0 || state[CHUNKED] != 0) {
            fail(REASON_HEADER);
        } else {
            state[CHUNKED] = 1;
        }
    }

    private void connection(short off, short end) {
        if (state[LINE_TOO_LONG] != 0 || HttpText.hasToken(line, off, end, valueClose)) {
            state[KEEP_ALIVE] = 0;
        } else if (HttpText.hasToken(line, off, end, valueKeepAlive)) {
            state[KEEP_ALIVE] = 1; // HTTP/1.0 has to say so
        }
    }

    /** The header is over: phase of the body where its length is known. */
    boolean beginBody() {
        if (state[CHUNKED] != 0) {
            beginChunk();
        } else if (state[HAS_LENGTH] == 0) {
            return false;
        } else {
            state[PHASE] = sizes[LEFT] == 0 ? DONE : BODY_LENGTH;
        }
        return true;
    }

    /** Whether a body is to come of which nothing has arrived. */
    boolean isBodyAwaited() {
        return sizes[TOTAL] == 0 && (state[PHASE] == BODY_LENGTH || (state[PHASE] == CHUNK_SIZE && state[DIGITS] == 0));
    }

    private short body(byte[] buf, short off, short len) {
        if (state[PHASE] != BODY_CLOSE && len > sizes[LEFT]) {
            len = sizes[LEFT];
        }
        if (len > (short) (MAX_BODY - sizes[TOTAL])) {
            fail(REASON_BODY_TOO_LONG);
            return len;
        }
        sizes[TOTAL] = (short) (sizes[TOTAL] + len);
        listener.takeBody(buf, off, len);
        if (state[PHASE] != BODY_CLOSE) {
            sizes[LEFT] = (short) (sizes[LEFT] - len);
            if (sizes[LEFT] == 0) {
                state[PHASE] = state[PHASE] == CHUNK_DATA ? CHUNK_END : DONE;
            }
        }
        return len;
    }

    private void beginChunk() {
        state[PHASE] = CHUNK_SIZE;
        state[DIGITS] = 0;
        sizes[LEFT] = 0;
    }

    private void chunkSizeByte(byte b) {
        if (b == LF) {
            if (state[DIGITS] == 0) {
                fail(REASON_CHUNK);
            } else {
                state[PHASE] = sizes[LEFT] == 0 ? TRAILERS : CHUNK_DATA;
            }
        } else if (state[PHASE] == CHUNK_EXTENSION) {
            countHeaderByte();
        } else {
            byte digit = HttpText.hexDigit(b);
            if (digit >= 0) {
                chunkSizeDigit(digit);
            } else if (state[DIGITS] > 0 && (b == CR || b == ';' || HttpText.isBlank(b))) {
                state[PHASE] = CHUNK_EXTENSION;
            } else {
                fail(REASON_CHUNK);
            }
        }
    }

    private void chunkSizeDigit(byte digit) {
        state[DIGITS]++;
        if (sizes[LEFT] > (short) (MAX_BODY >> 4)) {
            fail(REASON_BODY_TOO_LONG);
        } else if (state[DIGITS] > MAX_DIGITS) {
            fail(REASON_CHUNK);
        } else {
            sizes[LEFT] = (short) ((short) (sizes[LEFT] << 4) + digit);
        }
    }

    private void chunkEndByte(byte b) {
        if (b == LF) {
            beginChunk();
        } else if (b != CR) {
            fail(REASON_CHUNK);
        }
    }

    private boolean countHeaderByte() {
        if (sizes[HEADER_BYTES] == MAX_HEADER_BYTES) {
            fail(REASON_HEADER_TOO_LONG);
            return false;
        }
        sizes[HEADER_BYTES]++;
        return true;
    }

    void fail(byte reason) {
        state[PHASE] = FAILED;
        state[REASON] = reason;
        state[KEEP_ALIVE] = 0;
    }

    void put(byte[] text) {
        out.write(text, (short) 0, (short) text.length);
    }

    /** Writes the type of a body, without the end of its line. */
    void putType(byte[] mediaType) {
        put(headType);
        put(mediaType);
    }

    /** Ends a line and writes the length of a body, without the end of its own line. */
    void putLength(short length) {
        put(headLength);
        putNumber(length);
    }

    void putNumber(short number) {
        short divisor = 10000;
        while (divisor > 1 && number < divisor) {
            divisor = (short) (divisor / 10);
        }
        for (; divisor > 0; divisor = (short) (divisor / 10)) {
            out.write((byte) ('0' + (short) (number / divisor)));
            number = (short) (number % divisor);
        }
    }

    /** Ends a line of the header: what was written behind {@code post} or {@code respond} is a further field. */
    public void endLine() {
        out.write(CR);
        out.write(LF);
    }

    /** Ends the header; the body follows. */
    public void endHeaders() {
        endLine();
    }
}
