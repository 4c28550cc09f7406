// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Network access name: labels, each with its length before it, as in 3GPP TS 23.003 clause 9.1. ETSI TS 102 223 clause
 * 8.70.
 */
public record NetworkAccessName(ByteString value) implements BytesObject {
    private static final int MAX_LABEL = 63;

    public NetworkAccessName {
        for (int at = 0; at < value.length(); at += 1 + value.u8(at)) {
            if (value.u8(at) > value.length() - at - 1) {
                throw new IllegalArgumentException("label of " + value.u8(at) + " bytes is cut");
            }
        }
    }

    /** A name of labels between dots. */
    public static NetworkAccessName of(String name) {
        ByteSink sink = new ByteSink(name.length() + 1);
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > MAX_LABEL) {
                throw new IllegalArgumentException("network access name " + name);
            }
            sink.u8(label.length()).bytes(ByteString.wrap(label.getBytes(StandardCharsets.US_ASCII)));
        }
        return new NetworkAccessName(sink.toByteString());
    }

    /** The labels with dots between them. */
    public String name() {
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < value.length(); at += 1 + value.u8(at)) {
            name.append(at == 0 ? "" : ".");
            ByteString label = value.slice(at + 1, at + 1 + value.u8(at));
            name.append(new String(label.toBytes(), StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.NETWORK_ACCESS_NAME;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("networkAccessName", name()).toMap();
    }
}
