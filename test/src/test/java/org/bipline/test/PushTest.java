// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.command.DisplayText;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.SendShortMessage;
import org.bipline.cat.ota.OtaKey;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.ota.Spi;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.notification.Notification.UiMode;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.push.Receipt;
import org.bipline.lab.push.SecuredPush;
import org.bipline.lab.push.SmppSender;
import org.bipline.lab.push.SmsCentre;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.file.CardProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a job of the server to its end, begun by a push: secured packet, SMPP over loopback, ME, envelope, card, session. */
@Tag("TR-3")
@Tag("MO-4")
class PushTest {
    private static final String KIC = "000102030405060708090A0B0C0D0E0F";
    private static final String KID = "101112131415161718191A1B1C1D1E1F";
    private static final OtaKeys KEYS = keys("aes:" + KIC, "aes:" + KID);
    private static final ByteString TAR = ByteString.ofHex(DmAppletInstallation.TAR);
    private static final String SENDER = "+12065550199";
    private static final String CARD = "+12065550100";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Fleet fleet;
    private SmsCentre centre;
    private Phone phone;

    private static OtaKeys keys(String kic, String kid) {
        return new OtaKeys(1, OtaKey.parse(kic), OtaKey.parse(kid), 8);
    }

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet("push", server -> {});
        fleet.know(1);
        Uicc card = Fleet.card(
                1,
                fleet.parameters(1),
                settings -> settings.profile(
                        CardProfile.usim().withOtaKeys("ota 1 kic=aes:%s kid=aes:%s".formatted(KIC, KID))));
        centre = new SmsCentre(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Clock.systemUTC());
        phone = new Phone(card, fleet.address(), me -> me.network(centre));
        centre.attach(phone.me());
        phone.forget();
    }

    @AfterEach
    void stop() {
        phone.close();
        centre.close();
        fleet.close();
    }

    private ByteString notification(UiMode mode) {
        return ByteString.wrap(fleet.notification(1, mode).encode().toByteArray());
    }

    private static SecuredPush push(OtaKeys keys, Spi spi, ByteString tar, long counter, ByteString data) {
        return SecuredPush.of(keys, spi, tar, counter, data);
    }

    /** Sends it by SMPP, and waits for its proof of receipt and for what the card begins. */
    private Receipt send(SecuredPush push) throws Exception {
        try (SmppSender sender = new SmppSender(centre.address(), "test", "", SENDER, CARD)) {
            sender.send(push.messages(SENDER, OffsetDateTime.now(Clock.systemUTC())));
            Optional<Receipt> receipt = sender.awaitReceipt(push, LIMIT);
            phone.awaitIdle();
            return receipt.orElseThrow(() -> new AssertionError("no proof of receipt"));
        }
    }

    @ParameterizedTest
    @CsvSource({"1619, BACKGROUND", "1639, BACKGROUND", "1619, INFORMATIVE", "1E09, BACKGROUND", "1205, BACKGROUND"})
    void a_job_waits_for_the_session_that_a_push_begins(String parameters, UiMode mode) throws Exception {
        Job job = fleet.submit(1, JobSpec.commands(ManagementCommand.get("./DevInfo/DevId")));
        Spi spi = new Spi(
                Integer.parseInt(parameters.substring(0, 2), 16), Integer.parseInt(parameters.substring(2), 16));

        Receipt receipt = send(push(KEYS, spi, TAR, 1, notification(mode)));

        assertThat(receipt.succeeded()).as(receipt.text()).isTrue();
        assertThat(receipt.packet().genuine()).isTrue();
        assertThat(fleet.job(job).state()).isEqualTo(JobState.DONE);
        assertThat(phone.commands(DisplayText.class)).hasSize(mode == UiMode.INFORMATIVE ? 1 : 0);
        assertThat(phone.commands(SendShortMessage.class)).hasSize(spi.isReceiptBySubmit() ? 1 : 0);
        assertThat(phone.openChannels()).isEmpty();
    }

    @Test
    void a_packet_longer_than_a_message_reaches_the_card_in_parts() throws Exception {
        Receipt receipt = send(push(KEYS, SecuredPush.SECURED, TAR, 1, ByteString.wrap(new byte[300])));
        assertThat(receipt.text()).contains("refuses the notification");
        assertThat(receipt.packet().genuine()).isTrue();
    }

    private void noSession(Job job, Receipt receipt, String words) {
        assertThat(receipt.succeeded()).isFalse();
        assertThat(receipt.text()).contains(words);
        assertThat(fleet.job(job).state()).isEqualTo(JobState.QUEUED);
        assertThat(phone.commands(OpenChannel.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1619, 424950, other, 01 redundancy check",
        "1619, ABCDEF, right, 09 TAR unknown",
        "0001, 424950, right, 0A insufficient security level",
        "0201, 424950, right, 0A insufficient security level",
        "0401, 424950, right, 0A insufficient security level",
        "1001, 424950, right, 0A insufficient security level"
    })
    @Tag("SEC-5")
    void what_is_not_secured_as_the_card_wants_it_begins_none_and_is_told_why(
            String parameters, String tar, String which, String words) throws Exception {
        Job job = fleet.submit(1, JobSpec.commands(ManagementCommand.get("./DevInfo/DevId")));
        OtaKeys keys = which.equals("other") ? keys("aes:" + KIC, "aes:" + KIC) : KEYS;
        Spi spi = new Spi(
                Integer.parseInt(parameters.substring(0, 2), 16), Integer.parseInt(parameters.substring(2), 16));
        noSession(job, send(push(keys, spi, ByteString.ofHex(tar), 1, notification(UiMode.BACKGROUND))), words);
    }

    @Test
    @Tag("SEC-5")
    void an_old_counter_begins_none() throws Exception {
        assertThat(send(push(KEYS, SecuredPush.SECURED, TAR, 7, notification(UiMode.BACKGROUND)))
                        .succeeded())
                .isTrue();
        phone.forget();
        Job job = fleet.submit(1, JobSpec.commands(ManagementCommand.get("./DevInfo/DevId")));
        for (long counter : List.of(7L, 6L)) {
            Receipt receipt = send(push(KEYS, SecuredPush.SECURED, TAR, counter, notification(UiMode.BACKGROUND)));
            noSession(job, receipt, "02 counter too low");
            assertThat(receipt.packet().genuine()).isTrue();
        }
    }

    @Test
    @Tag("SEC-2")
    void a_server_that_the_card_does_not_know_begins_none_though_it_has_the_keys() throws Exception {
        Job job = fleet.submit(1, JobSpec.commands(ManagementCommand.get("./DevInfo/DevId")));
        fleet.know(1, Fleet.CARD_SECRET, "another secret");
        noSession(
                job,
                send(push(KEYS, SecuredPush.SECURED, TAR, 1, notification(UiMode.BACKGROUND))),
                "00 proof of receipt OK; the card refuses the notification");
    }
}
