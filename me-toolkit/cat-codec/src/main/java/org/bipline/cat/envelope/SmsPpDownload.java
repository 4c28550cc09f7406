// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.Optional;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.SmsTpdu;

/** SMS-PP DOWNLOAD: a short message for the UICC. 3GPP TS 31.111 clause 7.1.1. */
public record SmsPpDownload(Pdu pdu) implements Envelope {
    public SmsPpDownload {
        Envelope.check(pdu, EnvelopeType.SMS_PP_DOWNLOAD);
    }

    /** The message as it came from this service centre. */
    public static SmsPpDownload of(Address serviceCentre, SmsTpdu message) {
        return new SmsPpDownload(Pdu.of(
                EnvelopeType.SMS_PP_DOWNLOAD.tag(),
                DeviceIdentities.of(Device.NETWORK, Device.UICC),
                serviceCentre,
                message));
    }

    public Optional<Address> serviceCentre() {
        return pdu.first(Address.class);
    }

    public Optional<SmsTpdu> tpdu() {
        return pdu.first(SmsTpdu.class);
    }
}
