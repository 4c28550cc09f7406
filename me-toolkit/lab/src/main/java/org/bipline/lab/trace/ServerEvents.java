// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.Job;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.gateway.GatewayListener;

/** Turns what gateway and DM server see into events of a trace. */
public final class ServerEvents implements GatewayListener, DmServerListener {
    private final Trace trace;
    private final String session;

    public ServerEvents(Trace trace, String session) {
        this.trace = trace;
        this.session = session;
    }

    @Override
    public void tlsRecord(Connection connection, boolean fromPeer, GatewayListener.TlsRecord record) {
        Party from = fromPeer ? Party.CARD : Party.GATEWAY;
        Party to = fromPeer ? Party.GATEWAY : Party.CARD;
        trace.emit(
                session, from, to, at -> new TraceEvent.TlsRecord(at, record.type(), record.name(), record.length()));
    }

    @Override
    public void handshakeCompleted(Connection connection, Handshake handshake) {
        List<Field> fields = List.of(
                new Field("PSK identity", utf8(handshake.pskIdentity())),
                new Field("largest fragment", Labels.bytes(handshake.fragmentLength())),
                new Field("encrypt-then-MAC", yesOrNo(handshake.encryptThenMac())),
                new Field("extended master secret", yesOrNo(handshake.extendedMasterSecret())));
        trace.emit(
                session,
                Party.GATEWAY,
                Party.GATEWAY,
                at -> new TraceEvent.TlsHandshake(at, handshake.suite(), handshake.resumed(), fields));
    }

    private static String utf8(ByteString bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    @Override
    public void handshakeFailed(Connection connection, String reason) {
        trace.emit(
                session,
                Party.GATEWAY,
                Party.GATEWAY,
                at -> new TraceEvent.Dropped(at, "TLS handshake failed", reason));
    }

    @Override
    public void requestReceived(Connection connection, HttpMessage request) {
        HttpEvents.request(trace, session, request.startLine(), request.body().length());
    }

    @Override
    public void responseSent(Connection connection, HttpMessage response) {
        HttpEvents.response(
                trace, session, response.startLine(), response.body().length());
    }

    @Override
    public void connectionClosed(Connection connection, String reason) {
        note(Party.GATEWAY, "connection closed: " + reason);
    }

    @Override
    public void sessionAuthenticated(Session dmSession) {
        note(Party.SERVER, "device and server have authenticated each other");
    }

    @Override
    public void sessionEnded(Session dmSession, String outcome) {
        note(Party.SERVER, "DM session " + dmSession.sessionId() + " ended: " + outcome);
    }

    @Override
    public void authenticationFailed(Session dmSession, String reason) {
        trace.emit(
                session,
                Party.SERVER,
                Party.SERVER,
                at -> new TraceEvent.Dropped(at, "credentials not accepted", reason));
    }

    @Override
    public void messageReceived(Session dmSession, SyncMl message, int length) {
        DmEvents.emit(trace, session, Party.CARD, Party.SERVER, message, length);
    }

    @Override
    public void messageSent(Session dmSession, SyncMl message, int length) {
        DmEvents.emit(trace, session, Party.SERVER, Party.CARD, message, length);
    }

    @Override
    public void jobStateChanged(Job job) {
        trace.emit(session, Party.SERVER, Party.SERVER, at -> new TraceEvent.StoreChange(at, job.toString()));
    }

    private void note(Party party, String text) {
        trace.emit(session, party, party, at -> new TraceEvent.Note(at, text));
    }
}
