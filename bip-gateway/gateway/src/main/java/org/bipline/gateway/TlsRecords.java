// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bipline.gateway.GatewayListener.TlsRecord;

/**
 * Finds the records in one direction of a TLS connection, to be shown: type and length of each, and what messages of the handshake are in it as
 * long as they can be read. RFC 5246 clauses 6.2 and 7.4. Takes any bytes.
 */
final class TlsRecords {
    private static final int HEADER = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final Map<Integer, String> CONTENT_TYPES =
            Map.of(CHANGE_CIPHER_SPEC, "ChangeCipherSpec", 21, "Alert", HANDSHAKE, "Handshake", 23, "application data");
    private static final Map<Integer, String> HANDSHAKE_TYPES = Map.of(
            0, "HelloRequest",
            1, "ClientHello",
            2, "ServerHello",
            14, "ServerHelloDone",
            16, "ClientKeyExchange",
            20, "Finished");

    private final Consumer<TlsRecord> sink;
    private final byte[] header = new byte[HEADER];
    private int headerBytes;
    private int left; // bytes of the record yet to come
    private boolean encrypted;
    private final List<String> messages = new ArrayList<>();
    private final byte[] messageHeader = new byte[4];
    private int messageHeaderBytes;
    private int messageLeft;

    TlsRecords(Consumer<TlsRecord> sink) {
        this.sink = sink;
    }

    void add(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (headerBytes < HEADER) {
                header[headerBytes++] = bytes[at++];
                left = length();
            } else {
                int taken = Math.min(left, bytes.length - at);
                if (type() == HANDSHAKE && !encrypted) {
                    handshake(bytes, at, taken);
                }
                at += taken;
                left -= taken;
            }
            if (headerBytes == HEADER && left == 0) {
                complete();
            }
        }
    }

    private int type() {
        return header[0] & 0xFF;
    }

    private int length() {
        return ((header[3] & 0xFF) << 8) | (header[4] & 0xFF);
    }

    /** Part of a record of plain messages, which need not end where it does. */
    private void handshake(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (messageLeft > 0) {
                int taken = Math.min(messageLeft, end - at);
                at += taken;
                messageLeft -= taken;
                continue;
            }
            messageHeader[messageHeaderBytes++] = bytes[at++];
            if (messageHeaderBytes == messageHeader.length) {
                messageHeaderBytes = 0;
                messageLeft = ((messageHeader[1] & 0xFF) << 16)
                        | ((messageHeader[2] & 0xFF) << 8)
                        | (messageHeader[3] & 0xFF);
                int type = messageHeader[0] & 0xFF;
                messages.add(HANDSHAKE_TYPES.getOrDefault(type, "message of type " + type));
            }
        }
    }

    private void complete() {
        int type = type();
        String name = CONTENT_TYPES.getOrDefault(type, "record of type " + type);
        if (type == HANDSHAKE) { // the only encrypted one without a renegotiation, which is refused
            name = encrypted ? "Finished" : String.join(", ", messages);
        }
        sink.accept(new TlsRecord(type, name.isEmpty() ? "part of a message" : name, length()));
        messages.clear();
        encrypted |= type == CHANGE_CIPHER_SPEC;
        headerBytes = 0;
    }
}
