// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;

/**
 * A DM client that the server knows.
 *
 * @param id what the client names itself in Source/LocURI of its messages, such as {@code ICCID:8949...}
 * @param authentication how the client has to authenticate itself
 * @param client name and secret of the client; name and secret are unused with {@link Authentication#NONE}
 * @param server name and secret by which the server authenticates itself to this client; empty where it does not
 * @param psk key of the client's TLS; empty where it has none
 * @param transport the least that the transport of its sessions has to secure: below it no command is taken or given
 */
public record Device(
        String id,
        Authentication authentication,
        Account client,
        Optional<Account> server,
        Optional<Psk> psk,
        Transport transport) {
    /** Types of client credentials. OMA DM Security, Credentials. */
    public enum Authentication {
        /** {@code syncml:auth-md5}. */
        MD5(Optional.of(AuthType.MD5)),
        /** {@code syncml:auth-MAC}: each message of both sides is proven, in a header field of the transport. */
        MAC(Optional.of(AuthType.MAC)),
        /** {@code syncml:auth-basic}: name and password readable to everybody on the way. */
        BASIC(Optional.of(AuthType.BASIC)),
        /** None, for clients that the transport authenticates. */
        NONE(Optional.empty());

        private final Optional<AuthType> type;

        Authentication(Optional<AuthType> type) {
            this.type = type;
        }

        Optional<AuthType> type() {
            return type;
        }
    }

    /** What the transport of a session secures, the least first. */
    public enum Transport {
        /** Nothing, as TCP does. */
        PLAIN,
        /** What is sent, and who is at both ends: TLS with the device's pre-shared key. */
        TLS
    }

    public Device {
        Objects.requireNonNull(id);
        Objects.requireNonNull(authentication);
        Objects.requireNonNull(client);
        Objects.requireNonNull(server);
        Objects.requireNonNull(psk);
        if (transport == Transport.TLS && psk.isEmpty()) {
            throw new IllegalArgumentException("TLS without a key demanded of " + id);
        }
    }

    /** A client without a key of TLS. */
    public static Device of(String id, Authentication authentication, Account client, Optional<Account> server) {
        return new Device(id, authentication, client, server, Optional.empty(), Transport.PLAIN);
    }

    /** A client that authenticates itself by MD5 and demands the same of the server, without a key of TLS. */
    public static Device md5(String id, Account client, Account server) {
        return of(id, Authentication.MD5, client, Optional.of(server));
    }

    /** The client with a key of TLS, and what its transport has to be. */
    public Device with(Psk key, Transport least) {
        return new Device(id, authentication, client, server, Optional.of(key), least);
    }

    /** Why a session of this client may not go over a transport; empty if it may. */
    Optional<String> refuses(Optional<ByteString> pskIdentity) {
        if (pskIdentity.isEmpty()) {
            return transport == Transport.TLS ? Optional.of("the device has to use TLS") : Optional.empty();
        }
        return psk.map(Psk::identity).equals(pskIdentity)
                ? Optional.empty()
                : Optional.of("the key of TLS is another device's");
    }
}
