// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.tlv.ByteString;

/**
 * What an ME measures on GERAN. 3GPP TS 31.111 clauses 8.22 and 8.29. Which of the other reports stands in the object is told
 * by the qualifier of the command only, not by the response, so that they stay bytes.
 */
final class Measurements {
    /** Bytes of the measurement results of 3GPP TS 44.018 clause 10.5.2.20 from octet 2 on. */
    private static final int GERAN_LENGTH = 16;

    private static final int NEIGHBOURS = 6;
    private static final int NO_INFORMATION = 7;
    private static final int CHANNEL_BITS = 10;

    private Measurements() {}

    /** Results of GERAN by field, all others as bytes. */
    static Fields results(ByteString v) {
        if (v.length() != GERAN_LENGTH) {
            return Fields.of().put("measurementReport", v);
        }
        int number = Bits.read(v, 23, 3);
        Fields fields = Fields.of()
                .put("baUsed", Bits.read(v, 0, 1))
                .put("dtxUsed", Bits.read(v, 1, 1) != 0)
                .put("rxlevFullServingCell", Bits.read(v, 2, 6))
                .put("measurementsValid", Bits.read(v, 9, 1) == 0)
                .put("rxlevSubServingCell", Bits.read(v, 10, 6))
                .put("rxqualFullServingCell", Bits.read(v, 17, 3))
                .put("rxqualSubServingCell", Bits.read(v, 20, 3));
        List<Object> neighbours = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS && i < number && number != NO_INFORMATION; i++) {
            int at = 26 + 17 * i;
            neighbours.add(Fields.of()
                    .put("rxlev", Bits.read(v, at, 6))
                    .put("bcchFrequency", Bits.read(v, at + 6, 5))
                    .put("bsic", Bits.read(v, at + 11, 6))
                    .toMap());
        }
        return fields.put("neighbourCells", neighbours);
    }

    /** Absolute radio frequency channel numbers of ten bits, one behind the other. */
    static Fields channels(ByteString v) {
        List<Object> channels = new ArrayList<>();
        for (int at = 0; at + CHANNEL_BITS <= 8 * v.length(); at += CHANNEL_BITS) {
            channels.add(Bits.read(v, at, CHANNEL_BITS));
        }
        return Fields.of().put("channels", channels);
    }
}
