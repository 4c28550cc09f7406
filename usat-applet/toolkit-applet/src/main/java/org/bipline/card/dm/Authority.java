// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import org.bipline.card.bip.ChannelParameters;
import org.bipline.card.https.TlsCredentials;

/**
 * A management authority: who it is, where its server is, by which credentials both sides know each other, and what it may do.
 * All of it has its room from the installation on; values stand behind a byte with their length, 0 where there is none.
 */
final class Authority {
    /** Bytes of the longest path and host. */
    static final short MAX_TEXT = 64;
    /** Bytes of the longest network access name. An APN, TS 23.003 clause 9.1. */
    static final short MAX_NETWORK_ACCESS_NAME = 100;
    /** Bytes of the longest bearer description in use. */
    static final short MAX_BEARER_DESCRIPTION = 16;
    /** Bytes of an address of type IPv6 with its type. */
    static final short MAX_ADDRESS = 17;

    final byte[] serverId = new byte[1 + Account.MAX_NAME];
    final byte[] clientName = new byte[1 + Account.MAX_NAME];
    final byte[] requestPath = new byte[1 + MAX_TEXT];
    final byte[] host = new byte[1 + MAX_TEXT];
    /** What the user is shown where he chooses among several. */
    final byte[] title = new byte[1 + Account.MAX_NAME];
    /** As {@link Rights} reads it. */
    final byte[] rights = new byte[1 + Rights.MAX];

    final ChannelParameters channel = new ChannelParameters();
    final Credentials credentials;
    /** Of TLS; without it the server is reached by plain TCP, if the card allows that. */
    final TlsCredentials key;

    /** What the parameters of the first say for the card; from then on the tree tells. */
    boolean plainAllowed;

    // indexes into numbers
    /** Identifier of the last session that the card began by itself. */
    static final byte SESSION_ID = 0;
    /** Identifier of the session that the last notification asked for. */
    static final byte LAST_NOTIFIED = 1;

    final short[] numbers = new short[2];

    Authority(Credentials credentials, TlsCredentials key) {
        this.credentials = credentials;
        this.key = key;
        channel.transportProtocol = ChannelParameters.TCP_CLIENT_REMOTE;
        channel.destinationAddress = new byte[1 + MAX_ADDRESS];
        channel.networkAccessName = new byte[1 + MAX_NETWORK_ACCESS_NAME];
        channel.bearerDescription = new byte[1 + MAX_BEARER_DESCRIPTION];
        channel.userLogin = new byte[1 + Account.MAX_NAME];
        channel.userPassword = new byte[1 + Account.MAX_NAME];
    }
}
