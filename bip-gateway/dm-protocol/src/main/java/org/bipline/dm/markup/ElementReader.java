// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Position;

/** A document read as a stream: the caller asks for the next event, then for what it carries. */
public interface ElementReader {
    enum Event {
        /** Start of {@link #tag()}. */
        START,
        /** End of {@link #tag()}; an empty element has one too. */
        END,
        /** Characters, {@link #text()}; one element may have several of these in a row. */
        TEXT,
        /** Bytes, {@link #opaque()}. */
        OPAQUE,
        /** The root element and the document are complete. */
        END_OF_DOCUMENT
    }

    /** Moves on by one event. */
    Event next() throws DmDecodingException;

    Tag tag();

    String text();

    ByteString opaque();

    /** True if bytes stand in the document as they are, false if they have to be text: Base64. */
    boolean carriesBinary();

    /** Where the current event begins. */
    Position position();

    /** The exception of this kind of document for a fault found at the current event. */
    DmDecodingException fault(String what);
}
