// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteString;

/**
 * An element of the user data header of a short message. 3GPP TS 23.040 clause 9.2.3.24.
 *
 * @param identifier 0 to 255
 * @param value up to 255 bytes
 */
public record InformationElement(int identifier, ByteString value) {
    /** Concatenated short messages, 8-bit reference number. Clause 9.2.3.24.1. */
    public static final int CONCATENATED = 0x00;
    /** Concatenated short messages, 16-bit reference number. Clause 9.2.3.24.8. */
    public static final int CONCATENATED_WITH_16_BITS = 0x08;
    /** Command packet identifier: a secured packet to the card. 3GPP TS 31.115 clause 4.2. */
    public static final int COMMAND_PACKET = 0x70;
    /** Response packet identifier: a secured packet from the card. 3GPP TS 31.115 clause 4.4. */
    public static final int RESPONSE_PACKET = 0x71;

    public InformationElement {
        Bits.u8("information element", identifier);
        Bits.u8("length of the information element", value.length());
    }

    /** Bytes with identifier and length. */
    int length() {
        return 2 + value.length();
    }
}
