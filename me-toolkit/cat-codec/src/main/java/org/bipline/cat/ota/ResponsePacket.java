// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import java.util.Optional;
import org.bipline.cat.tlv.ByteString;

/**
 * What a response packet says. ETSI TS 102 225 clause 5.2.
 *
 * @param tar toolkit application reference of the command packet, three bytes
 * @param counter that of the command packet; of one that the card could not decipher what stood in its place
 * @param code the status
 * @param data what the application answers
 * @param genuine whether it was secured as the command packet asked for; anybody can make one that is not
 */
public record ResponsePacket(ByteString tar, long counter, int code, ByteString data, boolean genuine) {
    public Optional<ResponseStatus> status() {
        return ResponseStatus.of(code);
    }

    /** Status in words, with what helps where the packet was refused. */
    public String text() {
        return status().map(s -> s.remedy().isEmpty() ? s.text() : s.text() + ": " + s.remedy())
                .orElse("status %02X, reserved".formatted(code));
    }
}
