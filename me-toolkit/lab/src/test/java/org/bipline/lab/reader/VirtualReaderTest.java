// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VirtualReaderTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> served = new CompletableFuture<>();
    private final List<Thread> threads = new ArrayList<>();

    /** A vpcd that does what the test says. */
    private static final class Vpcd implements AutoCloseable {
        private final ServerSocket listening;
        private Socket card;
        private DataInputStream in;
        private DataOutputStream out;

        private Vpcd(int port) throws IOException {
            listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        }

        private InetSocketAddress address() {
            return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
        }

        private Vpcd accept() throws IOException {
            card = listening.accept();
            in = new DataInputStream(card.getInputStream());
            out = new DataOutputStream(card.getOutputStream());
            return this;
        }

        /** In two pieces, as vpcd sends it. */
        private void send(String hex) throws IOException {
            byte[] message = HEX.parseHex(hex);
            out.writeShort(message.length);
            out.flush();
            out.write(message);
            out.flush();
        }

        private String ask(String hex) throws IOException {
            send(hex);
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return HEX.formatHex(answer);
        }

        @Override
        public void close() throws IOException {
            if (card != null) {
                card.close();
            }
            listening.close();
        }
    }

    /** Notes what is done to it. */
    private static final class Noting implements CardLink {
        private final List<String> calls = new ArrayList<>();

        @Override
        public synchronized byte[] reset() {
            calls.add("reset");
            return new byte[] {0x3B, 0x00};
        }

        @Override
        public synchronized byte[] transmit(byte[] command) {
            calls.add(HEX.formatHex(command));
            return new byte[] {(byte) 0x90, 0x00};
        }

        @Override
        public synchronized void close() {
            calls.add("close");
        }

        private synchronized List<String> calls() {
            return List.copyOf(calls);
        }
    }

    private void serve(InetSocketAddress vpcd, CardLink card) {
        VirtualReader reader = new VirtualReader(vpcd, card, Duration.ofMillis(10), log::add);
        threads.add(Thread.ofVirtual().start(() -> served.complete(catchThrowable(reader::serve))));
    }

    private String logged() throws InterruptedException {
        return log.poll(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void serves_commands_of_a_real_card_between_power_on_and_off() throws Exception {
        try (Vpcd vpcd = new Vpcd(0)) {
            serve(vpcd.address(), new UiccLink(Uicc.builder().build()));
            vpcd.accept();
            String answerToReset = vpcd.ask("04");
            assertThat(answerToReset).startsWith("3B9F9680");
            assertThat(vpcd.ask("00A40004023F00")).as("without power").isEqualTo("6F00");

            vpcd.send("01");
            assertThat(vpcd.ask("04")).isEqualTo(answerToReset);
            assertThat(vpcd.ask("00A40004023F00")).startsWith("61");
            assertThat(vpcd.ask("00A40004022FE2")).startsWith("61");
            for (int i = 0; i < 500; i++) {
                assertThat(vpcd.ask("00B000000A")).endsWith("9000");
            }
            assertThat(vpcd.ask("00FF000000")).as("an unknown command").isEqualTo("6D00");

            vpcd.send("02");
            assertThat(vpcd.ask("00B000000A"))
                    .as("no file is selected after a reset")
                    .isEqualTo("6986");
            vpcd.send("00");
            assertThat(vpcd.ask("04")).isEqualTo(answerToReset);
            assertThat(vpcd.ask("00A40004023F00")).isEqualTo("6F00");
        }
    }

    @Test
    void control_bytes_become_power_and_reset() throws Exception {
        Noting card = new Noting();
        try (Vpcd vpcd = new Vpcd(0)) {
            serve(vpcd.address(), card);
            vpcd.accept().send("01");
            vpcd.send("02");
            vpcd.send("77");
            assertThat(vpcd.ask("80F2000000")).isEqualTo("9000");
            vpcd.send("00");
            assertThat(vpcd.ask("04")).isEqualTo("3B00");
        }

        assertThat(logged()).startsWith("card is in the reader of vpcd at ");
        assertThat(logged()).contains("unknown control byte 119");
        assertThat(logged()).contains("is gone (it closed the connection); waiting for it");
        assertThat(card.calls()).startsWith("reset", "close", "reset", "reset", "80F2000000", "close");
    }

    @Test
    void comes_back_when_vpcd_was_started_anew_and_has_lost_its_power_meanwhile() throws Exception {
        Noting card = new Noting();
        InetSocketAddress address;
        try (Vpcd vpcd = new Vpcd(0)) {
            address = vpcd.address();
            serve(address, card);
            vpcd.accept().send("01");
            assertThat(vpcd.ask("80F2000000")).isEqualTo("9000");
        }
        assertThat(logged()).startsWith("card is in the reader");
        assertThat(logged()).contains("is gone");
        assertThat(logged())
                .isEqualTo(
                        "no vpcd listens at " + address.getHostString() + ":" + address.getPort()
                                + "; waiting for it: start pcscd with vsmartcard-vpcd installed, or name its --host and --port");

        try (Vpcd vpcd = new Vpcd(address.getPort()).accept()) {
            assertThat(vpcd.ask("80F2000000")).isEqualTo("6F00");
            assertThat(logged()).as("said once, however long it took").startsWith("card is in the reader");
        }
    }

    @Test
    void an_interrupt_ends_it_and_takes_the_power_away() throws Exception {
        Noting card = new Noting();
        try (Vpcd vpcd = new Vpcd(0)) {
            serve(vpcd.address(), card);
            vpcd.accept().send("01");
            assertThat(vpcd.ask("80F2000000")).isEqualTo("9000");

            threads.getFirst().interrupt();

            assertThat(served.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
            assertThat(vpcd.in.read()).as("end of the connection").isNegative();
            assertThat(card.calls()).endsWith("close");
        }
    }

    @Test
    void a_card_that_fails_ends_it() throws Exception {
        CardLink failing = new CardLink() {
            @Override
            public byte[] reset() {
                return new byte[] {0x3B, 0x00};
            }

            @Override
            public byte[] transmit(byte[] command) throws CardLinkException {
                throw new CardLinkException("broken");
            }

            @Override
            public void close() {}
        };
        try (Vpcd vpcd = new Vpcd(0)) {
            serve(vpcd.address(), failing);
            vpcd.accept().send("01");
            vpcd.send("80F2000000");

            assertThat(served.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(CardLinkException.class)
                    .hasMessage("broken");
        }
    }
}
