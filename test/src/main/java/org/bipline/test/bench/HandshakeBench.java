// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Psk;
import org.bipline.gateway.Gateway;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * TLS handshakes with a pre-shared key per second, connection and close_notify included, one after another: those of the gateway, which looks
 * the key up in its store, and those of {@code openssl s_server}, which has one key. The client is the same, OpenSSL in a process of its own;
 * so is the suite, the card's {@code TLS_PSK_WITH_AES_128_CBC_SHA256}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
public class HandshakeBench {
    private static final int HANDSHAKES = 200;
    private static final String SUITE = "PSK-AES128-CBC-SHA256"; // as OpenSSL calls it
    private static final String IDENTITY = "card";
    private static final Psk PSK = new Psk(ByteString.utf8(IDENTITY), ByteString.utf8("the key of a card"));
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private JdbcStore store;
    private DmServer server;
    private Gateway gateway;
    private Process openssl;
    private int opensslPort;
    private Process client;

    @Setup(Level.Trial)
    public void setUp() throws IOException, InterruptedException {
        store = JdbcStore.inMemory("handshakes");
        store.putDevice(
                Device.md5("device", Account.of("c", "c"), Account.of("s", "s")).with(PSK, Device.Transport.TLS));
        server = DmServer.builder(store, Clock.systemUTC(), new SecureRandom()).build();
        gateway = Gateway.builder(server)
                .secured(new InetSocketAddress(LOOPBACK, 0))
                .keys(store, new SecureRandom())
                .build()
                .start();
        startOpenssl();
        startClient();
    }

    private void startOpenssl() throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, LOOPBACK)) {
            opensslPort = free.getLocalPort();
        }
        openssl = new ProcessBuilder(List.of(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:" + opensslPort,
                        "-nocert",
                        "-tls1_2",
                        "-cipher",
                        SUITE,
                        "-psk_identity",
                        IDENTITY,
                        "-psk",
                        PSK.key().toHex(),
                        "-no_ticket",
                        "-quiet"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int i = 0; i < 100; i++) {
            try {
                new Socket(LOOPBACK, opensslPort).close();
                return;
            } catch (IOException notYet) {
                if (openssl.waitFor(50, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw new IllegalStateException("openssl s_server does not start: install openssl");
    }

    /** The client in a process of its own, built when the benchmark runs. */
    private void startClient() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pskclient");
        Path source = directory.resolve("pskclient.c");
        try (InputStream in = HandshakeBench.class.getResourceAsStream("pskclient.c")) {
            Files.copy(Objects.requireNonNull(in), source);
        }
        Path program = directory.resolve("pskclient");
        String[] build = {"cc", "-O2", "-o", program.toString(), source.toString(), "-lssl", "-lcrypto"};
        if (new ProcessBuilder(build).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("no handshakes without a client: install gcc and libssl-dev");
        }
        client = new ProcessBuilder(program.toString(), IDENTITY, PSK.key().toHex(), SUITE)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private int handshakes(int port, boolean resumed) throws IOException {
        String line = port + (resumed ? " 1 " : " 0 ") + HANDSHAKES + "\n";
        client.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        int answer = client.getInputStream().read();
        if (answer != '.') {
            throw new IllegalStateException("a handshake failed");
        }
        return answer;
    }

    private int gatewayPort() {
        return gateway.securedAddress().orElseThrow().getPort();
    }

    @Benchmark
    @OperationsPerInvocation(HANDSHAKES)
    public int gatewayFull() throws IOException {
        return handshakes(gatewayPort(), false);
    }

    /** All but the first of each run: they resume the session that it agrees on. */
    @Benchmark
    @OperationsPerInvocation(HANDSHAKES)
    public int gatewayResumed() throws IOException {
        return handshakes(gatewayPort(), true);
    }

    @Benchmark
    @OperationsPerInvocation(HANDSHAKES)
    public int opensslFull() throws IOException {
        return handshakes(opensslPort, false);
    }

    @Benchmark
    @OperationsPerInvocation(HANDSHAKES)
    public int opensslResumed() throws IOException {
        return handshakes(opensslPort, true);
    }

    @TearDown(Level.Trial)
    public void tearDown() throws InterruptedException {
        try {
            client.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.waitFor();
        openssl.destroy();
        openssl.waitFor();
        gateway.close();
        server.close();
        store.close();
    }
}
