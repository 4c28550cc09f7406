// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.me.dm.ManagementTree;

/**
 * An object that card and device have to agree on. specs/technical-specification.md clause 15.3.
 *
 * @param policy leaves of the object's policy, beside those that release it in both directions
 * @param adopted whether the device has it from the card before
 * @param byServer what the server then does on the card
 * @param byUser what the user then does on the device
 * @param portOpen whether the user does so while card and device are together, else while the device is off
 * @param deviceClock what time the device takes it for
 */
record LocalScenario(
        String name,
        List<ManagementCommand> policy,
        boolean adopted,
        List<ManagementCommand> byServer,
        Optional<Consumer<ManagementTree>> byUser,
        boolean portOpen,
        Clock deviceClock) {
    /** The object on both sides. */
    static final String OBJECT = "./MO/Wifi";

    private static final String SSID = OBJECT + "/Ssid";
    private static final String POLICY = "./Policy/Wifi";
    private static final Clock LATE = Clock.fixed(Instant.parse("2090-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Clock EARLY = Clock.fixed(Instant.parse("2001-01-01T00:00:00Z"), ZoneOffset.UTC);

    /** Each way in which one side, the other, or both have changed. */
    static Stream<LocalScenario> all() {
        Consumer<ManagementTree> edit = tree -> tree.set(SSID, NodeValue.text("of the user, of more than one block"));
        Consumer<ManagementTree> removal = tree -> tree.remove(OBJECT);
        ManagementCommand theirs = value(SSID, "of the server, of more than one block");
        LocalScenario conflict = of("conflict").byServer(theirs).byUser(edit);
        LocalScenario bound = of("bound")
                .policy(
                        leaf(POLICY + "/Binding", "device"),
                        leaf(POLICY + "/Sensitive", "Key"),
                        leaf(OBJECT + "/Key", "a key of more than one block"));
        return Stream.of(
                of("first adoption").atFirst(),
                of("first adoption with consent")
                        .policy(value(POLICY + "/Consent", "true"))
                        .atFirst(),
                of("adoption in chunks")
                        .policy(leaf(OBJECT + "/Large", "in chunks ".repeat(300)))
                        .atFirst(),
                of("changed on the card").byServer(theirs, leaf(OBJECT + "/Key", "new")),
                of("card to device only")
                        .policy(value(POLICY + "/Direction", "device"))
                        .byUser(edit),
                of("changed on the device").byUser(edit),
                of("changed on the device with the port open").byUser(edit).whilePortOpen(),
                conflict.policy(leaf(POLICY + "/Conflict", "card")).named("conflict, card"),
                conflict.policy(leaf(POLICY + "/Conflict", "device")).named("conflict, device"),
                conflict.policy(leaf(POLICY + "/Conflict", "newer")).named("conflict, newer on the device"),
                conflict.policy(leaf(POLICY + "/Conflict", "newer")).at(EARLY).named("conflict, newer on the card"),
                conflict.policy(leaf(POLICY + "/Conflict", "ask")).named("conflict, ask"),
                of("deleted on the card").byServer(ManagementCommand.delete(OBJECT)),
                of("deleted on the device").byUser(removal),
                of("deleted on the device with the port open").byUser(removal).whilePortOpen(),
                bound.atFirst().named("bound, first adoption"),
                bound.byServer(theirs, value(OBJECT + "/Key", "another key of more than one block"))
                        .named("bound, changed on the card"),
                bound.byServer(value("./Binding/Wifi/State", "rebind")).named("bound again"),
                of("policy withdrawn").byServer(ManagementCommand.delete(POLICY)));
    }

    /** What the server does before: an object, its policy, and what this scenario has beside them. */
    List<ManagementCommand> release() {
        List<ManagementCommand> commands = new ArrayList<>(List.of(
                ManagementCommand.addInterior(OBJECT, Optional.of("urn:x-test:wifi:1.0")),
                leaf(SSID, "home"),
                ManagementCommand.addInterior(POLICY, Optional.empty()),
                leaf(POLICY + "/Direction", "both"),
                leaf(POLICY + "/Consent", "false"),
                leaf(POLICY + "/Level", "1")));
        commands.addAll(policy);
        return commands;
    }

    private static ManagementCommand leaf(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static ManagementCommand value(String uri, String value) {
        return ManagementCommand.replace(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static LocalScenario of(String name) {
        return new LocalScenario(name, List.of(), true, List.of(), Optional.empty(), false, LATE);
    }

    private LocalScenario named(String other) {
        return new LocalScenario(other, policy, adopted, byServer, byUser, portOpen, deviceClock);
    }

    private LocalScenario policy(ManagementCommand... commands) {
        return new LocalScenario(name, List.of(commands), adopted, byServer, byUser, portOpen, deviceClock);
    }

    private LocalScenario atFirst() {
        return new LocalScenario(name, policy, false, byServer, byUser, portOpen, deviceClock);
    }

    private LocalScenario byServer(ManagementCommand... commands) {
        return new LocalScenario(name, policy, adopted, List.of(commands), byUser, portOpen, deviceClock);
    }

    private LocalScenario byUser(Consumer<ManagementTree> change) {
        return new LocalScenario(name, policy, adopted, byServer, Optional.of(change), portOpen, deviceClock);
    }

    private LocalScenario whilePortOpen() {
        return new LocalScenario(name, policy, adopted, byServer, byUser, true, deviceClock);
    }

    private LocalScenario at(Clock clock) {
        return new LocalScenario(name, policy, adopted, byServer, byUser, portOpen, clock);
    }

    @Override
    public String toString() {
        return name;
    }
}
