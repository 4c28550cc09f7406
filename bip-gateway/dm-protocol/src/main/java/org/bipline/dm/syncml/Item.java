// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;

/**
 * What a command is about, or a result.
 *
 * @param moreData true if the data go on in the next item for the same node: a chunk of a large object that is not the last
 */
public record Item(
        Optional<Location> target,
        Optional<Location> source,
        Optional<Meta> meta,
        Optional<Data> data,
        boolean moreData) {
    /** An item without any part, as user interaction alerts have them. */
    public static final Item EMPTY = builder().build();

    /** An item that names a node only. */
    public static Item target(String uri) {
        return builder().target(uri).build();
    }

    /** An item that holds text only. */
    public static Item text(String text) {
        return builder().data(Data.text(text)).build();
    }

    /** URI of the target, if there is one. */
    public Optional<String> targetUri() {
        return target.map(Location::uri);
    }

    public Optional<String> sourceUri() {
        return source.map(Location::uri);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of an item. */
    public static final class Builder {
        private Optional<Location> target = Optional.empty();
        private Optional<Location> source = Optional.empty();
        private Optional<Meta> meta = Optional.empty();
        private Optional<Data> data = Optional.empty();
        private boolean moreData;

        private Builder() {}

        public Builder target(String uri) {
            return target(Location.of(uri));
        }

        public Builder target(Location location) {
            target = Optional.of(location);
            return this;
        }

        public Builder source(String uri) {
            return source(Location.of(uri));
        }

        public Builder source(Location location) {
            source = Optional.of(location);
            return this;
        }

        public Builder meta(Meta value) {
            meta = Optional.of(value);
            return this;
        }

        public Builder data(Data value) {
            data = Optional.of(value);
            return this;
        }

        public Builder data(NodeValue value) {
            return data(Data.of(value));
        }

        public Builder data(String text) {
            return data(Data.text(text));
        }

        public Builder data(ByteString octets) {
            return data(Data.binary(octets));
        }

        public Builder moreData(boolean more) {
            moreData = more;
            return this;
        }

        public Item build() {
            return new Item(target, source, meta, data, moreData);
        }
    }
}
