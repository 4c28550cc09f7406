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
    /** Octets of a message that may stay unused: to find room for them would take longer than to send them later. */
    private static final int SLACK = 8;

    private final ManagementCommand.OnNode command;
    private final boolean text;
    private final byte[] octets;
    private int sent;

    LargeObject(ManagementCommand.OnNode command) {
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
        int rest = octets.length - sent;
        int fits = 0;
        int tooLong = rest + 1;
        int length = rest;
        while (length > fits && length < tooLong) {
            long excess = draft.excess(List.of(chunk(cmdId, boundary(sent + length))));
            if (excess <= 0) {
                fits = length;
                if (-excess <= SLACK) {
                    break;
                }
            } else {
                tooLong = length;
            }
            // WBXML takes an octet for an octet; what XML takes for one depends on the octet, so the bracket is halved.
            long exact = length - excess;
            length = exact > fits && exact < tooLong ? (int) exact : (fits + tooLong) / 2;
        }
        int end = boundary(sent + fits);
        if (end == sent) {
            return Optional.empty();
        }
        Command chunk = chunk(cmdId, end);
        sent = end;
        return Optional.of(chunk);
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
