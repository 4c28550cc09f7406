// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import org.bipline.cat.object.Pdu;

/** An envelope whose tag this codec does not know. */
public record OtherEnvelope(Pdu pdu) implements Envelope {}
