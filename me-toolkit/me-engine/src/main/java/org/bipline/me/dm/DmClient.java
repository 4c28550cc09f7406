// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bipline.dm.ByteString;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.notification.NotificationException;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtNode;

/**
 * The DM client of the ME, for any DM 1.2 server that has an account in the tree. Belongs to one thread.
 *
 * <p>What a server starts by Exec goes on when the session is over, by {@link #performOperations()}; its outcome is an alert that the
 * server gets with the next session.
 */
public final class DmClient {
    private static final int NONCE_SIZE = 16; // OMA DM Security recommends 128 bits at least
    private static final int SESSION_IDS = 0xFFFF;

    /** The nonce of a notification where both sides are out of step. OMA DM Notification Initiated Session. */
    private static final ByteString NO_NONCE = ByteString.utf8("00000000");

    private final ManagementTree tree;
    private final DmTransport transport;
    private final RandomGenerator random;
    private final Optional<UserInteraction> user;
    private final TreeMap<String, ExecHandler> handlers;
    private final SyncMlCodec codec;
    private final int maxMessageSize;
    private final int maxObjectSize;
    private final List<ExecHandler.Operation> operations = new ArrayList<>();
    private final TreeStore store;
    private final DmClientListener listener;
    private FunctionGuard guard;
    private Consumer<GenericAlert> reporter = outcome -> {};
    private MgmtNode kept;
    private Map<String, CardRecord> keptCards;
    private List<GenericAlert> keptAlerts;
    private Set<String> servers;

    private DmClient(Builder builder) {
        tree = builder.tree;
        transport = builder.transport;
        random = builder.random;
        user = builder.user;
        handlers = new TreeMap<>(builder.handlers);
        codec = builder.codec;
        maxMessageSize = builder.maxMessageSize;
        maxObjectSize = builder.maxObjectSize;
        store = builder.store;
        listener = builder.listener;
        guard = builder.guard;
        kept = tree.root();
        keptCards = tree.cards();
        keptAlerts = tree.alerts();
        servers = DmAccount.servers(tree);
    }

    /**
     * A client yet to be configured.
     *
     * @param random source of nonces and session identifiers: one that cannot be foretold, except in a simulation
     */
    public static Builder builder(ManagementTree tree, DmTransport transport, RandomGenerator random) {
        return new Builder(tree, transport, random);
    }

    /** The tree, as the ME sees it. */
    public ManagementTree tree() {
        return tree;
    }

    /**
     * A session on the client's own account.
     *
     * @param account root of a DMAcc object, such as {@code ./DMAcc/Operator}
     * @throws IllegalArgumentException if there is no account that this client can use
     */
    public SessionOutcome connect(String account) {
        DmAccount known = DmAccount.of(tree, account)
                .orElseThrow(() -> new IllegalArgumentException("no account of DM 1.2: " + account));
        return session(known, sessionId(), AlertCode.CLIENT_INITIATED);
    }

    /** The session that a notification (package 0) asks for, if the server of an account has made it. */
    public SessionOutcome notified(ByteString packageZero) {
        try {
            Notification notification = Notification.decode(packageZero);
            for (MgmtNode node : tree.node("./DMAcc").map(MgmtNode::children).orElse(List.of())) {
                Optional<DmAccount> account = DmAccount.of(tree, "./DMAcc/" + node.name());
                if (account.filter(known -> isFrom(known, notification)).isPresent()) {
                    return session(account.get(), notification.sessionIdText(), AlertCode.SERVER_INITIATED);
                }
            }
            return new SessionOutcome(
                    SessionOutcome.State.NOT_STARTED, "notification of a server without account, or not genuine", 0);
        } catch (NotificationException e) {
            return new SessionOutcome(SessionOutcome.State.NOT_STARTED, e.getMessage(), 0);
        }
    }

    private static boolean isFrom(DmAccount account, Notification notification) {
        return account.serverId().equals(notification.serverId())
                && account.server()
                        .filter(side -> notification.verify(side.credentials(), side.nonce())
                                || notification.verify(side.credentials(), NO_NONCE))
                        .isPresent();
    }

    private SessionOutcome session(DmAccount account, String sessionId, AlertCode initiation) {
        ClientSession session =
                new ClientSession(this, account, sessionId, initiation, alerts(account), TreeWatcher.NONE);
        return over(session, session.run(transport));
    }

    /**
     * A session that the client begins, for who carries its messages.
     *
     * @param more what the server is told beside the alerts that wait for it
     */
    ClientSession session(DmAccount account, List<GenericAlert> more, TreeWatcher watcher) {
        List<GenericAlert> told = new ArrayList<>(alerts(account));
        told.addAll(more);
        return new ClientSession(this, account, sessionId(), AlertCode.CLIENT_INITIATED, told, watcher);
    }

    private List<GenericAlert> alerts(DmAccount account) {
        return tree.alerts().stream()
                .filter(alert -> alert.account().equals(account.uri()))
                .toList();
    }

    private String sessionId() {
        return Integer.toHexString(1 + random.nextInt(SESSION_IDS)).toUpperCase(Locale.ROOT);
    }

    /** A server has been told these. */
    void told(List<GenericAlert> told) {
        List<GenericAlert> waiting = new ArrayList<>(tree.alerts());
        told.forEach(waiting::remove); // each once: there may be another like it
        tree.alerts(waiting);
    }

    /** Draws the conclusions from a session that has ended. */
    SessionOutcome over(ClientSession session, SessionOutcome outcome) {
        operations.addAll(session.operations());
        return outcome;
    }

    /**
     * Keeps the tree where it outlives the process, if it is another than was kept last. A server whose last account is gone loses
     * its rights first.
     *
     * @throws UncheckedIOException if it cannot be kept
     */
    void commit() {
        Set<String> now = DmAccount.servers(tree);
        servers.stream().filter(server -> !now.contains(server)).forEach(tree::forgetServer);
        servers = now;
        if (!tree.root().equals(kept)
                || !tree.cards().equals(keptCards)
                || !tree.alerts().equals(keptAlerts)) {
            try {
                store.save(tree);
            } catch (IOException e) {
                throw new UncheckedIOException("the management tree cannot be kept: " + e.getMessage(), e);
            }
            kept = tree.root();
            keptCards = tree.cards();
            keptAlerts = tree.alerts();
        }
    }

    /** An event for the server of an account, which the next session tells it. */
    public void alert(GenericAlert alert) {
        List<GenericAlert> waiting = new ArrayList<>(tree.alerts());
        waiting.add(alert);
        tree.alerts(waiting);
    }

    /**
     * Performs what servers have started by Exec, as far as it has leave. The alerts returned wait for the next sessions with those
     * servers; what waits for leave goes on, and has its alert, when the guard answers.
     *
     * @throws UncheckedIOException if the tree cannot be kept; the operations have been performed
     */
    public List<GenericAlert> performOperations() {
        int before = tree.alerts().size();
        while (!operations.isEmpty()) {
            goOn(operations.removeFirst().perform());
        }
        commit();
        return List.copyOf(tree.alerts().subList(before, tree.alerts().size()));
    }

    private void goOn(ExecHandler.Progress progress) {
        switch (progress) {
            case ExecHandler.Over over -> {
                alert(over.outcome());
                reporter.accept(over.outcome());
            }
            case ExecHandler.Asks asks -> {
                listener.functionAsked(asks.request());
                guard.ask(asks.request(), verdict -> {
                    listener.functionJudged(asks.request(), verdict);
                    goOn(asks.next().apply(verdict));
                });
            }
        }
    }

    /** Who decides from now on which functions run. */
    void guard(FunctionGuard now) {
        guard = Objects.requireNonNull(now);
    }

    /** Who sees to it that the outcome of an operation comes to its server soon. */
    void reporter(Consumer<GenericAlert> now) {
        reporter = Objects.requireNonNull(now);
    }

    DmClientListener listener() {
        return listener;
    }

    Optional<UserInteraction> user() {
        return user;
    }

    SyncMlCodec codec() {
        return codec;
    }

    int maxMessageSize() {
        return maxMessageSize;
    }

    int maxObjectSize() {
        return maxObjectSize;
    }

    ByteString nonce() {
        byte[] nonce = new byte[NONCE_SIZE];
        random.nextBytes(nonce);
        return ByteString.of(nonce);
    }

    /** What is behind the node: the handler of the nearest node upwards that has one. */
    Optional<ExecHandler> handler(String uri) {
        for (Map.Entry<String, ExecHandler> entry : handlers.descendingMap().entrySet()) {
            if (uri.equals(entry.getKey()) || uri.startsWith(entry.getKey() + "/")) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }

    void written(String target) throws Refusal {
        String uri = NodeUri.text(NodeUri.parse(target).path());
        handler(uri).ifPresent(handler -> handler.written(uri));
    }

    /** Settings of a client; whatever is not set has a default. */
    public static final class Builder {
        private final ManagementTree tree;
        private final DmTransport transport;
        private final RandomGenerator random;
        private final Map<String, ExecHandler> handlers = new TreeMap<>();
        private Optional<UserInteraction> user = Optional.empty();
        private SyncMlCodec codec = SyncMlCodec.WBXML;
        private int maxMessageSize = 16 * 1024;
        private int maxObjectSize = 1024 * 1024;
        private TreeStore store = TreeStore.NONE;
        private DmClientListener listener = DmClientListener.NONE;
        private FunctionGuard guard = FunctionGuard.OPEN;

        private Builder(ManagementTree tree, DmTransport transport, RandomGenerator random) {
            this.tree = Objects.requireNonNull(tree);
            this.transport = Objects.requireNonNull(transport);
            this.random = Objects.requireNonNull(random);
        }

        /** The user. Without one the ME has no user interface, and user interaction alerts are answered with 406. */
        public Builder user(UserInteraction value) {
            user = Optional.of(value);
            return this;
        }

        /** What is executed when a server executes the node or one below it. */
        public Builder handler(String uri, ExecHandler handler) {
            handlers.put(uri, Objects.requireNonNull(handler));
            return this;
        }

        /** The encoding in which the client speaks. WBXML by default. */
        public Builder codec(SyncMlCodec value) {
            codec = Objects.requireNonNull(value);
            return this;
        }

        /** Octets of the largest message that the client says it accepts. 16,384 by default. */
        public Builder maxMessageSize(int value) {
            maxMessageSize = positive(value);
            return this;
        }

        /** Octets of the largest value accepted. 1 MiB by default. */
        public Builder maxObjectSize(int value) {
            maxObjectSize = positive(value);
            return this;
        }

        /** Where the tree is kept after each message that changed it, before the answer. By default it ends with the process. */
        public Builder store(TreeStore value) {
            store = Objects.requireNonNull(value);
            return this;
        }

        public Builder listener(DmClientListener value) {
            listener = Objects.requireNonNull(value);
            return this;
        }

        /** Who decides which functions run that servers start. By default all do. */
        public Builder guard(FunctionGuard value) {
            guard = Objects.requireNonNull(value);
            return this;
        }

        private static int positive(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("not positive: " + value);
            }
            return value;
        }

        public DmClient build() {
            return new DmClient(this);
        }
    }
}
