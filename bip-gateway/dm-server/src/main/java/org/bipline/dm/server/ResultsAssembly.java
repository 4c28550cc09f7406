// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;

/** The value of one Get as its Results bring it, whole or in chunks. OMA DM Protocol, Large Object Handling. */
final class ResultsAssembly {
    private final String uri;
    private final long maxSize;
    private final boolean xml;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean begun;
    private boolean tooLarge;
    private boolean binary;
    private Optional<String> format = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Optional<Long> size = Optional.empty();
    private Optional<NodeResult> result = Optional.empty();

    /** @param maxSize octets of the largest value that the server accepts */
    ResultsAssembly(String uri, long maxSize, boolean xml) {
        this.uri = uri;
        this.maxSize = maxSize;
        this.xml = xml;
    }

    /** True if a chunk came that was not the last. */
    boolean isOpen() {
        return begun && result.isEmpty();
    }

    Optional<NodeResult> result() {
        return result;
    }

    /**
     * Takes the item of one Results.
     *
     * @return the status that the client has to be told, if there is one: 213 for a chunk that was not the last, 413,
     *     424; none for a value that is complete
     */
    Optional<StatusCode> take(Command.Results results, Item item) {
        if (!begun) {
            format = first(item.meta(), results.meta(), Meta::format);
            type = first(item.meta(), results.meta(), Meta::type);
            size = first(item.meta(), results.meta(), Meta::size);
            binary = false;
            octets.reset();
        }
        Optional<NodeValue> data = item.data().flatMap(d -> d.asValue());
        binary |= data.filter(NodeValue.Binary.class::isInstance).isPresent();
        octets.writeBytes(data.map(v -> v.octets().toByteArray()).orElse(new byte[0]));
        tooLarge |= octets.size() > maxSize;
        if (tooLarge) { // and so is whatever chunk still comes
            begun = false;
            return Optional.of(StatusCode.REQUEST_ENTITY_TOO_LARGE);
        }
        if (item.moreData()) {
            begun = true;
            return Optional.of(StatusCode.CHUNKED_ITEM_ACCEPTED);
        }
        boolean chunked = begun;
        begun = false;
        // The first of several chunks must tell the size; on a value in one piece it is an extra.
        if ((chunked && size.isEmpty()) || size.filter(n -> n != octets.size()).isPresent()) {
            return Optional.of(StatusCode.SIZE_MISMATCH);
        }
        String known = format.orElse(Format.CHR.text());
        if (xml && !binary && known.equals(Format.B64.text())) { // of what format bin can be in XML
            known = Format.BIN.text();
        }
        result = Optional.of(new NodeResult(uri, known, type, Optional.of(value(known)), StatusCode.OK));
        return Optional.empty();
    }

    private static <T> Optional<T> first(
            Optional<Meta> item, Optional<Meta> command, Function<Meta, Optional<T>> part) {
        return item.flatMap(part).or(() -> command.flatMap(part));
    }

    private NodeValue value(String known) {
        byte[] bytes = octets.toByteArray();
        if (xml && !binary && known.equals(Format.BIN.text())) {
            try {
                return NodeValue.binary(ByteString.of(Base64.getMimeDecoder().decode(bytes)));
            } catch (IllegalArgumentException e) { // the client named a format that is not the data's: keep the data
                return NodeValue.binary(ByteString.of(bytes));
            }
        }
        NodeValue value = NodeValue.binary(ByteString.of(bytes));
        boolean text = !known.equals(Format.BIN.text());
        return text ? value.asText().map(NodeValue::text).orElse(value) : value;
    }
}
