// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.Optional;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TimerIdentifier;
import org.bipline.cat.object.TimerValue;

/** TIMER EXPIRATION, with the time that went by since the timer was started. ETSI TS 102 223 clause 7.4. */
public record TimerExpiration(Pdu pdu) implements Envelope {
    public TimerExpiration {
        Envelope.check(pdu, EnvelopeType.TIMER_EXPIRATION);
    }

    public static TimerExpiration of(TimerIdentifier timer, TimerValue elapsed) {
        return new TimerExpiration(
                Pdu.of(EnvelopeType.TIMER_EXPIRATION.tag(), DeviceIdentities.TERMINAL_TO_UICC, timer, elapsed));
    }

    public Optional<TimerIdentifier> timer() {
        return pdu.first(TimerIdentifier.class);
    }

    public Optional<TimerValue> elapsed() {
        return pdu.first(TimerValue.class);
    }
}
