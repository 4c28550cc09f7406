// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.syncml.AlertCode;
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
 * One management session, seen from the server. OMA DM Protocol, packages 1 to 4.
 *
 * <pre>
 * client                                        server
 *   | package 1: Alert 1201, Replace DevInfo      |
 *   |--------------------------------------------&gt;| unproven: Status 401 or 407 with Chal, nothing else
 *   | package 1 again, with Cred                  |
 *   |--------------------------------------------&gt;| proven: Status, then the commands of a job
 *   |&lt;--------------------------------------------|
 *   | package 3: Status, Results                  |
 *   |--------------------------------------------&gt;| further commands, or none: the session is over
 *   |&lt;--------------------------------------------|
 * </pre>
 *
 * In between, a client that has not sent Final is asked for its next message (Alert 1222), and a large object of the
 * server goes on chunk by chunk.
 */
final class DmSession {
    private static final Logger LOG = LoggerFactory.getLogger(DmSession.class);

    /** For a client that names no MaxMsgSize. */
    private static final long DEFAULT_MAX_MSG_SIZE = 16 * 1024;

    /** Ends a session with a client that never comes to its Final. */
    private static final int MAX_MESSAGES = 10_000;

    private final DmServer server;
    private final Session id;
    private final SyncMlCodec codec;
    private final Authentication authentication;
    private final JobRunner jobs;
    private final ClientAlerts alerts;
    private final Instant started;
    private final ReentrantLock lock = new ReentrantLock();

    private long maxMsgSize = DEFAULT_MAX_MSG_SIZE;
    private long maxObjSize = Integer.MAX_VALUE;
    private int received;
    private int sent;
    private boolean announced;
    private volatile boolean proven;
    private volatile boolean ended;
    private volatile boolean superseded;

    private String lastMsgId = "";
    private ByteString lastBody = ByteString.EMPTY;
    private DmResponse lastResponse;

    DmSession(DmServer server, Session id, SyncMlCodec codec) {
        this.server = server;
        this.id = id;
        this.codec = codec;
        authentication = new Authentication(server, id.device());
        jobs = new JobRunner(server, id, authentication.serverName().orElse(AuditLog.SERVER));
        alerts = new ClientAlerts(server, id, codec == SyncMlCodec.XML);
        started = server.now();
    }

    /** The other sessions of the same device end when one of them has proven that it is the device's. */
    void supersede() {
        superseded = true;
    }

    /** True if the client is authenticated. */
    boolean isProven() {
        return proven;
    }

    boolean isEnded() {
        return ended;
    }

    /**
     * Answers a message.
     *
     * @return empty if the message begins another session, though its identifiers are those of this one
     */
    Optional<DmResponse> handle(SyncMl message, DmRequest request) {
        ByteString body = request.body();
        lock.lock();
        try {
            String msgId = message.header().msgId();
            if (lastResponse != null && msgId.equals(lastMsgId) && body.equals(lastBody)) {
                LOG.debug("{}: message {} came again and is answered again", id, msgId);
                return Optional.of(lastResponse);
            }
            if (superseded || (proven && !isLater(msgId)) || (ended && !isAfterthought(message))) {
                return Optional.empty();
            }
            if (received == 0) {
                LOG.info("{} from {}: started", id, id.origin());
                server.listener().sessionStarted(id);
            }
            received++;
            server.listener().messageReceived(id, message, body);
            lastResponse = ended ? proveAgain(message, request) : answer(message, request);
            lastMsgId = msgId;
            lastBody = body;
            return Optional.of(lastResponse);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why a message may not be part of a session of this client, since its transport secures too little or proves it to be another's; empty
     * if it may.
     */
    Optional<String> transportFault(DmRequest request) {
        return authentication.transportFault(request.pskIdentity());
    }

    /** Answers the only message of a session that its transport forbids. Status 403: other credentials in the message would not help. */
    DmResponse forbid(SyncMl message, DmRequest request, String why) {
        LOG.info("{} from {}: forbidden: {}", id, id.origin(), why);
        received++;
        server.listener().sessionStarted(id);
        server.listener().messageReceived(id, message, request.body());
        return refuse(message, new Authentication.Answer(StatusCode.FORBIDDEN, Optional.empty(), why, true));
    }

    /**
     * True if the client has something to say about the credentials in the message that ended the session, which a client need not answer:
     * one that does not accept them would otherwise not accept those of the next session either.
     */
    private boolean isAfterthought(SyncMl message) {
        List<Command> commands = message.body().commands();
        return proven
                && commands.stream().allMatch(Status.class::isInstance)
                && commands.stream()
                        .anyMatch(command -> command instanceof Status status && isForLastHeader(status, sent));
    }

    private static boolean isForLastHeader(Status status, int last) {
        return status.isForHeader() && status.msgRef().equals(Integer.toString(last));
    }

    /** Other credentials, where the client asks for some, and nothing else. */
    private DmResponse proveAgain(SyncMl message, DmRequest request) {
        Authentication.Answer answer = judge(message.header(), request);
        if (!answer.accepted()) {
            return refuse(message, answer);
        }
        MessageDraft draft = draft(message.header());
        draft.add(headerStatus(message.header(), draft.nextCmdId(), answer));
        for (Command command : message.body().commands()) {
            if (command instanceof Status status && isForLastHeader(status, sent - 1)) {
                server.listener().statusReceived(id, status);
                switch (authentication.headerAnswered(status)) {
                    case ACCEPTED -> {}
                    case CHALLENGED -> challenged();
                    case REFUSED -> refusedByClient();
                }
            }
        }
        authentication.serverCredentials().ifPresent(draft::credentials);
        return send(draft);
    }

    private void challenged() {
        server.listener().authenticationFailed(id, "the client challenged the server's credentials");
    }

    private void refusedByClient() {
        server.listener().authenticationFailed(id, authentication.refusal());
        refused(authentication.refusal());
    }

    private boolean isLater(String msgId) {
        try {
            return Long.parseLong(msgId) > Long.parseLong(lastMsgId);
        } catch (NumberFormatException e) { // no numbers: all that can be said is whether it is another message
            return !msgId.equals(lastMsgId);
        }
    }

    private DmResponse answer(SyncMl message, DmRequest request) {
        SyncHdr header = message.header();
        header.meta().flatMap(Meta::maxMsgSize).ifPresent(size -> maxMsgSize = size);
        header.meta().flatMap(Meta::maxObjSize).ifPresent(size -> maxObjSize = size);
        Authentication.Answer answer = versionFault(header).orElseGet(() -> judge(header, request));
        if (!answer.accepted()) {
            return refuse(message, answer);
        }
        if (!proven) {
            proven = true;
            LOG.debug("{}: authenticated", id);
            server.proven(id.device(), this);
            server.audit(id.device(), AuditOperation.AUTHENTICATED, id.device(), id.toString(), "from " + id.origin());
            server.listener().sessionAuthenticated(id);
        }
        MessageDraft draft = draft(header);
        draft.add(headerStatus(header, draft.nextCmdId(), answer));
        Turn turn = new Turn(message, draft);
        turn.takeCommands();
        authentication.serverCredentials().ifPresent(draft::credentials);
        turn.goOn();
        DmResponse response = send(draft);
        if (!turn.end.isEmpty()) {
            end(turn.end);
        } else if (received >= MAX_MESSAGES) {
            end("more than " + MAX_MESSAGES + " messages");
        }
        return response;
    }

    private Authentication.Answer judge(SyncHdr header, DmRequest request) {
        return authentication.judge(header, request.hmac().flatMap(MacHeader::parse), request.body());
    }

    private static Optional<Authentication.Answer> versionFault(SyncHdr header) {
        if (!header.verDtd().equals(SyncHdr.VER_DTD)) {
            return Optional.of(fault(StatusCode.DTD_VERSION_NOT_SUPPORTED, "VerDTD " + header.verDtd()));
        }
        if (!header.verProto().equals(SyncHdr.VER_PROTO)) {
            return Optional.of(fault(StatusCode.PROTOCOL_VERSION_NOT_SUPPORTED, "VerProto " + header.verProto()));
        }
        return Optional.empty();
    }

    private static Authentication.Answer fault(StatusCode code, String what) {
        return new Authentication.Answer(code, Optional.empty(), what + " is not supported", true);
    }

    /** A Status for the header and for each command, and nothing else. OMA DM Protocol, Authentication Challenge. */
    private DmResponse refuse(SyncMl message, Authentication.Answer answer) {
        LOG.debug("{}: {}: {}", id, answer.code(), answer.failure());
        boolean asked = answer.code().equals(StatusCode.AUTHENTICATION_REQUIRED) && !answer.over();
        if (!asked) { // a first message without credentials is how many clients begin
            refused(answer.failure());
        }
        server.listener().authenticationFailed(id, answer.failure());
        SyncHdr header = message.header();
        MessageDraft draft = draft(header);
        draft.add(headerStatus(header, draft.nextCmdId(), answer));
        for (Command command : message.body().commands()) {
            if (!(command instanceof Status) && !(command instanceof Command.Results)) {
                draft.addStatus(header, command.cmdId(), command.name(), answer.code());
            }
        }
        DmResponse response = send(draft);
        if (answer.over()) {
            end("not authenticated: " + answer.failure());
        }
        return response;
    }

    private void refused(String reason) {
        server.audit(id.device(), AuditOperation.REFUSED, id.device(), id.toString(), reason + "; from " + id.origin());
    }

    private MessageDraft draft(SyncHdr request) {
        SyncHdr.Builder header = SyncHdr.builder()
                .sessionId(request.sessionId())
                .msgId(++sent)
                .target(Location.of(request.source().uri()))
                .source(new Location(request.target().uri(), authentication.serverName()));
        server.respUri().ifPresent(header::respUri);
        if (!announced) { // until a message that the client has reason to believe
            announced = proven;
            header.meta(Meta.builder()
                    .maxMsgSize(server.maxMessageSize())
                    .maxObjSize(server.maxObjectSize())
                    .build());
        }
        return new MessageDraft(header.build(), codec, maxMsgSize);
    }

    private static Status headerStatus(SyncHdr request, String cmdId, Authentication.Answer answer) {
        Status.Builder status = Status.builder()
                .cmdId(cmdId)
                .msgRef(request.msgId())
                .cmdRef("0")
                .cmd(Status.SYNC_HDR)
                .targetRefs(List.of(request.target().uri()))
                .sourceRefs(List.of(request.source().uri()))
                .code(answer.code());
        answer.chal().ifPresent(status::chal);
        return status.build();
    }

    private DmResponse send(MessageDraft draft) {
        SyncMl message = draft.message();
        ByteString bytes = ByteString.of(codec.encode(message));
        server.listener().messageSent(id, message, bytes);
        return new DmResponse(
                200, codec.mediaType(), authentication.serverMac(bytes).map(MacHeader::value), bytes);
    }

    /** Ends the session: its job, if it has one, waits for the next. */
    void end(String outcome) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            jobs.interrupt(outcome);
            LOG.info("{}: ended after {} messages: {}", id, received, outcome);
            server.store()
                    .addSession(new SessionRecord(
                            id.device(),
                            id.sessionId(),
                            id.origin(),
                            started,
                            server.now(),
                            proven,
                            received,
                            outcome));
            if (proven) {
                server.audit(id.device(), AuditOperation.ENDED, id.device(), id.toString(), outcome);
            }
            server.listener().sessionEnded(id, outcome);
        } finally {
            lock.unlock();
        }
    }

    /** One message of a client that is authenticated, and the answer to it. */
    private final class Turn {
        private final SyncMl message;
        private final MessageDraft draft;
        private Authentication.Opinion opinion = Authentication.Opinion.ACCEPTED;
        private boolean aborted;
        private String end = "";

        Turn(SyncMl message, MessageDraft draft) {
            this.message = message;
            this.draft = draft;
        }

        void takeCommands() {
            for (Command command : message.body().commands()) {
                switch (command) {
                    case Status status -> take(status);
                    case Command.Results results -> take(results);
                    case Command.Alert alert -> take(alert);
                    case Command.Replace replace -> answer(replace, devInfo(replace));
                    case Command.Add c -> answer(c, StatusCode.COMMAND_NOT_ALLOWED);
                    case Command.Get c -> answer(c, StatusCode.COMMAND_NOT_ALLOWED);
                    case Command.Delete c -> answer(c, StatusCode.COMMAND_NOT_ALLOWED);
                    case Command.Copy c -> answer(c, StatusCode.COMMAND_NOT_ALLOWED);
                    case Command.Exec c -> answer(c, StatusCode.COMMAND_NOT_ALLOWED);
                    case Command.Sequence c -> answer(c, StatusCode.COMMAND_NOT_ALLOWED);
                    case Command.Atomic c -> answer(c, StatusCode.COMMAND_NOT_ALLOWED);
                    case Command.Unsupported c -> answer(c, StatusCode.BAD_REQUEST);
                }
            }
            if (message.body().last()) {
                jobs.flow().noMoreResults().ifPresent(this::noEndOfData);
                alerts.noMoreAlerts().ifPresent(this::noEndOfData);
            }
        }

        private void answer(Command command, StatusCode code) {
            draft.addStatus(message.header(), command.cmdId(), command.name(), code);
        }

        /** A client may send nothing but its device information. OMA DM Protocol, packages. */
        private static StatusCode devInfo(Command.Replace replace) {
            boolean only = replace.items().stream()
                    .allMatch(item -> item.sourceUri()
                            .filter(uri -> uri.startsWith("./DevInfo/") || uri.startsWith("DevInfo/"))
                            .isPresent());
            return only ? StatusCode.OK : StatusCode.COMMAND_NOT_ALLOWED;
        }

        private void take(Status status) {
            server.listener().statusReceived(id, status);
            if (status.isForHeader()) {
                if (isForLastHeader(status, sent - 1)) { // this answer has its number already
                    opinion = authentication.headerAnswered(status);
                }
                return;
            }
            jobs.flow().status(status);
        }

        private void take(Command.Results results) {
            CommandFlow.ResultsAnswer answer = jobs.flow().results(results);
            answer.status().ifPresent(code -> answer(results, code));
            answer.brokenUri().ifPresent(this::noEndOfData);
        }

        private void noEndOfData(String uri) {
            draft.add(Command.Alert.of(
                    draft.nextCmdId(),
                    AlertCode.NO_END_OF_DATA,
                    Item.builder().source(uri).build()));
        }

        private void take(Command.Alert alert) {
            AlertCode code = alert.code().orElse(AlertCode.DISPLAY);
            if (code.equals(AlertCode.GENERIC_ALERT) || code.equals(AlertCode.CLIENT_EVENT)) {
                answer(alert, alerts.take(code, alert));
                return;
            }
            boolean known = List.of(
                            AlertCode.SERVER_INITIATED,
                            AlertCode.CLIENT_INITIATED,
                            AlertCode.NEXT_MESSAGE,
                            AlertCode.SESSION_ABORT,
                            AlertCode.NO_END_OF_DATA)
                    .contains(code);
            answer(alert, known ? StatusCode.OK : StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
            if (code.equals(AlertCode.SESSION_ABORT)) {
                aborted = true;
            } else if (code.equals(AlertCode.NO_END_OF_DATA)) {
                jobs.flow().largeObjectBroken();
            }
        }

        /**
         * True if the client has nothing to send and asks for the next message of a package that is complete: a Final was lost, and to ask it for
         * its next message would go on for ever.
         */
        private boolean bothWait() {
            List<Command> commands = message.body().commands();
            return !message.body().last()
                    && commands.stream().anyMatch(Turn::asksForMore)
                    && commands.stream()
                            .allMatch(command -> asksForMore(command)
                                    || (command instanceof Status status
                                            && (status.isForHeader()
                                                    || status.cmd().equals("Alert"))));
        }

        private static boolean asksForMore(Command command) {
            return command instanceof Command.Alert alert
                    && alert.code().filter(AlertCode.NEXT_MESSAGE::equals).isPresent();
        }

        /** Decides what the answer has to carry besides the statuses. */
        void goOn() {
            CommandFlow flow = jobs.flow();
            if (aborted) {
                end = "aborted by the client";
                return;
            }
            if (opinion == Authentication.Opinion.REFUSED) {
                refusedByClient();
                jobs.fail(authentication.refusal());
                end = "not authenticated: " + authentication.refusal();
                return;
            }
            if (opinion == Authentication.Opinion.CHALLENGED) {
                challenged();
                flow.resendPackage();
            } else if (!flow.isChunkDue()) {
                if (bothWait()) {
                    end = "client and server wait for each other's next message";
                    return;
                }
                if (!message.body().last() && !flow.isCutShort()) {
                    draft.add(Command.Alert.of(draft.nextCmdId(), AlertCode.NEXT_MESSAGE));
                    draft.notLast();
                    return;
                }
                flow.packageEnded(jobs::answered);
            }
            List<Command> commands = jobs.fill(draft, new JobRun.Limits(maxObjSize, codec == SyncMlCodec.XML));
            jobs.keep();
            commands.forEach(command -> server.listener().commandSent(id, draft.msgId(), command));
            if (commands.isEmpty() && opinion == Authentication.Opinion.ACCEPTED) {
                end = "complete";
            }
        }
    }
}
