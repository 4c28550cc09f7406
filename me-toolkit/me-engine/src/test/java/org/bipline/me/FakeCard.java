// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.tlv.ByteString;

/**
 * A card without files that hands out the proactive commands of the test and keeps what the ME says. A command is announced
 * by the response to whatever comes next.
 */
final class FakeCard implements CardLink {
    private static final int SECONDS = 10;

    private final Queue<ByteString> commands = new ArrayDeque<>();
    private final BlockingQueue<TerminalResponse> responses = new LinkedBlockingQueue<>();
    private final BlockingQueue<Envelope> envelopes = new LinkedBlockingQueue<>();
    final AtomicInteger statusCommands = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    final Queue<String> applicationCommands = new ConcurrentLinkedQueue<>();
    volatile int envelopeStatusWord = 0x9000;
    volatile ByteString envelopeData = ByteString.EMPTY;

    /** EF UST of a USIM; a card without USIM has none. */
    volatile ByteString serviceTable = ByteString.EMPTY;

    /** EF ICCID. */
    volatile ByteString iccid = ByteString.EMPTY;

    /** EF CBMID of the USIM. */
    volatile ByteString messageIdentifiers = ByteString.EMPTY;

    private ByteString selected = ByteString.EMPTY;
    volatile boolean gone;

    /** A proactive command for the ME. */
    synchronized FakeCard command(ByteString pdu) {
        commands.add(pdu);
        return this;
    }

    /** The next terminal response; fails when none comes. */
    TerminalResponse response() {
        return next(responses, "terminal response");
    }

    /** The next envelope; fails when none comes. */
    Envelope envelope() {
        return next(envelopes, "envelope");
    }

    int responsesWaiting() {
        return responses.size();
    }

    int envelopesWaiting() {
        return envelopes.size();
    }

    private static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a " + what + " within " + SECONDS + " s").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] reset() throws CardLinkException {
        if (gone) {
            throw new CardLinkException("no card");
        }
        resets.incrementAndGet();
        return new byte[] {0x3B, 0x00};
    }

    @Override
    public synchronized byte[] transmit(byte[] apdu) throws CardLinkException {
        if (gone) {
            throw new CardLinkException("card removed");
        }
        ByteString command = ByteString.copyOf(apdu);
        try {
            return switch (command.u8(1)) {
                case 0x12 -> join(commands.remove(), 0x9000);
                case 0x14 -> {
                    responses.add(TerminalResponse.decode(command.slice(5)));
                    yield statusWord();
                }
                case 0xC2 -> {
                    if (envelopeStatusWord != 0x9000) {
                        yield join(ByteString.EMPTY, envelopeStatusWord);
                    }
                    envelopes.add(Envelope.decode(command.slice(5)));
                    yield envelopeData.isEmpty() ? statusWord() : join(envelopeData, 0x9000);
                }
                case 0xF2 -> {
                    applicationCommands.add("STATUS " + command.u8(2));
                    statusCommands.incrementAndGet();
                    yield statusWord();
                }
                case 0xA4 -> select(command);
                case 0xB0 -> selected.isEmpty() ? statusWord() : join(selected, 0x9000);
                case 0xB2 -> join(ByteString.ofHex("61094F07A0000000871002"), 0x9000);
                default -> statusWord();
            };
        } catch (org.bipline.cat.tlv.CatDecodingException e) {
            throw new CardLinkException("the ME sent what cannot be read", e);
        }
    }

    private byte[] select(ByteString command) {
        String file = command.slice(5).toString();
        applicationCommands.add("SELECT " + file);
        selected = switch (file) {
            case "6F38" -> serviceTable;
            case "6F48" -> messageIdentifiers;
            case "2FE2" -> iccid;
            default -> ByteString.EMPTY;
        };
        if (file.equals("2FE2") && !iccid.isEmpty()) {
            return join(ByteString.ofHex("62048002000A"), 0x9000);
        }
        if (serviceTable.isEmpty()) {
            return join(ByteString.EMPTY, 0x6A82);
        }
        return switch (file) {
            case "2F00" -> join(ByteString.ofHex("620782054221000B01"), 0x9000);
            case "A0000000871002" -> join(ByteString.EMPTY, 0x9000);
            case "6F38", "6F48" -> join(ByteString.ofHex("62048002%04X".formatted(selected.length())), 0x9000);
            default -> join(ByteString.EMPTY, 0x6A82);
        };
    }

    private byte[] statusWord() {
        ByteString next = commands.peek();
        return join(ByteString.EMPTY, next == null ? 0x9000 : 0x9100 | (next.length() & 0xFF));
    }

    private static byte[] join(ByteString data, int statusWord) {
        byte[] response = new byte[data.length() + 2];
        data.copyTo(response, 0);
        response[data.length()] = (byte) (statusWord >> 8);
        response[data.length() + 1] = (byte) statusWord;
        return response;
    }

    @Override
    public void close() {
        // nothing to power down
    }
}
