// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

/** Names and secrets by which card and server know each other. The secrets are in no {@code toString}. */
public record Accounts(String client, String clientPassword, String server, String serverPassword) {
    @Override
    public String toString() {
        return "Accounts[" + client + ", " + server + "]";
    }
}
