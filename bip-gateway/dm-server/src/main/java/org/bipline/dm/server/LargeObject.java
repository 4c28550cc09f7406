// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;

/**
 * A value on its way to the client in chunks, each in a message of its own. OMA DM Protocol, Large Object Handling: Size
 * in the first chunk, MoreData in all but the last.
 */
final class LargeObject {
    private final ManagementCommand command;
    private final boolean text;
    private final byte[] octets;
    private int sent;

    LargeObject(ManagementCommand command) {
        this.command = command;
        NodeValue value = command.value().orElseThrow();
        text = value instanceof NodeValue.Text;
        octets = value.octets().toByteArray();
    }

    boolean isComplete() {
        return sent == octets.length;
    }

    /**
     * The command with the next chunk, as large as the message allows, and takes it as sent. Empty if not even one
     * character fits.
     */
    Optional<Command> next(MessageDraft draft) {
        String cmdId = draft.nextCmdId();
        int length = octets.length - sent;
        while (true) {
            int end = boundary(sent + length);
            if (end <= sent) {
                return Optional.empty();
            }
            Command chunk = chunk(cmdId, end);
            long excess = draft.excess(List.of(chunk));
            if (excess <= 0) {
                sent = end;
                return Optional.of(chunk);
            }
            length = (int) Math.min(end - sent - 1L, end - sent - excess);
        }
    }

    private Command chunk(String cmdId, int end) {
        ByteString part = ByteString.of(octets, sent, end - sent);
        Item.Builder item = Item.builder()
                .target(command.uri())
                .data(text ? Data.text(new String(part.toByteArray(), StandardCharsets.UTF_8)) : Data.binary(part))
                .moreData(end < octets.length);
        return command.toCommand(cmdId, item, sent == 0 ? Optional.of((long) octets.length) : Optional.empty());
    }

    /** The last place at or before {@code end} where no character of a text is torn. */
    private int boundary(int end) {
        int at = end;
        while (text && at > sent && at < octets.length && (octets[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }
}
