// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes the card interface as a pcap file for Wireshark: one GSMTAP packet of type SIM for each APDU exchange.
 *
 * <p>A packet holds the command header of five bytes, the command data, the response data and the status word with
 * nothing in between, as on a T=0 interface. It goes from the ME's address to the card's.
 */
public final class Pcap implements TraceSink {
    private static final int LINK_TYPE_RAW_IP = 101;
    private static final int SNAPSHOT_LENGTH = 0x40000;
    private static final int IP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int GSMTAP_HEADER = 16;
    private static final int GSMTAP_PORT = 4729;
    private static final int GSMTAP_TYPE_SIM = 4;
    private static final int PROTOCOL_UDP = 17;
    private static final byte[] ME_ADDRESS = {127, 0, 0, 1};
    private static final byte[] CARD_ADDRESS = {127, 0, 0, 2};

    private final OutputStream out;
    private int packets;

    public Pcap(Path file) throws IOException {
        this(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    Pcap(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer header = ByteBuffer.allocate(24);
        header.putInt(0xA1B2C3D4); // big endian, times in microseconds
        header.putShort((short) 2).putShort((short) 4);
        header.putInt(0).putInt(0);
        header.putInt(SNAPSHOT_LENGTH).putInt(LINK_TYPE_RAW_IP);
        out.write(header.array());
    }

    @Override
    public void accept(TraceEvent event) throws IOException {
        if (event instanceof TraceEvent.Apdu apdu) {
            out.write(packet(
                    apdu.at().time(),
                    exchange(apdu.command().toByteArray(), apdu.response().toByteArray())));
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Command without its Le byte, padded to a header of five bytes, then the response. */
    private static byte[] exchange(byte[] command, byte[] response) {
        int length = command.length;
        if (length > 5 && length == 6 + (command[4] & 0xFF)) {
            length--; // case 4: T=0 has no Le beside command data
        }
        ByteBuffer both = ByteBuffer.allocate(Math.max(5, length) + response.length);
        both.put(command, 0, length).position(Math.max(5, length)).put(response);
        return both.array();
    }

    private byte[] packet(Instant time, byte[] payload) {
        int total = IP_HEADER + UDP_HEADER + GSMTAP_HEADER + payload.length;
        ByteBuffer packet = ByteBuffer.allocate(16 + total);
        packet.putInt((int) time.getEpochSecond()).putInt(time.getNano() / 1000);
        packet.putInt(total).putInt(total);

        int ip = packet.position();
        packet.put((byte) 0x45).put((byte) 0).putShort((short) total);
        packet.putShort((short) packets).putShort((short) 0x4000); // identification, don't fragment
        packet.put((byte) 64).put((byte) PROTOCOL_UDP).putShort((short) 0);
        packet.put(ME_ADDRESS).put(CARD_ADDRESS);
        packet.putShort(ip + 10, checksum(packet, ip, IP_HEADER, 0));

        int udp = packet.position();
        int udpLength = total - IP_HEADER;
        packet.putShort((short) GSMTAP_PORT).putShort((short) GSMTAP_PORT);
        packet.putShort((short) udpLength).putShort((short) 0);
        packet.put((byte) 2)
                .put((byte) (GSMTAP_HEADER / 4))
                .put((byte) GSMTAP_TYPE_SIM)
                .put((byte) 0);
        packet.putShort((short) 0).putShort((short) 0); // radio channel, signal, noise: no radio here
        packet.putInt(packets).putInt(0); // frame number; sub-type, antenna, sub-slot
        packet.put(payload);
        int pseudoHeader = PROTOCOL_UDP + udpLength + sum(packet, ip + 12, 8);
        short checksum = checksum(packet, udp, udpLength, pseudoHeader);
        packet.putShort(udp + 6, checksum == 0 ? (short) 0xFFFF : checksum); // 0 would mean none, RFC 768
        packets++;
        return packet.array();
    }

    /** The Internet checksum. RFC 1071. */
    private static short checksum(ByteBuffer data, int offset, int length, int initial) {
        int sum = initial + sum(data, offset, length);
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    private static int sum(ByteBuffer data, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = data.get(offset + i) & 0xFF;
            sum += i % 2 == 0 ? octet << 8 : octet;
        }
        return sum;
    }
}
