// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.tnds.Tnds;

/**
 * The values of one Get as its Results bring them, or of a generic alert: each whole or in chunks. OMA DM Protocol, Large Object
 * Handling. A Get of a list ({@code ?list=}) brings several, each with the URI of its node; TNDS as elements becomes an object in WBXML.
 */
final class ResultsAssembly {
    private final String uri;
    private final long maxSize;
    private final boolean xml;
    private final List<NodeResult> results = new ArrayList<>();
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean begun;
    private boolean tooLarge;
    private boolean binary;
    private boolean absent;
    private Optional<String> format = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Optional<Long> size = Optional.empty();

    /** @param maxSize octets of the largest value that the server accepts, and of all values of one Get together */
    ResultsAssembly(String uri, long maxSize, boolean xml) {
        this.uri = uri;
        this.maxSize = maxSize;
        this.xml = xml;
    }

    String uri() {
        return uri;
    }

    /** True if a chunk came that was not the last. */
    boolean isOpen() {
        return begun;
    }

    /** The values that are complete. */
    List<NodeResult> results() {
        return results;
    }

    /**
     * Takes one item.
     *
     * @param commandMeta what the command says for items that have no meta-information of their own
     * @return the status that the client has to be told, if there is one: 213 for a chunk that was not the last, 413,
     *     424; none for a value that is complete
     */
    Optional<StatusCode> take(Optional<Meta> commandMeta, Item item) {
        if (!begun) {
            format = first(item.meta(), commandMeta, Meta::format);
            type = first(item.meta(), commandMeta, Meta::type);
            size = first(item.meta(), commandMeta, Meta::size);
            binary = false;
            octets.reset();
        }
        absent = item.data().isEmpty();
        Optional<NodeValue> data = item.data().map(ResultsAssembly::value);
        binary |= data.filter(NodeValue.Binary.class::isInstance).isPresent();
        octets.writeBytes(data.map(v -> v.octets().toByteArray()).orElse(new byte[0]));
        tooLarge |= octets.size() > maxSize - taken();
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
        boolean list = uri.contains("?list=");
        String of = list ? item.sourceUri().orElse(uri) : uri;
        Optional<NodeValue> value = list && absent ? Optional.empty() : Optional.of(value(known));
        results.add(new NodeResult(of, known, type, value, StatusCode.OK));
        return Optional.empty();
    }

    private long taken() {
        return results.stream()
                .mapToLong(result ->
                        result.value().map(value -> value.octets().length()).orElse(0))
                .sum();
    }

    private static NodeValue value(Data data) {
        return switch (data) {
            case Data.Value value -> value.value();
            case Data.Tree tree -> NodeValue.binary(Tnds.toWbxml(tree.tree()));
        };
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
