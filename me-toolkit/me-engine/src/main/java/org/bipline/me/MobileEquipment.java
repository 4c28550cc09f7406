// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bipline.cat.command.SetUpMenu;
import org.bipline.cat.envelope.CellBroadcastDownload;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.MenuSelection;
import org.bipline.cat.envelope.SmsPpDownload;
import org.bipline.cat.envelope.UssdDownload;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.object.UssdString;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated ME with one UICC. It is one sequential actor: the network, the timers and the callers of its methods reach it
 * as messages, and it speaks to the card only when the card is idle. The methods here may be called from any thread except
 * the ME's own (handlers, listeners, user model) and wait for their outcome. While nothing else goes on, the ME works in
 * the caller's thread.
 */
public final class MobileEquipment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MobileEquipment.class);

    static final int STATUS = 0xF2;
    static final int INITIALISED = 0x01; // P1 of STATUS, ETSI TS 102 221 clause 11.1.2
    static final int TERMINATES = 0x02;
    static final int NO_DATA = 0x0C; // P2

    private static final int CLA = 0x80;
    private static final int TERMINAL_PROFILE = 0x10;
    private static final int NO_INDICATION = 0x00;

    private final MeListener listener;
    private final MeProfile profile;
    private final Mailbox mailbox;
    private final CardPort card;
    private final MeState state;
    private final ProactiveSession session;
    private final MeApplication application;
    private final List<CompletableFuture<Void>> waitingForIdle = new ArrayList<>();
    private boolean poweredOn;
    private String lost = "";

    private MobileEquipment(Builder builder) {
        listener = builder.listener;
        profile = builder.profile;
        mailbox = new Mailbox(builder.executor, this::afterMessage, () -> LogContext.of(state(), 0));
        card = new CardPort(builder.link, builder.clock, builder.listener);
        state = new MeState(builder, mailbox, card, new Machine());
        session = new ProactiveSession(state, card, builder.handlers);
        application = builder.application;
        application.installed(new Host(builder));
    }

    private MeState state() {
        return state; // which is there before the first message
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Powers the card on, or resets it when it is on; reads its files, sends the terminal profile and performs what the card
     * then asks for.
     *
     * @throws CardLinkException when no card answers
     */
    public void powerOn() throws CardLinkException {
        onCard(() -> {
            start();
            session.proceed();
            return null;
        });
    }

    private void start() throws CardLinkException {
        forget("card reset");
        try {
            listener.poweredOn(card.reset());
        } catch (CardLinkException e) {
            application.cardRemoved(e.getMessage());
            throw e;
        }
        poweredOn = true;
        state.readFiles();
        application.cardInserted(state.files());
        ApduResponse response = card.write(
                CLA, TERMINAL_PROFILE, 0, 0, profile.terminalProfile().bytes());
        if (!response.isOk()) {
            LOG.warn("TERMINAL PROFILE: {}", Integer.toHexString(response.statusWord()));
        }
        card.command(CLA, STATUS, INITIALISED, NO_DATA);
        if (!profile.statusInterval().isZero()) {
            state.polling.start(profile.statusInterval());
        }
    }

    /** Powers the card off; harmless when it is off. */
    public void powerOff() {
        await(ask(() -> {
            cardGone("switched off");
            return null;
        }));
    }

    /** Powers the card off and closes the link. */
    @Override
    public void close() {
        powerOff();
    }

    /** What the card's files said at start. */
    public CardFiles files() {
        return await(ask(state::files));
    }

    /** Items of the menu that the card has set up; none when there is no menu. */
    public List<Item> menuItems() {
        return await(ask(state::menuItems));
    }

    /**
     * The user picks the item of this text; returns when the card has taken the selection.
     *
     * @throws IllegalArgumentException when the menu has no such item
     * @throws CardLinkException when the card is gone or refuses
     */
    public void selectMenuItem(String text) throws CardLinkException {
        List<Item> items = menuItems();
        Item item = items.stream()
                .filter(i -> i.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no item \"" + text + "\" in the menu "
                        + items.stream().map(Item::text).toList()));
        selectMenuItem(item.identifier());
    }

    /**
     * The user picks the item of this identifier; returns when the card has taken the selection.
     *
     * @throws CardLinkException when the card is gone or refuses
     */
    public void selectMenuItem(int identifier) throws CardLinkException {
        envelope("menu selection", MenuSelection.of(identifier));
    }

    /**
     * The user asks for help on the item of this identifier.
     *
     * @throws IllegalArgumentException when the menu has no help
     * @throws CardLinkException when the card is gone or refuses
     */
    public void helpOnMenuItem(int identifier) throws CardLinkException {
        if (!await(ask(state::menu)).filter(SetUpMenu::helpAvailable).isPresent()) {
            throw new IllegalArgumentException("the menu has no help");
        }
        envelope("menu selection", MenuSelection.helpOn(identifier));
    }

    /**
     * Hands an envelope to the card as soon as no proactive session goes on, and returns what the card answers.
     *
     * @throws CardLinkException when the card is gone or refuses, or when this ME hands over no envelopes
     */
    public ByteString envelope(String name, Envelope envelope) throws CardLinkException {
        try {
            return await(queueEnvelope(name, envelope));
        } catch (CompletionException e) {
            if (e.getCause() instanceof CardLinkException cause) {
                throw new CardLinkException(cause.getMessage(), cause);
            }
            throw e;
        }
    }

    /**
     * As {@link #envelope}, without waiting: for who steps the time. What is thrown there, the future fails with.
     *
     * @throws CardLinkException when the card is gone now
     */
    public CompletableFuture<ByteString> queueEnvelope(String name, Envelope envelope) throws CardLinkException {
        CompletableFuture<ByteString> answered = new CompletableFuture<>();
        onCard(() -> {
            requirePower();
            state.events.envelope(name, envelope, answer -> answered(name, answer, answered));
            return null;
        });
        return answered;
    }

    private static void answered(String name, Optional<ApduResponse> answer, CompletableFuture<ByteString> told) {
        if (answer.isEmpty()) {
            told.completeExceptionally(
                    new CardLinkException(name + " did not reach the card: card is gone, or never told"));
        } else if (answer.get().isOk()) {
            told.complete(answer.get().data());
        } else {
            told.completeExceptionally(new CardLinkException(
                    "card answered " + Integer.toHexString(answer.get().statusWord()) + " to " + name));
        }
    }

    /**
     * A short message for the card comes in, in one or more parts; the card gets them one after the other.
     *
     * @param serviceCentre where it comes from
     * @return what the card answers to each, which goes back in an SMS-DELIVER-REPORT
     * @throws IllegalArgumentException when a part is no SMS-DELIVER to the card, which the ME would keep
     * @throws CardLinkException when the card is gone or refuses, or when the ME or, by its EF UST, the card has no such
     *     download
     */
    public List<ByteString> receiveShortMessage(Address serviceCentre, List<SmsTpdu> parts) throws CardLinkException {
        DataDownload.require(profile, Facility.SMS_PP_DATA_DOWNLOAD, files(), CardFiles.DATA_DOWNLOAD_VIA_SMS_PP);
        parts.forEach(DataDownload::check);
        List<ByteString> answers = new ArrayList<>();
        for (SmsTpdu part : parts) {
            answers.add(envelope("short message", SmsPpDownload.of(serviceCentre, part)));
        }
        return answers;
    }

    /**
     * A page for the card is broadcast in the cell.
     *
     * @throws IllegalArgumentException when this is no page of 88 bytes, or one whose message identifier is not in EF
     *     CBMID, which the ME would show
     * @throws CardLinkException when the card is gone or refuses, or when the ME or, by its EF UST, the card has no such
     *     download
     */
    public void receiveCellBroadcast(ByteString page) throws CardLinkException {
        DataDownload.require(
                profile, Facility.CELL_BROADCAST_DATA_DOWNLOAD, files(), CardFiles.DATA_DOWNLOAD_VIA_SMS_CB);
        DataDownload.check(page, files());
        envelope("cell broadcast", CellBroadcastDownload.of(page));
    }

    /**
     * A USSD operation of the network for the card.
     *
     * @return what the card answers to the network
     * @throws CardLinkException when the card is gone or refuses, or when the ME or, by its EF UST, the card has no such
     *     download
     */
    public ByteString receiveUssd(UssdString string) throws CardLinkException {
        DataDownload.require(profile, Facility.USSD_DATA_DOWNLOAD, files(), CardFiles.DATA_DOWNLOAD_VIA_USSD);
        return envelope("USSD", UssdDownload.of(string));
    }

    /**
     * Something happens round the ME: a call, another cell, another language. What the card asked to be told is told to it as
     * soon as no proactive session goes on. What the change throws comes back to the caller.
     */
    public void happens(Consumer<Surroundings> change) {
        await(ask(() -> {
            change.accept(state.surroundings());
            return null;
        }));
    }

    /** What the display shows of the card's texts. */
    public Screen screen() {
        return await(ask(state::screen));
    }

    /** Breaks the link of a channel, as when the user switches data off; harmless when it has none. */
    public void dropLink(int channel, String reason) {
        await(ask(() -> {
            state.channels.dropLink(channel, reason);
            return null;
        }));
    }

    /**
     * Sends a command APDU to the card between the ME's own, and returns data and status word.
     *
     * @throws CardLinkException when the card is gone
     */
    public ByteString transmit(ByteString command) throws CardLinkException {
        return onCard(() -> {
            requirePower();
            return card.exchange(command).bytes();
        });
    }

    /**
     * Waits until the ME is idle: no channel is open but for ports at which the card waits for a peer, no proactive session goes
     * on, no envelope waits, and the ME's application has nothing to do.
     *
     * @throws TimeoutException when that does not happen in the time given; says what goes on
     */
    public void awaitIdle(Duration limit) throws TimeoutException {
        CompletableFuture<Void> idle = idle();
        try {
            idle.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            TimeoutException explained = new TimeoutException("not idle after " + limit + ": " + busyWith());
            explained.initCause(e);
            throw explained;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Completes when the ME is idle, as in {@link #awaitIdle}: for who steps the time. */
    public CompletableFuture<Void> idle() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        mailbox.call(() -> waitingForIdle.add(idle));
        return idle;
    }

    /** What keeps the ME from being idle, in words. */
    public String busyWith() {
        return await(ask(this::reasons));
    }

    private String reasons() {
        List<String> reasons = new ArrayList<>();
        session.awaiting().ifPresent(c -> reasons.add(c.name() + " is not answered yet"));
        if (!state.channels.noneBusy()) {
            reasons.add("channels open: " + state.channels.open());
        }
        application.busyWith().ifPresent(reasons::add);
        state.events.peek().ifPresent(e -> reasons.add(e.name() + " waits to be told to the card"));
        return reasons.isEmpty() ? "just now nothing" : String.join(", ", reasons);
    }

    private boolean isIdle() {
        return session.isIdle()
                && state.channels.noneBusy()
                && state.events.isEmpty()
                && application.busyWith().isEmpty()
                && mailbox.isEmpty();
    }

    private void afterMessage() {
        if (poweredOn) {
            try {
                session.proceed();
            } catch (CardLinkException e) {
                cardLost(e.getMessage());
            }
        }
        if (!waitingForIdle.isEmpty() && (!poweredOn || isIdle())) {
            waitingForIdle.forEach(idle -> idle.complete(null));
            waitingForIdle.clear();
        }
    }

    /** What the ME gives to its application. */
    private final class Host implements MeApplication.Host {
        private final Bearer bearer;
        private final MeClock clock;

        Host(Builder builder) {
            bearer = builder.bearer;
            clock = builder.clock;
        }

        @Override
        public void post(Runnable work) {
            mailbox.post(work);
        }

        @Override
        public <T> T ask(Supplier<T> work) {
            return await(MobileEquipment.this.ask(work));
        }

        @Override
        public Bearer bearer() {
            return bearer;
        }

        @Override
        public MeClock clock() {
            return clock;
        }
    }

    /** What the state asks of the ME; on the ME's own thread. */
    private final class Machine implements MeState.Machine {
        @Override
        public void sendStatus() {
            try {
                card.command(CLA, STATUS, NO_INDICATION, NO_DATA);
            } catch (CardLinkException e) {
                cardLost(e.getMessage());
            }
        }

        @Override
        public void switchOff(String reason) {
            cardGone(reason);
        }

        @Override
        public void cardLost(String reason) {
            MobileEquipment.this.cardLost(reason);
        }

        @Override
        public void restart() {
            if (poweredOn) {
                try {
                    start();
                } catch (CardLinkException e) {
                    cardLost(e.getMessage());
                }
            }
        }
    }

    private void requirePower() throws CardLinkException {
        if (!poweredOn) {
            throw new CardLinkException("the card is not powered on" + lost);
        }
    }

    private void cardLost(String reason) {
        if (poweredOn) {
            application.cardRemoved(reason);
        }
        cardGone(reason);
    }

    private void cardGone(String reason) {
        if (poweredOn) {
            poweredOn = false;
            lost = ": " + reason;
            forget(reason);
            application.switchedOff();
            card.close();
            listener.poweredOff(reason);
        }
    }

    private void forget(String reason) {
        session.reset();
        state.reset(reason);
    }

    /** Work with the card; a lost card is told to the caller after the ME has drawn its conclusions. */
    private interface CardWork<T> {
        T run() throws CardLinkException;
    }

    private <T> T onCard(CardWork<T> work) throws CardLinkException {
        if (mailbox.enter()) { // nothing else goes on: no message is needed
            try {
                return work.run();
            } catch (CardLinkException e) {
                cardLost(e.getMessage());
                throw e;
            } finally {
                mailbox.leave();
            }
        }
        CompletableFuture<T> outcome = new CompletableFuture<>();
        mailbox.call(() -> {
            try {
                outcome.complete(work.run());
            } catch (CardLinkException e) {
                cardLost(e.getMessage());
                outcome.completeExceptionally(e);
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CardLinkException lost) {
                throw new CardLinkException(lost.getMessage(), lost);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CardLinkException("interrupted", e);
        }
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        mailbox.call(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Puts an ME together. A link to the card and a bearer are needed, the rest has defaults. */
    public static final class Builder {
        CardLink link;
        Bearer bearer;
        AddressMap addressMap = AddressMap.IDENTITY;
        MeProfile profile = MeProfile.full();
        UserModel user = UserModel.PATIENT;
        NetworkModel network = NetworkModel.WORKING;
        CardLink additionalCard;
        MeListener listener = MeListener.NONE;
        MeApplication application = MeApplication.NONE;
        MeClock clock;
        Executor executor = Thread::startVirtualThread;
        final Map<Integer, CommandHandler> handlers = new HashMap<>();

        private Builder() {}

        public Builder card(CardLink cardLink) {
            link = cardLink;
            return this;
        }

        public Builder bearer(Bearer network) {
            bearer = network;
            return this;
        }

        public Builder addressMap(AddressMap map) {
            addressMap = map;
            return this;
        }

        public Builder profile(MeProfile meProfile) {
            profile = meProfile;
            return this;
        }

        public Builder user(UserModel model) {
            user = model;
            return this;
        }

        /** What answers calls, messages and the like. */
        public Builder network(NetworkModel model) {
            network = model;
            return this;
        }

        /** The card in a second reader of the ME; by default there is no such reader. */
        public Builder additionalCard(CardLink cardLink) {
            additionalCard = cardLink;
            return this;
        }

        public Builder listener(MeListener meListener) {
            listener = meListener;
            return this;
        }

        /** A program that runs in the ME, such as its DM client. */
        public Builder application(MeApplication program) {
            application = program;
            return this;
        }

        /** The time of the ME; the caller closes it. */
        public Builder clock(MeClock meClock) {
            clock = meClock;
            return this;
        }

        /** Gives the ME a thread while it has something to do; by default a virtual thread. */
        public Builder executor(Executor meExecutor) {
            executor = meExecutor;
            return this;
        }

        /** Takes the place of the ME's own handler of this type of command, which stays {@link CommandHandler#OWN}. */
        public Builder handler(TypeOfCommand type, CommandHandler handler) {
            handlers.put(type.code(), handler);
            return this;
        }

        public MobileEquipment build() {
            Objects.requireNonNull(link, "card link");
            Objects.requireNonNull(bearer, "bearer");
            Objects.requireNonNull(clock, "clock");
            return new MobileEquipment(this);
        }
    }
}
