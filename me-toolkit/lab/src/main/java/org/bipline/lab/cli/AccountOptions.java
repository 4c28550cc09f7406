// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Psk;
import org.bipline.lab.Failure;
import org.bipline.lab.card.Accounts;
import picocli.CommandLine.Option;

/** Names, passwords and TLS keys of card and server. A card that other programs use has known ones unless others are given. */
final class AccountOptions {
    private static final int SECRET_BYTES = 8;
    private static final String CARD_SECRET = "card-secret";
    private static final String SERVER_SECRET = "server-secret";
    private static final String PSK_IDENTITY = "bipline-card";
    private static final String PSK_KEY = "00112233445566778899AABBCCDDEEFF";

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

    @Option(
            names = "--psk-identity",
            paramLabel = "TEXT",
            description =
                    "Identity of the card's pre-shared key, 1 to 64 bytes; everybody on the way can read it. Default: "
                            + PSK_IDENTITY + " for a card in a reader, else chosen by chance.")
    private Optional<String> pskIdentity;

    @Option(
            names = "--psk-key",
            paramLabel = "HEX",
            description = "The card's pre-shared key, 16 to 32 bytes. Default: " + PSK_KEY
                    + " for a card in a reader, else chosen by chance.")
    private Optional<String> pskKey;

    @Option(
            names = "--plain",
            description =
                    "Plain TCP between card and server in place of TLS, for laboratories: everybody on the way can read "
                            + "and change what is sent.")
    private boolean plain;

    Optional<String> clientPassword() {
        return clientPassword;
    }

    /** The accounts of a card in a reader. */
    Accounts inReader() throws Failure {
        return new Accounts(
                client,
                clientPassword.orElse(CARD_SECRET),
                serverId,
                serverPassword.orElse(SERVER_SECRET),
                psk(PSK_IDENTITY, PSK_KEY));
    }

    /**
     * Accounts whose secrets are chosen, but for a server's and a key that were given.
     *
     * @param random chooses; the identity of the key is chosen too, since whoever is on the way sees it, and it is to tell nothing of the card
     */
    Accounts chosen(RandomGenerator random) throws Failure {
        return new Accounts(
                client,
                hex(random, SECRET_BYTES),
                serverId,
                serverPassword.orElse(hex(random, SECRET_BYTES)),
                psk(hex(random, SECRET_BYTES), hex(random, Psk.MIN_KEY)));
    }

    private static String hex(RandomGenerator random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Optional<Psk> psk(String identity, String key) throws Failure {
        if (plain) {
            if (pskIdentity.isPresent() || pskKey.isPresent()) {
                throw new Failure(
                        Failure.Kind.INPUT, "--plain goes without --psk-identity and --psk-key; leave out either");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Psk(ByteString.utf8(pskIdentity.orElse(identity)), ByteString.hex(pskKey.orElse(key))));
        } catch (IllegalArgumentException e) { // without the cause: that of a digit would show the key
            throw new Failure(
                    Failure.Kind.INPUT,
                    "--psk-identity or --psk-key is wrong; give 1 to 64 bytes and 16 to 32 bytes in hexadecimal");
        }
    }
}
