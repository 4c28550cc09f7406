// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import org.bipline.cat.object.Pdu;

/** An envelope that this codec has no record for. */
public record OtherEnvelope(Pdu pdu) implements Envelope {}
