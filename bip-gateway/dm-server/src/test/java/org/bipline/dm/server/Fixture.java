// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;

/** A server over a store in memory, with one device, a clock that stands and a record of the events. */
final class Fixture implements AutoCloseable, DmServerListener {
    static final String DEVICE = "ICCID:8949012345678901234";
    static final ByteString CLIENT_NONCE = ByteString.utf8("first client nonce");
    static final ByteString SERVER_NONCE = ByteString.utf8("first server nonce");

    final Store store;
    final List<String> events = new ArrayList<>();
    final List<SyncMl> seen = new ArrayList<>();
    Instant now = Instant.parse("2026-11-24T10:00:00Z");
    DmServer server;

    Fixture() {
        this(JdbcStore.inMemory(UUID.randomUUID().toString()));
    }

    Fixture(Store store) {
        this.store = store;
        if (store.device(DEVICE).isEmpty()) {
            store.putDevice(Device.md5(
                    DEVICE,
                    Account.of("card", "card secret", CLIENT_NONCE),
                    Account.of("dm-server", "server secret", SERVER_NONCE)));
        }
        server = builder().build();
    }

    DmServer.Builder builder() {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        return DmServer.builder(store, clock, new SplittableRandom(42)).listener(this);
    }

    TestClient client() {
        TestClient client = new TestClient(
                request -> server.handle(request),
                DEVICE,
                Credentials.of("card", "card secret"),
                Credentials.of("dm-server", "server secret"));
        client.nonce = CLIENT_NONCE;
        client.serverNonce = SERVER_NONCE;
        return client;
    }

    /** What a crash leaves: another server on the same store, the old one forgotten. */
    void crashAndRestart() {
        server = builder().build();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Job job(long id) {
        return store.job(id).orElseThrow();
    }

    static MgmtNode sampleMo() {
        return MgmtNode.interior("Example")
                .type("urn:example:mo:1.0")
                .child(MgmtNode.leaf("Name", "Käse"))
                .child(MgmtNode.leaf("Empty", ""))
                .child(MgmtNode.named("Key")
                        .format(Format.BIN)
                        .type("application/octet-stream")
                        .value(NodeValue.binary(ByteString.hex("00FF0180"))))
                .child(MgmtNode.interior("Inner")
                        .child(MgmtNode.named("Number").format(Format.INT).value(NodeValue.text("42")))
                        .child(MgmtNode.interior("Void")))
                .build();
    }

    static JobSpec.Provision provision(MgmtNode mo) {
        return JobSpec.provision(MgmtTree.of(mo));
    }

    static MgmtNode largeMo(int leaves, int size) {
        MgmtNode.Builder mo = MgmtNode.interior("Large");
        for (int i = 0; i < leaves; i++) {
            mo.child(MgmtNode.leaf("Leaf" + i, "ü€".repeat(size / 5)));
        }
        return mo.build();
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }

    @Override
    public void sessionStarted(Session session) {
        events.add("started " + session.sessionId());
    }

    @Override
    public void sessionAuthenticated(Session session) {
        events.add("authenticated " + session.sessionId());
    }

    @Override
    public void sessionEnded(Session session, String outcome) {
        events.add("ended " + session.sessionId() + ": " + outcome);
    }

    @Override
    public void authenticationFailed(Session session, String reason) {
        events.add("failed: " + reason);
    }

    @Override
    public void messageReceived(Session session, SyncMl message, int length) {
        seen.add(message);
    }

    @Override
    public void messageSent(Session session, SyncMl message, int length) {
        seen.add(message);
    }

    @Override
    public void commandSent(Session session, String msgId, Command command) {
        events.add("sent " + command.name());
    }

    @Override
    public void statusReceived(Session session, Status status) {
        events.add("status " + status.cmd() + " " + status.code().number());
    }

    @Override
    public void eventReceived(Session session, ClientEvent event) {
        events.add("event " + event.code());
    }

    @Override
    public void jobStateChanged(Job job) {
        events.add(job.toString());
    }
}
