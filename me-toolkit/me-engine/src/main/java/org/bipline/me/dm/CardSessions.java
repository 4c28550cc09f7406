// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bipline.cat.object.BearerDescription;
import org.bipline.me.Bearer;
import org.bipline.me.CardFiles;
import org.bipline.me.DmClientProfile;
import org.bipline.me.MeApplication;
import org.bipline.me.MeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DM client in its ME: sessions with the card, which is a DM server at a port of the terminal (BIP in UICC server mode).
 *
 * <pre>
 * card opens its port ---&gt; session: objects of the card come into the tree, changes of the user go back
 * user changes the tree --^    |-- complete: the port stays open for the next
 *                              '-- failed: again after 1, 4, 16, 64 s while the port is open, then when it is opened next
 * another card, or none: what came from the card before is set aside, until it is there again
 * card names an account -&gt; session with its server; what that starts by Exec runs behind it, with leave of the guard
 *                              '-- its outcome goes to the server at once, in a session of its own
 * </pre>
 *
 * <p>The ME waits while a package is fetched from elsewhere.
 *
 * <p>All of it runs in the ME's own thread, and so does what {@link #with} is given.
 */
public final class CardSessions implements MeApplication {
    private static final Logger LOG = LoggerFactory.getLogger(CardSessions.class);

    private static final List<Duration> RETRIES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(16), Duration.ofSeconds(64));

    /** A card that has anything for the ME opens its port well before. */
    private static final Duration CONFIRMATION = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HTTP_PORT = 80;
    private static final Bearer.Access BY_DEFAULT = new Bearer.Access(
            Optional.of(BearerDescription.DEFAULT_BEARER),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    private static final MeClock.Alarm NO_ALARM = () -> {};

    private final DmClient client;
    private final Optional<DmClientProfile.Account> account;
    private final int port;
    private Host host;
    private Optional<CardObjects> card = Optional.empty();
    private Optional<InetSocketAddress> open = Optional.empty();
    private Optional<HttpSession> connection = Optional.empty();
    private Optional<HttpSession> elsewhere = Optional.empty();
    private Optional<SessionOutcome> outcome = Optional.empty();
    private Optional<CardGuard> guard = Optional.empty();
    private final Set<String> reports = new LinkedHashSet<>(); // accounts of servers that are to be told of outcomes
    private MeClock.Alarm confirmation = NO_ALARM;
    private final Attempts attempts = new Attempts();
    private final Attempts attemptsElsewhere = new Attempts();
    private boolean wanted;

    /** Attempts at what has failed, later and later. */
    private final class Attempts {
        private int made;
        private Optional<MeClock.Alarm> next = Optional.empty();

        /** Tries again after a while, and returns false where that was done often enough. */
        boolean later(Runnable attempt) {
            if (made == RETRIES.size()) {
                return false;
            }
            next = Optional.of(host.clock()
                    .schedule(
                            RETRIES.get(made),
                            () -> host.post(() -> {
                                if (next.isPresent()) {
                                    next = Optional.empty();
                                    attempt.run();
                                }
                            })));
            made++;
            return true;
        }

        boolean isWaiting() {
            return next.isPresent();
        }

        void stop() {
            next.ifPresent(MeClock.Alarm::cancel);
            next = Optional.empty();
        }

        void beginAnew() {
            stop();
            made = 0;
        }
    }

    /**
     * Sessions of the client with whichever card is in the ME.
     *
     * @param port the port that the card asks for
     * @param account how client and card prove who they are; empty where they do not
     */
    public CardSessions(DmClient client, int port, Optional<DmClientProfile.Account> account) {
        this.client = client;
        this.port = port;
        this.account = account;
        client.reporter(outcome -> {
            reports.add(outcome.account());
            host.post(this::connectNext);
        });
    }

    /** Lets the card decide which functions of the ME servers may run: without a card, none. Returns this. */
    public CardSessions guardingFunctions() {
        CardGuard asking = new CardGuard(client.tree(), client::nonce, account, new CardGuard.Surroundings() {
            @Override
            public boolean hasCard() {
                return card.isPresent();
            }

            @Override
            public void synchronise() {
                CardSessions.this.synchronise();
            }

            @Override
            public MeClock.Alarm later(Duration delay, Runnable work) {
                return host.clock()
                        .schedule(
                                delay,
                                () -> host.post(() -> {
                                    work.run();
                                    client.commit();
                                }));
            }
        });
        guard = Optional.of(asking);
        client.guard(asking);
        return this;
    }

    /**
     * Lets the user, or another program of the ME, work with the client, and returns what they return. What they change goes to the
     * card: at once if its port is open. The ME waits meanwhile, so a session with a server elsewhere had better be short.
     *
     * @throws UncheckedIOException if the tree cannot be kept in its file
     */
    public <T> T with(Function<DmClient, T> work) {
        return host.ask(() -> {
            T result = work.apply(client);
            client.commit();
            if (card.filter(objects -> !objects.isUnchanged()).isPresent()) {
                synchronise();
            }
            return result;
        });
    }

    /** How the last session with the card ended; empty when there was none. */
    public Optional<SessionOutcome> outcome() {
        return host.ask(() -> outcome);
    }

    @Override
    public void installed(Host me) {
        host = me;
    }

    @Override
    public void cardInserted(CardFiles files) {
        portClosed(port);
        leaveServer("the card has been reset");
        String id = files.iccidDigits();
        if (card.filter(before -> !before.isOf(id)).isPresent()) {
            cardGone();
        }
        for (String known : client.tree().cards().keySet()) {
            if (!known.equals(id)) {
                setAside(new CardObjects(client.tree(), known), "another card is in the ME");
            }
        }
        if (id.isEmpty()) {
            return;
        }
        card = Optional.of(new CardObjects(client.tree(), id));
        putBack(card.get());
        client.tree().alerts().forEach(alert -> reports.add(alert.account()));
        connectNext();
        confirmation.cancel();
        confirmation = host.clock().schedule(CONFIRMATION, () -> host.post(this::offersNothing));
        client.commit();
    }

    /** OMA DM Bootstrap, smartcard: what is no longer on the card is to go. */
    private void offersNothing() {
        if (open.isEmpty() && card.filter(CardObjects::hasAdopted).isPresent()) {
            setAside(card.get(), "the card offers nothing any more");
            client.commit();
        }
    }

    @Override
    public void cardRemoved(String reason) {
        portClosed(port);
        leaveServer(reason);
        confirmation.cancel();
        cardGone();
        client.tree().cards().keySet().forEach(known -> setAside(new CardObjects(client.tree(), known), reason));
        client.commit();
    }

    /** Nothing is asked of the card any more. */
    private void cardGone() {
        card = Optional.empty();
        guard.ifPresent(CardGuard::cardGone);
    }

    @Override
    public void switchedOff() {
        portClosed(port);
        leaveServer("the ME is switched off");
        confirmation.cancel();
        cardGone();
        client.commit();
    }

    /** The account of the session may go away with the card that wanted it. */
    private void leaveServer(String reason) {
        attemptsElsewhere.stop();
        elsewhere.ifPresent(session -> session.stop(reason));
        attemptsElsewhere.beginAnew();
    }

    private void setAside(CardObjects objects, String reason) {
        if (objects.setAside()) {
            LOG.info("objects of {} set aside: {}", objects.serverId(), reason);
            client.listener().setAside(objects.serverId(), reason);
        }
    }

    private void putBack(CardObjects objects) {
        if (objects.putBack()) {
            LOG.info("objects of {} put back", objects.serverId());
            client.listener().putBack(objects.serverId());
        }
    }

    @Override
    public void portOpened(int opened, InetSocketAddress at) {
        if (opened == port && card.isPresent()) {
            confirmation.cancel();
            putBack(card.get());
            open = Optional.of(at);
            attempts.beginAnew();
            synchronise();
        }
    }

    @Override
    public void portClosed(int closed) {
        if (closed == port) {
            open = Optional.empty();
            attempts.stop();
            connection.ifPresent(session -> session.stop("the card has closed its port"));
        }
    }

    @Override
    public Optional<String> busyWith() {
        if (connection.isPresent() || elsewhere.isPresent()) {
            return Optional.of("a DM session of the ME goes on");
        }
        if (attempts.isWaiting() || attemptsElsewhere.isWaiting()) {
            return Optional.of("the DM client waits for its next attempt");
        }
        return guard.filter(CardGuard::isWaiting)
                .map(asked -> "a function of the ME waits for the card's authorisation");
    }

    /** A session as soon as none goes on. */
    private void synchronise() {
        if (open.isEmpty()) {
            return; // the card will open its port, and learn of it then
        }
        if (connection.isPresent()) {
            wanted = true;
            return;
        }
        wanted = false;
        attempts.stop();
        CardObjects objects = card.orElseThrow();
        DmAccount server = objects.account(open.get(), account);
        List<GenericAlert> alerts = Stream.concat(
                        guard.flatMap(asking -> asking.alert(objects)).stream(), objects.alert().stream())
                .toList();
        ClientSession session = client.session(server, alerts, objects);
        HttpSession started = new HttpSession(
                host, open.get(), Bearer.Access.WITHIN_TERMINAL, session, PATIENCE, ended -> over(session, ended));
        connection = Optional.of(started);
        started.start();
    }

    private void over(ClientSession session, SessionOutcome ended) {
        connection = Optional.empty();
        outcome = Optional.of(client.over(session, ended));
        Optional<CardObjects> with = card;
        boolean decided = with.isPresent()
                && guard.filter(asking -> asking.sessionOver(with.get(), ended)).isPresent();
        client.commit();
        switch (ended.state()) {
            case COMPLETE -> {
                attempts.beginAnew();
                if (wanted || (decided && guard.filter(CardGuard::isWaiting).isPresent())) {
                    synchronise();
                } else {
                    connectNext();
                }
            }
            case FAILED, ABORTED_BY_SERVER -> {
                if (open.isPresent()) {
                    attempts.later(this::synchronise);
                }
            }
            case NOT_AUTHENTICATED, NOT_STARTED -> wanted = false; // the next attempt would end like this one
        }
    }

    /** A session with the next server to which the device is to turn: because the card wants it, or with the outcome of an operation. */
    private void connectNext() {
        if (elsewhere.isPresent() || attemptsElsewhere.isWaiting() || card.isEmpty()) {
            return;
        }
        Stream.concat(card.get().connect().stream(), reports.stream())
                .findFirst()
                .ifPresent(this::connect);
    }

    private void connect(String uri) {
        Optional<DmAccount> server = DmAccount.of(client.tree(), uri);
        Optional<InetSocketAddress> address = server.flatMap(known -> destination(known.address()));
        if (address.isEmpty()) {
            LOG.warn("no account for HTTP at {}, with whose server the ME was to have a session", uri);
            connected(uri);
            return;
        }
        ClientSession session = client.session(server.get(), List.of(), TreeWatcher.NONE);
        HttpSession started = new HttpSession(host, address.get(), BY_DEFAULT, session, PATIENCE, ended -> {
            elsewhere = Optional.empty();
            client.over(session, ended);
            boolean again = ended.state() == SessionOutcome.State.FAILED && attemptsElsewhere.later(() -> connect(uri));
            if (!again) {
                connected(uri);
            }
        });
        elsewhere = Optional.of(started);
        started.start();
    }

    /** A session with the server has been, or cannot be. */
    private void connected(String uri) {
        attemptsElsewhere.beginAnew();
        reports.remove(uri);
        card.ifPresent(objects -> objects.connected(uri));
        client.performOperations();
        if (card.filter(objects -> !objects.isUnchanged()).isPresent()) {
            synchronise();
        }
        connectNext();
    }

    private static Optional<InetSocketAddress> destination(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equals(uri.getScheme()) && uri.getHost() != null;
            return http
                    ? Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? HTTP_PORT : uri.getPort()))
                            .filter(address -> !address.isUnresolved())
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
