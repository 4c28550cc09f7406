// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteSink;

/** A data object whose value is one byte. */
interface ByteObject extends TypedObject {
    /** The value, 0 to 255. */
    int code();

    @Override
    default int length() {
        return 1;
    }

    @Override
    default void writeTo(ByteSink sink) {
        sink.u8(code());
    }
}
