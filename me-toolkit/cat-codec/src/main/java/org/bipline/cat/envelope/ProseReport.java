// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import org.bipline.cat.object.Pdu;

/** PROSE REPORT: usage of proximity services. 3GPP TS 31.111. */
public record ProseReport(Pdu pdu) implements Envelope {
    public ProseReport {
        Envelope.check(pdu, EnvelopeType.PROSE_REPORT);
    }
}
