// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Source and destination of a command. ETSI TS 102 223 clause 8.7; the codes are those of {@link Device}. */
public record DeviceIdentities(int source, int destination) implements TypedObject {
    public static final DeviceIdentities UICC_TO_TERMINAL = of(Device.UICC, Device.TERMINAL);
    public static final DeviceIdentities TERMINAL_TO_UICC = of(Device.TERMINAL, Device.UICC);

    public DeviceIdentities {
        Bits.u8("source device", source);
        Bits.u8("destination device", destination);
    }

    public static DeviceIdentities of(Device source, Device destination) {
        return new DeviceIdentities(source.code(), destination.code());
    }

    static DeviceIdentities decode(ByteString pdu, int from, int to) {
        return new DeviceIdentities(pdu.u8(from), pdu.u8(from + 1));
    }

    /** Identifier 1 to 7 of the channel that is the destination, or 0 when it is no channel. */
    public int destinationChannel() {
        return destination >= 0x21 && destination <= 0x27 ? destination - 0x20 : 0;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.DEVICE_IDENTITIES;
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(source).u8(destination);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("source", source, Device.of(source))
                .put("destination", destination, Device.of(destination))
                .toMap();
    }
}
