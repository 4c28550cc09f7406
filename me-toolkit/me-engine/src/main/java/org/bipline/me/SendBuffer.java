// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** What a channel has to send, of the size granted to the card: bytes stored by the card, and bytes on their way. */
final class SendBuffer {
    private final int size;
    private final List<ByteString> stored = new ArrayList<>();
    private int storedBytes;
    private int sendingBytes;

    SendBuffer(int size) {
        this.size = size;
    }

    int room() {
        return Math.max(0, size - storedBytes - sendingBytes);
    }

    /** Whether so many bytes more fit once the network has taken what is on its way. */
    boolean canHold(int bytes) {
        return storedBytes + bytes <= size;
    }

    void store(ByteString bytes) {
        stored.add(bytes);
        storedBytes += bytes.length();
    }

    /** Takes back what was stored last. */
    void unstore() {
        storedBytes -= stored.remove(stored.size() - 1).length();
    }

    /** Whether everything stored can go on its way. */
    boolean canSend() {
        return storedBytes + sendingBytes <= size;
    }

    /** Everything stored as one piece, which is on its way from now on; empty when there is nothing. */
    Optional<ByteString> send() {
        ByteSink sink = new ByteSink(storedBytes);
        stored.forEach(sink::bytes);
        stored.clear();
        sendingBytes += storedBytes;
        storedBytes = 0;
        ByteString bytes = sink.toByteString();
        return bytes.isEmpty() ? Optional.empty() : Optional.of(bytes);
    }

    /** The network has taken bytes that were on their way. */
    void sent(int bytes) {
        sendingBytes -= bytes;
    }

    /** The link is gone, and with it what was on its way. */
    void linkLost() {
        sendingBytes = 0;
    }

    void clear() {
        stored.clear();
        storedBytes = 0;
        sendingBytes = 0;
    }
}
