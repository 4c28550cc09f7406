// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Objects;
import java.util.Optional;
import org.bipline.dm.auth.AuthType;

/**
 * A DM client that the server knows.
 *
 * @param id what the client names itself in Source/LocURI of its messages, such as {@code ICCID:8949...}
 * @param authentication how the client has to authenticate itself
 * @param client name and secret of the client; name and secret are unused with {@link Authentication#NONE}
 * @param server name and secret by which the server authenticates itself to this client; empty where it does not
 */
public record Device(String id, Authentication authentication, Account client, Optional<Account> server) {
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

    public Device {
        Objects.requireNonNull(id);
        Objects.requireNonNull(authentication);
        Objects.requireNonNull(client);
        Objects.requireNonNull(server);
    }

    /** A client that authenticates itself by MD5 and demands the same of the server. */
    public static Device md5(String id, Account client, Account server) {
        return new Device(id, Authentication.MD5, client, Optional.of(server));
    }
}
