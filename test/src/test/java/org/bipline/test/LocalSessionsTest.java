// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.ClientEvent;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.NodeResult;
import org.bipline.dm.server.Store;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.simulation.Simulation;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MobileEquipment;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.bipline.me.VirtualClock;
import org.bipline.me.dm.CardSessions;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.MeUser;
import org.bipline.me.dm.SessionOutcome;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the server over the card into the tree of the device, and back: the applet's local sessions with the ME's own DM client. */
final class LocalSessionsTest {
    private static final int PORT = 8443;
    /** What a device changes is newer than what the card has. */
    private static final Clock LATER = Clock.fixed(Instant.parse("2090-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static final Duration LIMIT = Duration.ofMinutes(10); // of virtual time
    private static final Optional<DmClientProfile.Account> ACCOUNT =
            Optional.of(new DmClientProfile.Account("device", "device secret", "local card secret"));
    private static final String SSID = "./MO/Wifi/Ssid";
    private static final String RECORD = "./Sync/1/MO/Wifi";
    private static final Optional<String> NO_TYPE = Optional.empty();

    private final VirtualClock clock = new VirtualClock();
    private final Store store = new MemoryStore();
    private final Simulation simulation = new Simulation(clock, 1, store, s -> {}, g -> {});
    private final List<MobileEquipment> switchedOn = new ArrayList<>();
    private final Device phone = new Device("490154203237518");

    /** A device: what stays when it is switched off. */
    private static final class Device {
        private final ManagementTree tree;
        private Optional<DmClientProfile.Account> account = ACCOUNT;
        private UserModel user = UserModel.script(new UserAction.Confirms());

        Device(String imei) {
            tree = DeviceTree.factory(DeviceIdentity.of(imei, "en"), LATER);
        }

        String ssid() {
            return tree.text(SSID).orElse("none");
        }
    }

    /** A device with a card, switched on. */
    private final class Phone {
        private final MobileEquipment me;
        private final CardSessions sessions;

        Phone(Uicc card, Device device) throws IOException, TimeoutException {
            DmClient client = DmClient.builder(
                            device.tree,
                            (uri, message) -> {
                                throw new IOException("no server is reached from here");
                            },
                            new SplittableRandom(2))
                    .user(new MeUser(device.user))
                    .build();
            sessions = new CardSessions(client, PORT, device.account);
            me = simulation.me(new UiccLink(card)).application(sessions).build();
            switchedOn.add(me);
            me.powerOn();
        }

        Phone settled() throws TimeoutException {
            simulation.settle(me, LIMIT);
            return this;
        }

        SessionOutcome outcome() {
            return sessions.outcome().orElseThrow();
        }

        void change(String value) throws TimeoutException {
            sessions.with(client -> {
                client.tree().set(SSID, NodeValue.text(value));
                return null;
            });
            settled();
        }

        void off() {
            me.close();
        }
    }

    @AfterEach
    void close() {
        switchedOn.forEach(MobileEquipment::close);
        simulation.close();
    }

    private Uicc card(int number) {
        store.putDevice(Fleet.device(number, Fleet.CARD_SECRET, Fleet.SERVER_SECRET));
        return Fleet.card(
                number,
                Fleet.parameters(number, Simulation.SERVER)
                        .localPort(PORT)
                        .device("device", "device secret", "local card secret"),
                settings -> settings.random(simulation.random()));
    }

    /** A session of the server with a card, in an ME without a DM client. */
    private Job manage(Uicc card, int number, ManagementCommand... commands) throws Exception {
        MobileEquipment me = simulation.me(new UiccLink(card)).build();
        switchedOn.add(me);
        me.powerOn();
        simulation.settle(me, LIMIT);
        Job job = manage(me, number, commands);
        me.close();
        return job;
    }

    private Job manage(MobileEquipment me, int number, ManagementCommand... commands) throws Exception {
        Job job = simulation.server().submit(Fleet.deviceId(number), JobSpec.commands(commands));
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        simulation.settle(me, LIMIT);
        Job done = store.job(job.id()).orElseThrow();
        assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
        return done;
    }

    private static ManagementCommand leaf(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static ManagementCommand replace(String value) {
        return ManagementCommand.replace(SSID, Format.CHR, "text/plain", NodeValue.text(value));
    }

    /** An object with a policy of these leaves. */
    private static ManagementCommand[] release(String... policy) {
        List<ManagementCommand> commands = new ArrayList<>(List.of(
                ManagementCommand.addInterior("./MO/Wifi", Optional.of("urn:x-test:wifi:1.0")),
                leaf(SSID, "home"),
                ManagementCommand.addInterior("./Policy/Wifi", NO_TYPE)));
        for (int i = 0; i < policy.length; i += 2) {
            commands.add(leaf("./Policy/Wifi/" + policy[i], policy[i + 1]));
        }
        return commands.toArray(ManagementCommand[]::new);
    }

    private Uicc released(String... policy) throws Exception {
        String[] all = Arrays.copyOf(policy, policy.length + 6);
        List<String> more = List.of("Direction", "both", "Consent", "false", "Level", "1");
        for (int i = 0; i < 6; i++) {
            all[policy.length + i] = more.get(i);
        }
        Uicc card = card(1);
        manage(card, 1, release(all));
        return card;
    }

    private Phone on(Uicc card) throws Exception {
        return new Phone(card, phone).settled();
    }

    /** What the server finds on the card. */
    private String onCard(Uicc card) throws Exception {
        return manage(card, 1, ManagementCommand.get(SSID)).results().stream()
                .map(NodeResult::value)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(NodeValue::asText)
                .orElse("none");
    }

    /** Nothing is left to do: one exchange. */
    private void assertSettled(Uicc card) throws Exception {
        Phone again = on(card);
        assertThat(again.outcome().state()).isEqualTo(SessionOutcome.State.COMPLETE);
        assertThat(again.outcome().messages()).isEqualTo(1);
        again.off();
    }

    @Test
    @Tag("MO-5")
    @Tag("MO-9")
    @Tag("TR-4")
    @Tag("SEC-3")
    void a_device_adopts_what_the_server_gave_to_the_card_and_then_needs_one_exchange() throws Exception {
        Uicc card = released();
        Phone first = on(card);
        assertThat(first.outcome().state()).as(first.outcome().reason()).isEqualTo(SessionOutcome.State.COMPLETE);
        first.off();

        assertThat(phone.ssid()).isEqualTo("home");
        assertSettled(card);
    }

    @Test
    @Tag("MO-5")
    void a_change_of_the_server_comes_to_the_device_as_soon_as_the_card_has_it() throws Exception {
        Uicc card = released();
        Phone first = on(card);
        manage(first.me, 1, replace("office"));

        assertThat(phone.ssid()).isEqualTo("office");
        first.off();
        assertSettled(card);
    }

    @Test
    @Tag("MO-5")
    void a_change_of_the_user_comes_to_the_card_at_once() throws Exception {
        Uicc card = released();
        Phone first = on(card);
        first.change("mine");
        first.off();

        assertThat(onCard(card)).isEqualTo("mine");
        assertSettled(card);
    }

    @ParameterizedTest
    @CsvSource({"true, home", "false, none"})
    @Tag("MO-8")
    void the_user_is_asked_where_the_policy_wants_it(boolean yes, String adopted) throws Exception {
        Uicc card = card(1);
        manage(card, 1, release("Direction", "both"));
        phone.user = UserModel.script(yes ? new UserAction.Confirms() : new UserAction.Refuses());
        on(card).off();

        assertThat(phone.ssid()).isEqualTo(adopted);
        phone.user = UserModel.script(new UserAction.Ignores()); // is not asked again
        assertSettled(card);
    }

    @ParameterizedTest
    @CsvSource({"card, theirs, theirs", "device, mine, mine", "newer, mine, mine", "ask, mine, theirs"})
    @Tag("MO-5")
    void a_conflict_goes_as_the_policy_says(String rule, String device, String card) throws Exception {
        Uicc uicc = released("Conflict", rule);
        on(uicc).off();
        manage(uicc, 1, replace("theirs"));
        phone.tree.set(SSID, NodeValue.text("mine")); // while it is off
        on(uicc).off();

        assertThat(phone.ssid()).isEqualTo(device);
        assertThat(onCard(uicc)).isEqualTo(card);
        assertSettled(uicc);
    }

    @ParameterizedTest
    @CsvSource({"card, theirs", "device, mine"})
    @Tag("MO-5")
    void the_server_is_told_of_a_conflict_and_decides_it(String decision, String winner) throws Exception {
        Uicc card = released("Conflict", "ask");
        on(card).off();
        manage(card, 1, replace("theirs"));
        phone.tree.set(SSID, NodeValue.text("mine")); // while it is off
        assertThat(conflicts()).isEmpty();
        on(card).off();

        assertThat(phone.ssid()).isEqualTo("mine");
        assertThat(onCard(card)).isEqualTo("theirs");
        assertThat(conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(AlertCode.GENERIC_ALERT);
            assertThat(conflict.source()).contains("./MO/Wifi");
            assertThat(conflict.mark()).isEqualTo("warning");
            assertThat(conflict.data().flatMap(NodeValue::asText)).contains(RECORD);
        });

        manage(
                card,
                1,
                ManagementCommand.replace(RECORD + "/Resolve", Format.CHR, "text/plain", NodeValue.text(decision)));
        on(card).off();

        assertThat(phone.ssid()).isEqualTo(winner);
        assertThat(onCard(card)).isEqualTo(winner);
        assertThat(conflicts()).as("told once").hasSize(1);
        assertSettled(card);
    }

    /** The conflicts of which the first card has told the server. */
    private List<ClientEvent> conflicts() {
        return store.events(Fleet.deviceId(1), 10).stream()
                .filter(event -> event.type().equals(Optional.of("Reversed-Domain-Name: org.bipline.syncconflict")))
                .toList();
    }

    @Test
    @Tag("MO-9")
    void what_the_server_deletes_on_the_card_goes_from_the_device() throws Exception {
        Uicc card = released();
        on(card).off();
        manage(card, 1, ManagementCommand.delete("./MO/Wifi"));
        on(card).off();

        assertThat(phone.ssid()).isEqualTo("none");
    }

    @Test
    @Tag("MO-5")
    void what_the_user_deletes_goes_from_the_card() throws Exception {
        Uicc card = released();
        Phone first = on(card);
        first.sessions.with(client -> {
            client.tree().remove("./MO/Wifi");
            return null;
        });
        first.settled().off();

        Job list = manage(card, 1, ManagementCommand.get("./MO"));
        assertThat(list.results().toString()).doesNotContain("Wifi");
    }

    @Test
    @Tag("MO-5")
    void a_second_device_gets_what_the_first_has_changed() throws Exception {
        Uicc card = released();
        Phone first = on(card);
        first.change("from the first");
        first.off();
        Device other = new Device("350000000000006");
        new Phone(card, other).settled().off();
        assertThat(other.ssid()).isEqualTo("from the first");

        on(card).off(); // the other device has used the nonce
        assertSettled(card);
    }

    @Test
    @Tag("MO-5")
    @Tag("MO-9")
    void another_card_does_not_confuse_the_device() throws Exception {
        Uicc card = released();
        on(card).off();
        Uicc other = card(2);
        manage(other, 2, release("Direction", "both", "Consent", "false", "Target", "./MO/Other"));
        new Phone(other, phone).settled().off();
        assertThat(phone.tree.text("./MO/Other/Ssid")).contains("home");
        assertThat(phone.ssid()).as("set aside with its card").isEqualTo("none");
        assertSettled(card);

        assertThat(phone.ssid()).isEqualTo("home");
    }

    @Test
    @Tag("SEC-3")
    void a_device_without_credentials_gets_nothing() throws Exception {
        Uicc card = released();
        phone.account = Optional.empty();
        Phone without = on(card);
        without.off();

        assertThat(phone.ssid()).isEqualTo("none");
        assertThat(without.outcome().state()).isNotEqualTo(SessionOutcome.State.COMPLETE);
    }

    @Test
    @Tag("SEC-3")
    void a_device_with_a_wrong_secret_gets_nothing() throws Exception {
        Uicc card = released();
        phone.account = Optional.of(new DmClientProfile.Account("device", "guessed", "local card secret"));
        Phone wrong = on(card);
        wrong.off();
        assertThat(wrong.outcome().state()).isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
        assertThat(phone.ssid()).isEqualTo("none");

        phone.account = ACCOUNT;
        on(card).off();
        assertThat(phone.ssid()).isEqualTo("home");
    }

    @Test
    @Tag("SEC-3")
    void an_object_of_level_2_goes_to_a_device_that_proves_each_message() throws Exception {
        Uicc card = released();
        manage(
                card,
                1,
                ManagementCommand.replace("./Policy/Wifi/Level", Format.CHR, "text/plain", NodeValue.text("2")));
        Phone first = on(card);
        assertThat(first.outcome().state()).isEqualTo(SessionOutcome.State.COMPLETE);
        assertThat(phone.ssid()).isEqualTo("home");
        first.change("of the user");
        assertThat(first.outcome().state()).isEqualTo(SessionOutcome.State.COMPLETE);
        first.off();
        assertThat(onCard(card)).isEqualTo("of the user");

        Device guessing = new Device("350000000000006");
        guessing.account = Optional.of(new DmClientProfile.Account("device", "guessed", "local card secret"));
        Phone wrong = new Phone(card, guessing).settled();
        wrong.off();
        assertThat(wrong.outcome().state()).isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
        assertThat(guessing.ssid()).isEqualTo("none");
    }

    /** The device is switched off after so many steps of the simulation, which is at any message and any APDU. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 8, 12, 16, 20, 25, 30, 36, 42, 50, 60, 70, 80, 90, 100, 120})
    @Tag("MO-5")
    @Tag("INT-2")
    void after_an_interruption_at_any_step_both_agree(int steps) throws Exception {
        Uicc card = released("Conflict", "device");
        on(card).off();
        manage(card, 1, leaf("./MO/Wifi/Key", "of the server"));
        Phone cut = new Phone(card, phone);
        int done = 0;
        while (done < steps && clock.runNext()) {
            done++;
        }
        cut.off();
        on(card).off();

        assertThat(phone.tree.text("./MO/Wifi/Key")).contains("of the server");
        assertThat(phone.ssid()).isEqualTo("home");
        assertSettled(card);
    }
}
