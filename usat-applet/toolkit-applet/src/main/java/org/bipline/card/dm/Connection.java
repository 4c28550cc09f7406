// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import org.bipline.card.bip.BipChannel;
import org.bipline.card.bip.ByteReceiver;
import org.bipline.card.bip.ByteSink;
import org.bipline.card.bip.ChannelParameters;
import org.bipline.card.https.TlsClient;
import org.bipline.card.https.TlsCredentials;

/** The connection to a management server: a channel, and TLS on it where the server has a key. */
final class Connection implements ByteSink {
    private static final byte SECURED = 0; // index into state: TLS is used
    private static final byte STATE_SIZE = 1;

    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final BipChannel channel = new BipChannel();
    private final TlsClient tls = new TlsClient(channel);

    /** Sets who takes what the server sends; once, at installation. */
    void setReceiver(ByteReceiver receiver) {
        tls.setReceiver(receiver);
    }

    /** The channel, which local sessions use too. */
    BipChannel channel() {
        return channel;
    }

    /**
     * Opens the channel and, where there is a key, begins the handshake.
     *
     * @return false where that failed, see {@link #reason}; if true, and not {@link #isReady}, {@link #receive} brings it forward
     */
    boolean open(ChannelParameters parameters, TlsCredentials key) {
        state[SECURED] = key.isGiven() ? (byte) 1 : (byte) 0;
        if (!channel.open(parameters)) {
            return false;
        }
        if (state[SECURED] != 0) {
            tls.start(key);
        }
        return isUp();
    }

    /** Whether it is there: the handshake may be under way. */
    boolean isUp() {
        return channel.isOpen() && (state[SECURED] == 0 || tls.isAlive());
    }

    /** Whether bytes can be sent. */
    boolean isReady() {
        return channel.isOpen() && (state[SECURED] == 0 || tls.isOpen());
    }

    /** Whether it is gone without a fault: the link is down, or the server has ended it. */
    boolean isLost() {
        return !isUp() && reason() == BipChannel.REASON_LINK_LOST;
    }

    /** Whether the server has ended what is lost; without TLS nobody can tell that from a cut. */
    boolean isEnded() {
        return state[SECURED] == 0 || tls.isEnded();
    }

    /** Fetches what has arrived, hands it on, and answers what TLS has to answer. */
    void receive(ByteReceiver receiver) {
        if (state[SECURED] == 0) {
            channel.receive(receiver);
            return;
        }
        channel.receive(tls);
        tls.respond();
        if (!channel.isOpen()) {
            tls.connectionClosed();
        }
    }

    /** Ends TLS and closes the channel. */
    void close() {
        if (state[SECURED] != 0) {
            tls.close();
        }
        channel.close();
    }

    /** Why it is not up any more: a reason of {@link TlsClient} or of {@link BipChannel}. */
    byte reason() {
        if (state[SECURED] != 0) {
            if (tls.isFailed()) {
                return tls.reason();
            }
            if (tls.isEnded()) {
                return BipChannel.REASON_LINK_LOST;
            }
        }
        return channel.reason();
    }

    /** The alert that goes with {@link #reason}. */
    byte alert() {
        return tls.alert();
    }

    @Override
    public void write(byte b) {
        if (state[SECURED] != 0) {
            tls.write(b);
        } else {
            channel.write(b);
        }
    }

    @Override
    public void write(byte[] buf, short off, short len) {
        if (state[SECURED] != 0) {
            tls.write(buf, off, len);
        } else {
            channel.write(buf, off, len);
        }
    }

    @Override
    public void flush() {
        if (state[SECURED] != 0) {
            tls.flush();
        } else {
            channel.flush();
        }
    }
}
