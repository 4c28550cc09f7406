// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;

/** Trees for tests. */
final class Trees {
    private Trees() {}

    /** More than 60 nodes on six levels, with long, empty, multilingual and binary values. */
    static MgmtTree large() {
        MgmtNode.Builder root = MgmtNode.interior("Large").type("urn:example:mo:large:1.0");
        for (int i = 0; i < 5; i++) {
            MgmtNode.Builder level = leaves("L6");
            for (int depth = 5; depth > 2; depth--) {
                level = leaves("L" + depth).child(level);
            }
            root.child(level.name("branch" + i));
        }
        return MgmtTree.of(root.build());
    }

    private static MgmtNode.Builder leaves(String name) {
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        return MgmtNode.interior(name)
                .child(MgmtNode.leaf("Text", "\u0417\u0434\u0440\u0430\u0432\u0435\u0439 \uD83D\uDCF6 <&>\r\n\t end "))
                .child(MgmtNode.leaf("Empty", ""))
                .child(MgmtNode.leaf("Long", "0123456789".repeat(200)))
                .child(MgmtNode.named("Binary").format(Format.BIN).value(NodeValue.binary(ByteString.of(octets))))
                .child(MgmtNode.named("Number").format(Format.INT).value(NodeValue.text("-42")));
    }
}
