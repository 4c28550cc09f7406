// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * The one step between a packet as it came and an application, and between an application and the packet that goes back: keys,
 * counters, checks and ciphering belong here and nowhere else. ETSI TS 102 225 clauses 5.1 and 5.2.
 *
 * <p>A packet that is refused changes nothing. The counter is checked last, and only under a cryptographic checksum: without
 * one anybody could move it up to where no packet is accepted any more.
 */
public final class PacketSecurity {
    private static final int CHECK = 0x03;
    private static final int REDUNDANCY_CHECK = 1;
    private static final int CRYPTOGRAPHIC_CHECKSUM = 2;
    private static final int CIPHERING = 0x04;
    private static final int COUNTER = 0x18;
    private static final int COUNTER_HIGHER = 0x10;
    private static final int COUNTER_ONE_HIGHER = 0x18;
    private static final int RESPONSE_CIPHERING = 0x10;
    private static final int RESPONSE_SECURITY = 0x1C;

    /** The first byte of a minimum security level: the second is a least SPI1. ETSI TS 102 226 clause 8.2.1.3.2.4. */
    private static final String LEAST_SPI1 = "01";

    /** RPL (2), RHL, TAR: what of a response packet is never ciphered. */
    private static final int RESPONSE_IN_CLEAR = 6;

    private static final int RESPONSE_HEADER_WITHOUT_CHECK = 10; // TAR to status

    private final List<Keyset> keysets;

    public PacketSecurity(List<Keyset> keysets) {
        this.keysets = keysets;
    }

    /**
     * What became of a packet.
     *
     * @param packet deciphered where it was ciphered and accepted
     * @param genuine whether its check was right, so that a response may be made with the keys. The response to any other has no
     *     security: with that an attacker learns nothing about keys from packets made up for it.
     */
    public record Opened(ResponseStatus status, CommandPacket packet, boolean genuine) {}

    /**
     * Checks a packet before its application sees it.
     *
     * @param minimumSecurityLevel that of the application's install parameters in hex, empty for none: ETSI TS 102 226
     *     clause 8.2.1.3.2.4
     */
    public Opened open(CommandPacket packet, String minimumSecurityLevel) {
        int spi1 = packet.spi1();
        boolean checksum = (spi1 & CHECK) == CRYPTOGRAPHIC_CHECKSUM;
        boolean ciphered = (spi1 & CIPHERING) != 0;
        if (!reaches(spi1, minimumSecurityLevel) || ((spi1 & COUNTER_HIGHER) != 0 && !checksum)) {
            return refused(ResponseStatus.INSUFFICIENT_SECURITY_LEVEL, packet);
        }
        Keyset keyset = keyset(checksum ? packet.kid() : packet.kic());
        boolean noChecksumKey =
                checksum && (keyset == null || !keyset.checksum().isMeantBy(packet.kid()));
        boolean noCipheringKey = ciphered
                && (keyset == null
                        || keyset != keyset(packet.kic())
                        || !keyset.ciphering().isMeantBy(packet.kic()));
        int check = switch (spi1 & CHECK) {
            case 0 -> 0;
            case REDUNDANCY_CHECK -> RedundancyCheck.length(packet.kid());
            case CRYPTOGRAPHIC_CHECKSUM -> keyset == null ? -1 : keyset.checksumLength();
            default -> -1; // no keys for digital signatures
        };
        if (noChecksumKey || noCipheringKey || check < 0 || (check == 0 && (spi1 & CHECK) != 0)) {
            return refused(ResponseStatus.UNIDENTIFIED_SECURITY_ERROR, packet);
        }
        CommandPacket clear = ciphered ? packet.deciphered(keyset.ciphering()) : packet;
        if (clear == null) {
            return refused(ResponseStatus.CIPHERING_ERROR, packet);
        }
        byte[] expected =
                checksum ? keyset.checksum().checksum(clear.checked()) : RedundancyCheck.of(clear.checked(), check);
        if (!MessageDigest.isEqual(Arrays.copyOf(expected, check), clear.check())) {
            return refused(ResponseStatus.CHECK_FAILED, packet);
        }
        if (!clear.hasRoomForPadding()) {
            return refused(ResponseStatus.CIPHERING_ERROR, packet);
        }
        ResponseStatus status = counter(spi1 & COUNTER, clear.counter(), keyset);
        return new Opened(status, clear, true);
    }

    private static Opened refused(ResponseStatus status, CommandPacket packet) {
        return new Opened(status, packet, false);
    }

    private static boolean reaches(int spi1, String minimum) {
        if (minimum.isEmpty()) {
            return true;
        }
        if (!minimum.startsWith(LEAST_SPI1) || minimum.length() < 4) {
            return false; // a level that is not understood is not reached
        }
        int least = Integer.parseInt(minimum.substring(2, 4), 16);
        return (spi1 & CHECK) >= (least & CHECK)
                && (spi1 & CIPHERING) >= (least & CIPHERING)
                && (spi1 & COUNTER) >= (least & COUNTER);
    }

    private Keyset keyset(int indication) {
        for (Keyset keyset : keysets) {
            if (keyset.version() == indication >> 4) {
                return keyset;
            }
        }
        return null;
    }

    private static ResponseStatus counter(int mode, long counter, Keyset keyset) {
        if (mode < COUNTER_HIGHER) {
            return ResponseStatus.POR_OK; // there is none, or it is not looked at
        }
        if (keyset.counter() == Keyset.LAST) {
            return ResponseStatus.COUNTER_BLOCKED;
        }
        if (counter <= keyset.counter()) {
            return ResponseStatus.COUNTER_LOW;
        }
        if (mode == COUNTER_ONE_HIGHER && counter > keyset.counter() + 1) {
            return ResponseStatus.COUNTER_HIGH;
        }
        keyset.use(counter);
        return ResponseStatus.POR_OK;
    }

    /** Whether a response packet can be made that is as secure as the sender wants it. */
    public boolean canRespond(Opened opened) {
        CommandPacket packet = opened.packet();
        if (!opened.genuine() || (packet.spi2() & RESPONSE_SECURITY) == 0) {
            return true;
        }
        Keyset keyset = responseKeys(packet);
        int check = packet.spi2() >> 2 & CHECK;
        boolean ciphered = (packet.spi2() & RESPONSE_CIPHERING) != 0;
        return check <= CRYPTOGRAPHIC_CHECKSUM && (keyset != null || (!ciphered && check < CRYPTOGRAPHIC_CHECKSUM));
    }

    private Keyset responseKeys(CommandPacket packet) {
        Keyset keyset = keyset(packet.kid());
        return keyset == null ? keyset(packet.kic()) : keyset;
    }

    /**
     * The response packet: RPL, RHL, TAR, CNTR, PCNTR, status, check and data.
     *
     * @param before what the bearer has before it that the check covers too: 3GPP TS 31.115 clause 4.4
     */
    public byte[] response(Opened opened, ResponseStatus status, byte[] before, byte[] data) {
        CommandPacket packet = opened.packet();
        boolean secured = opened.genuine();
        int kind = secured ? packet.spi2() >> 2 & CHECK : 0;
        boolean ciphered = secured && (packet.spi2() & RESPONSE_CIPHERING) != 0;
        Keyset keyset = responseKeys(packet);
        int check = switch (kind) {
            case REDUNDANCY_CHECK -> Math.max(2, RedundancyCheck.length(packet.kid()));
            case CRYPTOGRAPHIC_CHECKSUM -> keyset.checksumLength();
            default -> 0;
        };
        byte[] reference = packet.reference();
        int inClear = 3; // TAR, of what the padding does not count
        int length = reference.length - inClear + 1 + check + data.length;
        int block = ciphered ? keyset.ciphering().blockSize() : 1;
        int padding = (block - length % block) % block;
        reference[reference.length - 1] = (byte) padding;
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int packetLength = 1 + RESPONSE_HEADER_WITHOUT_CHECK + check + data.length + padding;
        head.write(packetLength >> 8);
        head.write(packetLength);
        head.write(RESPONSE_HEADER_WITHOUT_CHECK + check);
        head.writeBytes(reference);
        head.write(status.code());
        byte[] padded = Arrays.copyOf(data, data.length + padding);
        ByteArrayOutputStream checked = new ByteArrayOutputStream();
        checked.writeBytes(before);
        checked.writeBytes(head.toByteArray());
        checked.writeBytes(padded);
        if (check > 0) {
            byte[] value = kind == CRYPTOGRAPHIC_CHECKSUM
                    ? keyset.checksum().checksum(checked.toByteArray())
                    : RedundancyCheck.of(checked.toByteArray(), check);
            head.write(value, 0, check);
        }
        head.writeBytes(padded);
        byte[] whole = head.toByteArray();
        if (ciphered) {
            byte[] body = Arrays.copyOfRange(whole, RESPONSE_IN_CLEAR, whole.length);
            System.arraycopy(keyset.ciphering().encipher(body), 0, whole, RESPONSE_IN_CLEAR, body.length);
        }
        return whole;
    }
}
