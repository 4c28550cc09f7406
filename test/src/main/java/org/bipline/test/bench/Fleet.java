// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.gateway.Gateway;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import org.bipline.uicc.runtime.Uicc;

/** A gateway with its server, and MEs with their cards, in this JVM over loopback. */
final class Fleet implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final JdbcStore store = JdbcStore.inMemory("bench");
    private final DmServer server;
    private final Gateway gateway;
    private final NettyBearer bearer = new NettyBearer(2);
    private final SystemMeClock clock = new SystemMeClock();

    Fleet(DmServerListener listener) throws IOException {
        server = DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1))
                .listener(listener)
                .build();
        gateway = Gateway.builder(server).build().start();
    }

    /** A card that holds the DM applet, known to the server; without power. */
    Uicc card(int number) {
        String iccid = "89882110000%08d".formatted(number);
        store.putDevice(Device.md5(
                deviceId(number), Account.of("card" + number, "card secret"), Account.of("bench", "server secret")));
        return Uicc.builder()
                .iccid(iccid)
                .applet(DmAppletInstallation.of(new DmAppletParameters()
                        .destination(gateway.localAddress())
                        .client("card" + number, "card secret")
                        .server("bench", "server secret")))
                .build();
    }

    static String deviceId(int number) {
        return "ICCID:89882110000%08d".formatted(number);
    }

    /** An ME around a card, switched on. */
    MobileEquipment switchedOn(Uicc card, MeListener listener) throws IOException, TimeoutException {
        MobileEquipment me = MobileEquipment.builder()
                .card(new UiccLink(card))
                .bearer(bearer)
                .clock(clock)
                .listener(listener)
                .build();
        me.powerOn();
        me.awaitIdle(LIMIT);
        return me;
    }

    /** Queues the job, lets the user start a session, and returns when the job is done. */
    void session(int number, MobileEquipment me, JobSpec spec) throws IOException, TimeoutException {
        Job job = server.submit(deviceId(number), spec);
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        me.awaitIdle(LIMIT);
        Job after = store.job(job.id()).orElseThrow();
        if (after.state() != JobState.DONE) {
            throw new IllegalStateException(after.state() + " " + after.reason());
        }
    }

    @Override
    public void close() {
        bearer.close();
        gateway.close();
        server.close();
        store.close();
        clock.close();
    }
}
