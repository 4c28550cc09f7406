// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;

/**
 * What the client has to say, cut into messages that the server accepts. OMA DM Protocol, multiple messages in package and large object
 * handling.
 */
final class Outbox {
    /** Octets of a value below which a chunk is left to the next message. */
    private static final int LEAST_CHUNK = 16;

    private final Deque<Command> waiting = new ArrayDeque<>();
    private final SyncMlCodec codec;
    private boolean chunking;

    Outbox(SyncMlCodec codec) {
        this.codec = codec;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void clear() {
        waiting.clear();
        chunking = false;
    }

    void add(Command command) {
        waiting.add(command);
    }

    /** Puts statuses before what waits: a chunk of a large object may wait there, and nothing new may come between chunks. */
    void addFirst(List<Command> commands) {
        commands.reversed().forEach(waiting::addFirst);
    }

    /** The large object that is being sent is of no use to the server any more. */
    void dropChunks() {
        if (chunking) {
            waiting.removeIf(command -> command instanceof Command.Results results && isRest(results));
            chunking = false;
        }
    }

    private static boolean isRest(Command.Results results) {
        return results.meta().isPresent();
    }

    /**
     * The next message: as much of what waits as fits.
     *
     * @param first goes before everything else
     * @param mayEnd true if the package may end with this message
     * @return empty if what waits next does not fit into any message that the server accepts
     */
    Optional<SyncMl> next(SyncHdr header, List<Command> first, boolean mayEnd, long maxSize) {
        List<Command> taken = new ArrayList<>();
        first.forEach(command -> taken.add(numbered(command, taken.size() + 1)));
        boolean cut = false;
        while (!waiting.isEmpty() && !cut) {
            Command command = numbered(waiting.getFirst(), taken.size() + 1);
            if (fits(header, taken, command, maxSize)) {
                waiting.removeFirst();
                taken.add(command);
            } else if (command instanceof Command.Results results
                    && results.items().size() > 1) {
                waiting.removeFirst();
                addFirst(split(results));
            } else {
                cut = true;
                Optional<Command> chunk = chunk(header, taken, command, maxSize);
                chunk.ifPresent(taken::add);
                if (chunk.isEmpty() && taken.size() == first.size()) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(message(header, taken, mayEnd && waiting.isEmpty()));
    }

    private boolean fits(SyncHdr header, List<Command> taken, Command command, long maxSize) {
        List<Command> all = new ArrayList<>(taken);
        all.add(command);
        return codec.encode(message(header, all, true)).length <= maxSize;
    }

    private static SyncMl message(SyncHdr header, List<Command> commands, boolean last) {
        return new SyncMl(header, new SyncBody(commands, last));
    }

    private static List<Command> split(Command.Results results) {
        return results.items().stream()
                .map(item -> (Command) withItem(results, results.meta(), item))
                .toList();
    }

    private static Command.Results withItem(Command.Results results, Optional<Meta> meta, Item item) {
        return new Command.Results(
                results.cmdId(),
                results.msgRef(),
                results.cmdRef(),
                meta,
                results.targetRefs(),
                results.sourceRefs(),
                List.of(item));
    }

    /** The largest part of a value for which there is room; the rest takes the place of the whole in what waits. */
    private Optional<Command> chunk(SyncHdr header, List<Command> taken, Command command, long maxSize) {
        if (!(command instanceof Command.Results results) || results.items().size() != 1) {
            return Optional.empty();
        }
        Item item = results.items().getFirst();
        Optional<NodeValue> value = item.data().flatMap(Data::asValue);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        byte[] octets = value.get().octets().toByteArray();
        boolean text = value.get() instanceof NodeValue.Text;
        boolean begins = !isRest(results);
        int fits = 0;
        int tooMuch = octets.length;
        while (tooMuch - fits > 1) {
            int middle = (fits + tooMuch) >>> 1;
            Item part = part(item, octets, 0, boundary(octets, middle, text), text, begins, true);
            if (fits(header, taken, withItem(results, Optional.empty(), part), maxSize)) {
                fits = middle;
            } else {
                tooMuch = middle;
            }
        }
        int end = boundary(octets, fits, text);
        if (end < Math.min(LEAST_CHUNK, octets.length)) {
            return Optional.empty();
        }
        waiting.removeFirst();
        Item rest = part(item, octets, end, octets.length, text, false, false);
        // The format of the object marks the command as the rest of one that has begun, and chunks may repeat it.
        waiting.addFirst(withItem(results, item.meta().map(Outbox::withoutSize), rest));
        chunking = true;
        return Optional.of(withItem(results, Optional.empty(), part(item, octets, 0, end, text, begins, true)));
    }

    private static Item part(Item item, byte[] octets, int from, int to, boolean text, boolean begins, boolean more) {
        ByteString part = ByteString.of(octets, from, to - from);
        Item.Builder builder = Item.builder();
        item.source().ifPresent(builder::source);
        Meta.Builder meta = item.meta().map(Meta::toBuilder).orElseGet(Meta::builder);
        if (begins) {
            meta.size(octets.length);
        }
        return builder.meta(meta.build())
                .data(text ? Data.text(new String(part.toByteArray(), StandardCharsets.UTF_8)) : Data.binary(part))
                .moreData(more)
                .build();
    }

    private static Meta withoutSize(Meta meta) {
        Meta.Builder builder = Meta.builder();
        meta.format().ifPresent(builder::format);
        meta.type().ifPresent(builder::type);
        return builder.build();
    }

    /** The last place at or before {@code end} where no character of a text is torn. */
    private static int boundary(byte[] octets, int end, boolean text) {
        int at = end;
        while (text && at > 0 && at < octets.length && (octets[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }

    private static Command numbered(Command command, int number) {
        String cmdId = Integer.toString(number);
        return switch (command) {
            case Status status -> status.toBuilder().cmdId(cmdId).build();
            case Command.Results results ->
                new Command.Results(
                        cmdId,
                        results.msgRef(),
                        results.cmdRef(),
                        results.meta(),
                        results.targetRefs(),
                        results.sourceRefs(),
                        results.items());
            case Command.Alert alert -> new Command.Alert(cmdId, alert.code(), alert.correlator(), alert.items());
            case Command.Replace replace -> new Command.Replace(cmdId, replace.meta(), replace.items());
            case Command.Add c -> throw notOfAClient(c);
            case Command.Get c -> throw notOfAClient(c);
            case Command.Delete c -> throw notOfAClient(c);
            case Command.Copy c -> throw notOfAClient(c);
            case Command.Exec c -> throw notOfAClient(c);
            case Command.Sequence c -> throw notOfAClient(c);
            case Command.Atomic c -> throw notOfAClient(c);
            case Command.Unsupported c -> throw notOfAClient(c);
        };
    }

    private static IllegalArgumentException notOfAClient(Command command) {
        return new IllegalArgumentException("a client sends no " + command.name());
    }
}
