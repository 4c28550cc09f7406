// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import org.bipline.card.bip.ByteSink;

/**
 * HTTP/1.1 client, one POST at a time. The request goes to a byte sink, the response comes as whatever bytes arrive.
 * Redirects are not followed.
 *
 * <p>A request is {@link #post}, any number of further header lines by {@code write} and {@link #endLine}, {@link #endHeaders}, the body by {@code write}, and
 * {@link #flush}. The response is over when {@link #isDone} or {@link #isFailed}. Behind its header comes, in the order of
 * {@link HttpMessage}: for 1xx the next response, for 204 nothing, a body with a length, in chunks, or to the end of the
 * connection; a status other than 2xx fails.
 *
 * <p>Everything is allocated by the constructor.
 */
public final class HttpClient extends HttpMessage {
    /** A status other than 2xx, see {@link #status}. */
    public static final byte REASON_STATUS = 0x12;
    /** The connection ended within the response. */
    public static final byte REASON_TRUNCATED = 0x19;
    /** The connection ended before the first byte of the response. */
    public static final byte REASON_NO_RESPONSE = 0x1A;

    private static final short MIN_STATUS_LINE = 12; // HTTP/1.1 200

    private final byte[] methodPost = {'P', 'O', 'S', 'T', ' '};
    private final byte[] headHost = {' ', 'H', 'T', 'T', 'P', '/', '1', '.', '1', CR, LF, 'H', 'o', 's', 't', ':', ' '};
    private final byte[] headAccept = {'A', 'c', 'c', 'e', 'p', 't', ':', ' '};

    /**
     * Allocates the client; to be called at install.
     *
     * @param out where requests go
     * @param listener takes the responses
     * @param line room for header lines, at least 32 bytes, that nothing else uses before the body and behind it; longer lines are
     *     skipped
     */
    public HttpClient(ByteSink out, HttpListener listener, byte[] line) {
        super(out, listener, line);
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
        begin();
        put(methodPost);
        out.write(path, pathOff, pathLen);
        put(headHost);
        out.write(host, hostOff, hostLen);
        endLine();
        putType(mediaType);
        endLine();
        put(headAccept);
        put(mediaType);
        putLength(length);
        endLine();
    }

    /** Status of the response, 0 before its status line was read. */
    public short status() {
        return sizes[STATUS];
    }

    /** Whether no byte of the response has arrived yet. */
    public boolean isUnanswered() {
        return state[PHASE] == START_LINE && sizes[HEADER_BYTES] == 0;
    }

    /**
     * The connection has ended: the end of some responses, too early for others.
     *
     * @param byServer whether it is known that the server has ended it; otherwise a response that the end of the connection
     *     delimits may be a part only. RFC 9112 clause 9.8
     */
    public void connectionClosed(boolean byServer) {
        state[KEEP_ALIVE] = 0;
        if (state[PHASE] == BODY_CLOSE && byServer) {
            state[PHASE] = DONE;
        } else if (isUnanswered()) {
            fail(REASON_NO_RESPONSE);
        } else if (state[PHASE] != IDLE && state[PHASE] != DONE && state[PHASE] != FAILED) {
            fail(REASON_TRUNCATED);
        }
    }

    @Override
    void startLine() {
        short len = sizes[LINE];
        if (len < MIN_STATUS_LINE
                || !HttpText.startsWith(line, (short) 0, len, http1)
                || HttpText.hexDigit(line[7]) < 0
                || line[8] != ' '
                || (len > MIN_STATUS_LINE && line[MIN_STATUS_LINE] != ' ')) {
            fail(REASON_START_LINE);
            return;
        }
        sizes[STATUS] = HttpText.number(line, (short) 9, MIN_STATUS_LINE);
        if (sizes[STATUS] < 100) {
            sizes[STATUS] = 0;
            fail(REASON_START_LINE);
            return;
        }
        state[KEEP_ALIVE] = (byte) (line[7] == '0' ? 0 : 1);
        state[PHASE] = HEADERS;
    }

    @Override
    boolean isHeaderWanted() {
        return sizes[STATUS] >= 200; // not of an interim response
    }

    @Override
    void headersEnd() {
        short status = sizes[STATUS];
        if (status == 101 || status >= 300) { // 101 would answer an Upgrade, which was not asked for
            fail(REASON_STATUS);
        } else if (status < 200) {
            begin();
        } else if (status == 204) {
            state[PHASE] = DONE;
        } else if (!beginBody()) {
            state[KEEP_ALIVE] = 0;
            state[PHASE] = BODY_CLOSE;
        }
    }
}
