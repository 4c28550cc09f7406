// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.util.Optional;
import org.bipline.lab.card.Accounts;
import picocli.CommandLine.Option;

/** Names and passwords of card and server. A card that other programs use has known ones unless others are given. */
final class AccountOptions {
    private static final String CARD_SECRET = "card-secret";
    private static final String SERVER_SECRET = "server-secret";

    @Option(
            names = "--client",
            paramLabel = "NAME",
            defaultValue = "card",
            description = "Name of the card's account at the server. Default: ${DEFAULT-VALUE}.")
    private String client;

    @Option(
            names = "--client-password",
            paramLabel = "PASSWORD",
            description = "Password that the card uses. Default: " + CARD_SECRET
                    + " for a card in a reader, else the one of its account, chosen by chance.")
    private Optional<String> clientPassword;

    @Option(
            names = "--server-id",
            paramLabel = "NAME",
            defaultValue = "bipline",
            description = "Name by which the server authenticates itself. Default: ${DEFAULT-VALUE}.")
    private String serverId;

    @Option(
            names = "--server-password",
            paramLabel = "PASSWORD",
            description = "Password by which the server authenticates itself. Default: " + SERVER_SECRET
                    + " for a card in a reader, else chosen by chance.")
    private Optional<String> serverPassword;

    Optional<String> clientPassword() {
        return clientPassword;
    }

    /** The accounts of a card in a reader. */
    Accounts inReader() {
        return new Accounts(client, clientPassword.orElse(CARD_SECRET), serverId, serverPassword.orElse(SERVER_SECRET));
    }

    /** Accounts whose secrets are chosen, but for a server's that was given. */
    Accounts chosen(String clientSecret, String serverSecret) {
        return new Accounts(client, clientSecret, serverId, serverPassword.orElse(serverSecret));
    }
}
