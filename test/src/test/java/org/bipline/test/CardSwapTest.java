// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Store;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.simulation.Simulation;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MobileEquipment;
import org.bipline.me.VirtualClock;
import org.bipline.me.dm.CardSessions;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.SessionOutcome;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cards that change places: two in one phone, one in two phones, and an account that is no longer on its card. OMA DM Bootstrap, smartcard. */
@Tag("MO-9")
class CardSwapTest {
    private static final int PORT = 8443;
    private static final Duration LIMIT = Duration.ofMinutes(10); // of virtual time
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final VirtualClock clock = new VirtualClock();
    private final Store store = new MemoryStore();
    private final Simulation simulation = new Simulation(clock, 1, store, s -> {}, g -> {});
    private final ManagementTree phone = tree("490154203237518");

    private static ManagementTree tree(String imei) {
        return DeviceTree.factory(DeviceIdentity.of(imei, "en"), CLOCK);
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    /** A card whose server has given it an account for the phone. */
    private Uicc card(int number) throws Exception {
        store.putDevice(Fleet.device(number, Fleet.CARD_SECRET, Fleet.SERVER_SECRET));
        Uicc card = Fleet.card(
                number,
                Fleet.parameters(number, Simulation.SERVER).localPort(PORT).device("device", "its secret", "card's"),
                settings -> settings.random(simulation.random()));
        manage(
                card,
                number,
                ManagementCommand.addInterior("./MO/" + name(number), Optional.of("urn:oma:mo:oma-dm-dmacc:1.0")),
                leaf("./MO/" + name(number) + "/AppID", "w7"),
                leaf("./MO/" + name(number) + "/ServerID", server(number)),
                ManagementCommand.addInterior("./Policy/" + name(number), Optional.empty()),
                leaf("./Policy/" + name(number) + "/Target", account(number)),
                leaf("./Policy/" + name(number) + "/Direction", "both"),
                leaf("./Policy/" + name(number) + "/Consent", "false"));
        return card;
    }

    private static String name(int number) {
        return "Operator" + number;
    }

    private static String server(int number) {
        return "server" + number + ".example";
    }

    private static String account(int number) {
        return "./DMAcc/" + name(number);
    }

    private static ManagementCommand leaf(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private void manage(Uicc card, int number, ManagementCommand... commands) throws Exception {
        try (MobileEquipment me = simulation.me(new UiccLink(card)).build()) {
            me.powerOn();
            simulation.settle(me, LIMIT);
            Job job = simulation.server().submit(Fleet.deviceId(number), JobSpec.commands(commands));
            me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
            simulation.settle(me, LIMIT);
            assertThat(store.job(job.id()).orElseThrow().state()).isEqualTo(JobState.DONE);
        }
    }

    /** The phone is switched on with the card, and off when both have agreed; returns the exchanges of the session, 0 for none. */
    private int on(Uicc card, ManagementTree tree) throws Exception {
        DmClient client = DmClient.builder(
                        tree,
                        (uri, message) -> {
                            throw new IOException("no server is reached from here");
                        },
                        new SplittableRandom(tree.text("./DevInfo/DevId").hashCode()))
                .build();
        CardSessions sessions = new CardSessions(
                client, PORT, Optional.of(new DmClientProfile.Account("device", "its secret", "card's")));
        try (MobileEquipment me =
                simulation.me(new UiccLink(card)).application(sessions).build()) {
            me.powerOn();
            simulation.settle(me, LIMIT);
            Optional<SessionOutcome> outcome = sessions.outcome();
            assertThat(outcome.map(SessionOutcome::state))
                    .isIn(Optional.empty(), Optional.of(SessionOutcome.State.COMPLETE));
            return outcome.map(SessionOutcome::messages).orElse(0);
        }
    }

    /** Servers with an account in the phone, cards included. */
    private static List<String> servers(ManagementTree tree) {
        List<String> servers = new ArrayList<>();
        for (MgmtNode account : tree.node("./DMAcc").orElseThrow().children()) {
            servers.add(tree.text("./DMAcc/" + account.name() + "/ServerID").orElseThrow());
        }
        return servers;
    }

    @Test
    void each_of_two_cards_has_its_accounts_in_the_phone_while_it_is_in_it() throws Exception {
        Uicc first = card(1);
        Uicc second = card(2);
        on(first, phone);
        assertThat(servers(phone)).containsExactlyInAnyOrder(server(1), Fleet.deviceId(1));

        on(second, phone);
        assertThat(servers(phone)).containsExactlyInAnyOrder(server(2), Fleet.deviceId(2));

        assertThat(on(first, phone)).as("nothing has changed").isEqualTo(1);
        assertThat(servers(phone)).containsExactlyInAnyOrder(server(1), Fleet.deviceId(1));
        assertThat(on(second, phone)).isEqualTo(1);
        assertThat(servers(phone)).containsExactlyInAnyOrder(server(2), Fleet.deviceId(2));
    }

    @Test
    void rights_of_a_server_go_with_its_card() throws Exception {
        Uicc first = card(1);
        on(first, phone);
        phone.put(
                "./MO",
                MgmtNode.interior("Own").acl("Get=*&Replace=" + server(1)).build());
        on(card(2), phone);

        assertThat(phone.node("./MO/Own").orElseThrow().acl()).contains("Get=*");
    }

    @Test
    void an_account_that_is_no_longer_on_the_card_is_removed() throws Exception {
        Uicc card = card(1);
        on(card, phone);
        manage(card, 1, ManagementCommand.delete("./MO/" + name(1)));
        on(card, phone);

        assertThat(servers(phone)).containsExactly(Fleet.deviceId(1));
        assertThat(on(card, phone)).as("there is nothing to talk about").isZero();
        on(card(2), phone);
        on(card, phone);
        assertThat(phone.node(account(1))).as("nothing is put back").isEmpty();
    }

    @Test
    void one_card_in_two_phones_keeps_them_the_same() throws Exception {
        Uicc card = card(1);
        ManagementTree other = tree("350000000000006");
        on(card, phone);
        on(card, other);
        assertThat(servers(other)).containsExactlyInAnyOrder(server(1), Fleet.deviceId(1));

        other.set(account(1) + "/AppID", NodeValue.text("changed in the second")); // by its user
        on(card, other);
        on(card, phone);
        assertThat(phone.text(account(1) + "/AppID")).contains("changed in the second");

        manage(card, 1, ManagementCommand.delete("./Policy/" + name(1)));
        on(card, phone);
        on(card, other);
        assertThat(phone.node(account(1))).isEmpty();
        assertThat(other.node(account(1))).isEmpty();
    }

    @Test
    @Tag("MO-5")
    void an_account_goes_to_its_new_place_with_the_policy() throws Exception {
        Uicc card = card(1);
        on(card, phone);
        manage(
                card,
                1,
                ManagementCommand.replace(
                        "./Policy/" + name(1) + "/Target", Format.CHR, "text/plain", NodeValue.text("./DMAcc/Moved")));
        on(card, phone);

        assertThat(phone.node(account(1))).isEmpty();
        assertThat(phone.text("./DMAcc/Moved/ServerID")).contains(server(1));
        assertThat(on(card, phone)).isEqualTo(1);
    }
}
