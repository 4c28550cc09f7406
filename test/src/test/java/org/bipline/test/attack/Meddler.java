// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Somebody on the way between card and server: reads everything, and changes what a test says. */
final class Meddler implements AutoCloseable {
    /** What the meddler does to a piece of the stream: as it came, changed, or empty to hold it back. */
    interface Change extends UnaryOperator<byte[]> {}

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetSocketAddress server;
    private final AtomicReference<Change> toCard = new AtomicReference<>(piece -> piece);
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    Meddler(InetSocketAddress server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket card = listening.accept();
                Socket upstream = new Socket(server.getAddress(), server.getPort());
                card.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> pass(card, upstream, new AtomicReference<>(piece -> piece)));
                Thread.ofVirtual().start(() -> pass(upstream, card, toCard));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void pass(Socket from, Socket to, AtomicReference<Change> change) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                byte[] piece = Arrays.copyOf(buffer, length);
                synchronized (seen) {
                    seen.writeBytes(piece);
                }
                out.write(change.get().apply(piece));
            }
        } catch (IOException e) {
            // one of the two has gone, and the other one with it
        }
    }

    void toCard(Change change) {
        toCard.set(change);
    }

    /** All that passed so far, as text. */
    String seen() {
        synchronized (seen) {
            return seen.toString(StandardCharsets.ISO_8859_1);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
