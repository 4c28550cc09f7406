// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on a raw socket of loopback that does what a DM server must not do. */
final class FaultServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");

    /** What happens on a connection; it is closed afterwards. */
    interface Behaviour {
        void serve(Socket connection) throws IOException;
    }

    private final ServerSocket listening;

    FaultServer(Behaviour behaviour) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(behaviour));
    }

    private void accept(Behaviour behaviour) {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                Thread.ofVirtual().start(() -> {
                    try (connection) {
                        behaviour.serve(connection);
                    } catch (IOException e) {
                        // the card has gone first: that is its right
                    }
                });
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

    /** Answers every request with these bytes and closes the connection. */
    static FaultServer answering(String answer) throws IOException {
        return new FaultServer(connection -> {
            readRequest(connection.getInputStream());
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    /** Passes everything on to a server and back, and cuts the connection after so many bytes from it. */
    static FaultServer cutting(InetSocketAddress server, int bytes) throws IOException {
        return new FaultServer(connection -> {
            try (Socket upstream = new Socket(server.getAddress(), server.getPort())) {
                Thread.ofVirtual().start(() -> {
                    try {
                        connection.getInputStream().transferTo(upstream.getOutputStream());
                    } catch (IOException e) {
                        // one of the two is gone, and the other one with it
                    }
                });
                byte[] piece = new byte[bytes];
                for (int left = bytes; left > 0; ) {
                    int read = upstream.getInputStream().read(piece, 0, left);
                    if (read < 0) {
                        return;
                    }
                    connection.getOutputStream().write(piece, 0, read);
                    left -= read;
                }
            }
        });
    }

    /** Reads one whole request. */
    static void readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        while (!header.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("no whole request");
            }
            header.write(octet);
        }
        Matcher length = LENGTH.matcher(header.toString(StandardCharsets.ISO_8859_1));
        in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
