// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.bipline.dm.ByteString;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.Psk;
import org.bipline.gateway.Gateway;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;

/** A gateway with its server, and MEs with their cards, in this JVM over loopback. */
public final class Fleet implements AutoCloseable {
    public static final String CARD_SECRET = "card secret";
    public static final String SERVER = "bench";
    public static final String SERVER_SECRET = "server secret";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final JdbcStore store;
    private final DmServer server;
    private final Gateway gateway;
    private final NettyBearer bearer = new NettyBearer(2);
    private final SystemMeClock clock = new SystemMeClock();

    /**
     * A gateway that listens, with a server that knows no card yet.
     *
     * @param name another one for each fleet at a time: it stands for the server's store, and seeds its nonces
     * @param settings what is to differ from the server's defaults
     */
    public Fleet(String name, Consumer<DmServer.Builder> settings) throws IOException {
        store = JdbcStore.inMemory(name);
        DmServer.Builder builder = DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(name.hashCode()));
        settings.accept(builder.wire(WireLog.LISTENER));
        server = builder.build();
        gateway = Gateway.builder(server)
                .plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .secured(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .keys(store, new SecureRandom())
                .build()
                .start();
    }

    /** Where the gateway listens with TLS, for cards that are known with a key. */
    public InetSocketAddress securedAddress() {
        return gateway.securedAddress().orElseThrow();
    }

    /** Where the gateway listens. */
    public InetSocketAddress address() {
        return gateway.plainAddress().orElseThrow();
    }

    /** What a card of this number has to know to reach this server. */
    public DmAppletParameters parameters(int number) {
        return parameters(number, gateway.plainAddress().orElseThrow());
    }

    /** As {@link #parameters(int)}, with a server somewhere else. */
    public static DmAppletParameters parameters(int number, InetSocketAddress server) {
        return new DmAppletParameters()
                .destination(server)
                .client("card" + number, CARD_SECRET)
                .server(SERVER, SERVER_SECRET);
    }

    /** Makes the card of this number known to the server, or as new to it as it was at first. */
    public void know(int number) {
        know(number, CARD_SECRET, SERVER_SECRET);
    }

    /** As {@link #know(int)}, with other secrets. */
    public void know(int number, String cardSecret, String serverSecret) {
        store.putDevice(device(number, cardSecret, serverSecret));
    }

    /** As {@link #know(int)}, with a key of TLS under the card's name. */
    public void know(int number, byte[] key) {
        store.putDevice(device(number, CARD_SECRET, SERVER_SECRET).with(psk(number, key), Device.Transport.PLAIN));
    }

    /** A key of TLS under the name of the card of this number. */
    public static Psk psk(int number, byte[] key) {
        return new Psk(ByteString.utf8("card" + number), ByteString.of(key));
    }

    /** Makes a device known to the server. */
    public void know(Device device) {
        store.putDevice(device);
    }

    /** The card of this number as a server has to know it. */
    public static Device device(int number, String cardSecret, String serverSecret) {
        return Device.md5(deviceId(number), Account.of("card" + number, cardSecret), Account.of(SERVER, serverSecret));
    }

    /** A card that holds the DM applet, known to the server; without power. */
    public Uicc card(int number) {
        know(number);
        return card(number, parameters(number));
    }

    /** A card that holds the DM applet, without power. */
    public static Uicc card(int number, DmAppletParameters parameters) {
        return card(number, parameters, settings -> {});
    }

    /** As {@link #card(int, DmAppletParameters)}, with other settings beside its number and its applet. */
    public static Uicc card(int number, DmAppletParameters parameters, Consumer<UiccBuilder> settings) {
        UiccBuilder builder = Uicc.builder();
        settings.accept(builder);
        return builder.iccid(iccid(number))
                .applet(DmAppletInstallation.of(parameters))
                .build();
    }

    private static String iccid(int number) {
        return "89882110000%08d".formatted(number);
    }

    public static String deviceId(int number) {
        return "ICCID:" + iccid(number);
    }

    /** An ME around a card, switched on. */
    public MobileEquipment switchedOn(Uicc card, MeListener listener) throws IOException, TimeoutException {
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

    /** Gives a job to the card of this number. */
    public Job submit(int number, JobSpec spec) {
        return server.submit(deviceId(number), spec);
    }

    /** Package 0 for the card of this number. */
    public Notification notification(int number, Notification.UiMode uiMode) {
        return server.notification(deviceId(number), uiMode);
    }

    /** A job as it stands now. */
    public Job job(Job submitted) {
        return store.job(submitted.id()).orElseThrow();
    }

    /** Queues the job, lets the user start a session, and returns when the job is done. */
    public void session(int number, MobileEquipment me, JobSpec spec) throws IOException, TimeoutException {
        Job job = submit(number, spec);
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        me.awaitIdle(LIMIT);
        Job after = job(job);
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
