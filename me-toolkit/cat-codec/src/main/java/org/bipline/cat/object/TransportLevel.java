// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;

/** UICC/terminal interface transport level: protocol type and port. ETSI TS 102 223 clause 8.59. */
public record TransportLevel(int protocolType, int port) implements TypedObject {
    public TransportLevel {
        Bits.u8("transport protocol type", protocolType);
        Bits.u16("port", port);
    }

    public static TransportLevel of(TransportProtocol protocol, int port) {
        return new TransportLevel(protocol.code(), port);
    }

    public Optional<TransportProtocol> protocol() {
        return TransportProtocol.of(protocolType);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.TRANSPORT_LEVEL;
    }

    @Override
    public int length() {
        return 3;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(protocolType).u16(port);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("transportProtocol", protocolType, protocol())
                .put("port", port)
                .toMap();
    }
}
