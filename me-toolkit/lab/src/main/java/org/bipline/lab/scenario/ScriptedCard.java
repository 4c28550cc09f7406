// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.CardLink;

/** A card without files that asks for the proactive commands of a scenario, and keeps what the ME says. */
final class ScriptedCard implements CardLink {
    private static final byte[] ANSWER_TO_RESET =
            ByteString.ofHex("3B9F96801FC68031E073FE211F64410126829000AB").toBytes();
    private static final byte[] OK = {(byte) 0x90, 0x00};
    private static final byte[] FILE_NOT_FOUND = {0x6A, (byte) 0x82};
    private static final byte[] WRONG_INSTRUCTION = {0x6D, 0x00};
    private static final int HEADER = 5;

    private final Queue<ByteString> commands = new ArrayDeque<>();
    private final Queue<ByteString> responses = new ArrayDeque<>();
    private final Queue<ByteString> envelopes = new ArrayDeque<>();

    /** Asks for a command; the response to the ME's next command says so. */
    synchronized void issue(ByteString pdu) {
        commands.add(pdu);
    }

    /** The next TERMINAL RESPONSE that was not taken yet. */
    synchronized Optional<ByteString> response() {
        return Optional.ofNullable(responses.poll());
    }

    synchronized boolean hasResponse() {
        return !responses.isEmpty();
    }

    /** The next ENVELOPE that was not taken yet. */
    synchronized Optional<ByteString> envelope() {
        return Optional.ofNullable(envelopes.poll());
    }

    synchronized boolean hasEnvelope() {
        return !envelopes.isEmpty();
    }

    @Override
    public synchronized byte[] reset() {
        commands.clear();
        return ANSWER_TO_RESET.clone();
    }

    @Override
    public synchronized byte[] transmit(byte[] apdu) {
        return switch (apdu[1] & 0xFF) { // ETSI TS 102 221 clause 10.1.2
            case 0x10, 0xF2 -> done(); // TERMINAL PROFILE, STATUS
            case 0x12 -> fetched();
            case 0x14 -> {
                responses.add(data(apdu));
                yield done();
            }
            case 0xC2 -> {
                envelopes.add(data(apdu));
                yield done();
            }
            case 0xA4 -> FILE_NOT_FOUND.clone();
            default -> WRONG_INSTRUCTION.clone();
        };
    }

    private static ByteString data(byte[] apdu) {
        return ByteString.copyOf(apdu).slice(HEADER, HEADER + (apdu[HEADER - 1] & 0xFF));
    }

    private byte[] fetched() {
        ByteString command = commands.poll();
        if (command == null) {
            return WRONG_INSTRUCTION.clone();
        }
        byte[] response = new byte[command.length() + OK.length];
        command.copyTo(response, 0);
        System.arraycopy(OK, 0, response, command.length(), OK.length);
        return response; // the next command waits for the TERMINAL RESPONSE
    }

    private byte[] done() {
        ByteString next = commands.peek();
        return next == null ? OK.clone() : new byte[] {(byte) 0x91, (byte) next.length()};
    }

    @Override
    public void close() {
        // it has no power of its own
    }
}
