// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bipline.lab.card.Accounts;
import org.bipline.me.MeProfile;

/**
 * What a demonstration is to do.
 *
 * @param mo TNDS file of the management object; the Passpoint sample when empty
 * @param out directory of the files that it leaves
 * @param reader PC/SC reader with a card that has the DM applet, instead of a simulated card
 * @param server a DM server elsewhere, instead of one of its own
 * @param path HTTP path of the DM server
 * @param accounts names and secrets of card and server
 * @param clientPassword what the card takes for its own password, instead of the one in the accounts
 * @param storeBytes room for values on the card
 * @param timeout longest time of the session
 * @param me the simulated ME
 * @param keyLog where the secrets of the TLS connections go, for Wireshark; by default nowhere
 */
public record DemoOptions(
        Optional<Path> mo,
        Path out,
        Optional<String> reader,
        Optional<InetSocketAddress> server,
        String path,
        Accounts accounts,
        Optional<String> clientPassword,
        int storeBytes,
        Duration timeout,
        MeProfile me,
        Optional<Path> keyLog) {}
