// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * The value of one COMPREHENSION-TLV object with typed fields. Keeps every bit of the value, reserved ones included, so
 * that writing is the inverse of reading. Tag, comprehension-required flag and length form stand in
 * {@link ComprehensionTlv}.
 */
public interface DataObject {
    /** Tag without the comprehension-required flag. */
    int tag();

    /** The name that the standard gives the object. */
    String title();

    /** Bytes of the value. */
    int length();

    /** Writes the value: {@link #length} bytes. */
    void writeTo(ByteSink sink);

    /** The fields by name, for showing. */
    Map<String, Object> fields();

    default ByteString value() {
        ByteSink sink = new ByteSink(length());
        writeTo(sink);
        return sink.toByteString();
    }
}
