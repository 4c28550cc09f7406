// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.licel.jcardsim.base.SimulatorRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bipline.card.bip.ByteSink;
import org.bipline.card.https.TlsClient;
import org.bipline.card.https.TlsCredentials;

/** The card's TLS client on a socket, in the place of the channel. */
final class SocketTls implements AutoCloseable {
    private static final int TIMEOUT = 30_000;
    private static final int PIECE = 237; // of a RECEIVE DATA

    /** What card classes need that are used without a card: jCardSim finds it by the thread. */
    private static final class Machine extends SimulatorRuntime {
        void bind() {
            activateSimulatorRuntimeInstance();
        }
    }

    private final Socket socket;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final TlsClient client = new TlsClient(new Wire());

    /** Connects to a port of loopback and makes the handshake, which may fail. */
    SocketTls(int port, TlsCredentials credentials) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT);
        socket.setTcpNoDelay(true);
        client.setReceiver((buf, off, len) -> {
            received.write(buf, off, len);
            return true;
        });
        client.start(credentials);
        while (client.isAlive() && !client.isOpen()) {
            receive();
        }
    }

    /** Credentials for connections of this thread. */
    static TlsCredentials credentials(String identity, byte[] key) {
        new Machine().bind();
        TlsCredentials credentials = new TlsCredentials();
        byte[] name = identity.getBytes(US_ASCII);
        credentials.set(name, (short) 0, (short) name.length, key, (short) 0, (short) key.length);
        return credentials;
    }

    TlsClient client() {
        return client;
    }

    /** Whether the handshake was an abbreviated one: no ClientKeyExchange between ClientHello and ChangeCipherSpec. */
    boolean isResumed() {
        return recordTypes().subList(0, 2).equals(List.of(22, 20));
    }

    /** Sends a line and returns the next one. */
    String exchange(String line) throws IOException {
        byte[] text = (line + "\n").getBytes(US_ASCII);
        client.write(text, (short) 0, (short) text.length);
        client.flush();
        received.reset();
        while (client.isAlive() && !received.toString(US_ASCII).endsWith("\n")) {
            receive();
        }
        return received.toString(US_ASCII).strip();
    }

    private void receive() throws IOException {
        byte[] piece = new byte[PIECE];
        int length = socket.getInputStream().read(piece);
        if (length < 0) {
            client.connectionClosed();
        } else {
            client.receive(piece, (short) 0, (short) length);
            client.respond();
        }
    }

    private List<Integer> recordTypes() {
        List<Integer> types = new ArrayList<>();
        for (ByteBuffer in = ByteBuffer.wrap(sent.toByteArray()); in.hasRemaining(); ) {
            types.add((int) in.get());
            in.getShort(); // version
            in.position(in.getShort() + in.position());
        }
        return types;
    }

    @Override
    public void close() throws IOException {
        client.close();
        socket.close();
    }

    private final class Wire implements ByteSink {
        @Override
        public void write(byte b) {
            write(new byte[] {b}, (short) 0, (short) 1);
        }

        @Override
        public void write(byte[] buf, short off, short len) {
            sent.write(buf, off, len);
            try {
                socket.getOutputStream().write(buf, off, len);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void flush() {}
    }
}
