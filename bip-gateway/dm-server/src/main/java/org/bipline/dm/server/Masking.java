// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Cred;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.tnds.MgmtTree;

/**
 * Takes out of messages that are shown what is for the two sides only: the values of all nodes, since any may be a secret; what the user
 * entered; and passwords, which credentials of type basic hold and a digest does not. A value becomes as many asterisks as it has
 * octets, a tree that stands in the message as elements an empty one.
 */
final class Masking {
    private static final String MASK = "*";

    private Masking() {}

    static SyncMl mask(SyncMl message) {
        List<Command> commands =
                message.body().commands().stream().map(Masking::mask).toList();
        return new SyncMl(
                message.header()
                        .cred()
                        .filter(Masking::holdsPassword)
                        .map(cred -> message.header().toBuilder()
                                .cred(new Cred(cred.meta(), MASK.repeat(3)))
                                .build())
                        .orElse(message.header()),
                new SyncBody(commands, message.body().last()));
    }

    /** Credentials of a type that nobody knows may be anything. */
    private static boolean holdsPassword(Cred cred) {
        return AuthType.of(cred.meta()).filter(AuthType.MD5::equals).isEmpty();
    }

    static Command mask(Command command) {
        return switch (command) {
            case Status status -> mask(status);
            case Command.Add c -> new Command.Add(c.cmdId(), c.meta(), mask(c.items()));
            case Command.Replace c -> new Command.Replace(c.cmdId(), c.meta(), mask(c.items()));
            case Command.Get c -> new Command.Get(c.cmdId(), c.meta(), mask(c.items()));
            case Command.Delete c -> new Command.Delete(c.cmdId(), c.meta(), mask(c.items()));
            case Command.Copy c -> new Command.Copy(c.cmdId(), c.meta(), mask(c.items()));
            case Command.Exec c -> new Command.Exec(c.cmdId(), c.correlator(), c.meta(), mask(c.items()));
            case Command.Alert c -> new Command.Alert(c.cmdId(), c.code(), c.correlator(), mask(c.items()));
            case Command.Results c ->
                new Command.Results(
                        c.cmdId(), c.msgRef(), c.cmdRef(), c.meta(), c.targetRefs(), c.sourceRefs(), mask(c.items()));
            case Command.Sequence c -> new Command.Sequence(c.cmdId(), c.meta(), maskAll(c.commands()));
            case Command.Atomic c -> new Command.Atomic(c.cmdId(), c.meta(), maskAll(c.commands()));
            case Command.Unsupported c -> c;
        };
    }

    static Status mask(Status status) {
        return status.toBuilder().items(mask(status.items())).build();
    }

    private static List<Command> maskAll(List<Command> commands) {
        return commands.stream().map(Masking::mask).toList();
    }

    private static List<Item> mask(List<Item> items) {
        return items.stream()
                .map(item -> new Item(
                        item.target(), item.source(), item.meta(), item.data().map(Masking::mask), item.moreData()))
                .toList();
    }

    private static Data mask(Data data) {
        Optional<NodeValue> value = data.asValue();
        return value.map(known -> Data.text(MASK.repeat(known.octets().length())))
                .orElseGet(() -> Data.of(MgmtTree.of()));
    }
}
