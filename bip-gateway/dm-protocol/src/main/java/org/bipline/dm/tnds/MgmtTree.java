// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import java.util.List;
import java.util.Optional;

/** A serialised management tree: one or more nodes with what hangs below them. TNDS element MgmtTree. */
public record MgmtTree(String verDtd, Optional<String> man, Optional<String> mod, List<MgmtNode> nodes) {
    /** Version of the description framework to which DM 1.2 belongs. */
    public static final String VER_DTD = "1.2";

    public MgmtTree {
        nodes = List.copyOf(nodes);
    }

    public static MgmtTree of(MgmtNode... nodes) {
        return new MgmtTree(VER_DTD, Optional.empty(), Optional.empty(), List.of(nodes));
    }
}
