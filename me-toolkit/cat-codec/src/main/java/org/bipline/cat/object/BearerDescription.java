// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Bearer description: type of bearer and its parameters. ETSI TS 102 223 clause 8.52, 3GPP TS 31.111 clause 8.52. */
public record BearerDescription(int bearerType, ByteString parameters) implements TypedObject {
    public static final BearerDescription DEFAULT_BEARER =
            new BearerDescription(BearerType.DEFAULT_BEARER.code(), ByteString.EMPTY);

    public BearerDescription {
        Bits.u8("bearer type", bearerType);
    }

    static BearerDescription decode(ByteString value) {
        return new BearerDescription(value.u8(0), value.slice(1));
    }

    public Optional<BearerType> bearer() {
        return BearerType.of(bearerType);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.BEARER_DESCRIPTION;
    }

    @Override
    public int length() {
        return 1 + parameters.length();
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(bearerType).bytes(parameters);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("bearerType", bearerType, bearer())
                .put("bearerParameters", parameters)
                .toMap();
    }
}
