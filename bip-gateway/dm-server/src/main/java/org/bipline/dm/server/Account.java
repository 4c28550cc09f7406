// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Objects;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.Credentials;

/**
 * Name and secret by which one side authenticates itself to the other, with the nonce of its next credentials.
 *
 * @param key B64(H(name:password)): all that the schemes of DM need, so that passwords are not kept
 */
public record Account(String name, String key, ByteString nonce) {
    public Account {
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(nonce);
    }

    /**
     * An account with its password.
     *
     * @param nonce nonce of the first credentials, as both sides were told; empty where they were told none
     */
    public static Account of(String name, String password, ByteString nonce) {
        return new Account(name, Credentials.of(name, password).key(), nonce);
    }

    public static Account of(String name, String password) {
        return of(name, password, ByteString.EMPTY);
    }

    Credentials credentials() {
        return Credentials.ofKey(name, key);
    }

    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
