// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.util.Optional;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.lab.decode.Decoded;
import org.bipline.lab.decode.Decoder;
import org.bipline.lab.decode.Kind;

/** PDUs that cards and MEs have sent. */
final class Pdus {
    private Pdus() {}

    /**
     * A PDU in its parts.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    static Decoded decoded(ByteString pdu, Kind kind) {
        try {
            return Decoder.decode(pdu, Optional.of(kind));
        } catch (Failure e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
