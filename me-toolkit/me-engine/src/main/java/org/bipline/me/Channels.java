// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.bipline.cat.command.CloseChannel;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.ReceiveData;
import org.bipline.cat.command.SendData;
import org.bipline.cat.envelope.EventDownload;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BearerType;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.profile.Facility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of the bearer independent protocol, up to seven. ETSI TS 102 223 clauses 6.4.27 to 6.4.31. */
final class Channels {
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private static final int MAX = 7;
    private static final String OPEN_CHANNEL = "ETSI TS 102 223 clause 6.4.27";

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

    Answer open(OpenChannel command) {
        Optional<Answer.Response> refusal = refusal(command);
        if (refusal.isPresent()) {
            return refusal.get().with(echo(command, command.bufferSize().bytes()));
        }
        int id = free();
        if (id == 0) {
            return Answer.refused(
                            BipError.NO_CHANNEL_AVAILABLE,
                            "all " + me.profile().terminalProfile().channels() + " channels are open")
                    .with(echo(command, command.bufferSize().bytes()));
        }
        int granted = Math.min(command.bufferSize().bytes(), me.profile().maxBufferSize());
        InetSocketAddress destination = addressMap.map(new InetSocketAddress(
                command.destination().orElseThrow().address().orElseThrow(),
                command.transportLevel().orElseThrow().port()));
        Channel channel =
                new Channel(me, bearer, id, granted, command.transportProtocol().orElseThrow(), destination);
        channels[id] = channel;
        used[id] = true;
        if (!command.immediateLinkEstablishment()) {
            return opened(command, channel, null);
        }
        if (command.backgroundMode()) {
            Answer.Response response = opened(command, channel, null);
            channel.connect(new InBackground(channel));
            return response;
        }
        CompletableFuture<Answer.Response> later = new CompletableFuture<>();
        channel.connect(new Channel.Connecting() {
            @Override
            public void connected(InetSocketAddress local) {
                later.complete(opened(command, channel, local.getAddress()));
            }

            @Override
            public void failed(String reason) {
                channels[id] = null;
                channel.release(reason);
                later.complete(Answer.refused(BipError.REMOTE_DEVICE_NOT_REACHABLE, destination + ": " + reason)
                        .with(echo(command, command.bufferSize().bytes())));
            }
        });
        return new Answer.Later(later);
    }

    /** Why the ME does not even try, if it does not. */
    private Optional<Answer.Response> refusal(OpenChannel command) {
        TransportLevel level = command.transportLevel().orElse(null);
        if (level == null) {
            return Optional.of(Answer.beyondCapabilities(
                    "UICC/terminal interface transport level is absent: a bearer without transport is not supported"));
        }
        Facility facility = command.transportProtocol().map(Channels::facility).orElse(null);
        if (facility == null || !me.profile().supports(facility)) {
            return Optional.of(Answer.refused(
                    Result.of(BipError.REQUESTED_TRANSPORT_LEVEL_NOT_AVAILABLE),
                    "UICC/terminal interface transport level: protocol type " + level.protocolType()
                            + " is not supported",
                    level.type().clause()));
        }
        BearerDescription description = command.bearer().orElseThrow();
        if (!isSupported(description)) {
            return Optional.of(Answer.beyondCapabilities(
                    "Bearer description: type " + description.bearerType() + " is not supported"));
        }
        if (command.bufferSize().bytes() == 0) {
            return Optional.of(Answer.refused(
                    Result.of(BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE),
                    "Buffer size: 0 bytes",
                    command.bufferSize().type().clause()));
        }
        OtherAddress address = command.destination().orElse(null);
        if (address == null || address.address().isEmpty()) {
            return Optional.of(Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    "Other address (data destination address) is no IPv4 or IPv6 address behind the transport level",
                    OPEN_CHANNEL));
        }
        String text = command.alphaIdentifier().map(a -> a.text()).orElse("");
        if (!text.isEmpty() && !me.user().accepts(text)) {
            return Optional.of(Answer.of(GeneralResult.USER_DID_NOT_ACCEPT));
        }
        return Optional.empty();
    }

    private static Facility facility(TransportProtocol protocol) {
        return switch (protocol) {
            case TCP_CLIENT_REMOTE -> Facility.TCP_CLIENT_REMOTE;
            case UDP_CLIENT_REMOTE -> Facility.UDP_CLIENT_REMOTE;
            case TCP_SERVER -> Facility.TCP_SERVER;
            case TCP_CLIENT_LOCAL -> Facility.TCP_CLIENT_LOCAL;
            case UDP_CLIENT_LOCAL -> Facility.UDP_CLIENT_LOCAL;
            case DIRECT_CHANNEL -> Facility.DIRECT_CHANNEL;
        };
    }

    /** The packet data bearers of the profile, and the default bearer of an ME that has one of them. */
    private boolean isSupported(BearerDescription description) {
        boolean gprs = me.profile().supports(Facility.BEARER_GPRS);
        boolean eutran = me.profile().supports(Facility.BEARER_EUTRAN);
        return switch (description.bearer().orElse(BearerType.LOCAL_LINK)) {
            case PACKET_SERVICE -> gprs || eutran;
            case PACKET_SERVICE_EXTENDED -> me.profile().supports(Facility.UTRAN_PS_EXTENDED_PARAMETERS);
            case EUTRAN_PACKET_SERVICE -> eutran;
            case DEFAULT_BEARER -> gprs || eutran;
            default -> false;
        };
    }

    private Answer.Response opened(OpenChannel command, Channel channel, InetAddress local) {
        LOG.info(
                "channel {} to {} open, buffer of {} bytes", channel.id(), channel.destination(), channel.bufferSize());
        me.listener.channelOpened(
                channel.id(), channel.bufferSize(), channel.destination().toString());
        List<DataObject> objects = new ArrayList<>();
        objects.add(channel.status());
        objects.addAll(List.of(echo(command, channel.bufferSize())));
        boolean dynamicAddress =
                command.localAddress().map(a -> a.value().isEmpty()).orElse(false);
        if (dynamicAddress && local != null) {
            objects.add(OtherAddress.of(local));
        }
        boolean asWanted = channel.bufferSize() == command.bufferSize().bytes();
        GeneralResult result =
                asWanted ? GeneralResult.PERFORMED_SUCCESSFULLY : GeneralResult.PERFORMED_WITH_MODIFICATION;
        return Answer.of(result, objects.toArray(new DataObject[0]));
    }

    /** Bearer description and buffer size, which every response to OPEN CHANNEL repeats. ETSI TS 102 223 clause 6.8. */
    private static DataObject[] echo(OpenChannel command, int bufferSize) {
        BufferSize size = new BufferSize(bufferSize);
        return command.bearer().map(b -> new DataObject[] {b, size}).orElseGet(() -> new DataObject[] {size});
    }

    Answer close(CloseChannel command) {
        return with(command.channelIdentifier(), channel -> {
            channels[channel.id()] = null;
            channel.release("closed by the card");
            LOG.info("channel {} closed", channel.id());
            me.listener.channelClosed(channel.id(), "closed by the card");
            return Answer.performed();
        });
    }

    Answer send(SendData command) {
        return with(
                command.channelIdentifier(),
                channel -> command.immediate()
                        ? channel.send(command.data().value())
                        : channel.store(command.data().value()));
    }

    Answer receive(ReceiveData command) {
        return with(
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

    private Answer with(int id, Function<Channel, Answer> action) {
        if (id != 0 && channels[id] != null) {
            return action.apply(channels[id]);
        }
        return id != 0 && used[id]
                ? Answer.refused(BipError.CHANNEL_CLOSED, "Device identities: channel " + id + " is closed")
                : Answer.refused(
                        BipError.CHANNEL_IDENTIFIER_NOT_VALID,
                        "Device identities: the destination is no channel that was opened");
    }

    private int free() {
        for (int id = 1; id <= me.profile().terminalProfile().channels(); id++) {
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

    boolean noneOpen() {
        for (Channel channel : channels) {
            if (channel != null) {
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
        return me.events.event(Event.DATA_AVAILABLE, Facility.EVENT_DATA_AVAILABLE, () -> {
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
        ChannelStatus status = channel.status();
        me.listener.channelStatus(status, reason);
        me.events.event(
                Event.CHANNEL_STATUS,
                Facility.EVENT_CHANNEL_STATUS,
                () -> channel.isReleased() ? Optional.empty() : Optional.of(EventDownload.channelStatus(status)));
    }

    /** Link establishment in the background: its outcome is a channel-status event. */
    private final class InBackground implements Channel.Connecting {
        private final Channel channel;

        InBackground(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void connected(InetSocketAddress local) {
            announceStatus(channel, "link established in the background");
        }

        @Override
        public void failed(String reason) {
            channel.fail();
            announceStatus(channel, reason);
        }
    }
}
