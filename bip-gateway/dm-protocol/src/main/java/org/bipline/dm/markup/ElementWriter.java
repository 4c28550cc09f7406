// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.markup;

import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;

/** A document written as a stream. */
public interface ElementWriter {
    void start(Tag tag);

    void text(String text);

    /** Bytes that are no text: as they are in WBXML, as Base64 in XML. */
    void binary(ByteString bytes);

    /** Ends the element started last. */
    void end();

    /** The document; every element was ended. */
    byte[] toByteArray();

    /** The content of a {@code Data} or {@code Value}. */
    default void value(NodeValue value) {
        switch (value) {
            case NodeValue.Text text -> text(text.text());
            case NodeValue.Binary binary -> binary(binary.octets());
        }
    }

    /** An element that holds text only. */
    default void element(Tag tag, String text) {
        start(tag);
        text(text);
        end();
    }

    /** An element that holds nothing. */
    default void empty(Tag tag) {
        start(tag);
        end();
    }
}
