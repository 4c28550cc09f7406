// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** Takes the parts of a document in order, as they are read. */
interface WbxmlHandler {
    /** An element of {@link Element}, or one that is not listed there, begins. */
    void begin(byte element);

    /** Text or opaque data; what belongs to one element may come in any number of pieces. */
    void content(byte[] buf, short off, short len);

    /** The element begun last and not ended ends. */
    void end(byte element);
}
