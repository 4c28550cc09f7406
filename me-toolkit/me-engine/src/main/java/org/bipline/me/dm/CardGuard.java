// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.auth.MacHeader;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeClock;

/**
 * The card decides which functions of the ME run: a request goes to it in package 1 of a session, as an alert 1226, and what authorises
 * the function is a MAC of the card over the request, this device and a nonce that is never used again. Technical specification
 * clause 15, Functions.
 *
 * <p>A request is void with the process, with the session that brought no authorisation, and after a while.
 */
final class CardGuard implements FunctionGuard {
    /** Type of the alert that asks. */
    static final String ALERT = "urn:bipline:alert:function:1.0";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NO_PACKAGE = "-";

    /** A request, and the nonce that it was sent with last. */
    private static final class Waiting {
        private final FunctionRequest request;
        private final Consumer<Verdict> answer;
        private MeClock.Alarm alarm = () -> {};
        private Optional<String> nonce = Optional.empty();

        Waiting(FunctionRequest request, Consumer<Verdict> answer) {
            this.request = request;
            this.answer = answer;
        }

        String text() {
            return request.function() + " " + request.server() + " "
                    + request.digest()
                            .map(digest -> digest.toHex().toLowerCase(Locale.ROOT))
                            .orElse(NO_PACKAGE) + " ";
        }

        boolean canBeAsked() {
            return !request.function().contains(" ") && !request.server().contains(" ");
        }
    }

    /** What the guard needs of the ME around it. */
    interface Surroundings {
        /** Whether there is a card that could be asked, now or soon. */
        boolean hasCard();

        /** Begins a session with the card as soon as one is possible. */
        void synchronise();

        /** Runs the work in the ME's own thread after a while. */
        MeClock.Alarm later(Duration delay, Runnable work);
    }

    private final ManagementTree tree;
    private final Supplier<ByteString> nonces;
    private final Optional<DmClientProfile.Account> account;
    private final Surroundings me;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /**
     * @param account how the card proves who it is: without it no authorisation is one
     * @param nonces a new one with each call
     */
    CardGuard(
            ManagementTree tree,
            Supplier<ByteString> nonces,
            Optional<DmClientProfile.Account> account,
            Surroundings me) {
        this.tree = tree;
        this.nonces = nonces;
        this.account = account;
        this.me = me;
    }

    @Override
    public void ask(FunctionRequest request, Consumer<Verdict> answer) {
        Waiting asked = new Waiting(request, answer);
        if (account.isEmpty() || !me.hasCard() || !asked.canBeAsked()) {
            answer.accept(Verdict.UNANSWERED);
            return;
        }
        waiting.add(asked);
        asked.alarm = me.later(PATIENCE, () -> {
            if (waiting.contains(asked)) {
                decided(asked, Verdict.UNANSWERED);
            }
        });
        me.synchronise();
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** What the card is asked in the session that begins. */
    Optional<GenericAlert> alert(CardObjects card) {
        waiting.forEach(other -> other.nonce = Optional.empty());
        return Optional.ofNullable(waiting.peek()).map(next -> {
            String nonce = HexFormat.of().formatHex(nonces.get().toByteArray());
            next.nonce = Optional.of(nonce);
            return new GenericAlert(
                    card.account(),
                    card.authorisationUri(),
                    ALERT,
                    Optional.empty(),
                    Optional.empty(),
                    next.text() + nonce);
        });
    }

    /**
     * The session is over: an authorisation counts however it ended, as the card gives it once.
     *
     * @return whether anything was decided
     */
    boolean sessionOver(CardObjects card, SessionOutcome outcome) {
        Optional<Waiting> asked = Optional.ofNullable(waiting.peek()).filter(first -> first.nonce.isPresent());
        String written = card.authorisation();
        card.clearAuthorisation();
        if (asked.isEmpty()) {
            return false;
        }
        if (isAuthorisation(card, asked.get(), written)) {
            decided(asked.get(), Verdict.AUTHORISED);
            return true;
        }
        asked.get().nonce = Optional.empty();
        return switch (outcome.state()) {
            case COMPLETE -> {
                decided(asked.get(), Verdict.REFUSED);
                yield true;
            }
            case NOT_AUTHENTICATED, NOT_STARTED -> {
                decided(asked.get(), Verdict.UNANSWERED);
                yield true;
            }
            case FAILED, ABORTED_BY_SERVER -> false; // asked again in the next, if that comes in time
        };
    }

    private boolean isAuthorisation(CardObjects card, Waiting asked, String written) {
        String device = tree.text("./DevInfo/DevId").orElse("");
        ByteString body = ByteString.utf8(asked.text() + device);
        return Credentials.of(card.serverId(), account.orElseThrow().cardSecret())
                .verify(
                        new MacHeader(card.serverId(), written),
                        ByteString.utf8(asked.nonce.orElseThrow()),
                        body.toByteArray());
    }

    /** There is nobody to decide any more. */
    void cardGone() {
        while (!waiting.isEmpty()) {
            decided(waiting.peek(), Verdict.UNANSWERED);
        }
    }

    private void decided(Waiting asked, Verdict verdict) {
        waiting.remove(asked);
        asked.alarm.cancel();
        asked.answer.accept(verdict);
    }
}
