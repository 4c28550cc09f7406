// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.ArrayDeque;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Bytes in the order of their arrival. Not for use by several threads. */
public final class ByteQueue {
    private final ArrayDeque<ByteString> chunks = new ArrayDeque<>();
    private int length;

    public int length() {
        return length;
    }

    public void add(ByteString bytes) {
        chunks.add(bytes);
        length += bytes.length();
    }

    public void clear() {
        chunks.clear();
        length = 0;
    }

    /** Takes the first bytes, so many or all that there are. */
    public ByteString take(int count) {
        int size = Math.min(count, length);
        ByteString first = chunks.peek();
        if (first != null && first.length() == size) {
            length -= size;
            return chunks.remove();
        }
        ByteSink sink = new ByteSink(size);
        int missing = size;
        while (missing > 0) {
            ByteString chunk = chunks.removeFirst();
            if (chunk.length() > missing) {
                chunks.addFirst(chunk.slice(missing));
                chunk = chunk.slice(0, missing);
            }
            sink.bytes(chunk);
            missing -= chunk.length();
        }
        length -= size;
        return sink.toByteString();
    }
}
