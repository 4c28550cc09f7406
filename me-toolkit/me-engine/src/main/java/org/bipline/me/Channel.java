// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.tlv.ByteString;

/**
 * One BIP channel: two buffers, each of the size granted to the card, and one link at a time. All methods run in the ME's
 * thread; what the network says comes as a message. ETSI TS 102 223 clauses 6.4.27 to 6.4.31.
 */
abstract sealed class Channel permits ClientChannel, ServerChannel {
    /** Most bytes that fit a TERMINAL RESPONSE of 255 bytes beside its other objects. ETSI TS 102 223 clause 8.53. */
    private static final int MAX_CHANNEL_DATA = 237;

    final MeState me;
    final Bearer bearer;
    private final int id;
    private final int bufferSize;
    private final boolean datagrams;
    private boolean released;
    private Connection current;
    private boolean established;

    private final ByteQueue received = new ByteQueue();
    private boolean receiving;
    private boolean dataAvailableQueued;

    private final SendBuffer outgoing;
    private CompletableFuture<Answer.Response> waitingSend;

    /**
     * A channel without link.
     *
     * @param datagrams whether each request of bytes brings one datagram
     */
    Channel(MeState me, Bearer bearer, int id, int bufferSize, boolean datagrams) {
        this.me = me;
        this.bearer = bearer;
        this.id = id;
        this.bufferSize = bufferSize;
        this.datagrams = datagrams;
        outgoing = new SendBuffer(bufferSize);
    }

    int id() {
        return id;
    }

    int bufferSize() {
        return bufferSize;
    }

    int available() {
        return received.length();
    }

    boolean isReleased() {
        return released;
    }

    boolean isEstablished() {
        return established;
    }

    /** Where the channel leads, for people. */
    abstract String destination();

    abstract ChannelStatus status();

    /** Why the channel takes no data, if it takes none. */
    abstract Optional<String> whyNoData();

    /** Data waits for a link. A channel that has none and can establish one does so. */
    void linkWanted() {
        // the link that is on its way serves
    }

    /** Whether the channel takes a connection that it did not start; if so, it has adopted it. */
    boolean takes(Connection connection) {
        return false;
    }

    /** Whether nothing goes on here until a peer connects. */
    boolean waitsForPeer() {
        return false;
    }

    abstract void linkEstablished(InetSocketAddress local, InetSocketAddress remote);

    abstract void linkFailed(Bearer.Failure failure, String reason);

    abstract void linkDropped(String reason);

    /** Ends the channel; whatever waits for it is answered. */
    void release(String reason) {
        released = true;
        closeLink();
        failWaitingSend(Answer.refused(BipError.CHANNEL_CLOSED, reason));
    }

    /** Stores data until the next that is sent at once. */
    Answer store(ByteString data) {
        Optional<String> obstacle = whyNoData();
        if (obstacle.isPresent()) {
            return Answer.refused(BipError.CHANNEL_CLOSED, obstacle.get());
        }
        if (data.length() > outgoing.room()) {
            return noRoom(data, outgoing.room());
        }
        outgoing.store(data);
        return stored();
    }

    /** Sends data and all that was stored before; answers when the network can take it. */
    Answer send(ByteString data) {
        Optional<String> obstacle = whyNoData();
        if (obstacle.isPresent()) {
            return Answer.refused(BipError.CHANNEL_CLOSED, obstacle.get());
        }
        if (!outgoing.canHold(data.length())) {
            return noRoom(data, outgoing.room());
        }
        outgoing.store(data);
        if (established && outgoing.canSend()) {
            return transmit();
        }
        waitingSend = new CompletableFuture<>();
        Answer.Later later = new Answer.Later(waitingSend);
        if (!established) {
            linkWanted();
        }
        return later;
    }

    private static Answer noRoom(ByteString data, int room) {
        return Answer.refused(
                BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE,
                "Channel data: " + data.length() + " bytes, room for " + room);
    }

    private Answer.Response stored() {
        return Answer.performed(ChannelDataLength.available(outgoing.room()));
    }

    private Answer.Response transmit() {
        outgoing.send().ifPresent(bytes -> {
            me.listener.bytesSent(id, bytes);
            current.link.send(bytes);
        });
        return stored();
    }

    private void transmitWaiting() {
        if (waitingSend != null && established && outgoing.canSend()) {
            completeWaitingSend(transmit());
        }
    }

    private void completeWaitingSend(Answer.Response response) {
        CompletableFuture<Answer.Response> waiting = waitingSend;
        waitingSend = null;
        waiting.complete(response);
    }

    /** The command fails that waits for the network; the card has its data still, and may send it again. */
    void failWaitingSend(Answer.Response refusal) {
        if (waitingSend != null) {
            outgoing.unstore();
            completeWaitingSend(refusal);
        }
    }

    Answer receive(int wanted) {
        ByteString data = received.take(Math.min(wanted, MAX_CHANNEL_DATA));
        fill();
        // Fewer bytes than asked for: the missing ones are told by the general result
        GeneralResult result = data.length() < wanted
                ? GeneralResult.PERFORMED_WITH_MISSING_INFORMATION
                : GeneralResult.PERFORMED_SUCCESSFULLY;
        return Answer.of(result, new ChannelData(data), ChannelDataLength.available(received.length()));
    }

    /**
     * Takes from the network what the buffer holds, and no more: the peer is slowed down by TCP itself. A datagram is taken
     * into an empty buffer, and so are the first bytes of a link, so that neither mixes with what was there before.
     */
    private void fill() {
        if (!established || receiving) {
            return;
        }
        boolean intoEmptyBuffer = datagrams || !current.hasReceived;
        int room = intoEmptyBuffer && received.length() > 0 ? 0 : bufferSize - received.length();
        if (room > 0) {
            receiving = true;
            current.link.request(room);
        }
    }

    /** The turn of the data-available event has come; another may be queued when the buffer was emptied. */
    void dataAvailableSent() {
        dataAvailableQueued = false;
    }

    /** Breaks the link, as if the network had. */
    void drop(String reason) {
        if (established) {
            current.dropped(reason);
        }
    }

    /** Makes this connection the one that is heard. */
    void adopt(Connection connection) {
        closeLink();
        current = connection;
    }

    void closeLink() {
        if (current != null) {
            current.link.close();
            current = null;
        }
        established = false;
        receiving = false;
        outgoing.linkLost();
    }

    /** Forgets what the card stored for a peer that is gone. */
    void discardStored() {
        outgoing.clear();
    }

    /** Forgets what a peer sent and the card did not fetch. */
    void discardReceived() {
        received.clear();
    }

    void post(Runnable message) {
        me.mailbox.post(() -> {
            if (!released) {
                message.run();
            }
        });
    }

    /** Runs in the ME's thread after the delay, unless the channel has ended by then. */
    void schedule(Duration delay, Runnable message) {
        MeClock.Alarm unused = me.clock().schedule(delay, () -> post(message));
    }

    /** The listener of one link; what it says counts as long as the link is the channel's. */
    final class Connection implements Bearer.Listener {
        Bearer.Link link;
        private boolean hasReceived;

        private void postIfCurrent(Runnable message) {
            post(() -> {
                if (current == this) {
                    message.run();
                }
            });
        }

        @Override
        public void connected(InetSocketAddress local, InetSocketAddress remote) {
            me.mailbox.post(() -> {
                if (released || (current != this && !takes(this))) {
                    link.close();
                    return;
                }
                established = true;
                linkEstablished(local, remote);
                fill();
                transmitWaiting();
            });
        }

        @Override
        public void failed(Bearer.Failure failure, String reason) {
            postIfCurrent(() -> {
                if (!established) {
                    closeLink();
                    linkFailed(failure, reason);
                }
            });
        }

        @Override
        public void received(ByteString bytes) {
            postIfCurrent(() -> {
                receiving = false;
                hasReceived = true;
                boolean wasEmpty = received.length() == 0;
                received.add(bytes);
                me.listener.bytesReceived(id, bytes);
                if (wasEmpty && !dataAvailableQueued) {
                    dataAvailableQueued = me.channels.announceData(Channel.this);
                }
                fill();
            });
        }

        @Override
        public void sent(int bytes) {
            postIfCurrent(() -> {
                outgoing.sent(bytes);
                transmitWaiting();
            });
        }

        @Override
        public void dropped(String reason) {
            postIfCurrent(() -> {
                closeLink();
                linkDropped(reason);
            });
        }
    }
}
