// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.List;

/**
 * The commands of a message.
 *
 * @param last true if the message is the last of its package: the element Final
 */
public record SyncBody(List<Command> commands, boolean last) {
    public SyncBody {
        commands = List.copyOf(commands);
    }
}
