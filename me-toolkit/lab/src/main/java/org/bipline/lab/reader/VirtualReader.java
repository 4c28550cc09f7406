// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.reader;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;

/**
 * Puts a card into the virtual PC/SC reader of vsmartcard (Debian package {@code vsmartcard-vpcd}), so that every program
 * that talks to readers through pcscd can use it.
 *
 * <p>The driver vpcd listens, the card connects. A message of either side is two bytes of length and so many bytes. From
 * vpcd it is a command APDU, or one control byte: power off, power on, reset, or the question for the answer to reset. The
 * card answers APDUs and that question, nothing else. The question is vpcd's way to see whether the card is still there: it
 * comes several times a second, also without power.
 */
public final class VirtualReader {
    /** Port at which Debian's vpcd listens. */
    public static final int PORT = 35963;

    private static final int MAX_MESSAGE = 0xFFFF;
    private static final int OFF = 0;
    private static final int ON = 1;
    private static final int RESET = 2;
    private static final int ANSWER_TO_RESET = 4;
    private static final byte[] NO_POWER = {0x6F, 0x00};

    private final InetSocketAddress vpcd;
    private final CardLink card;
    private final Duration retry;
    private final Consumer<String> log;
    private byte[] answerToReset;
    private boolean powered;

    /**
     * A reader at an address.
     *
     * @param retry time between attempts to connect
     * @param log told in one line when the card comes into the reader or leaves it
     */
    public VirtualReader(InetSocketAddress vpcd, CardLink card, Duration retry, Consumer<String> log) {
        this.vpcd = vpcd;
        this.card = card;
        this.retry = retry;
        this.log = log;
    }

    /**
     * Serves the card until the thread is interrupted. Where vpcd does not listen, or goes, this waits for it; the card is
     * without power meanwhile.
     *
     * @throws CardLinkException when the card fails
     * @throws InterruptedException when the thread was interrupted; the connection is closed and the card without power
     */
    public void serve() throws CardLinkException, InterruptedException {
        answerToReset = card.reset(); // the one that vpcd asks for before it switches the power on
        card.close();
        boolean waiting = false;
        while (true) {
            try (SocketChannel connection = SocketChannel.open()) {
                if (connected(connection)) {
                    waiting = false;
                    String reason = exchange(connection);
                    log.accept("vpcd at " + address() + " is gone (" + reason + "); waiting for it");
                } else if (!waiting) {
                    waiting = true;
                    log.accept(
                            "no vpcd listens at " + address()
                                    + "; waiting for it: start pcscd with vsmartcard-vpcd installed, or name its --host and --port");
                }
            } catch (ClosedByInterruptException e) {
                throw interrupted(e);
            } catch (CardLinkException e) {
                throw e;
            } catch (IOException e) { // of closing, when all is said
                log.accept("vpcd at " + address() + ": " + e.getMessage());
            } finally {
                powerOff();
            }
            LockSupport.parkNanos(this, retry.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static InterruptedException interrupted(ClosedByInterruptException cause) {
        Thread.interrupted(); // the exception takes the place of the flag
        InterruptedException e = new InterruptedException();
        e.initCause(cause);
        return e;
    }

    private boolean connected(SocketChannel connection) throws ClosedByInterruptException {
        try {
            connection.connect(vpcd);
            // A port that is free may be the one that the system chose for this end: then the connection is to itself.
            boolean itself = connection.getLocalAddress().equals(connection.getRemoteAddress());
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return !itself;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    /** Answers until the connection ends, and tells how it ended. */
    private String exchange(SocketChannel connection) throws ClosedByInterruptException, CardLinkException {
        try {
            ByteBuffer length = ByteBuffer.allocate(2);
            ByteBuffer message = ByteBuffer.allocate(2 + MAX_MESSAGE);
            boolean seen = false; // vpcd looks for a card now and then; the system accepts the connection before that
            while (true) {
                fill(connection, length.clear());
                fill(connection, message.clear().limit(length.flip().getShort() & 0xFFFF));
                byte[] received = new byte[message.flip().remaining()];
                message.get(received);
                if (!seen) {
                    seen = true;
                    log.accept("card is in the reader of vpcd at " + address());
                }
                byte[] answer = answer(received);
                if (answer.length > 0) {
                    message.clear().putShort((short) answer.length).put(answer).flip();
                    while (message.hasRemaining()) {
                        connection.write(message);
                    }
                }
            }
        } catch (ClosedByInterruptException | CardLinkException e) {
            throw e;
        } catch (EOFException e) {
            return "it closed the connection";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** The answer, empty where there is none. */
    private byte[] answer(byte[] message) throws CardLinkException {
        if (message.length != 1) {
            return powered ? card.transmit(message) : NO_POWER;
        }
        switch (message[0]) {
            case OFF -> powerOff();
            case ON, RESET -> {
                answerToReset = card.reset();
                powered = true;
            }
            case ANSWER_TO_RESET -> {
                return answerToReset.clone();
            }
            default -> log.accept("vpcd sent the unknown control byte " + message[0] + "; ignored");
        }
        return new byte[0];
    }

    private void powerOff() {
        powered = false;
        card.close();
    }

    private static void fill(SocketChannel connection, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            acknowledgeAtOnce(connection);
            if (connection.read(buffer) < 0) {
                throw new EOFException();
            }
        }
    }

    /**
     * vpcd sends a message in two pieces, and the second one only when the first is acknowledged. Linux delays that by 40 ms
     * unless it is asked anew before each read.
     */
    private static void acknowledgeAtOnce(SocketChannel connection) throws IOException {
        SocketOption<Boolean> quick = ExtendedSocketOptions.TCP_QUICKACK;
        if (connection.supportedOptions().contains(quick)) {
            connection.setOption(quick, true);
        }
    }

    private String address() {
        return vpcd.getHostString() + ":" + vpcd.getPort();
    }
}
