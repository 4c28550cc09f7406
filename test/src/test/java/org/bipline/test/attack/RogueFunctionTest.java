// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.test.GuardedPhone.PACKAGE;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.me.dm.DmClientListener;
import org.bipline.me.dm.FunctionGuard.Verdict;
import org.bipline.me.dm.SessionOutcome;
import org.bipline.me.dm.SimulatedFirmware;
import org.bipline.test.Fleet;
import org.bipline.test.GuardedPhone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody wants the phone to run a function that the owner of the card has not allowed. Each attack is made with the mechanism that stops it,
 * and without: then it succeeds.
 */
@Tag("MO-6")
class RogueFunctionTest {
    private static final ByteString ROGUE =
            SimulatedFirmware.pack(GuardedPhone.MODEL, "6.6", ByteString.utf8("rogue image"));
    private static final String CARD_SYNC = "./CardSync/8988211000000000001";

    /** A server with an account in the phone, of which the card's owner knows nothing, starts an update. */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    @Tag("SEC-1")
    void a_rogue_server_starts_an_update(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone()
                .allow(
                        "Identifier", "urn:oma:mo:oma-fumo:1.0/*",
                        "Server", "operator.example",
                        "Package", "*",
                        "Consent", "false")) {
            phone.guarded = on;
            phone.update(ROGUE);

            assertThat(phone.version()).isEqualTo(on ? "1.0" : "6.6");
        }
    }

    /** A server that is allowed to update sends another package than the owner has released. */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    void a_server_sends_another_package(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone()) {
            if (on) {
                phone.allowUpdate();
            } else {
                phone.allow(
                        "Identifier", "urn:oma:mo:oma-fumo:1.0/*",
                        "Server", Fleet.SERVER,
                        "Package", "*",
                        "Consent", "false");
            }
            phone.update(ROGUE);

            assertThat(phone.version()).isEqualTo(on ? "1.0" : "6.6");
        }
    }

    /** A server uses an authorisation again: an old package with a known hole is installed a second time. */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    @Tag("SEC-5")
    void an_update_is_made_once_more_than_it_was_allowed(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone()) {
            phone.allowUpdate(on ? new String[] {"Uses", "1"} : new String[0]);
            phone.update(PACKAGE);
            phone.update(PACKAGE);

            assertThat(phone.verdicts()).containsExactly(Verdict.AUTHORISED, on ? Verdict.REFUSED : Verdict.AUTHORISED);
            assertThat(phone.results()).containsExactly("200", on ? "405" : "200");
        }
    }

    /** The card is put into another phone than the owner has released. */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    @Tag("SEC-4")
    void another_phone_asks_the_card(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone("350000000000006")) {
            phone.allowUpdate("Device", on ? "IMEI:" + GuardedPhone.IMEI : "*");
            phone.update(PACKAGE);

            assertThat(phone.version()).isEqualTo(on ? "1.0" : "2.0");
        }
    }

    /** It gives the name of the phone that is released, but the ME's IMEI betrays it; an ME that lies of that, too, cannot be found out. */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    @Tag("SEC-4")
    void another_phone_gives_the_name_of_the_one_released(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone()) {
            phone.allowUpdate("Device", "IMEI:" + GuardedPhone.IMEI);
            if (on) {
                phone.toldImei = Optional.of("350000000000006");
            } // otherwise the ME itself lies
            phone.update(PACKAGE);

            assertThat(phone.version()).isEqualTo(on ? "1.0" : "2.0");
        }
    }

    @Test
    @Tag("SEC-4")
    void another_phone_gives_the_name_of_the_one_released_and_tells_no_IMEI() throws Exception {
        try (GuardedPhone phone = new GuardedPhone()) {
            phone.allowUpdate("Device", "IMEI:" + GuardedPhone.IMEI);
            phone.toldImei = Optional.empty();
            phone.update(PACKAGE);

            assertThat(phone.version()).isEqualTo("1.0");
        }
    }

    /** A card that the phone does not know, with a policy of the attacker's, authorises: its MAC is by another secret. */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    @Tag("SEC-3")
    void a_card_of_the_attacker_authorises(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone().allowUpdate()) {
            if (on) {
                phone.cardSecret = "secret of the right card";
            }
            phone.update(PACKAGE);

            assertThat(phone.version()).isEqualTo(on ? "1.0" : "2.0");
        }
    }

    /**
     * A program in the phone has recorded what the card wrote, and writes it itself when the card, whose policy is used up, does not. Without a
     * nonce that is new each time the recorded one is right again.
     */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    @Tag("SEC-5")
    void a_recorded_authorisation_is_replayed(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone().allowUpdate("Uses", "1")) {
            Recorder recorder = new Recorder(written -> {});
            phone.listener = recorder;
            phone.chance = new Foreseen();
            phone.update(PACKAGE);
            assertThat(phone.verdicts()).containsExactly(Verdict.AUTHORISED);
            assertThat(recorder.recorded).hasSize(24);

            phone.listener = new Recorder(
                    sessionOver -> phone.tree().set(CARD_SYNC + "/Authorisation", NodeValue.text(recorder.recorded)));
            if (on) {
                phone.chance = new SplittableRandom(3);
            }
            phone.update(PACKAGE);

            assertThat(phone.verdicts()).last().isEqualTo(on ? Verdict.REFUSED : Verdict.AUTHORISED);
        }
    }

    /** A source of chance that is none. */
    private static final class Foreseen implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0x0123_4567_89AB_CDEFL;
        }
    }

    /** Keeps what the card writes, and acts when a session with the card ends. */
    private static final class Recorder implements DmClientListener {
        private final Consumer<String> atEnd;
        private String recorded = "";

        Recorder(Consumer<String> atEnd) {
            this.atEnd = atEnd;
        }

        @Override
        public void messageReceived(String server, SyncMl message, ByteString bytes) {
            message.body().commands().stream()
                    .filter(Command.Replace.class::isInstance)
                    .flatMap(command -> ((Command.Replace) command).items().stream())
                    .filter(item -> item.targetUri()
                            .filter(uri -> uri.endsWith("/Authorisation"))
                            .isPresent())
                    .forEach(
                            item -> recorded = item.data().flatMap(Data::asText).orElse(""));
        }

        @Override
        public void sessionEnded(String server, String sessionId, SessionOutcome outcome) {
            if (server.startsWith("ICCID:")) {
                atEnd.accept(server);
            }
        }
    }

    /** A server without the right gives the card a policy. */
    @ParameterizedTest(name = "mechanism {0}")
    @ValueSource(booleans = {true, false})
    @Tag("SEC-1")
    void a_server_without_the_right_makes_a_policy(boolean on) throws Exception {
        try (GuardedPhone phone = new GuardedPhone()) {
            if (on) {
                phone.manageCard(ManagementCommand.replaceProperty(
                        "./Function", "ACL", "Get=operator.example&Add=operator.example"));
                assertThatThrownBy(phone::allowUpdate).hasMessageContaining("FAILED");
            } else {
                phone.allowUpdate();
            }
            phone.update(PACKAGE);

            assertThat(phone.version()).isEqualTo(on ? "1.0" : "2.0");
        }
    }
}
