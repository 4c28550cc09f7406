// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.SendData;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.me.Answer;
import org.bipline.me.MeProfile;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an ME answers and whatever it lacks, the card holds no channel and has its next session in a better ME. */
class TerminalFaultsTest {
    private static Fleet fleet;
    private static int number;

    private Uicc card;

    @BeforeAll
    static void start() throws Exception {
        fleet = new Fleet("terminal-faults", server -> {});
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @BeforeEach
    void makeCard() {
        number++;
        card = fleet.card(number);
    }

    private static final JobSpec JOB = JobSpec.commands(
            ManagementCommand.addInterior("./MO/One", Optional.empty()),
            ManagementCommand.add("./MO/One/Leaf", Format.CHR, "text/plain", NodeValue.text("x".repeat(2000))),
            ManagementCommand.get("./MO/One/Leaf"));

    private static void works(Phone phone) throws Exception {
        Job job = fleet.submit(number, JOB);
        assertThat(phone.session()).matches(SessionOutcome::succeeded);
        assertThat(fleet.job(job).state()).as(fleet.job(job).reason()).isEqualTo(JobState.DONE);
        assertThat(phone.openChannels()).isEmpty();
    }

    private void worksInAnotherPhone() throws Exception {
        try (Phone phone = new Phone(card, fleet.address())) {
            works(phone);
        }
    }

    /** The reason of clause 7 of the technical specification for a general result of OPEN CHANNEL. */
    private static int reason(int generalResult, int cause) {
        if (generalResult < 0x20 || generalResult == 0x22 || generalResult == 0x23) {
            return 0x01;
        }
        if (generalResult == 0x3A) {
            return switch (cause) {
                case -1, 0xFF, 0x00, 0x01, 0x07 -> 0x02; // FF is how the outcome says that there was none
                case 0x02, 0x03 -> 0x04;
                default -> 0x03;
            };
        }
        return generalResult < 0x30 ? 0x02 : 0x03;
    }

    private void refusing(TypeOfCommand command, int generalResult, AtomicReference<Result> result, Phone phone)
            throws Exception {
        for (int cause = generalResult == 0x3A ? -1 : 0; cause <= (generalResult == 0x3A ? 0xFF : 0); cause++) {
            result.set(new Result(generalResult, cause < 0 ? ByteString.EMPTY : ByteString.of(cause)));
            SessionOutcome outcome = phone.session();

            assertThat(outcome.reason())
                    .as("%s answered %02X %02X", command, generalResult, cause)
                    .isEqualTo(reason(generalResult, cause));
            assertThat(outcome.generalResult()).isEqualTo(generalResult);
            assertThat(phone.openChannels()).isEmpty();
        }
    }

    @Test
    @Tag("TR-5")
    void every_result_of_open_channel_ends_the_session() throws Exception {
        AtomicReference<Result> result = new AtomicReference<>();
        try (Phone phone = new Phone(
                card,
                fleet.address(),
                me -> me.handler(TypeOfCommand.OPEN_CHANNEL, (command, state) -> Answer.of(result.get())))) {
            for (int generalResult = 0x10; generalResult <= 0xFF; generalResult++) {
                refusing(TypeOfCommand.OPEN_CHANNEL, generalResult, result, phone);
            }
            result.set(Result.of(GeneralResult.PERFORMED_SUCCESSFULLY)); // without the channel's status
            assertThat(phone.session().reason()).isEqualTo(0x06);
        }
        worksInAnotherPhone();
    }

    @Test
    @Tag("TR-5")
    void every_result_of_send_data_ends_the_session_and_closes_the_channel() throws Exception {
        AtomicReference<Result> result = new AtomicReference<>();
        try (Phone phone = new Phone(
                card,
                fleet.address(),
                me -> me.handler(TypeOfCommand.SEND_DATA, (command, state) -> Answer.of(result.get())))) {
            for (int generalResult = 0x10; generalResult <= 0xFF; generalResult++) {
                result.set(new Result(generalResult, ByteString.EMPTY));
                assertThat(phone.session().succeeded())
                        .as("general result %02X", generalResult)
                        .isFalse();
                assertThat(phone.openChannels()).isEmpty();
            }
        }
        worksInAnotherPhone();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x10, 0x20, 0x21, 0x30, 0x31, 0x36, 0x3A, 0x7F})
    @Tag("TR-5")
    void a_refused_receive_data_ends_the_session_and_closes_the_channel(int generalResult) throws Exception {
        try (Phone phone = new Phone(
                card,
                fleet.address(),
                me -> me.handler(
                        TypeOfCommand.RECEIVE_DATA,
                        (command, state) -> Answer.of(new Result(generalResult, ByteString.EMPTY))))) {
            assertThat(phone.session().succeeded()).isFalse();
            assertThat(phone.openChannels()).isEmpty();
        }
        worksInAnotherPhone();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 236, 237, 255, 256, 1024, 1499, 1500})
    @Tag("TR-6")
    void takes_the_buffer_that_is_granted(int size) throws Exception {
        try (Phone phone = new Phone(
                card, fleet.address(), me -> me.profile(MeProfile.full().withMaxBufferSize(size)))) {
            works(phone);

            Result opened = phone.exchanges().stream()
                    .filter(exchange -> exchange.command() instanceof OpenChannel)
                    .findFirst()
                    .orElseThrow()
                    .response()
                    .result()
                    .orElseThrow();
            assertThat(opened.generalResult()).isEqualTo(size < 1500 ? 0x07 : 0x00);
            assertThat(phone.commands(SendData.class))
                    .isNotEmpty()
                    .allMatch(send -> send.data().value().length() <= size);
        }
    }

    private static MeProfile without(Set<Facility> missing, int channels) {
        EnumSet<Facility> facilities =
                EnumSet.copyOf(MeProfile.full().terminalProfile().facilities());
        facilities.removeAll(missing);
        return MeProfile.full().withTerminalProfile(TerminalProfile.of(facilities, channels));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "OPEN_CHANNEL",
                "CLOSE_CHANNEL",
                "RECEIVE_DATA",
                "SEND_DATA",
                "EVENT_DATA_AVAILABLE",
                "TCP_CLIENT_REMOTE"
            })
    @Tag("TR-6")
    void does_not_try_in_an_me_that_lacks_what_it_needs(Facility missing) throws Exception {
        try (Phone phone = new Phone(card, fleet.address(), me -> me.profile(without(Set.of(missing), 7)))) {
            assertThat(phone.session().reason()).isEqualTo(0x21);
            assertThat(phone.commands(OpenChannel.class)).isEmpty();
        }
        worksInAnotherPhone();
    }

    @Test
    @Tag("TR-6")
    void does_without_what_it_does_not_need() throws Exception {
        Set<Facility> spared = EnumSet.of(
                Facility.GET_CHANNEL_STATUS,
                Facility.EVENT_CHANNEL_STATUS,
                Facility.DISPLAY_TEXT,
                Facility.TIMER_EXPIRATION,
                Facility.TIMER_MANAGEMENT_START_STOP,
                Facility.TIMER_MANAGEMENT_GET_CURRENT_VALUE,
                Facility.MORE_TIME,
                Facility.POLL_INTERVAL,
                Facility.POLLING_OFF);
        try (Phone phone = new Phone(card, fleet.address(), me -> me.profile(without(spared, 1)))) {
            works(phone);
            assertThat(phone.exchanges())
                    .extracting(exchange -> exchange.command().name())
                    .doesNotContainAnyElementsOf(List.of("TIMER MANAGEMENT", "DISPLAY TEXT", "GET CHANNEL STATUS"));
        }
    }

    @Test
    @Tag("TR-5")
    void a_link_that_drops_at_once_leaves_nothing_open() throws Exception {
        try (Phone phone = new Phone(card, fleet.address());
                RawServer hangingUp = RawServer.hangingUp()) {
            phone.server(hangingUp.address());
            assertThat(phone.session().succeeded()).isFalse();
            assertThat(phone.openChannels()).isEmpty();

            phone.server(fleet.address());
            works(phone);
        }
    }
}
