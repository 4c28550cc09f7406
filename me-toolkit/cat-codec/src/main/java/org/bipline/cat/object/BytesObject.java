// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** A data object that keeps its value as bytes, because length or content of its fields varies, and reads fields off it. */
interface BytesObject extends TypedObject {
    @Override
    ByteString value();

    @Override
    default int length() {
        return value().length();
    }

    @Override
    default void writeTo(ByteSink sink) {
        sink.bytes(value());
    }
}
