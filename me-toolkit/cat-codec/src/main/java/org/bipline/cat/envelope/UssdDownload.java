// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.Optional;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.UssdString;

/** USSD DOWNLOAD: a USSD string for the UICC. 3GPP TS 31.111 clause 7.6. */
public record UssdDownload(Pdu pdu) implements Envelope {
    public UssdDownload {
        Envelope.check(pdu, EnvelopeType.USSD_DOWNLOAD);
    }

    /** The operation's string as it came from the network. */
    public static UssdDownload of(UssdString string) {
        return new UssdDownload(
                Pdu.of(EnvelopeType.USSD_DOWNLOAD.tag(), DeviceIdentities.of(Device.NETWORK, Device.UICC), string));
    }

    public Optional<UssdString> ussdString() {
        return pdu.first(UssdString.class);
    }
}
