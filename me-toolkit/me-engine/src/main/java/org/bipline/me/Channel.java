// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * One BIP channel in client mode: its link and its two buffers, each of the size granted to the card. All methods run in
 * the ME's thread; what the network says comes as a message. ETSI TS 102 223 clauses 6.4.27 to 6.4.31.
 *
 * <pre>
 * IDLE --connect--> CONNECTING --connected--> ESTABLISHED --dropped--> DROPPED
 *   ^------failed-------'
 * </pre>
 */
final class Channel implements Bearer.Listener {
    /** Most bytes that fit a TERMINAL RESPONSE of 255 bytes beside its other objects. ETSI TS 102 223 clause 8.53. */
    private static final int MAX_CHANNEL_DATA = 237;

    private enum State {
        IDLE,
        CONNECTING,
        ESTABLISHED,
        DROPPED
    }

    /** What waits for the link to be established; called once. */
    interface Connecting {
        void connected(InetSocketAddress local);

        void failed(String reason);
    }

    private final MeState me;
    private final Bearer bearer;
    private final int id;
    private final int bufferSize;
    private final TransportProtocol protocol;
    private final InetSocketAddress destination;

    private State state = State.IDLE;
    private boolean released;
    private Bearer.Link link;
    private Connecting connecting;
    private MeClock.Alarm connectTimeout;

    private final ReceiveBuffer received = new ReceiveBuffer();
    private boolean receiving;
    private boolean dataAvailableQueued;

    private final List<ByteString> stored = new ArrayList<>();
    private int storedBytes;
    private int sendingBytes;
    private Runnable whenThereIsRoom;
    private CompletableFuture<Answer.Response> waitingSend;

    Channel(
            MeState me,
            Bearer bearer,
            int id,
            int bufferSize,
            TransportProtocol protocol,
            InetSocketAddress destination) {
        this.me = me;
        this.bearer = bearer;
        this.id = id;
        this.bufferSize = bufferSize;
        this.protocol = protocol;
        this.destination = destination;
    }

    int id() {
        return id;
    }

    int bufferSize() {
        return bufferSize;
    }

    InetSocketAddress destination() {
        return destination;
    }

    int available() {
        return received.length();
    }

    ChannelStatus status() {
        return ChannelStatus.ofClient(
                id,
                state == State.ESTABLISHED,
                state == State.DROPPED ? ChannelStatus.LINK_DROPPED : ChannelStatus.NO_FURTHER_INFORMATION);
    }

    void connect(Connecting outcome) {
        state = State.CONNECTING;
        connecting = outcome;
        connectTimeout = me.clock()
                .schedule(
                        me.profile().connectTimeout(),
                        () -> post(() -> connectionFailed(
                                "no link within " + me.profile().connectTimeout())));
        link = bearer.connect(protocol, destination, this);
    }

    /** No link came about in the background: the channel is open and has none. */
    void fail() {
        state = State.DROPPED;
    }

    /** Ends the channel; whatever waits for it is answered. */
    void release(String reason) {
        released = true;
        stopConnecting();
        if (link != null) {
            link.close();
        }
        failWaitingSend(reason);
    }

    Answer store(ByteString data) {
        if (state == State.DROPPED) {
            return closedByPeer();
        }
        if (data.length() > room()) {
            return Answer.refused(
                    BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE,
                    "Channel data: " + data.length() + " bytes, room for " + room());
        }
        stored.add(data);
        storedBytes += data.length();
        return Answer.performed(ChannelDataLength.available(room()));
    }

    Answer send(ByteString data) {
        if (state == State.DROPPED) {
            return closedByPeer();
        }
        if (storedBytes + data.length() > bufferSize) {
            return Answer.refused(
                    BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE,
                    "Channel data: " + data.length() + " bytes, room for " + (bufferSize - storedBytes));
        }
        stored.add(data);
        storedBytes += data.length();
        if (state == State.ESTABLISHED && storedBytes + sendingBytes <= bufferSize) {
            return transmit();
        }
        waitingSend = new CompletableFuture<>();
        whenThereIsRoom = () -> completeWaitingSend(transmit());
        if (state == State.IDLE) {
            connect(new Connecting() {
                @Override
                public void connected(InetSocketAddress local) {
                    me.listener.channelStatus(status(), "link established on demand");
                }

                @Override
                public void failed(String reason) {
                    unstore(data); // the card learns that its command failed, and sends the data again if it likes
                    completeWaitingSend(Answer.refused(BipError.REMOTE_DEVICE_NOT_REACHABLE, reason));
                }
            });
        }
        return new Answer.Later(waitingSend);
    }

    private void unstore(ByteString last) {
        stored.remove(stored.size() - 1);
        storedBytes -= last.length();
    }

    Answer receive(int wanted) {
        int count = Math.min(wanted, MAX_CHANNEL_DATA);
        ByteString data = received.take(count);
        fill();
        // Fewer bytes than asked for: the missing ones are told by the general result
        GeneralResult result = data.length() < wanted
                ? GeneralResult.PERFORMED_WITH_MISSING_INFORMATION
                : GeneralResult.PERFORMED_SUCCESSFULLY;
        return Answer.of(result, new ChannelData(data), ChannelDataLength.available(received.length()));
    }

    private int room() {
        return Math.max(0, bufferSize - storedBytes - sendingBytes);
    }

    private Answer.Response transmit() {
        for (ByteString bytes : coalesced()) {
            sendingBytes += bytes.length();
            me.listener.bytesSent(id, bytes);
            link.send(bytes);
        }
        stored.clear();
        storedBytes = 0;
        return Answer.performed(ChannelDataLength.available(room()));
    }

    /** Everything stored as one piece, so that it leaves in one segment where it fits. */
    private List<ByteString> coalesced() {
        if (stored.size() == 1) {
            return stored.get(0).isEmpty() ? List.of() : List.copyOf(stored);
        }
        ByteSink sink = new ByteSink(storedBytes);
        stored.forEach(sink::bytes);
        return storedBytes == 0 ? List.of() : List.of(sink.toByteString());
    }

    private static Answer.Response closedByPeer() {
        return Answer.refused(BipError.CHANNEL_CLOSED, "the link was dropped");
    }

    private void completeWaitingSend(Answer.Response response) {
        CompletableFuture<Answer.Response> waiting = waitingSend;
        waitingSend = null;
        whenThereIsRoom = null;
        waiting.complete(response);
    }

    private void failWaitingSend(String reason) {
        if (waitingSend != null) {
            completeWaitingSend(Answer.refused(BipError.CHANNEL_CLOSED, reason));
        }
    }

    private void sendIfThereIsRoom() {
        if (whenThereIsRoom != null && state == State.ESTABLISHED && storedBytes + sendingBytes <= bufferSize) {
            whenThereIsRoom.run();
        }
    }

    /** Takes from the network what the buffer holds, and no more: the peer is slowed down by TCP itself. */
    private void fill() {
        int room = bufferSize - received.length();
        if (state == State.ESTABLISHED && !receiving && room > 0) {
            receiving = true;
            link.request(room);
        }
    }

    private void post(Runnable message) {
        me.mailbox.post(() -> {
            if (!released) {
                message.run();
            }
        });
    }

    private Connecting stopConnecting() {
        if (connectTimeout != null) {
            connectTimeout.cancel();
            connectTimeout = null;
        }
        Connecting outcome = connecting;
        connecting = null;
        return outcome;
    }

    private void connectionFailed(String reason) {
        if (state == State.CONNECTING) {
            state = State.IDLE;
            link.close();
            stopConnecting().failed(reason);
        }
    }

    @Override
    public void connected(InetSocketAddress local, InetSocketAddress remote) {
        post(() -> {
            if (state == State.CONNECTING) {
                state = State.ESTABLISHED;
                stopConnecting().connected(local);
                fill();
                sendIfThereIsRoom();
            }
        });
    }

    @Override
    public void failed(String reason) {
        post(() -> connectionFailed(reason));
    }

    @Override
    public void received(ByteString bytes) {
        post(() -> {
            receiving = false;
            boolean wasEmpty = received.length() == 0;
            received.add(bytes);
            me.listener.bytesReceived(id, bytes);
            if (wasEmpty && !dataAvailableQueued) {
                dataAvailableQueued = me.channels.announceData(this);
            }
            fill();
        });
    }

    /** The turn of the data-available event has come; another may be queued when the buffer was emptied. */
    void dataAvailableSent() {
        dataAvailableQueued = false;
    }

    boolean isReleased() {
        return released;
    }

    @Override
    public void sent(int bytes) {
        post(() -> {
            sendingBytes -= bytes;
            sendIfThereIsRoom();
        });
    }

    @Override
    public void dropped(String reason) {
        post(() -> {
            if (state == State.ESTABLISHED) {
                state = State.DROPPED;
                link.close();
                failWaitingSend(reason);
                me.channels.announceStatus(this, reason);
            }
        });
    }
}
