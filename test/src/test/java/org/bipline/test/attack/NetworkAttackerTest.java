// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.SessionOutcome;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.test.Fleet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody on the way between card and server. Each attack is made on a card that has a key of TLS, and on one that has none, where
 * it succeeds.
 */
class NetworkAttackerTest {
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final String OURS = "pay to account 11111111";
    private static final String THEIRS = "pay to account 66666666";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Fleet fleet;
    private Meddler meddler;
    private MobileEquipment me;

    @BeforeEach
    void start() throws Exception {
        fleet = new Fleet("attacked", settings -> {});
    }

    @AfterEach
    void stop() throws Exception {
        me.close();
        meddler.close();
        fleet.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("SEC-6")
    @Tag("PRIV-1")
    void reads_what_passes(boolean tls) throws Exception {
        card(tls);
        assertThat(session(put(OURS)).state()).isEqualTo(JobState.DONE);

        for (String secret : new String[] {OURS, Fleet.deviceId(1), "POST", "syncml"}) {
            assertThat(meddler.seen().contains(secret)).as(secret).isEqualTo(!tls);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("SEC-5")
    void changes_a_value_on_its_way_to_the_card(boolean tls) throws Exception {
        card(tls);
        meddler.toCard(
                piece -> new String(piece, ISO_8859_1).replace(OURS, THEIRS).getBytes(ISO_8859_1));
        session(put(OURS));
        meddler.toCard(piece -> piece);

        assertThat(value()).isEqualTo(tls ? OURS : THEIRS);
    }

    /** Over plain TCP a bit of a value turns; a record with such a bit is refused. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("SEC-5")
    void turns_a_bit_of_what_it_cannot_read(boolean tls) throws Exception {
        card(tls);
        assertThat(session(put(OURS)).state()).isEqualTo(JobState.DONE);
        AtomicInteger large = new AtomicInteger();
        meddler.toCard(piece -> {
            int at = tls ? piece.length - 40 : new String(piece, ISO_8859_1).indexOf("22222222");
            if (piece.length > 200 && at > 0 && large.getAndIncrement() == 0) {
                piece[at] ^= 1;
            }
            return piece;
        });
        session(JobSpec.commands(ManagementCommand.replace(
                "./MO/Account", Format.CHR, "text/plain", NodeValue.text("pay to account 22222222"))));
        assertThat(large).hasPositiveValue();
        if (tls) {
            assertThat(outcome().reason()).isEqualTo(0x33);
            assertThat(outcome().additionalInformation()).isEqualTo(20);
        }
        meddler.toCard(piece -> piece);

        assertThat(value()).isEqualTo("pay to account " + (tls ? "22222222" : "32222222"));
    }

    /** A server that the card was led to, by a name server or a base station of the attacker's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("SEC-2")
    @Tag("PRIV-1")
    void takes_the_place_of_the_server(boolean tls) throws Exception {
        try (Fleet rogue = new Fleet("rogue", settings -> {})) {
            meddler = new Meddler(tls ? rogue.securedAddress() : rogue.address());
            rogue.know(1, new byte[16]); // all that the card says of itself is known, but the key
            insert(tls);
            me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
            me.awaitIdle(LIMIT);

            assertThat(meddler.seen().contains(Fleet.deviceId(1)))
                    .as("the card says who it is")
                    .isEqualTo(!tls);
            if (tls) {
                assertThat(outcome().reason()).isBetween(0x30, 0x31);
            }
        }
    }

    /** An answer in the clear, in the hope that the card does without TLS. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("SEC-2")
    void talks_the_card_out_of_tls(boolean tls) throws Exception {
        meddler = new Meddler(fleet.address());
        fleet.know(1, KEY);
        insert(tls);
        Job job = fleet.submit(1, put(OURS));
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        me.awaitIdle(LIMIT);

        assertThat(outcome().succeeded()).isEqualTo(!tls);
        assertThat(fleet.job(job).state() == JobState.DONE).isEqualTo(!tls);
    }

    private static JobSpec put(String value) {
        return JobSpec.commands(ManagementCommand.add("./MO/Account", Format.CHR, "text/plain", NodeValue.text(value)));
    }

    private void card(boolean tls) throws Exception {
        meddler = new Meddler(tls ? fleet.securedAddress() : fleet.address());
        fleet.know(1, KEY);
        insert(tls);
    }

    private void insert(boolean tls) throws Exception {
        DmAppletParameters parameters = Fleet.parameters(1, meddler.address());
        if (tls) {
            parameters.preSharedKey(Fleet.psk(1, KEY));
        }
        me = fleet.switchedOn(Fleet.card(1, parameters), MeListener.NONE);
    }

    private Job session(JobSpec spec) throws Exception {
        Job job = fleet.submit(1, spec);
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        me.awaitIdle(LIMIT);
        return fleet.job(job);
    }

    private String value() throws Exception {
        Job job = session(JobSpec.commands(ManagementCommand.get("./MO/Account")));
        return job.results().getLast().value().flatMap(NodeValue::asText).orElse("");
    }

    private SessionOutcome outcome() throws Exception {
        me.transmit(ByteString.ofHex("00A4040007" + DmAppletInstallation.AID));
        Optional<SessionOutcome> outcome = SessionOutcome.decode(
                me.transmit(ByteString.ofHex("80CADF2000")).toBytes());
        return outcome.orElseThrow();
    }
}
