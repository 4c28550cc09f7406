// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import java.util.Optional;
import org.bipline.dm.server.Psk;

/**
 * Names and secrets by which card and server know each other. The secrets are in no {@code toString}.
 *
 * @param psk that of TLS; empty for plain TCP
 */
public record Accounts(String client, String clientPassword, String server, String serverPassword, Optional<Psk> psk) {
    @Override
    public String toString() {
        return "Accounts[" + client + ", " + server + psk.map(key -> ", " + key).orElse("") + "]";
    }
}
