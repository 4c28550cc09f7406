// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.Credentials;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeClock;
import org.bipline.me.VirtualClock;
import org.bipline.me.dm.FunctionGuard.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ME takes for an authorisation of its card. */
@Tag("MO-6")
class CardGuardTest {
    private static final String CARD = "8988211000000000018";
    private static final String SECRET = "card's own";
    private static final ByteString DIGEST = FunctionRequest.digest(ByteString.utf8("package"));
    private static final FunctionRequest REQUEST =
            new FunctionRequest("urn:oma:mo:oma-fumo:1.0/Update", "server", Optional.of(DIGEST));

    private final VirtualClock clock = new VirtualClock();
    private final ManagementTree tree = Fixture.tree();
    private final CardObjects card = new CardObjects(tree, CARD);
    private final AtomicInteger nonces = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private final List<Verdict> verdicts = new ArrayList<>();
    private boolean hasCard = true;

    private final CardGuard guard = guard(Optional.of(new DmClientProfile.Account("phone", "phone's own", SECRET)));

    private CardGuard guard(Optional<DmClientProfile.Account> account) {
        return new CardGuard(
                tree, () -> ByteString.of((byte) nonces.incrementAndGet()), account, new CardGuard.Surroundings() {
                    @Override
                    public boolean hasCard() {
                        return hasCard;
                    }

                    @Override
                    public void synchronise() {
                        sessions.incrementAndGet();
                    }

                    @Override
                    public MeClock.Alarm later(Duration delay, Runnable work) {
                        return clock.schedule(delay, work);
                    }
                });
    }

    @BeforeEach
    void node() {
        card.account(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5080), Optional.empty());
    }

    /** The session begins, the card writes, the session ends. */
    private void session(String written, SessionOutcome.State end) {
        Optional<GenericAlert> asked = guard.alert(card);
        if (!written.isEmpty()) {
            tree.set(card.authorisationUri(), NodeValue.text(written));
        }
        var unused = guard.sessionOver(card, new SessionOutcome(end, "", 2));
        assertThat(asked).isPresent();
        assertThat(card.authorisation()).isEmpty();
    }

    private static String mac(String text, String nonce, String id, String secret) {
        return Credentials.of("ICCID:" + id, secret)
                .mac(ByteString.utf8(nonce), ByteString.utf8(text).toByteArray())
                .mac();
    }

    private static String text(String server) {
        return "urn:oma:mo:oma-fumo:1.0/Update " + server + " " + DIGEST.toHex().toLowerCase(Locale.ROOT)
                + " IMEI:490154203237518";
    }

    @Test
    void the_cards_mac_over_request_device_and_nonce_authorises() {
        guard.ask(REQUEST, verdicts::add);
        assertThat(sessions).hasValue(1);
        session(mac(text("server"), "01", CARD, SECRET), SessionOutcome.State.COMPLETE);

        assertThat(verdicts).containsExactly(Verdict.AUTHORISED);
        assertThat(guard.isWaiting()).isFalse();
        clock.advance(Duration.ofMinutes(5));
        assertThat(verdicts).hasSize(1);
    }

    @Test
    void what_the_card_is_asked_has_four_words() {
        guard.ask(REQUEST, verdicts::add);

        assertThat(guard.alert(card)).hasValueSatisfying(alert -> {
            assertThat(alert.type()).isEqualTo("urn:bipline:alert:function:1.0");
            assertThat(alert.source()).isEqualTo("./CardSync/" + CARD + "/Authorisation");
            assertThat(alert.data()).isEqualTo(text("server").replace("IMEI:490154203237518", "01"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "other, 01, 8988211000000000018, card's own", // for another server
        "server, 02, 8988211000000000018, card's own", // an earlier or later one
        "server, 01, 8988211000000000026, card's own", // of another card
        "server, 01, 8988211000000000018, guessed"
    })
    @Tag("SEC-5")
    void anything_else_does_not(String server, String nonce, String id, String secret) {
        guard.ask(REQUEST, verdicts::add);
        session(mac(text(server), nonce, id, secret.strip()), SessionOutcome.State.COMPLETE);

        assertThat(verdicts).containsExactly(Verdict.REFUSED);
    }

    @Test
    @Tag("SEC-5")
    void an_authorisation_is_good_once() {
        String once = mac(text("server"), "01", CARD, SECRET);
        guard.ask(REQUEST, verdicts::add);
        session(once, SessionOutcome.State.COMPLETE);
        guard.ask(REQUEST, verdicts::add);
        session(once, SessionOutcome.State.COMPLETE);

        assertThat(verdicts).containsExactly(Verdict.AUTHORISED, Verdict.REFUSED);
    }

    @Test
    void an_authorisation_counts_though_the_session_breaks_behind_it() {
        guard.ask(REQUEST, verdicts::add);
        session(mac(text("server"), "01", CARD, SECRET), SessionOutcome.State.FAILED);

        assertThat(verdicts).containsExactly(Verdict.AUTHORISED);
    }

    @Test
    void a_session_that_breaks_before_is_followed_by_another_with_another_nonce() {
        guard.ask(REQUEST, verdicts::add);
        session("", SessionOutcome.State.FAILED);
        assertThat(verdicts).isEmpty();
        session(mac(text("server"), "02", CARD, SECRET), SessionOutcome.State.COMPLETE);

        assertThat(verdicts).containsExactly(Verdict.AUTHORISED);
    }

    @Test
    void a_session_that_says_nothing_refuses() {
        guard.ask(REQUEST, verdicts::add);
        session("", SessionOutcome.State.COMPLETE);

        assertThat(verdicts).containsExactly(Verdict.REFUSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_AUTHENTICATED", "NOT_STARTED"})
    void who_does_not_know_the_card_gets_no_answer(SessionOutcome.State end) {
        guard.ask(REQUEST, verdicts::add);
        session("", end);

        assertThat(verdicts).containsExactly(Verdict.UNANSWERED);
    }

    @Test
    void nobody_waits_for_ever() {
        guard.ask(REQUEST, verdicts::add);
        clock.advance(Duration.ofMinutes(2));
        assertThat(verdicts).containsExactly(Verdict.UNANSWERED);

        Optional<GenericAlert> late = guard.alert(card);
        assertThat(late).isEmpty();
    }

    @Test
    void without_a_card_or_its_secret_there_is_no_answer() {
        guard.ask(REQUEST, verdicts::add);
        hasCard = false;
        guard.cardGone();
        assertThat(verdicts).containsExactly(Verdict.UNANSWERED);
        guard.ask(REQUEST, verdicts::add);
        assertThat(verdicts).hasSize(2).last().isEqualTo(Verdict.UNANSWERED);

        hasCard = true;
        guard(Optional.empty()).ask(REQUEST, verdicts::add);
        assertThat(verdicts).hasSize(3).last().isEqualTo(Verdict.UNANSWERED);
        assertThat(sessions).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"a b, server", "a, s erver"})
    @Tag("SEC-5")
    void words_that_would_be_more_than_one_are_not_asked(String function, String server) {
        guard.ask(new FunctionRequest(function, server, Optional.empty()), verdicts::add);

        assertThat(verdicts).containsExactly(Verdict.UNANSWERED);
    }

    @Test
    void one_function_is_asked_for_at_a_time() {
        guard.ask(REQUEST, verdicts::add);
        guard.ask(new FunctionRequest("x", "server", Optional.empty()), verdicts::add);
        session(mac(text("server"), "01", CARD, SECRET), SessionOutcome.State.COMPLETE);
        assertThat(guard.isWaiting()).isTrue();
        session(mac("x server - IMEI:490154203237518", "02", CARD, SECRET), SessionOutcome.State.COMPLETE);

        assertThat(verdicts).containsExactly(Verdict.AUTHORISED, Verdict.AUTHORISED);
    }
}
