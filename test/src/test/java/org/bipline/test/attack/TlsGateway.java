// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Psk;
import org.bipline.gateway.Gateway;
import org.bipline.gateway.GatewayLimits;

/** A gateway that listens with TLS on loopback, with one device. */
final class TlsGateway implements AutoCloseable {
    static final Psk CARD = new Psk(
            ByteString.utf8("8988211000000000018"),
            ByteString.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));

    private final MemoryStore store = new MemoryStore();
    private final DmServer server =
            DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1)).build();
    private final Gateway gateway;

    /** @param limits what the sources of connections are granted */
    TlsGateway(GatewayLimits.PerSource limits) throws IOException {
        store.putDevice(Device.md5("ICCID:8988211000000000018", Account.of("card", "c"), Account.of("server", "s"))
                .with(CARD, Device.Transport.TLS));
        gateway = Gateway.builder(server)
                .secured(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .keys(store, new SecureRandom())
                .limits(GatewayLimits.DEFAULT.with(limits))
                .build()
                .start();
    }

    InetSocketAddress address() {
        return gateway.securedAddress().orElseThrow();
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
        store.close();
    }

    /** Somebody on the way to the gateway, for one connection: passes on everything and notes what the gateway sends. */
    final class Tap implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<byte[]> received = new ArrayList<>();
        private final Thread thread = Thread.ofVirtual().start(this::pass);

        Tap() throws IOException {}

        int port() {
            return listening.getLocalPort();
        }

        private void pass() {
            try (Socket client = listening.accept();
                    Socket gatewaySide =
                            new Socket(address().getAddress(), address().getPort())) {
                Thread up = Thread.ofVirtual().start(() -> {
                    try {
                        client.getInputStream().transferTo(gatewaySide.getOutputStream());
                        gatewaySide.shutdownOutput();
                    } catch (IOException closed) {
                        // by the other side, which the other direction sees as well
                    }
                });
                InputStream in = gatewaySide.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[16_384];
                for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                    received.add(Arrays.copyOf(buffer, n));
                    out.write(buffer, 0, n);
                }
                client.shutdownOutput();
                up.join();
            } catch (IOException | InterruptedException closed) {
                // the test judges what came through
            }
        }

        /** Type and length of each record that the gateway sent, when its connection is over. */
        List<String> records() throws InterruptedException {
            thread.join();
            int length = received.stream().mapToInt(part -> part.length).sum();
            ByteBuffer all = ByteBuffer.allocate(length);
            received.forEach(all::put);
            all.flip();
            List<String> records = new ArrayList<>();
            while (all.hasRemaining()) {
                int type = all.get();
                all.getShort(); // version
                int size = all.getShort() & 0xFFFF;
                all.position(all.position() + size);
                records.add(type + ": " + size);
            }
            return records;
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }
}
