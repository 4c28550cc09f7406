// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Response length: how many characters the user enters. ETSI TS 102 223 clause 8.11.
 *
 * @param minimum 0 to 255; 0 makes the entry optional
 * @param maximum 0 to 255; 255 is no limit
 */
public record ResponseLength(int minimum, int maximum) implements TypedObject {
    public ResponseLength {
        Bits.u8("minimum length", minimum);
        Bits.u8("maximum length", maximum);
    }

    static ResponseLength decode(ByteString pdu, int from, int to) {
        return new ResponseLength(pdu.u8(from), pdu.u8(from + 1));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.RESPONSE_LENGTH;
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(minimum).u8(maximum);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("minimum", minimum).put("maximum", maximum).toMap();
    }
}
