// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bipline.dm.ByteString;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.Store;
import org.bipline.gateway.Gateway;
import org.bipline.lab.Chance;
import org.bipline.lab.Failure;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.trace.ServerEvents;
import org.bipline.lab.trace.Trace;

/** A gateway and a DM server with an account for the card of the demonstration. */
final class DemoServer implements AutoCloseable {
    private final Accounts accounts;
    private final Store store;
    private final DmServer server;
    private final Gateway gateway;

    /** @param keyLog takes the secrets of TLS connections */
    DemoServer(
            Trace trace,
            String session,
            String path,
            Accounts accounts,
            Clock clock,
            RandomGenerator random,
            Optional<Consumer<String>> keyLog)
            throws Failure {
        this.accounts = accounts;
        ServerEvents events = new ServerEvents(trace, session);
        store = JdbcStore.inMemory("demo-" + new UUID(random.nextLong(), random.nextLong()));
        server = DmServer.builder(store, clock, random).listener(events).build();
        Gateway.Builder builder = Gateway.builder(server).path(path).listener(events);
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (accounts.psk().isPresent()) {
            builder.secured(free).keys(store, Chance.of(random));
        } else {
            builder.plain(free);
        }
        keyLog.ifPresent(builder::keyLog);
        gateway = builder.build();
        try {
            gateway.start();
        } catch (IOException e) {
            close();
            throw new Failure(
                    Failure.Kind.ENVIRONMENT, e.getMessage() + "; the demo needs one free port on loopback", e);
        }
    }

    InetSocketAddress address() {
        return gateway.securedAddress().or(gateway::plainAddress).orElseThrow();
    }

    /** Gives the account to a device, a card by its Source/LocURI. */
    void register(String deviceId) {
        Device device = Device.md5(
                deviceId,
                Account.of(accounts.client(), accounts.clientPassword()),
                Account.of(accounts.server(), accounts.serverPassword()));
        store.putDevice(accounts.psk()
                .map(psk -> device.with(psk, Device.Transport.TLS))
                .orElse(device));
    }

    /** A notification that a session is wanted. OMA DM Notification. */
    ByteString notification(String deviceId) {
        return server.notification(deviceId, Notification.UiMode.BACKGROUND).encode();
    }

    Job submit(String deviceId, JobSpec spec) {
        return server.submit(deviceId, spec);
    }

    /** The job as it stands now. */
    Job job(Job submitted) {
        return store.job(submitted.id()).orElseThrow();
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
        store.close();
    }
}
