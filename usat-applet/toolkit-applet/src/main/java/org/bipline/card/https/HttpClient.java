// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import javacard.framework.JCSystem;
import org.bipline.card.bip.ByteReceiver;
import org.bipline.card.bip.ByteSink;

/**
 * HTTP/1.1 client, one POST at a time. The request goes to a byte sink, the response comes as whatever bytes arrive;
 * no message is ever held whole. Redirects are not followed.
 *
 * <p>A request is {@link #post}, any number of {@link #header}, {@link #endHeaders}, the body by {@code write}, and
 * {@link #flush}. The response is over when {@link #isDone} or {@link #isFailed}.
 *
 * <table>
 * <caption>Phases of the response</caption>
 * <tr><th>phase</th><th>bytes</th><th>next</th></tr>
 * <tr><td>IDLE</td><td>{@link #post}</td><td>STATUS_LINE</td></tr>
 * <tr><td>STATUS_LINE</td><td>status line</td><td>HEADERS</td></tr>
 * <tr><td>HEADERS</td><td>empty line</td><td>1xx: STATUS_LINE; 204: DONE; chunked: CHUNK_SIZE; length: BODY_LENGTH,
 * or DONE for none; neither: BODY_CLOSE; status other than 2xx: FAILED</td></tr>
 * <tr><td>BODY_LENGTH</td><td>the last of the body</td><td>DONE</td></tr>
 * <tr><td>BODY_CLOSE</td><td>{@link #connectionClosed}</td><td>DONE</td></tr>
 * <tr><td>CHUNK_SIZE</td><td>digits, extension</td><td>CHUNK_EXTENSION, then CHUNK_DATA, or TRAILERS for size 0</td></tr>
 * <tr><td>CHUNK_DATA</td><td>the last of the chunk</td><td>CHUNK_END</td></tr>
 * <tr><td>CHUNK_END</td><td>end of line</td><td>CHUNK_SIZE</td></tr>
 * <tr><td>TRAILERS</td><td>empty line</td><td>DONE</td></tr>
 * <tr><td>any but IDLE, BODY_CLOSE, DONE</td><td>{@link #connectionClosed}</td><td>FAILED</td></tr>
 * <tr><td>any</td><td>what does not belong there</td><td>FAILED</td></tr>
 * </table>
 *
 * Everything is allocated by the constructor.
 */
public final class HttpClient implements ByteSink, ByteReceiver {
    /** No failure. */
    public static final byte REASON_NONE = 0;
    /** No HTTP/1.x status line. */
    public static final byte REASON_STATUS_LINE = 0x11;
    /** A status other than 2xx, see {@link #status}. */
    public static final byte REASON_STATUS = 0x12;
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
    /** The connection ended within the response. */
    public static final byte REASON_TRUNCATED = 0x19;
    /** The connection ended before the first byte of the response. */
    public static final byte REASON_NO_RESPONSE = 0x1A;
    /** The listener refused a header. */
    public static final byte REASON_LISTENER = 0x1B;

    private static final byte IDLE = 0;
    private static final byte STATUS_LINE = 1;
    private static final byte HEADERS = 2;
    private static final byte BODY_LENGTH = 3;
    private static final byte BODY_CLOSE = 4;
    private static final byte CHUNK_SIZE = 5;
    private static final byte CHUNK_EXTENSION = 6;
    private static final byte CHUNK_DATA = 7;
    private static final byte CHUNK_END = 8;
    private static final byte TRAILERS = 9;
    private static final byte DONE = 10;
    private static final byte FAILED = 11;

    // indexes into state
    private static final byte PHASE = 0;
    private static final byte REASON = 1;
    private static final byte KEEP_ALIVE = 2;
    private static final byte LINE_TOO_LONG = 3;
    private static final byte CHUNKED = 4;
    private static final byte HAS_LENGTH = 5;
    private static final byte DIGITS = 6; // of the chunk size
    private static final byte STATE_SIZE = 7;

    // indexes into sizes
    private static final byte STATUS = 0;
    private static final byte LINE = 1; // bytes of the current line in the line buffer
    private static final byte HEADER_BYTES = 2;
    private static final byte LEFT = 3; // bytes left of body or chunk
    private static final byte TOTAL = 4; // bytes of body delivered
    private static final byte SIZES_SIZE = 5;

    private static final short MAX_HEADER_BYTES = 8192;
    private static final short MAX_BODY = 0x7FFF;
    private static final byte MAX_DIGITS = 8; // leading zeros are legal, endless ones are not
    private static final short MIN_STATUS_LINE = 12; // HTTP/1.1 200

    private static final byte CR = 0x0D;
    private static final byte LF = 0x0A;

    // fields of the object, because a CAP file without applet cannot hold static arrays
    private final byte[] methodPost = {'P', 'O', 'S', 'T', ' '};
    private final byte[] headHost = {' ', 'H', 'T', 'T', 'P', '/', '1', '.', '1', CR, LF, 'H', 'o', 's', 't', ':', ' '};
    private final byte[] headType = {CR, LF, 'C', 'o', 'n', 't', 'e', 'n', 't', '-', 'T', 'y', 'p', 'e', ':', ' '};
    private final byte[] headAccept = {CR, LF, 'A', 'c', 'c', 'e', 'p', 't', ':', ' '};
    private final byte[] headLength = {
        CR, LF, 'C', 'o', 'n', 't', 'e', 'n', 't', '-', 'L', 'e', 'n', 'g', 't', 'h', ':', ' '
    };

    // names and values to look for, in lower case
    private final byte[] http1 = {'h', 't', 't', 'p', '/', '1', '.'};
    private final byte[] nameLength = {'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h'};
    private final byte[] nameCoding = {
        't', 'r', 'a', 'n', 's', 'f', 'e', 'r', '-', 'e', 'n', 'c', 'o', 'd', 'i', 'n', 'g'
    };
    private final byte[] nameConnection = {'c', 'o', 'n', 'n', 'e', 'c', 't', 'i', 'o', 'n'};
    private final byte[] valueChunked = {'c', 'h', 'u', 'n', 'k', 'e', 'd'};
    private final byte[] valueClose = {'c', 'l', 'o', 's', 'e'};
    private final byte[] valueKeepAlive = {'k', 'e', 'e', 'p', '-', 'a', 'l', 'i', 'v', 'e'};

    private final ByteSink out;
    private final HttpListener listener;
    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final short[] sizes = JCSystem.makeTransientShortArray(SIZES_SIZE, JCSystem.CLEAR_ON_RESET);
    private final byte[] line;

    /**
     * Allocates the client; to be called at install.
     *
     * @param out where requests go
     * @param listener takes the responses
     * @param lineSize longest header line that is looked at with its end, at least 32; longer ones are skipped
     */
    public HttpClient(ByteSink out, HttpListener listener, short lineSize) {
        this.out = out;
        this.listener = listener;
        line = JCSystem.makeTransientByteArray(lineSize, JCSystem.CLEAR_ON_RESET);
    }

    /**
     * Begins a request and forgets the response before.
     *
     * @param path path and query, in {@code path[pathOff .. pathOff + pathLen)}
     * @param host value of the Host header, likewise
     * @param mediaType value of Content-Type and Accept
     * @param length bytes of the body that follows, at most 32767
     */
    public void post(
            byte[] path,
            short pathOff,
            short pathLen,
            byte[] host,
            short hostOff,
            short hostLen,
            byte[] mediaType,
            short length) {
        state[REASON] = REASON_NONE;
        sizes[HEADER_BYTES] = 0;
        sizes[TOTAL] = 0;
        beginResponse();
        put(methodPost);
        out.write(path, pathOff, pathLen);
        put(headHost);
        out.write(host, hostOff, hostLen);
        put(headType);
        put(mediaType);
        put(headAccept);
        put(mediaType);
        put(headLength);
        putNumber(length);
        endLine();
    }

    /** A further header: {@code buf[off .. off + len)} is the line without its end. */
    public void header(byte[] buf, short off, short len) {
        out.write(buf, off, len);
        endLine();
    }

    /** Ends the header; the body follows. */
    public void endHeaders() {
        endLine();
    }

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

    /** Forgets request and response: nothing is expected. */
    public void reset() {
        state[PHASE] = IDLE;
        state[REASON] = REASON_NONE;
        sizes[STATUS] = 0;
    }

    /** Whether the response is complete. */
    public boolean isDone() {
        return state[PHASE] == DONE;
    }

    /** Whether the response is refused, see {@link #reason}. */
    public boolean isFailed() {
        return state[PHASE] == FAILED;
    }

    public byte reason() {
        return state[REASON];
    }

    /** Status of the response, 0 before its status line was read. */
    public short status() {
        return sizes[STATUS];
    }

    /** Whether the connection can carry another request; to be asked when {@link #isDone}. */
    public boolean isReusable() {
        return state[KEEP_ALIVE] != 0;
    }

    /** Whether no byte of the response has arrived yet. */
    public boolean isUnanswered() {
        return state[PHASE] == STATUS_LINE && sizes[HEADER_BYTES] == 0;
    }

    /** The connection has ended: the end of some responses, too early for others. */
    public void connectionClosed() {
        state[KEEP_ALIVE] = 0;
        if (state[PHASE] == BODY_CLOSE) {
            state[PHASE] = DONE;
        } else if (isUnanswered()) {
            fail(REASON_NO_RESPONSE);
        } else if (state[PHASE] != IDLE && state[PHASE] != DONE && state[PHASE] != FAILED) {
            fail(REASON_TRUNCATED);
        }
    }

    /** Takes bytes of the response; false when they are not wanted: failed, or behind the end of the response. */
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
                case STATUS_LINE:
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

    private void beginResponse() {
        state[PHASE] = STATUS_LINE;
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
        if (state[PHASE] == STATUS_LINE) {
            statusLine();
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

    private void statusLine() {
        short len = sizes[LINE];
        if (len < MIN_STATUS_LINE
                || !HttpText.startsWith(line, (short) 0, len, http1)
                || HttpText.hexDigit(line[7]) < 0
                || line[8] != ' '
                || (len > MIN_STATUS_LINE && line[MIN_STATUS_LINE] != ' ')) {
            fail(REASON_STATUS_LINE);
            return;
        }
        sizes[STATUS] = HttpText.number(line, (short) 9, MIN_STATUS_LINE);
        if (sizes[STATUS] < 100) {
            sizes[STATUS] = 0;
            fail(REASON_STATUS_LINE);
            return;
        }
        state[KEEP_ALIVE] = (byte) (line[7] == '0' ? 0 : 1);
        state[PHASE] = HEADERS;
    }

    private void headerLine() {
        short len = sizes[LINE];
        if (sizes[STATUS] < 200 || HttpText.isBlank(line[0])) {
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
        }
        if (state[LINE_TOO_LONG] == 0 && state[PHASE] == HEADERS && !listener.responseHeader(line, len)) {
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

    private void headersEnd() {
        short status = sizes[STATUS];
        if (status == 101 || status >= 300) { // 101 would answer an Upgrade, which was not asked for
            fail(REASON_STATUS);
        } else if (status < 200) {
            beginResponse();
        } else if (status == 204 || (state[HAS_LENGTH] != 0 && sizes[LEFT] == 0)) {
            state[PHASE] = DONE;
        } else if (state[CHUNKED] != 0) {
            beginChunk();
        } else if (state[HAS_LENGTH] != 0) {
            state[PHASE] = BODY_LENGTH;
        } else {
            state[KEEP_ALIVE] = 0;
            state[PHASE] = BODY_CLOSE;
        }
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
        listener.responseBody(buf, off, len);
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

    private void fail(byte reason) {
        state[PHASE] = FAILED;
        state[REASON] = reason;
        state[KEEP_ALIVE] = 0;
    }

    private void put(byte[] text) {
        out.write(text, (short) 0, (short) text.length);
    }

    private void putNumber(short number) {
        short divisor = 10000;
        while (divisor > 1 && number < divisor) {
            divisor = (short) (divisor / 10);
        }
        for (; divisor > 0; divisor = (short) (divisor / 10)) {
            out.write((byte) ('0' + (short) (number / divisor)));
            number = (short) (number % divisor);
        }
    }

    private void endLine() {
        out.write(CR);
        out.write(LF);
    }
}
