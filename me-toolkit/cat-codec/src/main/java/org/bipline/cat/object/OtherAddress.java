// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Other address, also the data destination address. An empty one as local address asks for a dynamic address. ETSI TS 102
 * 223 clause 8.58.
 */
public record OtherAddress(ByteString value) implements BytesObject {
    private static final int IPV4 = 0x21;
    private static final int IPV6 = 0x57;

    public OtherAddress {
        int expected = value.isEmpty()
                ? -1
                : switch (value.u8(0)) {
                    case IPV4 -> 4;
                    case IPV6 -> 16;
                    default -> -1;
                };
        if (expected >= 0 && value.length() != 1 + expected) {
            throw new IllegalArgumentException("address of " + (value.length() - 1) + " bytes");
        }
    }

    public static OtherAddress of(InetAddress address) {
        ByteString bytes = ByteString.wrap(address.getAddress());
        return new OtherAddress(new ByteSink(1 + bytes.length())
                .u8(bytes.length() == 4 ? IPV4 : IPV6)
                .bytes(bytes)
                .toByteString());
    }

    /** The IP address, unless the object is empty or of another type. */
    public Optional<InetAddress> address() {
        if (value.isEmpty() || (value.u8(0) != IPV4 && value.u8(0) != IPV6)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(value.slice(1).toBytes()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // thrown for a wrong length only, which the constructor refuses
        }
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.OTHER_ADDRESS;
    }

    @Override
    public Map<String, Object> fields() {
        return shown().toMap();
    }

    Fields shown() {
        if (value.isEmpty()) {
            return Fields.of().put("address", "dynamic");
        }
        String type = value.u8(0) == IPV4 ? "IPv4" : value.u8(0) == IPV6 ? "IPv6" : "reserved " + value.u8(0);
        return Fields.of()
                .put("typeOfAddress", type)
                .put(
                        "address",
                        address()
                                .map(InetAddress::getHostAddress)
                                .orElse(value.slice(1).toString()));
    }
}
