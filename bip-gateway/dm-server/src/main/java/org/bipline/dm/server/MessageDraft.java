// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayList;
import java.util.List;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Cred;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;

/** A message of the server in the making: what is in it, and whether more fits. */
final class MessageDraft {
    private SyncHdr header;
    private final SyncMlCodec codec;
    private final long maxSize;
    private final List<Command> commands = new ArrayList<>();
    private int cmdIds;
    private boolean last = true;

    /** @param maxSize octets of the largest message that the client accepts */
    MessageDraft(SyncHdr header, SyncMlCodec codec, long maxSize) {
        this.header = header;
        this.codec = codec;
        this.maxSize = maxSize;
    }

    /** Credentials go in when the client's message is read: its nonce is the one to use. */
    void credentials(Cred cred) {
        header = header.toBuilder().cred(cred).build();
    }

    String msgId() {
        return header.msgId();
    }

    boolean isXml() {
        return codec == SyncMlCodec.XML;
    }

    long maxSize() {
        return maxSize;
    }

    /** The next identifier of a command. */
    String nextCmdId() {
        return Integer.toString(++cmdIds);
    }

    /** Gives back the identifiers after {@code mark}, which were drawn for commands that did not fit. */
    void resetCmdIds(int mark) {
        cmdIds = mark;
    }

    int cmdIdMark() {
        return cmdIds;
    }

    void add(Command command) {
        commands.add(command);
    }

    void addStatus(SyncHdr request, String cmdRef, String cmd, StatusCode code) {
        add(Status.builder()
                .cmdId(nextCmdId())
                .msgRef(request.msgId())
                .cmdRef(cmdRef)
                .cmd(cmd)
                .code(code)
                .build());
    }

    /** More messages of this package follow: no Final. */
    void notLast() {
        last = false;
    }

    /** Octets by which the message exceeds the client's limit with these commands in it; 0 or less if they fit. */
    long excess(List<Command> more) {
        List<Command> all = new ArrayList<>(commands);
        all.addAll(more);
        return codec.encode(message(all)).length - maxSize;
    }

    SyncMl message() {
        return message(commands);
    }

    private SyncMl message(List<Command> all) {
        return new SyncMl(header, new SyncBody(all, last));
    }
}
