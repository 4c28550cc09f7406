// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.syncml.AlertCode;
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

/** A DM client with a tree, strict about what a server may send it; its faults are switched on by the tests. */
final class TestClient {
    /** Thrown by a hook to stop the client in the middle. */
    static final class LinkLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final String id;
    final Credentials credentials;
    final Credentials serverCredentials;
    private final TestTree nodes = new TestTree();
    final TreeMap<String, TestTree.Leaf> tree = nodes.nodes;
    final TreeMap<String, String> properties = nodes.properties;
    final Set<String> refusedUris = nodes.refusedUris;
    final List<SyncMl> received = new ArrayList<>();
    final List<SyncMl> sentMessages = new ArrayList<>();
    final List<String> executed = new ArrayList<>();

    /** What the user of the device says to an alert. */
    record UserAnswer(StatusCode code, List<String> texts) {
        static UserAnswer of(int code, String... texts) {
            return new UserAnswer(new StatusCode(code), List.of(texts));
        }
    }

    Function<Command.Alert, UserAnswer> user = alert -> UserAnswer.of(200);

    AuthType authType = AuthType.MD5;
    boolean sendsCredentials = true;
    boolean demandsServerCredentials = true;
    StatusCode acceptance = StatusCode.AUTHENTICATION_ACCEPTED;
    ByteString nonce = ByteString.EMPTY;
    ByteString serverNonce = ByteString.EMPTY;
    SyncMlCodec codec = SyncMlCodec.WBXML;
    long maxMsgSize = 1536;
    Optional<Long> maxObjSize = Optional.of(24576L);
    int sendLimit = 1536;
    String sessionId = "1";
    Function<Command, Optional<StatusCode>> refusal = command -> Optional.empty();
    UnaryOperator<SyncMl> beforeSending = message -> message;
    UnaryOperator<DmRequest> onTheWay = request -> request;
    AuthType challengeType = AuthType.MD5;
    boolean asksServerForMac;
    boolean challengesEmptyPackages;
    int lastHttpStatus;

    private final Function<DmRequest, DmResponse> server;
    private int msgId;
    private int cmdId;
    private int nonces;
    private boolean serverProven;
    private boolean clientProven;
    private Optional<MacHeader> serverMac = Optional.empty();
    private boolean serverPackageOpen;
    private final Deque<Command> outbox = new ArrayDeque<>();

    TestClient(Function<DmRequest, DmResponse> server, String id, Credentials own, Credentials servers) {
        this.server = server;
        this.id = id;
        credentials = own;
        serverCredentials = servers;
    }

    /** Runs a whole session; true if the client was authenticated and the server ended it. */
    boolean runSession() {
        msgId = 0;
        serverProven = false;
        clientProven = false;
        serverPackageOpen = false;
        nodes.forgetChunks();
        outbox.clear();
        int tries = 0;
        boolean withCredentials = sendsCredentials;
        while (true) {
            cmdId = 0;
            List<Command> package1 = new ArrayList<>(outbox);
            outbox.clear();
            package1.add(Command.Alert.of(next(), AlertCode.CLIENT_INITIATED));
            package1.add(Command.Replace.of(
                    next(),
                    Item.builder().source("./DevInfo/DevId").data(id).build(),
                    Item.builder().source("./DevInfo/Man").data("Bipline").build()));
            SyncMl answer = exchange(package1, true, withCredentials);
            StatusCode code = headerStatus(answer).code();
            headerStatus(answer).chal().flatMap(AuthType::nonce).ifPresent(value -> nonce = value);
            if (code.equals(StatusCode.UNAUTHORIZED) || code.equals(StatusCode.AUTHENTICATION_REQUIRED)) {
                if (++tries > 2) {
                    return false;
                }
                withCredentials = sendsCredentials || tries == 1;
                cmdId = 0;
                outbox.add(status(answer, "0", Status.SYNC_HDR, StatusCode.OK));
                continue;
            }
            if (!code.equals(StatusCode.AUTHENTICATION_ACCEPTED) && !code.equals(StatusCode.OK)) {
                return false;
            }
            clientProven = true;
            return management(answer);
        }
    }

    private boolean management(SyncMl first) {
        SyncMl message = first;
        int refusals = 0;
        while (true) {
            cmdId = 0;
            if (outbox.isEmpty()) {
                boolean work = message.body().commands().stream().anyMatch(command -> !(command instanceof Status));
                StatusCode judgement = judgeServer(message);
                boolean trusted = judgement.isSuccess();
                if (!work && (trusted || !challengesEmptyPackages)) {
                    return true;
                }
                if (!trusted && ++refusals > 2) {
                    return false;
                }
                serverPackageOpen = !message.body().last();
                Status header = status(message, "0", Status.SYNC_HDR, judgement);
                if (serverCredentials != null) {
                    header = header.toBuilder().chal(challenge()).build();
                }
                outbox.add(header);
                for (Command command : message.body().commands()) {
                    if (!(command instanceof Status)) {
                        perform(message, command, trusted ? Optional.empty() : Optional.of(judgement));
                    }
                }
            } else {
                outbox.addFirst(status(message, "0", Status.SYNC_HDR, StatusCode.OK));
            }
            List<Command> batch = takeBatch();
            message = exchange(batch, outbox.isEmpty() && !serverPackageOpen, false);
        }
    }

    private StatusCode judgeServer(SyncMl message) {
        if (authType == AuthType.MAC || asksServerForMac) {
            return serverMac.isPresent() ? StatusCode.OK : StatusCode.UNAUTHORIZED;
        }
        if (!demandsServerCredentials || serverProven) {
            return serverProven ? StatusCode.OK : acceptance;
        }
        var cred = message.header().cred();
        if (cred.isEmpty()) {
            return StatusCode.AUTHENTICATION_REQUIRED;
        }
        if (!serverCredentials.verify(cred.get(), serverNonce)) {
            return StatusCode.UNAUTHORIZED;
        }
        serverProven = acceptance.equals(StatusCode.AUTHENTICATION_ACCEPTED);
        return acceptance;
    }

    private Chal challenge() {
        serverNonce = ByteString.utf8("client nonce " + ++nonces);
        return (asksServerForMac ? AuthType.MAC : challengeType).challenge(serverNonce);
    }

    private void perform(SyncMl message, Command command, Optional<StatusCode> refused) {
        if (command instanceof Command.Container container) {
            performAll(message, container, refused);
            return;
        }
        if (command instanceof Command.Alert alert && refused.isEmpty()) {
            UserAnswer answer = user.apply(alert);
            outbox.add(status(message, command.cmdId(), command.name(), answer.code()).toBuilder()
                    .items(answer.texts().stream().map(Item::text).toList())
                    .build());
            return;
        }
        Command.OnItems onItems = (Command.OnItems) command;
        Optional<Command.Results> results = Optional.empty();
        StatusCode code = refused.or(() -> refusal.apply(command)).orElse(null);
        if (code == null) {
            Item item = onItems.items().isEmpty() ? Item.EMPTY : onItems.items().get(0);
            code = switch (command) {
                case Command.Add add -> nodes.store(add, item, codec);
                case Command.Replace replace -> nodes.store(replace, item, codec);
                case Command.Delete delete -> nodes.delete(item.targetUri().orElseThrow());
                case Command.Get get ->
                    nodes.exists(item.targetUri().orElseThrow()) ? StatusCode.OK : StatusCode.NOT_FOUND;
                case Command.Copy copy -> nodes.copy(item);
                case Command.Exec exec -> {
                    executed.add(item.targetUri().orElseThrow()
                            + exec.correlator().map(mark -> " " + mark).orElse(""));
                    yield StatusCode.OK;
                }
                default -> StatusCode.OK;
            };
            if (command instanceof Command.Get && code.isSuccess()) {
                results = Optional.of(Command.Results.of(
                        next(),
                        message.header().msgId(),
                        command.cmdId(),
                        nodes.read(item.targetUri().orElseThrow(), codec)));
            }
        } else {
            nodes.forgetChunks();
        }
        outbox.add(status(message, command.cmdId(), command.name(), code));
        results.ifPresent(outbox::add);
    }

    /** In order, up to the first that fails; what follows it is 215, and an Atomic then leaves the tree as it was. */
    private void performAll(SyncMl message, Command.Container container, Optional<StatusCode> refused) {
        StatusCode own = refused.or(() -> refusal.apply(container)).orElse(StatusCode.OK);
        List<Command> before = List.copyOf(outbox);
        TreeMap<String, TestTree.Leaf> old = new TreeMap<>(tree);
        outbox.clear();
        boolean failed = false;
        for (Command inner : own.isSuccess() ? container.commands() : List.<Command>of()) {
            if (failed) {
                outbox.add(status(message, inner.cmdId(), inner.name(), StatusCode.NOT_EXECUTED));
            } else {
                perform(message, inner, refused);
                failed = outbox.stream()
                        .anyMatch(c -> c instanceof Status s && !s.code().isSuccess());
            }
        }
        if (failed && container instanceof Command.Atomic) {
            tree.clear();
            tree.putAll(old);
            own = StatusCode.ATOMIC_FAILED;
        }
        outbox.addFirst(status(message, container.cmdId(), container.name(), own));
        for (int i = before.size() - 1; i >= 0; i--) {
            outbox.addFirst(before.get(i));
        }
    }

    /** As many commands as the limit allows; a result that alone is too long goes in chunks. */
    private List<Command> takeBatch() {
        List<Command> batch = new ArrayList<>();
        while (!outbox.isEmpty()) {
            batch.add(outbox.peek());
            if (size(batch) <= sendLimit) {
                outbox.remove();
                continue;
            }
            batch.remove(batch.size() - 1);
            if (outbox.peek() instanceof Command.Results large && size(List.of(large)) > sendLimit) {
                outbox.remove();
                split(large);
                batch.add(outbox.remove());
            }
            break;
        }
        return batch;
    }

    private void split(Command.Results large) {
        Item item = large.items().get(0);
        NodeValue value = item.data().orElseThrow().asValue().orElseThrow();
        List<NodeValue> parts = new ArrayList<>();
        int step = sendLimit / 8; // characters of up to three octets, and the rest of the message
        if (value instanceof NodeValue.Text text) {
            for (int at = 0; at < text.text().length(); at += step) {
                parts.add(NodeValue.text(text.text()
                        .substring(at, Math.min(at + step, text.text().length()))));
            }
        } else {
            for (int at = 0; at < value.octets().length(); at += step) {
                parts.add(NodeValue.binary(value.octets()
                        .slice(at, Math.min(at + step, value.octets().length()))));
            }
        }
        List<Command> chunks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Meta.Builder meta = item.meta().orElseThrow().toBuilder();
            Item chunk = Item.builder()
                    .source(item.source().orElseThrow())
                    .data(parts.get(i))
                    .moreData(i + 1 < parts.size())
                    .meta(i == 0 ? meta.size(value.octets().length()).build() : meta.build())
                    .build();
            chunks.add(Command.Results.of(large.cmdId(), large.msgRef().orElseThrow(), large.cmdRef(), chunk));
        }
        for (int i = chunks.size() - 1; i >= 0; i--) {
            outbox.addFirst(chunks.get(i));
        }
    }

    private int size(List<Command> commands) {
        return codec.encode(new SyncMl(header(false).build(), new SyncBody(commands, true))).length;
    }

    private SyncHdr.Builder header(boolean withCredentials) {
        SyncHdr.Builder header = SyncHdr.builder()
                .sessionId(sessionId)
                .msgId(msgId)
                .target(Location.of("http://dm.example"))
                .source(Location.of(id, credentials.userName()));
        Meta.Builder meta = Meta.builder().maxMsgSize(maxMsgSize);
        maxObjSize.ifPresent(meta::maxObjSize);
        header.meta(meta.build());
        if (withCredentials && authType != AuthType.MAC) {
            header.cred(credentials.cred(authType, nonce));
        }
        return header;
    }

    private SyncMl exchange(List<Command> commands, boolean last, boolean withCredentials) {
        msgId++;
        if (msgId > 500) {
            throw new AssertionError("the session does not end; last messages: "
                    + received.subList(received.size() - 3, received.size()));
        }
        SyncMl message = beforeSending.apply(new SyncMl(header(withCredentials).build(), new SyncBody(commands, last)));
        sentMessages.add(message);
        ByteString body = ByteString.of(codec.encode(message));
        DmRequest request = DmRequest.of(codec.mediaType(), body, "test");
        if (authType == AuthType.MAC && (withCredentials || clientProven)) {
            request =
                    request.withHmac(credentials.mac(nonce, body.toByteArray()).value());
        }
        DmResponse response = server.apply(onTheWay.apply(request));
        lastHttpStatus = response.status();
        if (response.status() != 200) {
            throw new AssertionError("HTTP " + response.status() + " " + response.body());
        }
        if (response.body().length() > maxMsgSize) {
            throw new AssertionError("message of " + response.body().length() + " octets, limit " + maxMsgSize);
        }
        try {
            SyncMl answer = codec.decode(response.body().toByteArray());
            if (authType == AuthType.MAC) { // a nonce for each message
                headerStatus(answer).chal().flatMap(AuthType::nonce).ifPresent(value -> nonce = value);
            }
            if (serverCredentials != null) {
                serverMac = response.hmac()
                        .flatMap(MacHeader::parse)
                        .filter(mac -> serverCredentials.verify(
                                mac, serverNonce, response.body().toByteArray()));
            }
            received.add(answer);
            return answer;
        } catch (DmDecodingException e) {
            throw new AssertionError("malformed answer", e);
        }
    }

    private static Status headerStatus(SyncMl message) {
        return message.body().commands().stream()
                .filter(Status.class::isInstance)
                .map(Status.class::cast)
                .filter(Status::isForHeader)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Status for the header"));
    }

    private Status status(SyncMl message, String cmdRef, String cmd, StatusCode code) {
        return Status.builder()
                .cmdId(next())
                .msgRef(message.header().msgId())
                .cmdRef(cmdRef)
                .cmd(cmd)
                .code(code)
                .build();
    }

    private String next() {
        return Integer.toString(++cmdId);
    }
}
