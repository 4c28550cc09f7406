// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import org.bipline.card.bip.ByteSink;

/**
 * HTTP/1.1 server of one resource that takes POST, one request at a time. The request comes as whatever bytes arrive, the
 * response goes to a byte sink. RFC 9110, RFC 9112.
 *
 * <p>{@link #await}, then bytes by {@link #receive} until {@link #isDone}: the response is {@link #respond}, the body by {@code
 * write}, and {@link #flush}; or until {@link #isFailed}: the response is {@link #refuse}, and the connection is to be closed. Whether
 * it is to be closed after a response too, {@link #isReusable} says.
 *
 * <p>Everything is allocated by the constructor.
 */
public final class HttpServer extends HttpMessage {
    private static final byte REASON_PATH = 0x1C;
    private static final byte REASON_METHOD = 0x1D;
    private static final byte REASON_VERSION = 0x1E;
    private static final byte REASON_URI_TOO_LONG = 0x1F;
    private static final byte REASON_NO_LENGTH = 0x20;
    private static final byte REASON_EXPECTATION = 0x21;

    // index into sizes: a request has no status. 1: the client waits for 100; -1: it cannot
    private static final byte EXPECTS = STATUS;

    private final byte[] methodPost = {'p', 'o', 's', 't', ' '};
    private final byte[] schemeHttp = {'h', 't', 't', 'p', ':', '/', '/'};
    private final byte[] http11 = {'H', 'T', 'T', 'P', '/', '1', '.', '1', ' '};
    private final byte[] nameExpect = {'e', 'x', 'p', 'e', 'c', 't'};
    private final byte[] valueContinue = {'1', '0', '0', '-', 'c', 'o', 'n', 't', 'i', 'n', 'u', 'e'};
    private final byte[] headAllow = {'A', 'l', 'l', 'o', 'w', ':', ' ', 'P', 'O', 'S', 'T', CR, LF};
    private final byte[] headClose = {
        'C', 'o', 'n', 'n', 'e', 'c', 't', 'i', 'o', 'n', ':', ' ', 'c', 'l', 'o', 's', 'e'
    };

    private final byte[] path;

    /**
     * Allocates the server; to be called at install.
     *
     * @param out where responses go
     * @param listener takes the requests
     * @param path of the resource, in lower case
     * @param other whose memory it uses too: never are both at work
     */
    public HttpServer(ByteSink out, HttpListener listener, byte[] path, HttpMessage other) {
        super(out, listener, other);
        this.path = path;
    }

    /** Waits for a request and forgets the one before. */
    public void await() {
        begin();
        state[REASON] = REASON_NONE;
        sizes[HEADER_BYTES] = 0;
        sizes[TOTAL] = 0;
    }

    /**
     * Begins the response 200; further header lines may follow by {@code write} and {@link #endLine}, then {@link #endHeaders}.
     *
     * @param mediaType value of Content-Type
     * @param length bytes of the body that follows
     */
    public void respond(byte[] mediaType, short length) {
        putStatus((short) 200);
        if (!isReusable()) {
            putClose();
        }
        putType(mediaType);
        putLength(length);
        endLine();
    }

    /** Answers a request whose body is none of its kind by 400, as {@link #refuse}. */
    public void refuseBody() {
        fail(REASON_START_LINE);
        refuse();
    }

    /** Answers a request that has failed, by the status for it and nothing else. */
    public void refuse() {
        short status = status();
        putStatus(status);
        if (status == 405) {
            put(headAllow);
        }
        put(headClose);
        putLength((short) 0);
        endLine();
        endLine();
        flush();
    }

    /** Whether the client waits with its body for leave. RFC 9110 clause 10.1.1. */
    public boolean isAskedToContinue() {
        return sizes[EXPECTS] > 0 && isBodyAwaited();
    }

    /** Gives leave by the interim response 100. */
    public void proceed() {
        sizes[EXPECTS] = 0;
        putStatus((short) 100);
        endLine();
        flush();
    }

    private void putStatus(short status) {
        put(http11);
        putNumber(status);
        out.write((byte) ' '); // the phrase may be empty, the blank may not
        endLine();
    }

    private void putClose() {
        put(headClose);
        endLine();
    }

    private short status() {
        switch (state[REASON]) {
            case REASON_PATH:
                return 404;
            case REASON_METHOD:
                return 405;
            case REASON_NO_LENGTH:
                return 411;
            case REASON_BODY_TOO_LONG:
                return 413;
            case REASON_URI_TOO_LONG:
                return 414;
            case REASON_LISTENER:
                return 415;
            case REASON_EXPECTATION:
                return 417;
            case REASON_HEADER_TOO_LONG:
                return 431;
            case REASON_TRANSFER_CODING:
                return 501;
            case REASON_VERSION:
                return 505;
            default:
                return 400;
        }
    }

    @Override
    void startLine() {
        short len = sizes[LINE];
        if (len == 0) {
            return; // empty lines before a request are ignored, RFC 9112 clause 2.2
        }
        if (state[LINE_TOO_LONG] != 0) {
            fail(REASON_URI_TOO_LONG);
            return;
        }
        short version = (short) (len - (short) (http1.length + 2)); // blank, HTTP/1., digit
        short method = HttpText.find(line, len, (byte) ' ');
        if (version <= method || line[version] != ' ') {
            fail(REASON_START_LINE);
        } else if (!HttpText.startsWith(line, (short) (version + 1), len, http1)
                || HttpText.hexDigit(line[(short) (len - 1)]) < 0) {
            fail(REASON_VERSION);
        } else if (!HttpText.startsWith(line, (short) 0, len, methodPost)) {
            fail(REASON_METHOD);
        } else if (!isPath((short) (method + 1), version)) {
            fail(REASON_PATH);
        } else {
            boolean old = line[(short) (len - 1)] == '0';
            state[KEEP_ALIVE] = (byte) (old ? 0 : 1);
            sizes[EXPECTS] = old ? (short) -1 : (short) 0;
            state[PHASE] = HEADERS;
        }
    }

    /** Whether the request target is the resource: in origin form, or in absolute form with any host; a query does not matter. */
    private boolean isPath(short off, short end) {
        if (HttpText.startsWith(line, off, end, schemeHttp)) {
            off = (short) (off + schemeHttp.length);
            while (off < end && line[off] != '/') {
                off++;
            }
        }
        short stop = off;
        while (stop < end && line[stop] != '?') {
            stop++;
        }
        return (short) (stop - off) == (short) path.length && HttpText.startsWith(line, off, stop, path);
    }

    /** What HTTP/1.0 expects is ignored, and 100-continue, which has but one form, is known. RFC 9110 clause 10.1.1. */
    @Override
    void otherHeader(short colon, short value, short end) {
        if (sizes[EXPECTS] < 0 || !HttpText.isName(line, colon, nameExpect)) {
            return;
        }
        if (state[LINE_TOO_LONG] == 0
                && (short) (end - value) == (short) valueContinue.length
                && HttpText.startsWith(line, value, end, valueContinue)) {
            sizes[EXPECTS] = 1;
        } else {
            fail(REASON_EXPECTATION);
        }
    }

    @Override
    boolean isHeaderWanted() {
        return true;
    }

    @Override
    void headersEnd() {
        if (!beginBody()) {
            fail(REASON_NO_LENGTH);
        }
    }
}
