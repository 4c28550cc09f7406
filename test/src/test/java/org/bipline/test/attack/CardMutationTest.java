// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.InformationElement;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.ota.CommandPacket;
import org.bipline.cat.ota.OtaKey;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.ManagementCommand.ListAttribute;
import org.bipline.dm.server.NodeResult;
import org.bipline.dm.server.Psk;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.push.SecuredPush;
import org.bipline.lab.simulation.Simulation;
import org.bipline.me.CardLinkException;
import org.bipline.me.MeListener;
import org.bipline.me.VirtualClock;
import org.bipline.test.Fleet;
import org.bipline.test.SimulatedCard;
import org.bipline.uicc.runtime.file.CardProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What nobody but an attacker or a broken network sends to a card: it comes to its end in time, holds no channel, has changed nothing, and
 * has its next session. 40,000 trials with {@code -Dmutation.all=true}.
 */
@Tag("SEC-5")
@Tag("TR-5")
class CardMutationTest {
    private static final int PIECES = 8; // more than any of these sessions brings to the card
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);
    private static final int BETWEEN_COMPARISONS = 50;
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-24T10:00:00Z");
    private static final byte[] KEY = "0123456789abcdef".getBytes(US_ASCII);

    private final VirtualClock clock = new VirtualClock();
    private final Set<Integer> channels = new TreeSet<>();

    private SimulatedCard card(Consumer<SimulatedCard.Builder> settings) throws Exception {
        SimulatedCard.Builder builder = SimulatedCard.builder(clock, 1)
                .parameters(parameters -> parameters.destination(Relay.ADDRESS))
                .server(server -> server.maxAttempts(Integer.MAX_VALUE))
                .me(me -> me.listener(new MeListener() {
                    @Override
                    public void channelOpened(int channel, int bufferSize, String destination) {
                        channels.add(channel);
                    }

                    @Override
                    public void channelClosed(int channel, String reason) {
                        channels.remove(channel);
                    }
                }));
        settings.accept(builder);
        return builder.build();
    }

    private static JobSpec replace(int value) {
        return JobSpec.commands(
                ManagementCommand.replace("./MO/x", Format.CHR, "text/plain", NodeValue.text("value " + value)));
    }

    /** A session without an attacker: the card has not been hurt. */
    private static Job done(SimulatedCard card, JobSpec spec) throws Exception {
        Job job = card.submit(spec);
        card.session();
        Job after = card.job(job);
        assertThat(after.state()).as(after.reason() + " " + card.outcome()).isEqualTo(JobState.DONE);
        return after;
    }

    private static Map<String, String> tree(SimulatedCard card) throws Exception {
        Map<String, String> tree = new TreeMap<>();
        for (NodeResult node : done(card, JobSpec.commands(ManagementCommand.list("./MO", ListAttribute.STRUCT_DATA)))
                .results()) {
            tree.put(node.uri(), node.value().flatMap(NodeValue::asText).orElse(""));
        }
        return tree;
    }

    /** Damages one piece of what the server sends in a session. */
    private static UnaryOperator<ByteString> damage(Mutations mutations, int which) {
        int[] seen = {0};
        return piece -> seen[0]++ == which ? ByteString.wrap(mutations.of(piece.toBytes())) : piece;
    }

    private void itEndsInTime(SimulatedCard card, String trial) throws Exception {
        card.session(); // or it fails, since the ME is not idle after minutes
        assertThat(channels).as(trial).isEmpty();
    }

    @Test
    void answers_of_a_server_that_repeats_and_mutates_what_it_heard_change_nothing() throws Exception {
        try (SimulatedCard card = card(settings -> {})) {
            Relay relay = new Relay(card.simulation().network(), clock, Simulation.SERVER);
            List<ByteString> heard = new ArrayList<>();
            relay.fromServer(piece -> {
                heard.add(piece);
                return piece;
            });
            done(
                    card,
                    JobSpec.commands(
                            ManagementCommand.add("./MO/x", Format.CHR, "text/plain", NodeValue.text("value 0"))));
            done(card, replace(1));
            List<ByteString> old = List.copyOf(heard);
            Map<String, String> tree = tree(card);
            Mutations mutations = new Mutations(21);
            int trials = Mutations.trials(15_000);
            for (int i = 1; i <= trials; i++) {
                relay.fromServer(piece -> ByteString.wrap(mutations.of(
                        old.get(mutations.random().nextInt(old.size())).toBytes())));
                itEndsInTime(card, "trial " + i);
                clock.advance(LONGEST_DELAY); // after two wrong credentials, or the first of them again
                relay.fromServer(UnaryOperator.identity());
                assertThat(tree(card)).as("after trial %d", i).isEqualTo(tree);
            }
        }
    }

    @Test
    void mutated_answers_of_its_own_server_leave_it_fit_for_the_next_session() throws Exception {
        try (SimulatedCard card = card(settings -> {})) {
            Relay relay = new Relay(card.simulation().network(), clock, Simulation.SERVER);
            Mutations mutations = new Mutations(22);
            for (int i = 1; i <= Mutations.trials(5_000); i++) {
                relay.fromServer(damage(mutations, mutations.random().nextInt(PIECES)));
                card.submit(JobSpec.commands(ManagementCommand.get("./MO")));
                itEndsInTime(card, "trial " + i);
                relay.fromServer(UnaryOperator.identity());
                done(card, JobSpec.commands(ManagementCommand.get("./MO")));
            }
        }
    }

    @Test
    void mutated_records_change_nothing() throws Exception {
        Psk psk = new Psk(org.bipline.dm.ByteString.utf8("card"), org.bipline.dm.ByteString.of(KEY));
        try (SimulatedCard card = card(settings -> settings.parameters(
                parameters -> parameters.destination(Relay.ADDRESS).preSharedKey(psk)))) {
            Device known = card.store().device(Fleet.deviceId(1)).orElseThrow();
            card.store().putDevice(known.with(psk, Device.Transport.TLS));
            Relay relay = new Relay(card.simulation().network(), clock, Simulation.SECURED_SERVER);
            done(
                    card,
                    JobSpec.commands(
                            ManagementCommand.add("./MO/x", Format.CHR, "text/plain", NodeValue.text("value 0"))));
            Mutations mutations = new Mutations(23);
            int trials = Mutations.trials(10_000);
            for (int i = 1; i <= trials; i++) {
                UnaryOperator<ByteString> damage =
                        damage(mutations, mutations.random().nextInt(PIECES));
                if (mutations.random().nextBoolean()) {
                    relay.fromServer(damage);
                } else {
                    relay.fromCard(damage);
                }
                card.submit(replace(i));
                itEndsInTime(card, "trial " + i);
                relay.fromServer(UnaryOperator.identity());
                relay.fromCard(UnaryOperator.identity());
                if (i % BETWEEN_COMPARISONS == 0 || i == trials) {
                    assertThat(tree(card))
                            .as("after trial %d", i)
                            .isEqualTo(Map.of("./MO", "", "./MO/x", "value " + i));
                }
            }
        }
    }

    private void receive(SimulatedCard card, ByteString packet, int number) throws Exception {
        List<SmsTpdu> parts = ShortMessage.deliver("+491710000000", TIME)
                .protocolIdentifier(0x7F) // (U)SIM data download, 3GPP TS 23.040 clause 9.2.3.9
                .concatenationReference(number & 0xFF)
                .elementOfFirst(InformationElement.COMMAND_PACKET, ByteString.EMPTY)
                .data(0xF6, packet); // class 2, 8 bits, 3GPP TS 23.038 clause 4
        try {
            card.me().receiveShortMessage(Address.of("+491710000001"), parts);
        } catch (CardLinkException e) {
            assertThat(e).hasMessageContaining("card answered ");
        }
        card.settle();
    }

    @Test
    @Tag("TR-3")
    void mutated_packets_begin_nothing_and_use_up_no_counter() throws Exception {
        List<String> sessions = new ArrayList<>();
        DmServerListener listener = new DmServerListener() {
            @Override
            public void sessionStarted(Session session) {
                sessions.add(session.sessionId());
            }
        };
        try (SimulatedCard card =
                card(settings -> settings.parameters(parameters -> parameters.destination(Simulation.SERVER))
                        .server(server -> server.listener(listener))
                        .uicc(uicc -> uicc.profile(CardProfile.usim()
                                .withOtaKeys("ota 1 kic=aes:" + "A0".repeat(16) + " kid=aes:" + "B1".repeat(16)))))) {
            OtaKeys keys = new OtaKeys(1, OtaKey.aes(bytes(0xA0)), OtaKey.aes(bytes(0xB1)), 8);
            Notification notification = Notification.signed(
                    Credentials.of(Fleet.SERVER, Fleet.SERVER_SECRET),
                    org.bipline.dm.ByteString.of(new byte[4]),
                    Notification.UiMode.BACKGROUND,
                    0x77);
            ByteString packet = CommandPacket.of(
                            SecuredPush.SECURED,
                            keys,
                            ByteString.ofHex(DmAppletInstallation.TAR),
                            1,
                            ByteString.wrap(notification.encode().toByteArray()))
                    .secure(Optional.of(keys))
                    .encode();
            Mutations mutations = new Mutations(24);
            for (int i = 1; i <= Mutations.trials(10_000); i++) {
                ByteString bad = ByteString.wrap(mutations.of(packet.toBytes()));
                receive(card, bad, i);
                assertThat(sessions).as("trial %d: %s", i, bad).isEmpty();
                assertThat(channels).isEmpty();
            }
            receive(card, packet, 0);
            assertThat(sessions).containsExactly("77");
        }
    }

    private static ByteString bytes(int value) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) value);
        return ByteString.wrap(bytes);
    }
}
