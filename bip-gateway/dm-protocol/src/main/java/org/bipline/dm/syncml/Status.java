// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Outcome of a command, or of the header, of an earlier message.
 *
 * @param msgRef MsgID of the message answered
 * @param cmdRef CmdID of the command answered, 0 for the header
 * @param cmd name of the command answered
 */
public record Status(
        String cmdId,
        String msgRef,
        String cmdRef,
        String cmd,
        List<String> targetRefs,
        List<String> sourceRefs,
        Optional<Cred> cred,
        Optional<Chal> chal,
        StatusCode code,
        List<Item> items)
        implements Command {
    /** What cmd says in the answer to a header. */
    public static final String SYNC_HDR = "SyncHdr";

    public Status {
        requireNonNull(cmdId, "cmdId");
        requireNonNull(msgRef, "msgRef");
        requireNonNull(cmdRef, "cmdRef");
        requireNonNull(cmd, "cmd");
        requireNonNull(code, "code");
        targetRefs = List.copyOf(targetRefs);
        sourceRefs = List.copyOf(sourceRefs);
        items = List.copyOf(items);
    }

    @Override
    public String name() {
        return "Status";
    }

    /** True for the answer to a header. */
    public boolean isForHeader() {
        return cmdRef.equals("0");
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.cmdId = cmdId;
        builder.msgRef = msgRef;
        builder.cmdRef = cmdRef;
        builder.cmd = cmd;
        builder.targetRefs = targetRefs;
        builder.sourceRefs = sourceRefs;
        builder.cred = cred;
        builder.chal = chal;
        builder.code = code;
        builder.items = items;
        return builder;
    }

    /** Collects the parts of a Status. References, command and code are mandatory. */
    public static final class Builder {
        private String cmdId;
        private String msgRef;
        private String cmdRef;
        private String cmd;
        private List<String> targetRefs = List.of();
        private List<String> sourceRefs = List.of();
        private Optional<Cred> cred = Optional.empty();
        private Optional<Chal> chal = Optional.empty();
        private StatusCode code;
        private List<Item> items = List.of();

        private Builder() {}

        public Builder cmdId(String value) {
            cmdId = value;
            return this;
        }

        public Builder msgRef(String value) {
            msgRef = value;
            return this;
        }

        public Builder cmdRef(String value) {
            cmdRef = value;
            return this;
        }

        public Builder cmd(String value) {
            cmd = value;
            return this;
        }

        public Builder targetRefs(List<String> value) {
            targetRefs = value;
            return this;
        }

        public Builder sourceRefs(List<String> value) {
            sourceRefs = value;
            return this;
        }

        public Builder cred(Cred value) {
            cred = Optional.of(value);
            return this;
        }

        public Builder chal(Chal value) {
            chal = Optional.of(value);
            return this;
        }

        public Builder code(StatusCode value) {
            code = value;
            return this;
        }

        public Builder items(List<Item> value) {
            items = value;
            return this;
        }

        public Status build() {
            return new Status(cmdId, msgRef, cmdRef, cmd, targetRefs, sourceRefs, cred, chal, code, items);
        }
    }
}
