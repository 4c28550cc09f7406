// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.bipline.cat.command.CloseChannel;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.ReceiveData;
import org.bipline.cat.command.SendData;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.tlv.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of the bearer independent protocol, up to seven. ETSI TS 102 223 clauses 6.4.27 to 6.4.31. */
final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private static final int MAX = 7;
    private static final int NO_SPECIFIC_NETWORK_CAUSE = 0x00;

    private final MeState me;
    private final Bearer bearer;
    private final AddressMap addressMap;
    private final Channel[] channels = new Channel[MAX + 1];
    private final boolean[] used = new boolean[MAX + 1];

    Channels(MeState me, Bearer bearer, AddressMap addressMap) {
        this.me = me;
        this.bearer = bearer;
        this.addressMap = addressMap;
    }

    Answer open(OpenChannel command) throws CardLinkException {
        ChannelRequest request = new ChannelRequest(me.profile(), command);
        Optional<Answer.Response> refusal =
                request.refusal().or(this::busyOnCall).or(this::noneLeft);
        if (refusal.isPresent()) {
            return refused(command, refusal.get());
        }
        String question = request.question().orElse("");
        if (question.isEmpty()) {
            return open(command, request);
        }
        Answer answer = Dialogues.withConsent(command, question, me, () -> {
            me.notice(question);
            return open(command, request);
        });
        return me.after(answer, response -> response.result().performed() ? response : refused(command, response));
    }

    private Answer open(OpenChannel command, ChannelRequest request) {
        int id = free();
        int granted = Math.min(command.bufferSize().bytes(), me.profile().maxBufferSize());
        TransportLevel level = command.transportLevel().orElseThrow();
        InetSocketAddress terminalPort = addressMap.terminalPort(level.port());
        return switch (level.protocol().orElseThrow()) {
            case TCP_SERVER -> listen(command, new ServerChannel(me, bearer, id, granted, level.port(), terminalPort));
            case TCP_CLIENT_LOCAL, UDP_CLIENT_LOCAL -> connect(command, id, granted, terminalPort, request.access());
            case TCP_CLIENT_REMOTE, UDP_CLIENT_REMOTE ->
                connect(
                        command,
                        id,
                        granted,
                        addressMap.map(new InetSocketAddress(
                                command.destination().orElseThrow().address().orElseThrow(), level.port())),
                        request.access());
            case DIRECT_CHANNEL -> throw new IllegalStateException("a direct channel passed the checks");
        };
    }

    private Optional<Answer.Response> noneLeft() {
        return free() > 0
                ? Optional.empty()
                : Optional.of(Answer.refused(
                        BipError.NO_CHANNEL_AVAILABLE, "all " + me.profile().channels() + " channels are open"));
    }

    private Optional<Answer.Response> busyOnCall() {
        return me.profile().has(Quirk.NO_CHANNELS_DURING_CALL)
                        && me.surroundings().inCall()
                ? Optional.of(Answer.unable(TerminalProblem.BUSY_ON_CALL, "a call goes on"))
                : Optional.empty();
    }

    private void add(Channel channel) {
        channels[channel.id()] = channel;
        used[channel.id()] = true;
    }

    private Answer connect(
            OpenChannel command, int id, int granted, InetSocketAddress destination, Bearer.Access access) {
        ClientChannel channel = new ClientChannel(
                me,
                bearer,
                id,
                granted,
                new ClientChannel.Target(
                        command.transportProtocol().orElseThrow(),
                        destination,
                        access,
                        command.automaticReconnection()));
        add(channel);
        if (command.backgroundMode()) {
            Answer.Response response = opened(command, channel, Optional.empty());
            channel.connectInBackground((reason, local) -> announceBackground(command, channel, reason, local));
            return response;
        }
        if (!command.immediateLinkEstablishment()) {
            return opened(command, channel, Optional.empty());
        }
        CompletableFuture<Answer.Response> later = new CompletableFuture<>();
        channel.connect(new ClientChannel.Connecting() {
            @Override
            public void connected(InetSocketAddress local) {
                later.complete(opened(command, channel, Optional.of(local)));
            }

            @Override
            public void failed(Answer.Response refusal) {
                discard(channel, refusal.reason());
                later.complete(refused(command, refusal));
            }
        });
        return new Answer.Later(later);
    }

    private Answer listen(OpenChannel command, ServerChannel channel) {
        add(channel);
        CompletableFuture<Answer.Response> later = new CompletableFuture<>();
        channel.listen(new ServerChannel.Listening() {
            @Override
            public void listening() {
                later.complete(opened(command, channel, Optional.empty()));
            }

            @Override
            public void failed(Answer.Response refusal) {
                discard(channel, refusal.reason());
                later.complete(refused(command, refusal));
            }
        });
        return new Answer.Later(later);
    }

    private void discard(Channel channel, String reason) {
        channels[channel.id()] = null;
        channel.release(reason);
    }

    private Answer.Response opened(OpenChannel command, Channel channel, Optional<InetSocketAddress> local) {
        LogContext logContext = LogContext.of(me, channel.id());
        try {
            LOG.info(
                    "channel {} to {} open, buffer of {} bytes",
                    channel.id(),
                    channel.destination(),
                    channel.bufferSize());
        } finally {
            logContext.end();
        }
        me.listener.channelOpened(channel.id(), channel.bufferSize(), channel.destination());
        List<DataObject> objects = new ArrayList<>();
        objects.add(channel.status());
        command.bearer().ifPresent(objects::add);
        objects.add(new BufferSize(channel.bufferSize()));
        dynamicAddress(command, local).ifPresent(objects::add);
        boolean asWanted = channel.bufferSize() == command.bufferSize().bytes();
        GeneralResult result =
                asWanted ? GeneralResult.PERFORMED_SUCCESSFULLY : GeneralResult.PERFORMED_WITH_MODIFICATION;
        return Answer.of(result, objects.toArray(new DataObject[0]));
    }

    /** Every response to OPEN CHANNEL has bearer description and buffer size. ETSI TS 102 223 clause 6.8. */
    private static Answer.Response refused(OpenChannel command, Answer.Response refusal) {
        List<DataObject> objects = new ArrayList<>();
        command.bearer().ifPresent(objects::add);
        objects.add(command.bufferSize());
        return refusal.with(objects.toArray(new DataObject[0]));
    }

    /** The ME's address, if the card asked for it by an empty local address. */
    private static Optional<DataObject> dynamicAddress(OpenChannel command, Optional<InetSocketAddress> local) {
        return command.localAddress()
                .filter(wanted -> wanted.value().isEmpty())
                .flatMap(wanted -> local.map(address -> OtherAddress.of(address.getAddress())));
    }

    /** What a card is told of a connection that did not come about. */
    static Answer.Response refusal(Bearer.Failure failure, boolean withinTerminal, String reason) {
        return switch (failure) {
            case NETWORK ->
                Answer.refused(
                        new Result(
                                GeneralResult.NETWORK_CURRENTLY_UNABLE_TO_PROCESS.code(),
                                ByteString.of(NO_SPECIFIC_NETWORK_CAUSE)),
                        reason,
                        "ETSI TS 102 223 clause 8.12.3");
            case AUTHENTICATION -> Answer.refused(BipError.SECURITY_ERROR, reason);
            case PORT -> Answer.refused(BipError.PORT_NOT_AVAILABLE, reason);
            case REMOTE_DEVICE ->
                Answer.refused(
                        withinTerminal ? BipError.PORT_NOT_AVAILABLE : BipError.REMOTE_DEVICE_NOT_REACHABLE, reason);
            case UNSPECIFIED -> Answer.refused(BipError.NO_SPECIFIC_CAUSE, reason);
        };
    }

    Answer close(CloseChannel command) {
        return with(command, command.channelIdentifier(), channel -> {
            if (channel instanceof ServerChannel server && command.returnsToListen()) {
                server.closeConnection();
                me.listener.channelStatus(server.status(), "connection closed by the card");
                return Answer.performed();
            }
            discard(channel, "closed by the card");
            LOG.info("channel {} closed", channel.id());
            me.listener.channelClosed(channel.id(), "closed by the card");
            return Answer.performed();
        });
    }

    Answer send(SendData command) {
        return transfer(
                command,
                command.channelIdentifier(),
                channel -> command.immediate()
                        ? channel.send(command.data().value())
                        : channel.store(command.data().value()));
    }

    Answer receive(ReceiveData command) {
        return transfer(
                command,
                command.channelIdentifier(),
                channel -> channel.receive(command.requested().code()));
    }

    Answer status() {
        List<DataObject> statuses = new ArrayList<>();
        for (Channel channel : channels) {
            if (channel != null) {
                statuses.add(channel.status());
            }
        }
        if (statuses.isEmpty()) {
            statuses.add(ChannelStatus.ofClient(0, false, ChannelStatus.NO_FURTHER_INFORMATION));
        }
        return Answer.performed(statuses.toArray(new DataObject[0]));
    }

    private Answer transfer(ProactiveCommand command, int id, Function<Channel, Answer> action) {
        Optional<Answer.Response> busy = busyOnCall();
        return busy.isPresent() ? busy.get() : with(command, id, action);
    }

    private Answer with(ProactiveCommand command, int id, Function<Channel, Answer> action) {
        if (id != 0 && channels[id] != null) {
            Optional<Answer> ended = Dialogues.endedByUser(command, me);
            return ended.isPresent() ? ended.get() : action.apply(channels[id]);
        }
        return id != 0 && used[id]
                ? Answer.refused(BipError.CHANNEL_CLOSED, "Device identities: channel " + id + " is closed")
                : Answer.refused(
                        BipError.CHANNEL_IDENTIFIER_NOT_VALID,
                        "Device identities: the destination is no channel that was opened");
    }

    private int free() {
        for (int id = 1; id <= me.profile().channels(); id++) {
            if (channels[id] == null) {
                return id;
            }
        }
        return 0;
    }

    /** Identifiers of the open channels. */
    List<Integer> open() {
        List<Integer> open = new ArrayList<>();
        for (Channel channel : channels) {
            if (channel != null) {
                open.add(channel.id());
            }
        }
        return open;
    }

    /** Whether there is no channel but those at whose port the card waits for a peer. */
    boolean noneBusy() {
        for (Channel channel : channels) {
            if (channel != null && !channel.waitsForPeer()) {
                return false;
            }
        }
        return true;
    }

    void closeAll(String reason) {
        for (int id = 1; id <= MAX; id++) {
            if (channels[id] != null) {
                channels[id].release(reason);
                channels[id] = null;
                me.listener.channelClosed(id, reason);
            }
            used[id] = false;
        }
    }

    /**
     * Data arrived in an empty buffer: told once, and again only after the buffer was emptied. ETSI TS 102 223 clause
     * 7.5.10.
     *
     * @return whether the event waits for its turn
     */
    boolean announceData(Channel channel) {
        return me.events.event(Event.DATA_AVAILABLE, () -> {
            channel.dataAvailableSent();
            // The card may have read the data or closed the channel before the event's turn came
            return channel.isReleased() || channel.available() == 0
                    ? Optional.empty()
                    : Optional.of(EventDownload.dataAvailable(
                            channel.status(), ChannelDataLength.available(channel.available())));
        });
    }

    /** The link of an open channel was established or is gone. ETSI TS 102 223 clause 7.5.11. */
    void announceStatus(Channel channel, String reason) {
        announceStatus(channel, reason, List.of());
    }

    /** The outcome of a background mode comes with what the response could not tell yet. */
    private void announceBackground(
            OpenChannel command, Channel channel, String reason, Optional<InetSocketAddress> local) {
        List<DataObject> objects = new ArrayList<>();
        command.bearer().ifPresent(objects::add);
        dynamicAddress(command, local).ifPresent(objects::add);
        announceStatus(channel, reason, objects);
    }

    private void announceStatus(Channel channel, String reason, List<DataObject> more) {
        ChannelStatus status = channel.status();
        me.listener.channelStatus(status, reason);
        List<DataObject> objects = new ArrayList<>(List.of(status));
        objects.addAll(more);
        EventDownload event = EventDownload.of(
                Event.CHANNEL_STATUS, DeviceIdentities.TERMINAL_TO_UICC, objects.toArray(new DataObject[0]));
        me.events.event(Event.CHANNEL_STATUS, () -> channel.isReleased() ? Optional.empty() : Optional.of(event));
    }

    /** Tells the card the outcome of a link establishment in the background. */
    interface StatusEvent {
        void announce(String reason, Optional<InetSocketAddress> local);
    }

    /** Breaks the link of a channel, as if the network had; nothing happens when there is none. */
    void dropLink(int id, String reason) {
        if (id > 0 && id <= MAX && channels[id] != null) {
            channels[id].drop(reason);
        }
    }
}
