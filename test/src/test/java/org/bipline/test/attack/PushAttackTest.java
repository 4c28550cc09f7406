// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bipline.card.dm.DmApplet;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.InformationElement;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.ota.CommandPacket;
import org.bipline.cat.ota.OtaKey;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.ota.Spi;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.ToolkitParameters;
import org.bipline.lab.push.SecuredPush;
import org.bipline.lab.simulation.Simulation;
import org.bipline.me.VirtualClock;
import org.bipline.test.Fleet;
import org.bipline.test.SimulatedCard;
import org.bipline.uicc.runtime.AppletInstallation;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.file.CardProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The network against pushes: whoever can send short messages to the card, or has recorded those of the server. Each attack
 * succeeds against a card whose applet was installed without a minimum security level, or against a push that is sent with less.
 */
@Tag("TR-3")
@Tag("SEC-5")
class PushAttackTest {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-24T19:00:00Z");
    private static final OtaKeys KEYS = new OtaKeys(
            1,
            OtaKey.parse("aes:000102030405060708090A0B0C0D0E0F"),
            OtaKey.parse("aes:101112131415161718191A1B1C1D1E1F"),
            8);
    private static final String CARD_KEYS =
            "ota 1 kic=aes:000102030405060708090A0B0C0D0E0F kid=aes:101112131415161718191A1B1C1D1E1F";
    private static final ByteString TAR = ByteString.ofHex(DmAppletInstallation.TAR);
    private static final Spi COUNTED = SecuredPush.SECURED;
    private static final Spi OPEN = new Spi(0x00, 0x01);
    private static final String TRIGGERED = "FORMATTED_SMS_PP_ENV";

    /** Counts what gets as far as the applet. */
    private final List<String> triggers = new ArrayList<>();

    private SimulatedCard network(byte... minimumSecurityLevel) throws Exception {
        byte[] toolkit = new ToolkitParameters()
                .timers(1)
                .channels(1)
                .menuTextLength(32)
                .menuEntry(0, 0)
                .minimumSecurityLevel(minimumSecurityLevel)
                .tar(TAR.toBytes())
                .encode();
        Uicc card = Uicc.builder()
                .profile(CardProfile.usim().withOtaKeys(CARD_KEYS))
                .iccid(Fleet.deviceId(1).substring("ICCID:".length()))
                .listener(new UiccListener() {
                    @Override
                    public void triggered(String event, String aid) {
                        triggers.add(event);
                    }
                })
                .applet(new AppletInstallation(
                        DmApplet.class,
                        HexFormat.of().parseHex("F06269706C03"),
                        HexFormat.of().parseHex(DmAppletInstallation.AID),
                        toolkit,
                        Fleet.parameters(1, Simulation.SERVER).encode()))
                .build();
        return SimulatedCard.builder(new VirtualClock(TIME), 1).card(card).build();
    }

    private SimulatedCard network() throws Exception {
        return network((byte) 0x01, (byte) 0x12);
    }

    private static ByteString notification(SimulatedCard card) {
        Notification made = card.simulation().server().notification(Fleet.deviceId(1), Notification.UiMode.BACKGROUND);
        return ByteString.wrap(made.encode().toByteArray());
    }

    private static ByteString packet(Spi spi, long counter, ByteString data) {
        return CommandPacket.of(spi, KEYS, TAR, counter, data)
                .secure(Optional.of(KEYS))
                .encode();
    }

    /** A packet comes to the card as it is; how often it got as far as the applet. */
    private long push(SimulatedCard card, ByteString packet) throws Exception {
        triggers.clear();
        card.me()
                .receiveShortMessage(
                        Address.of("+12065550100"),
                        ShortMessage.deliver("+12065550199", TIME)
                                .protocolIdentifier(0x7F)
                                .elementOfFirst(InformationElement.COMMAND_PACKET, ByteString.EMPTY)
                                .data(0xF6, packet));
        card.settle();
        return triggers.stream().filter(TRIGGERED::equals).count();
    }

    private static Job job(SimulatedCard card) {
        return card.submit(JobSpec.commands(ManagementCommand.get("./DevInfo/DevId")));
    }

    @Test
    void a_recorded_packet_comes_again() throws Exception {
        try (SimulatedCard card = network()) {
            ByteString recorded = packet(COUNTED, 5, notification(card));
            assertThat(push(card, recorded)).isEqualTo(1);
            assertThat(push(card, recorded)).isZero();
        }
        try (SimulatedCard card = network()) { // the counter switched off
            ByteString recorded = packet(new Spi(0x06, 0x19), 5, notification(card));
            assertThat(push(card, recorded))
                    .as("the level of the applet refuses it")
                    .isZero();
        }
        try (SimulatedCard card = network(new byte[0])) { // and the level too
            ByteString recorded = packet(new Spi(0x06, 0x19), 5, notification(card));
            assertThat(push(card, recorded)).isEqualTo(1);
            assertThat(push(card, recorded)).isEqualTo(1);
        }
    }

    @Test
    void an_altered_packet_comes_in_place_of_the_right_one() throws Exception {
        try (SimulatedCard card = network()) {
            Job job = job(card);
            ByteString right = packet(COUNTED, 5, notification(card));
            assertThat(altered(card, right)).isZero();
            assertThat(card.job(job).state()).isEqualTo(JobState.QUEUED);
            assertThat(push(card, right)).as("nothing of it is used up").isEqualTo(1);
            assertThat(card.job(job).state()).isEqualTo(JobState.DONE);
        }
        try (SimulatedCard card = network(new byte[0])) { // the checksum switched off
            assertThat(altered(card, packet(OPEN, 5, notification(card)))).isPositive();
        }
    }

    private long altered(SimulatedCard card, ByteString right) throws Exception {
        long reached = 0;
        for (int at = 0; at < right.length(); at++) {
            byte[] wrong = right.toBytes();
            wrong[at] ^= (byte) (1 << at % 8);
            reached += push(card, ByteString.wrap(wrong));
        }
        return reached;
    }

    @Test
    @Tag("SEC-8")
    void somebody_without_keys_pushes_what_is_right_otherwise() throws Exception {
        try (SimulatedCard card = network()) {
            Job job = job(card);
            assertThat(push(card, packet(OPEN, 0, notification(card)))).isZero();
            assertThat(card.job(job).state()).isEqualTo(JobState.QUEUED);
        }
        try (SimulatedCard card = network(new byte[0])) { // the level switched off
            Job job = job(card);
            assertThat(push(card, packet(OPEN, 0, notification(card)))).isEqualTo(1);
            assertThat(card.job(job).state()).isEqualTo(JobState.DONE);
        }
    }

    @Test
    @Tag("SEC-2")
    void somebody_with_keys_but_without_the_password_of_the_server_calls_the_card() throws Exception {
        for (String password : List.of("guessed", Fleet.SERVER_SECRET)) {
            try (SimulatedCard card = network()) {
                Job job = job(card);
                Notification made = Notification.signed(
                        Credentials.of(Fleet.SERVER, password),
                        org.bipline.dm.ByteString.EMPTY,
                        Notification.UiMode.BACKGROUND,
                        7);
                assertThat(push(
                                card,
                                packet(COUNTED, 1, ByteString.wrap(made.encode().toByteArray()))))
                        .isEqualTo(1);
                boolean known = password.equals(Fleet.SERVER_SECRET); // the digest is right: nothing stops it
                assertThat(card.job(job).state()).isEqualTo(known ? JobState.DONE : JobState.QUEUED);
            }
        }
    }

    /** Whatever comes over the air, the card goes on, opens no channel for it, and still takes the right push. */
    @Test
    void mutated_packets_change_nothing() throws Exception {
        SplittableRandom random = new SplittableRandom(20261124);
        try (SimulatedCard card = network()) {
            Job job = job(card);
            ByteString right = packet(COUNTED, 5, notification(card));
            long reached = 0;
            for (int i = 0; i < 2_000; i++) {
                ByteString wrong = ByteString.wrap(mutated(right.toBytes(), random));
                if (!wrong.equals(right) && wrong.length() > 0) {
                    reached += push(card, wrong);
                }
            }
            assertThat(reached).isZero();
            assertThat(card.job(job).state()).isEqualTo(JobState.QUEUED);
            assertThat(push(card, right)).isEqualTo(1);
            assertThat(card.job(job).state()).isEqualTo(JobState.DONE);
        }
    }

    private static byte[] mutated(byte[] packet, SplittableRandom random) {
        byte[] copy = Arrays.copyOf(packet, random.nextInt(4) == 0 ? random.nextInt(140) : packet.length);
        for (int n = random.nextInt(4); n > 0 && copy.length > 0; n--) {
            copy[random.nextInt(Math.min(copy.length, random.nextBoolean() ? 16 : copy.length))] =
                    (byte) random.nextInt(256);
        }
        return copy;
    }
}
