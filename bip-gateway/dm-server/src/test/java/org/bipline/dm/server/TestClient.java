// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
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
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.Tnds;

/** A DM client with a tree, strict about what a server may send it; its faults are switched on by the tests. */
final class TestClient {
    record Leaf(Format format, String type, NodeValue value) {}

    private static final String TYPE = "?prop=Type";

    /** Thrown by a hook to stop the client in the middle. */
    static final class LinkLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final String id;
    final Credentials credentials;
    final Credentials serverCredentials;
    final TreeMap<String, Leaf> tree = new TreeMap<>();
    final List<SyncMl> received = new ArrayList<>();
    final List<SyncMl> sentMessages = new ArrayList<>();
    final List<String> executed = new ArrayList<>();

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
    Set<String> refusedUris = new HashSet<>();
    Function<Command, Optional<StatusCode>> refusal = command -> Optional.empty();
    UnaryOperator<SyncMl> beforeSending = message -> message;
    int lastHttpStatus;

    private final Function<DmRequest, DmResponse> server;
    private int msgId;
    private int cmdId;
    private int nonces;
    private boolean serverProven;
    private boolean serverPackageOpen;
    private final Deque<Command> outbox = new ArrayDeque<>();
    private Optional<Chunked> incoming = Optional.empty();

    private record Chunked(String uri, long size, ByteString octets) {}

    TestClient(Function<DmRequest, DmResponse> server, String id, Credentials own, Credentials servers) {
        this.server = server;
        this.id = id;
        credentials = own;
        serverCredentials = servers;
        tree.put(".", new Leaf(Format.NODE, "", NodeValue.text("")));
        tree.put("./MO", new Leaf(Format.NODE, "", NodeValue.text("")));
    }

    /** Runs a whole session; true if the client was authenticated and the server ended it. */
    boolean runSession() {
        msgId = 0;
        serverProven = false;
        serverPackageOpen = false;
        incoming = Optional.empty();
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
                if (!work) {
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
        return AuthType.MD5.challenge(serverNonce);
    }

    private void perform(SyncMl message, Command command, Optional<StatusCode> refused) {
        if (command instanceof Command.Container container) {
            StatusCode own = refused.or(() -> refusal.apply(command)).orElse(StatusCode.OK);
            outbox.add(status(message, command.cmdId(), command.name(), own));
            if (own.isSuccess()) {
                container.commands().forEach(inner -> perform(message, inner, refused));
            }
            return;
        }
        Command.OnItems onItems = (Command.OnItems) command;
        Optional<Command> results = Optional.empty();
        StatusCode code = refused.or(() -> refusal.apply(command)).orElse(null);
        if (code == null) {
            Item item = onItems.items().isEmpty() ? Item.EMPTY : onItems.items().get(0);
            code = switch (command) {
                case Command.Add add -> store(add, item, false);
                case Command.Replace replace -> store(replace, item, true);
                case Command.Delete delete -> delete(item.targetUri().orElseThrow());
                case Command.Get get ->
                    tree.containsKey(withoutProperty(item.targetUri().orElseThrow()))
                            ? StatusCode.OK
                            : StatusCode.NOT_FOUND;
                case Command.Exec exec -> {
                    executed.add(item.targetUri().orElseThrow());
                    yield StatusCode.OK;
                }
                default -> StatusCode.OK;
            };
            if (command instanceof Command.Get && code.isSuccess()) {
                results = Optional.of(results(message, command, item.targetUri().orElseThrow()));
            }
        } else {
            incoming = Optional.empty();
        }
        outbox.add(status(message, command.cmdId(), command.name(), code));
        results.ifPresent(outbox::add);
    }

    private StatusCode store(Command.OnItems command, Item item, boolean replace) {
        String uri = item.targetUri().orElseThrow();
        Meta meta = item.meta().or(command::meta).orElse(Meta.builder().build());
        NodeValue value = item.data().flatMap(data -> data.asValue()).orElse(NodeValue.text(""));
        ByteString octets = value.octets();
        if (item.moreData() || incoming.isPresent()) {
            Chunked so = incoming.orElseGet(() -> new Chunked(uri, meta.size().orElseThrow(), ByteString.EMPTY));
            octets = so.octets().concat(octets);
            if (item.moreData()) {
                incoming = Optional.of(new Chunked(uri, so.size(), octets));
                return StatusCode.CHUNKED_ITEM_ACCEPTED;
            }
            incoming = Optional.empty();
            if (octets.length() != so.size()) {
                return StatusCode.SIZE_MISMATCH;
            }
        }
        if (refusedUris.contains(uri)) {
            return StatusCode.DEVICE_FULL;
        }
        if (!replace && tree.containsKey(uri)) {
            return StatusCode.ALREADY_EXISTS;
        }
        if (replace && !tree.containsKey(uri)) {
            return StatusCode.NOT_FOUND;
        }
        String type = meta.type().orElse("text/plain");
        Format format = meta.format().flatMap(Format::of).orElse(Format.CHR);
        if (type.startsWith("application/vnd.syncml.dmtnds")) {
            try {
                MgmtNode root = (type.endsWith("+xml") ? Tnds.fromXml(octets.toByteArray()) : Tnds.fromWbxml(octets))
                        .nodes()
                        .get(0);
                if (!root.name().isEmpty()) {
                    return StatusCode.BAD_REQUEST;
                }
                delete(uri);
                graft(root, uri);
                return StatusCode.OK;
            } catch (DmDecodingException e) {
                return StatusCode.BAD_REQUEST;
            }
        }
        NodeValue stored = NodeValue.binary(octets);
        if (codec == SyncMlCodec.XML && format == Format.B64) {
            stored = NodeValue.binary(ByteString.of(Base64.getDecoder().decode(octets.toByteArray())));
        } else if (format != Format.BIN) {
            stored = NodeValue.text(new String(octets.toByteArray(), StandardCharsets.UTF_8));
        }
        tree.put(uri, new Leaf(format, type, stored));
        return StatusCode.OK;
    }

    private void graft(MgmtNode node, String uri) {
        tree.put(
                uri,
                new Leaf(
                        node.effectiveFormat(),
                        node.effectiveType().orElse(""),
                        node.value().orElse(NodeValue.text(""))));
        node.children().forEach(child -> graft(child, uri + "/" + child.name()));
    }

    private StatusCode delete(String uri) {
        boolean existed = tree.containsKey(uri);
        tree.keySet().removeIf(key -> key.equals(uri) || key.startsWith(uri + "/"));
        return existed ? StatusCode.OK : StatusCode.NOT_FOUND;
    }

    private static String withoutProperty(String uri) {
        return uri.endsWith(TYPE) ? uri.substring(0, uri.length() - TYPE.length()) : uri;
    }

    private Command results(SyncMl message, Command get, String uri) {
        if (uri.endsWith(TYPE)) {
            Item type = Item.builder()
                    .source(uri)
                    .data(tree.get(withoutProperty(uri)).type())
                    .build();
            return Command.Results.of(next(), message.header().msgId(), get.cmdId(), type);
        }
        Leaf leaf = tree.get(uri);
        Item.Builder item = Item.builder().source(uri);
        Meta.Builder meta = Meta.builder().format(leaf.format());
        if (leaf.format() == Format.NODE) {
            item.data(String.join(
                    "/",
                    tree.keySet().stream()
                            .filter(key -> key.startsWith(uri + "/") && key.indexOf('/', uri.length() + 1) < 0)
                            .map(key -> key.substring(uri.length() + 1))
                            .toList()));
        } else if (codec == SyncMlCodec.XML && leaf.value() instanceof NodeValue.Binary) {
            meta = Meta.builder().format(Format.B64);
            item.data(Base64.getEncoder().encodeToString(leaf.value().octets().toByteArray()));
        } else {
            item.data(leaf.value());
        }
        if (leaf.format() == Format.NODE) {
            meta.type("text/plain"); // of the list
        } else if (!leaf.type().isEmpty()) {
            meta.type(leaf.type());
        }
        return Command.Results.of(
                next(),
                message.header().msgId(),
                get.cmdId(),
                item.meta(meta.build()).build());
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
        if (withCredentials) {
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
        DmResponse response =
                server.apply(DmRequest.of(codec.mediaType(), ByteString.of(codec.encode(message)), "test"));
        lastHttpStatus = response.status();
        if (response.status() != 200) {
            throw new AssertionError("HTTP " + response.status() + " " + response.body());
        }
        if (response.body().length() > maxMsgSize) {
            throw new AssertionError("message of " + response.body().length() + " octets, limit " + maxMsgSize);
        }
        try {
            SyncMl answer = codec.decode(response.body().toByteArray());
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
