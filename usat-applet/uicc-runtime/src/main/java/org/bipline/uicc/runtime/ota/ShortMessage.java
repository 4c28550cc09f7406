// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An SMS-DELIVER TPDU with its user data header. 3GPP TS 23.040 clauses 9.2.2.1 and 9.2.3.24. */
public final class ShortMessage {
    private static final int HEADER_INDICATOR = 0x40;
    private static final byte CONCATENATED_8 = 0x00;
    private static final byte CONCATENATED_16 = 0x08;
    private static final byte COMMAND_PACKET = 0x70;
    private static final byte RESPONSE_PACKET = 0x71;
    private static final int MAX_USER_DATA = 140;

    private final byte[] tpdu;

    /** Offset of TP-User-Data-Length. */
    private final int userDataLength;

    private ShortMessage(byte[] tpdu, int userDataLength) {
        this.tpdu = tpdu;
        this.userDataLength = userDataLength;
    }

    /** Null where the TPDU ends before its user data does. */
    public static ShortMessage parse(byte[] tpdu) {
        if (tpdu.length < 2) {
            return null;
        }
        int digits = tpdu[1] & 0xFF;
        // first octet, address (length, type, digits), protocol identifier, data coding scheme, time stamp
        int at = 1 + 2 + (digits + 1) / 2 + 1 + 1 + 7;
        if (at >= tpdu.length) {
            return null;
        }
        ShortMessage message = new ShortMessage(tpdu, at);
        return !message.hasHeader() || message.text() <= tpdu.length ? message : null;
    }

    private boolean hasHeader() {
        return (tpdu[0] & HEADER_INDICATOR) != 0;
    }

    public int userDataLengthOffset() {
        return userDataLength;
    }

    private int userData() {
        return userDataLength + 1;
    }

    /** Offset of what stands behind the user data header. */
    public int text() {
        return hasHeader() && userData() < tpdu.length ? userData() + 1 + (tpdu[userData()] & 0xFF) : userData();
    }

    /** Offset of the identifier of an element of the header, -1 where there is none. */
    private int element(int identifier) {
        int end = Math.min(text(), tpdu.length);
        for (int at = userData() + 1; hasHeader() && at + 1 < end; at += 2 + (tpdu[at + 1] & 0xFF)) {
            if ((tpdu[at] & 0xFF) == identifier) {
                return at;
            }
        }
        return -1;
    }

    /** Whether the user data are a command packet. 3GPP TS 31.115 clause 4.2. */
    public boolean isFormatted() {
        return element(COMMAND_PACKET) >= 0;
    }

    /** The command packet; null where there is none that is whole and ends with the message. */
    public CommandPacket packet() {
        CommandPacket packet = isFormatted() ? CommandPacket.parse(tpdu, text(), tpdu.length) : null;
        return packet != null && packet.end() == tpdu.length ? packet : null;
    }

    /** Offset of the values of the concatenation element; -1 for a message in one piece. */
    private int concatenation() {
        int at = element(CONCATENATED_8);
        if (at >= 0) {
            return at + 3; // behind the reference number
        }
        at = element(CONCATENATED_16);
        return at < 0 ? -1 : at + 4;
    }

    /** Whether it is one of several; an element with impossible values is ignored, as 3GPP TS 23.040 says. */
    public boolean isPart() {
        return concatenation() >= 0 && concatenation() + 1 < tpdu.length && number() > 0 && number() <= parts();
    }

    public int parts() {
        return tpdu[concatenation()] & 0xFF;
    }

    /** From 1 on. */
    public int number() {
        return tpdu[concatenation() + 1] & 0xFF;
    }

    /** What all parts of a message have in common: sender, reference number and count, in hex. */
    public String key() {
        int reference = concatenation() - (element(CONCATENATED_8) >= 0 ? 1 : 2);
        HexFormat hex = HexFormat.of();
        return hex.formatHex(tpdu, 1, 1 + addressLength()) + "/" + hex.formatHex(tpdu, reference, concatenation() + 1);
    }

    private int addressLength() {
        return 2 + ((tpdu[1] & 0xFF) + 1) / 2;
    }

    /**
     * One message of all parts: fields and header of this one, the header without concatenation, the texts one behind the
     * other. TP-User-Data-Length has one octet, and says nothing where that is too few. 3GPP TS 31.130, concatenated messages.
     */
    public ShortMessage joined(List<ShortMessage> parts) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        ShortMessage first = parts.get(0);
        int end = first.text();
        for (int at = first.userData() + 1; at + 1 < end; ) {
            int length = 2 + (first.tpdu[at + 1] & 0xFF);
            int identifier = first.tpdu[at] & 0xFF;
            if (identifier != CONCATENATED_8 && identifier != CONCATENATED_16) {
                header.write(first.tpdu, at, length);
            }
            at += length;
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        if (header.size() > 0) {
            data.write(header.size());
            data.writeBytes(header.toByteArray());
        }
        for (ShortMessage part : parts) {
            data.write(part.tpdu, part.text(), part.tpdu.length - part.text());
        }
        byte[] whole = Arrays.copyOf(tpdu, userData() + data.size());
        whole[0] = (byte) (header.size() > 0 ? tpdu[0] | HEADER_INDICATOR : tpdu[0] & ~HEADER_INDICATOR);
        whole[userDataLength] = (byte) data.size();
        System.arraycopy(data.toByteArray(), 0, whole, userData(), data.size());
        return new ShortMessage(whole, userDataLength);
    }

    /** User data of a response packet: header with the response packet identifier, then the packet. 3GPP TS 31.115 clause 4.4. */
    public static byte[] responseUserData(byte[] packet) {
        return userData(new byte[] {RESPONSE_PACKET, 0}, packet, 0, packet.length);
    }

    private static byte[] userData(byte[] header, byte[] text, int from, int length) {
        byte[] data = new byte[1 + header.length + length];
        data[0] = (byte) header.length;
        System.arraycopy(header, 0, data, 1, header.length);
        System.arraycopy(text, from, data, 1 + header.length, length);
        return data;
    }

    /**
     * The SMS-SUBMITs that bring a response packet to the sender of this message, several where it does not fit into one. 3GPP
     * TS 31.115 clause 4.5.
     *
     * @param reference of the concatenation, where there is one
     */
    public List<byte[]> submits(byte[] packet, int reference) {
        List<byte[]> messages = new ArrayList<>();
        byte[] whole = responseUserData(packet);
        if (whole.length <= MAX_USER_DATA) {
            messages.add(submit(whole));
            return messages;
        }
        int room = MAX_USER_DATA - 8; // header length, concatenation and response packet identifier
        int parts = (packet.length + room - 1) / room;
        for (int i = 0; i < parts; i++) {
            byte[] header = {CONCATENATED_8, 3, (byte) reference, (byte) parts, (byte) (i + 1), RESPONSE_PACKET, 0};
            int length = Math.min(room, packet.length - i * room);
            // only the first part says what it is a part of
            messages.add(submit(userData(Arrays.copyOf(header, i == 0 ? 7 : 5), packet, i * room, length)));
        }
        return messages;
    }

    /** SMS-SUBMIT of 8-bit data of class 2 to the sender of this message. 3GPP TS 23.040 clause 9.2.2.2. */
    private byte[] submit(byte[] userData) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(HEADER_INDICATOR | 0x01);
        out.write(0); // message reference: the ME sets it
        out.write(tpdu, 1, addressLength());
        out.write(0x7F); // (U)SIM data download
        out.write(0xF6);
        out.write(userData.length);
        out.writeBytes(userData);
        return out.toByteArray();
    }

    /** Without what stands behind the user data, as in a record of EF SMS; text of 7-bit characters is counted in septets. */
    public ShortMessage trimmed() {
        int length = tpdu[userDataLength] & 0xFF;
        boolean octets = (tpdu[userDataLength - 8] & 0x0C) != 0 || (tpdu[userDataLength - 8] & 0xF4) == 0xF4;
        int end = userData() + (octets ? length : (length * 7 + 7) / 8);
        return end < tpdu.length ? new ShortMessage(Arrays.copyOf(tpdu, end), userDataLength) : this;
    }

    public byte[] bytes() {
        return tpdu.clone();
    }
}
