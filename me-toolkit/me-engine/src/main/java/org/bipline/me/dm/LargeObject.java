// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;

/** An object that comes in chunks. OMA DM Protocol, large object handling. */
final class LargeObject {
    private final String command;
    private final String target;
    private final Optional<Long> size;
    private final Payload first;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean text = true;

    /** @param item the first chunk */
    LargeObject(Command.OnItems command, Item item) {
        this.command = command.name();
        target = item.targetUri().orElse("");
        size = item.meta().flatMap(Meta::size).or(() -> command.meta().flatMap(Meta::size));
        first = Payload.of(item, command.meta());
    }

    String target() {
        return target;
    }

    boolean goesOnWith(Command.OnItems other, Item item) {
        return command.equals(other.name())
                && item.targetUri().filter(target::equals).isPresent();
    }

    /** Takes a chunk; Size counts what is in the messages, which for Base64 is its characters. */
    void take(Item item, long maxObjectSize) throws Refusal {
        Optional<NodeValue> data = item.data().flatMap(Data::asValue);
        text &= data.filter(NodeValue.Binary.class::isInstance).isEmpty();
        data.ifPresent(value -> octets.writeBytes(value.octets().toByteArray()));
        long announced = size.orElse(0L);
        if (announced > maxObjectSize || octets.size() > maxObjectSize) {
            throw new Refusal(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        }
        boolean last = !item.moreData();
        boolean mismatch =
                last ? size.filter(n -> n == octets.size()).isEmpty() : octets.size() > size.orElse(Long.MAX_VALUE);
        if (mismatch) {
            throw new Refusal(StatusCode.SIZE_MISMATCH);
        }
    }

    /** The whole object, when the last chunk is there. */
    Payload payload() {
        NodeValue whole = NodeValue.binary(ByteString.of(octets.toByteArray()));
        NodeValue value = text ? whole.asText().map(NodeValue::text).orElse(whole) : whole;
        return new Payload(first.format(), first.type(), Optional.of(Data.of(value)));
    }
}
