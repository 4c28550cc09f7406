// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Header of a message.
 *
 * @param sessionId one to four characters, upper-case hexadecimal
 * @param msgId number of the message in its session, from 1, for each side its own
 * @param target whom the message is for
 * @param source whom it comes from
 * @param respUri where the next message of the session is to be sent
 * @param noResp true if no answer is wanted; DM does not use it
 */
public record SyncHdr(
        String verDtd,
        String verProto,
        String sessionId,
        String msgId,
        Location target,
        Location source,
        Optional<String> respUri,
        boolean noResp,
        Optional<Cred> cred,
        Optional<Meta> meta) {
    public static final String VER_DTD = "1.2";
    public static final String VER_PROTO = "DM/1.2";

    public SyncHdr {
        requireNonNull(sessionId, "sessionId");
        requireNonNull(msgId, "msgId");
        requireNonNull(target, "target");
        requireNonNull(source, "source");
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.verDtd = verDtd;
        builder.verProto = verProto;
        builder.sessionId = sessionId;
        builder.msgId = msgId;
        builder.target = target;
        builder.source = source;
        builder.respUri = respUri;
        builder.noResp = noResp;
        builder.cred = cred;
        builder.meta = meta;
        return builder;
    }

    /** Collects the parts of a header. Session, message, target and source are mandatory. */
    public static final class Builder {
        private String verDtd = VER_DTD;
        private String verProto = VER_PROTO;
        private String sessionId;
        private String msgId;
        private Location target;
        private Location source;
        private Optional<String> respUri = Optional.empty();
        private boolean noResp;
        private Optional<Cred> cred = Optional.empty();
        private Optional<Meta> meta = Optional.empty();

        private Builder() {}

        public Builder verDtd(String value) {
            verDtd = value;
            return this;
        }

        public Builder verProto(String value) {
            verProto = value;
            return this;
        }

        public Builder sessionId(String value) {
            sessionId = value;
            return this;
        }

        public Builder msgId(String value) {
            msgId = value;
            return this;
        }

        public Builder msgId(int value) {
            return msgId(Integer.toString(value));
        }

        public Builder target(Location value) {
            target = value;
            return this;
        }

        public Builder source(Location value) {
            source = value;
            return this;
        }

        public Builder respUri(String value) {
            respUri = Optional.of(value);
            return this;
        }

        public Builder noResp(boolean value) {
            noResp = value;
            return this;
        }

        public Builder cred(Cred value) {
            cred = Optional.of(value);
            return this;
        }

        public Builder meta(Meta value) {
            meta = Optional.of(value);
            return this;
        }

        public SyncHdr build() {
            return new SyncHdr(verDtd, verProto, sessionId, msgId, target, source, respUri, noResp, cred, meta);
        }
    }
}
