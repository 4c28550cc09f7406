// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.dm.ByteString;

/** An HTTP server on a raw socket of loopback that does with each request what a test says. */
final class RawServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");

    /**
     * A request.
     *
     * @param number place among all requests, from 1
     */
    record Request(int number, String header, ByteString body) {}

    /** What happens to a request. */
    interface Behaviour {
        /** Answers, and returns whether the connection stays open. */
        boolean answer(Request request, OutputStream out) throws IOException;
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Optional<Behaviour> behaviour;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    RawServer(Behaviour behaviour) throws IOException {
        this(Optional.of(behaviour));
    }

    private RawServer(Optional<Behaviour> behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                connection.setTcpNoDelay(true);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /** An address at which nobody listens: a socket was bound to it and is closed again, without ever accepting. */
    static InetSocketAddress nobody() throws IOException {
        try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(bound.getInetAddress(), bound.getLocalPort());
        }
    }

    /** A server that closes each connection as soon as it stands. */
    static RawServer hangingUp() throws IOException {
        return new RawServer(Optional.empty());
    }

    private void serve(Socket connection) {
        try (connection) {
            boolean open = behaviour.isPresent();
            while (open) {
                Request request = read(connection.getInputStream());
                requests.add(request);
                open = behaviour.get().answer(request, connection.getOutputStream());
            }
        } catch (IOException e) {
            // the card has gone first: that is its right
        } catch (RuntimeException | Error e) {
            failures.add(e); // of the test's own script
        }
    }

    private Request read(InputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        while (!header.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            header.write(octet);
        }
        String text = header.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return new Request(requests.size() + 1, text, ByteString.of(body));
    }

    /** Status line, header and body of a good answer. */
    static byte[] ok(byte[] body) {
        return ok(body, "application/vnd.syncml.dm+wbxml");
    }

    static byte[] ok(byte[] body, String contentType) {
        byte[] header = ("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(body);
        return out.toByteArray();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    int connections() {
        return connections.get();
    }

    /** What went wrong in the test's own script. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
