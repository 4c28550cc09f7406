// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;

/**
 * Meta-information on credentials, challenges, commands, items and messages. SyncML Meta-Information 1.2.
 *
 * @param format encoding of the data: {@code chr} where it is absent
 * @param type media type of the data: {@code text/plain} where it is absent; type of credentials, of an alert
 * @param mark importance of a generic alert
 * @param size octets of the whole object, in the first chunk of a large object
 * @param nextNonce nonce of the next credentials, in Base64
 * @param maxMsgSize octets of the largest message that the sender accepts
 * @param maxObjSize octets of the largest object that the sender accepts
 */
public record Meta(
        Optional<String> format,
        Optional<String> type,
        Optional<String> mark,
        Optional<Long> size,
        Optional<Anchor> anchor,
        Optional<String> version,
        Optional<String> nextNonce,
        Optional<Long> maxMsgSize,
        Optional<Long> maxObjSize,
        List<String> emi,
        Optional<Mem> mem) {
    public Meta {
        emi = List.copyOf(emi);
    }

    /** Synchronisation anchors, kept for completeness: DM does not use them. */
    public record Anchor(Optional<String> last, String next) {}

    /** Free memory, kept for completeness: DM does not use it. */
    public record Mem(boolean shared, long freeMem, long freeId) {}

    /** A Meta with format and type only. */
    public static Meta of(Format format, String type) {
        return builder().format(format).type(type).build();
    }

    public static Meta of(Format format) {
        return builder().format(format).build();
    }

    /** A nonce is shown to nobody: with a digest that was overheard it is what a search for the password needs. */
    @Override
    public String toString() {
        return "Meta[format=" + format + ", type=" + type + ", size=" + size + ", mark=" + mark + ", maxMsgSize="
                + maxMsgSize + ", maxObjSize=" + maxObjSize + (nextNonce.isPresent() ? ", nextNonce=***" : "") + "]";
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.format = format;
        builder.type = type;
        builder.mark = mark;
        builder.size = size;
        builder.anchor = anchor;
        builder.version = version;
        builder.nextNonce = nextNonce;
        builder.maxMsgSize = maxMsgSize;
        builder.maxObjSize = maxObjSize;
        builder.emi = emi;
        builder.mem = mem;
        return builder;
    }

    /** Collects the parts of a Meta. */
    public static final class Builder {
        private Optional<String> format = Optional.empty();
        private Optional<String> type = Optional.empty();
        private Optional<String> mark = Optional.empty();
        private Optional<Long> size = Optional.empty();
        private Optional<Anchor> anchor = Optional.empty();
        private Optional<String> version = Optional.empty();
        private Optional<String> nextNonce = Optional.empty();
        private Optional<Long> maxMsgSize = Optional.empty();
        private Optional<Long> maxObjSize = Optional.empty();
        private List<String> emi = List.of();
        private Optional<Mem> mem = Optional.empty();

        private Builder() {}

        public Builder format(String value) {
            format = Optional.of(value);
            return this;
        }

        public Builder format(Format value) {
            return format(value.text());
        }

        public Builder type(String value) {
            type = Optional.of(value);
            return this;
        }

        public Builder mark(String value) {
            mark = Optional.of(value);
            return this;
        }

        public Builder size(long value) {
            size = Optional.of(value);
            return this;
        }

        public Builder anchor(Anchor value) {
            anchor = Optional.of(value);
            return this;
        }

        public Builder version(String value) {
            version = Optional.of(value);
            return this;
        }

        public Builder nextNonce(String value) {
            nextNonce = Optional.of(value);
            return this;
        }

        public Builder maxMsgSize(long value) {
            maxMsgSize = Optional.of(value);
            return this;
        }

        public Builder maxObjSize(long value) {
            maxObjSize = Optional.of(value);
            return this;
        }

        public Builder emi(List<String> value) {
            emi = value;
            return this;
        }

        public Builder mem(Mem value) {
            mem = Optional.of(value);
            return this;
        }

        public Meta build() {
            return new Meta(format, type, mark, size, anchor, version, nextNonce, maxMsgSize, maxObjSize, emi, mem);
        }
    }
}
