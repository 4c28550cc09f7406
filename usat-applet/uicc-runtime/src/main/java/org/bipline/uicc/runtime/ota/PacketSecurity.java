// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import java.io.ByteArrayOutputStream;

/**
 * The one step between a packet as it came and an application, and between an application and the packet that goes back: keys,
 * counters, checks and ciphering belong here and nowhere else. There are no keys yet, so that only packets which ask for no
 * security get through. ETSI TS 102 225 clauses 5.1 and 5.2.
 */
public final class PacketSecurity {
    private static final int CHECK_AND_CIPHERING = 0x07;
    private static final int COUNTER = 0x18;
    private static final int RESPONSE_SECURITY = 0x1C;

    /**
     * Checks a packet before its application sees it.
     *
     * @param minimumSecurityLevel that of the application's install parameters in hex, empty for none: ETSI TS 102 226
     *     clause 8.2.1.3.2.4; its first byte is coded as the first one of the SPI
     */
    public ResponseStatus open(CommandPacket packet, String minimumSecurityLevel) {
        int spi1 = packet.spi1();
        int level = minimumSecurityLevel.isEmpty() ? 0 : Integer.parseInt(minimumSecurityLevel.substring(0, 2), 16);
        if ((level & CHECK_AND_CIPHERING & ~spi1) != 0 || (level & COUNTER) > (spi1 & COUNTER)) {
            return ResponseStatus.INSUFFICIENT_SECURITY_LEVEL;
        }
        boolean plain = (spi1 & (CHECK_AND_CIPHERING | 0x10)) == 0; // a counter that is not checked (01) may be there
        return plain ? ResponseStatus.POR_OK : ResponseStatus.UNIDENTIFIED_SECURITY_ERROR;
    }

    /** Whether a response packet can be made that is as secure as the sender wants it. */
    public boolean canRespond(CommandPacket packet) {
        return (packet.spi2() & RESPONSE_SECURITY) == 0;
    }

    /** The response packet: RPL, RHL, TAR, CNTR, PCNTR, status and data. */
    public byte[] response(CommandPacket packet, ResponseStatus status, byte[] data) {
        byte[] reference = packet.reference();
        reference[reference.length - 1] = 0; // PCNTR: no ciphering, no padding
        int headerLength = reference.length + 1;
        int packetLength = 1 + headerLength + data.length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(packetLength >> 8);
        out.write(packetLength);
        out.write(headerLength);
        out.writeBytes(reference);
        out.write(status.code());
        out.writeBytes(data);
        return out.toByteArray();
    }
}
