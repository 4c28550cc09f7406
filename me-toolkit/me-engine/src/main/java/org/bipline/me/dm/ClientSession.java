// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Chal;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One management session, seen from the client. OMA DM Protocol, packages 1 to 4.
 *
 * <pre>
 * client                                        server
 *   | package 1: Alert 1200 or 1201, Replace DevInfo, alerts 1226
 *   |--------------------------------------------&gt;| Status 401 or 407 with Chal: package 1 again, with other Cred
 *   | package 2: Status, commands                 |
 *   |&lt;--------------------------------------------| Cred wrong or missing: Status 401 or 407 with Chal for every command
 *   | package 3: Status, Results                  |
 *   |--------------------------------------------&gt;|
 *   | package 4: Status and no commands: the end, or commands: package 3 again
 *   |&lt;--------------------------------------------|
 * </pre>
 */
final class ClientSession {
    private static final Logger LOG = LoggerFactory.getLogger(ClientSession.class);
    private static final int MAX_MESSAGES = 10_000;
    private static final List<String> DEV_INFO = List.of("DevId", "Man", "Mod", "DmV", "Lang");

    private final DmClient client;
    private final DmAccount account;
    private final SyncMlCodec codec;
    private final String sessionId;
    private final AlertCode initiation;
    private final List<GenericAlert> alerts;
    private final ClientAuthentication authentication;
    private final CommandRun commands;
    private final Outbox outbox;

    private String address;
    private int sent;
    private boolean sentLast;
    private boolean serverPackageOpen;
    private boolean accepted;
    private long maxMsgSize = Long.MAX_VALUE;
    private SyncHdr lastHeader;

    /** What the client does next. */
    sealed interface Turn {}

    /** Sends a message, to whose answer {@link #answered} gives the next turn. */
    record Sends(String address, DmTransport.Message message) implements Turn {}

    /** Says no more. */
    record Ends(SessionOutcome outcome) implements Turn {}

    /**
     * @param alerts events that the server is told in package 1
     * @param watcher is told what the server does with the tree
     */
    ClientSession(
            DmClient client,
            DmAccount account,
            String sessionId,
            AlertCode initiation,
            List<GenericAlert> alerts,
            TreeWatcher watcher) {
        this.client = client;
        this.account = account;
        this.sessionId = sessionId;
        this.initiation = initiation;
        this.alerts = alerts;
        codec = client.codec();
        address = account.address();
        authentication = new ClientAuthentication(client.tree(), account, client::nonce);
        TreeCommands tree = new TreeCommands(client.tree(), account.serverId(), client.maxObjectSize());
        commands = new CommandRun(
                client, tree, new Listing(tree, codec == SyncMlCodec.XML), account.uri(), account.serverId(), watcher);
        outbox = new Outbox(codec);
    }

    List<ExecHandler.Operation> operations() {
        return commands.accepted();
    }

    /** The whole session over a transport that waits for answers. */
    SessionOutcome run(DmTransport transport) {
        Turn turn = begin();
        while (turn instanceof Sends sends) {
            try {
                turn = answered(transport.post(sends.address(), sends.message()));
            } catch (IOException e) {
                turn = failed(String.valueOf(e.getMessage()));
            }
        }
        return ((Ends) turn).outcome();
    }

    /** Package 1. */
    Turn begin() {
        LOG.info("session {} with {}: started", sessionId, account.serverId());
        client.listener().sessionStarted(account.serverId(), sessionId);
        packageOne();
        return send(List.of());
    }

    /** Takes the server's answer to what was sent last. */
    Turn answered(DmTransport.Message answer) {
        if (sent > MAX_MESSAGES) {
            return ends(SessionOutcome.State.FAILED, "more than " + MAX_MESSAGES + " messages");
        }
        try {
            SyncMl message = SyncMlCodec.of(answer.contentType())
                    .orElse(codec)
                    .decode(answer.body().toByteArray());
            client.listener().messageReceived(account.serverId(), message, answer.body());
            Step step = take(message, answer);
            client.commit();
            if (step.end().isPresent()) {
                return ends(step.end().get());
            }
            if (sent == MAX_MESSAGES) {
                outbox.clear();
                return send(List.of(Command.Alert.of("", AlertCode.SESSION_ABORT)));
            }
            return send(step.first());
        } catch (DmDecodingException e) {
            return failed("malformed message of the server: " + e.getMessage());
        } catch (UncheckedIOException e) {
            return failed(e.getMessage());
        }
    }

    /** No answer comes. */
    Turn failed(String reason) {
        return ends(SessionOutcome.State.FAILED, reason);
    }

    private Turn ends(SessionOutcome.State state, String reason) {
        return ends(end(state, reason));
    }

    private Turn ends(SessionOutcome outcome) {
        LOG.info("session {} with {}: {} {}", sessionId, account.serverId(), outcome.state(), outcome.reason());
        client.listener().sessionEnded(account.serverId(), sessionId, outcome);
        return new Ends(outcome);
    }

    private SessionOutcome end(SessionOutcome.State state, String reason) {
        return new SessionOutcome(state, reason, sent);
    }

    /**
     * What follows from a message of the server.
     *
     * @param end the outcome, if the session is over
     * @param first what goes first in the next message
     */
    private record Step(Optional<SessionOutcome> end, List<Command> first) {
        static Step next(Command... first) {
            return new Step(Optional.empty(), List.of(first));
        }
    }

    private Step over(SessionOutcome.State state, String reason) {
        return new Step(Optional.of(end(state, reason)), List.of());
    }

    private void packageOne() {
        outbox.add(Command.Alert.of("", initiation));
        List<Item> devInfo = new ArrayList<>();
        for (String name : DEV_INFO) {
            String uri = "./DevInfo/" + name;
            client.tree()
                    .text(uri)
                    .ifPresent(text ->
                            devInfo.add(Item.builder().source(uri).data(text).build()));
        }
        outbox.add(Command.Replace.of("", devInfo.toArray(Item[]::new)));
        alerts.forEach(alert -> outbox.add(alert.command()));
    }

    private Turn send(List<Command> first) {
        Optional<SyncMl> message = outbox.next(header(), first, !serverPackageOpen, maxMsgSize);
        if (message.isEmpty()) {
            return failed("the server accepts no message of more than " + maxMsgSize + " octets");
        }
        sent++;
        sentLast = message.get().body().last();
        byte[] body = codec.encode(message.get());
        Optional<String> mac = authentication.mac(body).map(MacHeader::value);
        ByteString bytes = ByteString.of(body);
        LOG.debug("session {}: message {} of {} octets", sessionId, sent, body.length);
        client.listener().messageSent(account.serverId(), message.get(), bytes);
        return new Sends(address, new DmTransport.Message(codec.mediaType(), mac, bytes));
    }

    private SyncHdr header() {
        String devId = client.tree().text("./DevInfo/DevId").orElse("");
        Meta limits = Meta.builder()
                .maxMsgSize(client.maxMessageSize())
                .maxObjSize(client.maxObjectSize())
                .build();
        SyncHdr.Builder header = SyncHdr.builder()
                .sessionId(sessionId)
                .msgId(sent + 1)
                .target(Location.of(address))
                .source(new Location(devId, authentication.userName()))
                .meta(limits);
        authentication.cred().ifPresent(header::cred);
        return header.build();
    }

    private Step take(SyncMl message, DmTransport.Message raw) {
        SyncHdr header = message.header();
        if (!header.sessionId().equals(sessionId)) {
            return over(SessionOutcome.State.FAILED, "message of session " + header.sessionId());
        }
        if (!header.verDtd().equals(SyncHdr.VER_DTD) || !header.verProto().equals(SyncHdr.VER_PROTO)) {
            return over(SessionOutcome.State.FAILED, header.verProto() + " with DTD " + header.verDtd());
        }
        lastHeader = header;
        header.meta().flatMap(Meta::maxMsgSize).ifPresent(size -> maxMsgSize = size);
        header.meta().flatMap(Meta::maxObjSize).ifPresent(commands::serverMaxObjectSize);
        header.respUri().ifPresent(uri -> address = uri);
        List<Command> received = message.body().commands();
        Optional<Status> ours = received.stream()
                .filter(Status.class::isInstance)
                .map(Status.class::cast)
                .filter(status -> status.isForHeader() && status.msgRef().equals(Integer.toString(sent)))
                .findFirst();
        return switch (ours.map(authentication::answered).orElse(ClientAuthentication.Answer.ACCEPTED)) {
            case REFUSED -> over(SessionOutcome.State.NOT_AUTHENTICATED, refusal(ours.orElseThrow()));
            case CHALLENGED -> challenged(message, raw);
            case ACCEPTED -> accepted(message, raw);
        };
    }

    private static String refusal(Status status) {
        return "the server answers the header with " + status.code();
    }

    /** Package 1 again, whole, with a Status for the header of the challenge. */
    private Step challenged(SyncMl message, DmTransport.Message raw) {
        ClientAuthentication.Verdict verdict = authentication.judge(message.header(), raw, false);
        outbox.clear();
        packageOne();
        return Step.next(headerStatus(verdict.code(), verdict.chal()));
    }

    private Step accepted(SyncMl message, DmTransport.Message raw) {
        if (!accepted) { // the server has taken package 1, and with it the alerts
            accepted = true;
            client.told(alerts);
        }
        List<Command> received = message.body().commands();
        ClientAuthentication.Verdict verdict = authentication.judge(message.header(), raw, true);
        if (!verdict.accepted()) {
            return unproven(received, verdict);
        }
        boolean aborted = received.stream()
                .anyMatch(command -> command instanceof Command.Alert alert
                        && alert.code().filter(AlertCode.SESSION_ABORT::equals).isPresent());
        if (aborted) {
            return over(SessionOutcome.State.ABORTED_BY_SERVER, "alert 1223");
        }
        boolean last = message.body().last();
        serverPackageOpen = !last && (serverPackageOpen || sentLast);
        List<Command> replies = commands.run(message.header().msgId(), received, last && !serverPackageOpen);
        if (commands.takeAbandoned()) {
            outbox.dropChunks();
        }
        boolean nothing = replies.isEmpty() && outbox.isEmpty();
        if (last && nothing) {
            return over(SessionOutcome.State.COMPLETE, "");
        }
        boolean busy = !outbox.isEmpty();
        if (busy) {
            outbox.addFirst(replies);
        } else {
            replies.forEach(outbox::add);
        }
        if (serverPackageOpen) {
            outbox.addFirst(List.of(Command.Alert.of("", AlertCode.NEXT_MESSAGE)));
        }
        return Step.next(headerStatus(verdict.code(), verdict.chal()));
    }

    /** A Status for the header and for each command, and nothing else. OMA DM Protocol, authentication challenge. */
    private Step unproven(List<Command> received, ClientAuthentication.Verdict verdict) {
        if (verdict.over()) {
            return over(SessionOutcome.State.NOT_AUTHENTICATED, "the server's credentials are wrong or missing");
        }
        for (Command command : received) {
            if (!(command instanceof Status) && !(command instanceof Command.Results)) {
                outbox.add(Status.builder()
                        .cmdId("")
                        .msgRef(lastHeader.msgId())
                        .cmdRef(command.cmdId())
                        .cmd(command.name())
                        .code(verdict.code())
                        .build());
            }
        }
        return Step.next(headerStatus(verdict.code(), verdict.chal()));
    }

    private Status headerStatus(StatusCode code, Optional<Chal> chal) {
        Status.Builder status = Status.builder()
                .cmdId("")
                .msgRef(lastHeader.msgId())
                .cmdRef("0")
                .cmd(Status.SYNC_HDR)
                .targetRefs(List.of(lastHeader.target().uri()))
                .sourceRefs(List.of(lastHeader.source().uri()))
                .code(code);
        chal.ifPresent(challenge -> {
            authentication.challenges(challenge);
            status.chal(challenge);
        });
        return status.build();
    }
}
