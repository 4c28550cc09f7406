// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.syncml.Chal;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.SyncMlException;

/** A server that says what a test tells it to, one list of commands for each message of the client, and then nothing more. */
final class ScriptedServer implements DmTransport {
    /**
     * What one message of the server says.
     *
     * @param header code of the Status for the client's header
     */
    record Turn(StatusCode header, Optional<Chal> chal, List<Command> commands, boolean last) {
        Turn(StatusCode header, Command... commands) {
            this(header, Optional.empty(), List.of(commands), true);
        }
    }

    private final SyncMlCodec codec;
    private final Deque<Turn> script = new ArrayDeque<>();
    private final List<SyncMl> received = new ArrayList<>();
    private final List<Message> raw = new ArrayList<>();
    private Meta limits = Meta.builder().maxMsgSize(16_384).build();
    private Optional<Credentials> mac = Optional.empty();
    private ByteString macNonce = ByteString.EMPTY;

    ScriptedServer(SyncMlCodec codec) {
        this.codec = codec;
    }

    /** Adds a message that accepts the client's credentials for the session. */
    ScriptedServer says(Command... commands) {
        return turn(new Turn(StatusCode.AUTHENTICATION_ACCEPTED, commands));
    }

    ScriptedServer turn(Turn turn) {
        script.add(turn);
        return this;
    }

    ScriptedServer maxMsgSize(long octets) {
        limits = limits.toBuilder().maxMsgSize(octets).build();
        return this;
    }

    ScriptedServer maxObjSize(long octets) {
        limits = limits.toBuilder().maxObjSize(octets).build();
        return this;
    }

    /** The server proves its messages by x-syncml-hmac, with a nonce that each Chal of the client renews. */
    ScriptedServer provesBy(Credentials credentials, ByteString firstNonce) {
        mac = Optional.of(credentials);
        macNonce = firstNonce;
        return this;
    }

    List<SyncMl> received() {
        return received;
    }

    List<Message> raw() {
        return raw;
    }

    @Override
    public Message post(String uri, Message message) throws IOException {
        try {
            SyncMl request = codec.decode(message.body().toByteArray());
            received.add(request);
            raw.add(message);
            request.body().commands().stream()
                    .filter(Status.class::isInstance)
                    .flatMap(status -> ((Status) status).chal().stream())
                    .flatMap(chal -> AuthType.nonce(chal).stream())
                    .forEach(nonce -> macNonce = nonce);
            Turn turn = script.isEmpty() ? new Turn(StatusCode.AUTHENTICATION_ACCEPTED) : script.removeFirst();
            byte[] body = codec.encode(answer(request.header(), turn));
            return new Message(
                    codec.mediaType(),
                    mac.map(credentials -> credentials.mac(macNonce, body)).map(MacHeader::value),
                    ByteString.of(body));
        } catch (SyncMlException e) {
            throw new IOException(e);
        }
    }

    private SyncMl answer(SyncHdr request, Turn turn) {
        SyncHdr header = SyncHdr.builder()
                .sessionId(request.sessionId())
                .msgId(received.size())
                .target(request.source())
                .source(Location.of(request.target().uri(), "server"))
                .meta(limits)
                .build();
        Status.Builder status = Status.builder()
                .cmdId("1")
                .msgRef(request.msgId())
                .cmdRef("0")
                .cmd(Status.SYNC_HDR)
                .code(turn.header());
        turn.chal().ifPresent(status::chal);
        List<Command> commands = new ArrayList<>(List.of(status.build()));
        commands.addAll(turn.commands());
        return new SyncMl(header, new SyncBody(commands, turn.last()));
    }

    /** Statuses of the client for commands of the server's message, as {@code CmdRef code} in their order. */
    List<String> statuses(int message) {
        return received.stream()
                .flatMap(answer -> answer.body().commands().stream())
                .filter(Status.class::isInstance)
                .map(Status.class::cast)
                .filter(status -> status.msgRef().equals(Integer.toString(message)) && !status.isForHeader())
                .map(status -> status.cmdRef() + " " + status.code().number())
                .toList();
    }

    List<Item> results() {
        return received.stream()
                .flatMap(answer -> answer.body().commands().stream())
                .filter(Command.Results.class::isInstance)
                .flatMap(results -> ((Command.Results) results).items().stream())
                .toList();
    }

    List<Command.Alert> alerts() {
        return received.stream()
                .flatMap(answer -> answer.body().commands().stream())
                .filter(Command.Alert.class::isInstance)
                .map(Command.Alert.class::cast)
                .toList();
    }
}
