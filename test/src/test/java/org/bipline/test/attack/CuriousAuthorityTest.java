// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bipline.cat.command.SelectItem;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.card.AuthorityRights;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.bipline.test.Fleet;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An authority with credentials of its own after what another has on the same card: its gateway and server are real, and it
 * authenticates itself rightly. Each attack succeeds where the mechanism that stops it is off.
 */
@Tag("SEC-1")
class CuriousAuthorityTest {
    private static final String CURIOUS = "curious";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PIN = "./MO/Bank/Pin";

    private final AtomicInteger choice = new AtomicInteger(1);
    private final NettyBearer bearer = new NettyBearer(1);
    private final SystemMeClock clock = new SystemMeClock();
    private Fleet bank;
    private Fleet curious;
    private MobileEquipment me;

    @BeforeEach
    void two_servers() throws Exception {
        bank = new Fleet("bank", server -> {});
        curious = new Fleet(CURIOUS, server -> {});
        curious.know(Device.md5(
                Fleet.deviceId(1), Account.of("card1", "curious card"), Account.of(CURIOUS, "curious server")));
    }

    @AfterEach
    void stop() {
        if (me != null) {
            me.close();
        }
        bearer.close();
        clock.close();
        bank.close();
        curious.close();
    }

    private DmAppletParameters authority(AuthorityRights rights) {
        return new DmAppletParameters()
                .destination(curious.address())
                .client("card1", "curious card")
                .server(CURIOUS, "curious server")
                .rights(rights);
    }

    private static AuthorityRights names(String... names) {
        return new AuthorityRights(Set.of(), Set.of(), List.of(), List.of(names));
    }

    /** A card on which the bank has an object and the curious one has these rights. */
    private void switchOn(AuthorityRights rights) throws Exception {
        Uicc card = bank.card(1);
        DmAppletInstallation.personalise(card, List.of(authority(rights)));
        UserModel user = command ->
                command instanceof SelectItem ? new UserAction.Selects(choice.get()) : UserModel.PATIENT.react(command);
        me = MobileEquipment.builder()
                .card(new UiccLink(card))
                .bearer(bearer)
                .clock(clock)
                .user(user)
                .build();
        me.powerOn();
        me.awaitIdle(LIMIT);
        Job made = bank(
                ManagementCommand.addInterior("./MO/Bank", Optional.empty()),
                ManagementCommand.add(PIN, Format.CHR, "text/plain", NodeValue.text("4711")));
        assertThat(made.state()).as(made.reason()).isEqualTo(JobState.DONE);
    }

    private Job bank(ManagementCommand... commands) throws Exception {
        return run(bank, 1, commands);
    }

    private Job curious(ManagementCommand... commands) throws Exception {
        return run(curious, 2, commands);
    }

    private Job run(Fleet fleet, int item, ManagementCommand... commands) throws Exception {
        Job job = fleet.submit(1, JobSpec.commands(commands));
        choice.set(item);
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        me.awaitIdle(LIMIT);
        return fleet.job(job);
    }

    private static List<Integer> codes(Job job) {
        return job.statuses().stream().map(status -> status.code()).toList();
    }

    private static String value(Job job) {
        return job.results().getLast().value().orElseThrow().asText().orElseThrow();
    }

    @Test
    void reads_and_changes_nothing_of_another_and_learns_of_nothing() throws Exception {
        switchOn(names());
        assertThat(codes(curious(ManagementCommand.get(PIN)))).containsExactly(404);
        assertThat(codes(curious(ManagementCommand.get("./MO/None/Pin"))))
                .as("as if there was none")
                .containsExactly(404);
        assertThat(codes(curious(ManagementCommand.replace(PIN, Format.CHR, "text/plain", NodeValue.text("0000")))))
                .containsExactly(404);
        assertThat(codes(curious(ManagementCommand.delete("./MO/Bank")))).containsExactly(404);
        assertThat(value(curious(ManagementCommand.get("./MO")))).isEmpty();
        assertThat(value(curious(ManagementCommand.get("./DMAcc")))).isEqualTo(CURIOUS);
        assertThat(value(bank(ManagementCommand.get(PIN)))).isEqualTo("4711");
    }

    @Test
    void it_is_the_owners_list_that_stops_him() throws Exception {
        switchOn(names());
        bank(ManagementCommand.replaceProperty("./MO/Bank", "ACL", "Get=*&Replace=*"));
        assertThat(value(curious(ManagementCommand.get("./MO")))).isEqualTo("Bank");
        assertThat(value(curious(ManagementCommand.get(PIN)))).isEqualTo("4711");
        assertThat(codes(curious(ManagementCommand.replace(PIN, Format.CHR, "text/plain", NodeValue.text("0000")))))
                .containsExactly(200);
        assertThat(value(bank(ManagementCommand.get(PIN)))).isEqualTo("0000");
    }

    @Test
    void does_not_release_an_object_of_another_by_a_policy() throws Exception {
        switchOn(names());
        assertThat(codes(curious(ManagementCommand.addInterior("./Policy/Bank", Optional.empty()))))
                .containsExactly(425);
        assertThat(codes(curious(ManagementCommand.addInterior("./Policy/Nobodys", Optional.empty()))))
                .as("of a name that nobody has")
                .containsExactly(200);
    }

    @Test
    void a_name_tells_nothing_where_the_registry_gives_each_its_own() throws Exception {
        switchOn(names("Curious*"));
        assertThat(codes(curious(ManagementCommand.addInterior("./MO/Bank", Optional.empty()))))
                .containsExactly(425);
        assertThat(codes(curious(ManagementCommand.addInterior("./MO/None", Optional.empty()))))
                .as("the same for a name that nobody has")
                .containsExactly(425);
        assertThat(codes(curious(ManagementCommand.addInterior("./MO/Curious", Optional.empty()))))
                .containsExactly(200);
    }

    @Test
    void takes_no_account_over() throws Exception {
        switchOn(names());
        assertThat(codes(curious(ManagementCommand.replace(
                        "./DMAcc/1/AppAuth/2/AAuthSecret", Format.CHR, "text/plain", NodeValue.text("stolen")))))
                .containsExactly(404);
        assertThat(value(bank(ManagementCommand.get(PIN)))).isEqualTo("4711");
        assertThat(codes(bank(ManagementCommand.replace(
                        "./DMAcc/1/AppAuth/2/AAuthSecret", Format.CHR, "text/plain", NodeValue.text("renewed")))))
                .as("the owner may")
                .containsExactly(200);
        assertThat(bank(ManagementCommand.get(PIN)).state())
                .as("and the old secret is worth nothing")
                .isNotEqualTo(JobState.DONE);
    }

    @Test
    @Tag("SEC-2")
    void credentials_of_one_are_none_of_another() throws Exception {
        switchOn(names());
        curious.know(Device.md5(
                Fleet.deviceId(1), Account.of("card1", Fleet.CARD_SECRET), Account.of(Fleet.SERVER, "curious server")));
        Job job = curious(ManagementCommand.get(PIN));
        assertThat(job.state()).isNotEqualTo(JobState.DONE);
        assertThat(job.results()).isEmpty();
    }

    @Test
    void whoever_finds_a_personalised_card_adds_no_authority() throws Exception {
        Uicc card = bank.card(1);
        DmAppletInstallation.personalise(card, List.of());
        assertThatThrownBy(() -> DmAppletInstallation.personalise(card, List.of(authority(names()))))
                .hasMessageContaining("6985");
        Uicc open = bank.card(1);
        DmAppletInstallation.personalise(open, List.of(authority(names())));
    }
}
