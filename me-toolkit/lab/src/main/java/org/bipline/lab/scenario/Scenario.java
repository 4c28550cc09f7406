// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.dm.server.Device.Transport;
import org.bipline.lab.Failure;
import org.bipline.me.MeProfile;
import org.bipline.me.UserAction;

/**
 * A test of a card or of an ME: what is set up, then what is done and checked, step by step.
 *
 * @param file where it was read from
 * @param title what it tests, in a line
 * @param requirements identifiers of requirements that it covers
 * @param clause clause of the standard behind it, or the empty text
 * @param cardLine line in the file where the card stands
 * @param peers remote devices by their names
 * @param server how the card reaches the DM server, if there is one
 * @param accessPoints access points of the network and who may use them; without any, every name leads to the network
 * @param user what the user does about commands for which no step says it, one after the other
 * @param addresses where connections of the card go instead
 * @param strict whether each proactive command has to be expected, and not only those of kinds that are expected somewhere
 */
public record Scenario(
        Path file,
        String title,
        List<String> requirements,
        String clause,
        MeProfile me,
        CardSetup card,
        int cardLine,
        Optional<Transport> server,
        Map<String, Peer> peers,
        Map<String, Optional<Login>> accessPoints,
        List<UserAction> user,
        Map<InetSocketAddress, InetSocketAddress> addresses,
        boolean strict,
        List<Step> steps) {
    public Scenario {
        requirements = List.copyOf(requirements);
        peers = Map.copyOf(peers);
        accessPoints = Map.copyOf(accessPoints);
        user = List.copyOf(user);
        addresses = Map.copyOf(addresses);
        steps = List.copyOf(steps);
    }

    /**
     * A remote device.
     *
     * @param address where it listens; empty for one that only connects
     * @param udp whether it takes datagrams and not TCP connections
     * @param echoes whether it sends back what it gets
     */
    record Peer(Optional<InetSocketAddress> address, boolean udp, boolean echoes) {}

    /** Who may use an access point. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user; // the password is a secret
        }
    }

    /**
     * Reads a scenario.
     *
     * @throws Failure that says file, line, what is wrong and what to do
     */
    public static Scenario read(Path file) throws Failure {
        return ScenarioFile.read(file);
    }

    /** Kinds of proactive commands that the steps expect. */
    Set<TypeOfCommand> expected() {
        Set<TypeOfCommand> kinds = EnumSet.noneOf(TypeOfCommand.class);
        for (Step step : steps) {
            if (step.action() instanceof Step.Expect expect) {
                kinds.add(expect.command());
            }
        }
        return kinds;
    }
}
