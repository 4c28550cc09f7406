// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.tnds.MgmtTree;

/** Content of an Item: the value of a node, or a tree that stands in the message as elements. */
public sealed interface Data {
    record Value(NodeValue value) implements Data {}

    /**
     * A tree as elements: XML in XML, code page 2 in WBXML. Peers are found that know code pages 0 and 1 only; a TNDS object in WBXML as
     * a value of format bin is understood by more of them.
     */
    record Tree(MgmtTree tree) implements Data {}

    static Data text(String text) {
        return new Value(NodeValue.text(text));
    }

    static Data binary(ByteString octets) {
        return new Value(NodeValue.binary(octets));
    }

    static Data of(NodeValue value) {
        return new Value(value);
    }

    static Data of(MgmtTree tree) {
        return new Tree(tree);
    }

    /** The value, unless this is a tree. */
    default Optional<NodeValue> asValue() {
        return this instanceof Value data ? Optional.of(data.value()) : Optional.empty();
    }

    /** The value as text; empty for a tree, and for octets that are not UTF-8. */
    default Optional<String> asText() {
        return asValue().flatMap(NodeValue::asText);
    }
}
