// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

/** Turns the start lines of HTTP messages into events. RFC 9112 clauses 3 and 4. */
final class HttpEvents {
    private HttpEvents() {}

    static void request(Trace trace, String session, String requestLine, int length) {
        String[] parts = requestLine.split(" ", 3);
        String target = parts.length > 1 ? parts[1] : "";
        trace.emit(session, Party.CARD, Party.GATEWAY, at -> new TraceEvent.HttpRequest(at, parts[0], target, length));
    }

    static void response(Trace trace, String session, String statusLine, int length) {
        String[] parts = statusLine.split(" ", 3);
        int status = parts.length > 1 && parts[1].matches("[1-9][0-9]{2}") ? Integer.parseInt(parts[1]) : 0;
        trace.emit(session, Party.GATEWAY, Party.CARD, at -> new TraceEvent.HttpResponse(at, status, length));
    }
}
