// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.command.SetUpMenu;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.EventList;
import org.bipline.cat.object.Item;
import org.bipline.cat.profile.Facility;

/**
 * The state of one ME between commands. Belongs to the ME's own thread: handlers and listeners read it, nobody else does.
 */
public final class MeState {
    /** What the state needs of the ME round it. */
    interface Machine {
        void sendStatus();

        /** Takes the card's power away. */
        void switchOff(String reason);

        /** The card does not answer any more. */
        void cardLost(String reason);

        /** Resets the card and begins anew. */
        void restart();
    }

    final Mailbox mailbox;
    final MeListener listener;
    final MeApplication application;
    final Machine machine;
    final EventQueue events;
    final Channels channels;
    final Timers timers;
    final Polling polling;
    final NetworkModel network;
    final AdditionalReader reader;

    /** Identifiers of the services that the card has declared. ETSI TS 102 223 clause 6.4.34. */
    final Set<Integer> services = new HashSet<>();

    private final CardPort card;
    private final MeProfile profile;
    private final MeClock clock;
    private final UserModel user;
    private final Set<Event> eventList = EnumSet.noneOf(Event.class);
    private final Surroundings surroundings;
    private CardFiles files = CardFiles.NONE;
    private Screen screen = Screen.EMPTY;
    private SetUpMenu menu;
    private MeClock.Alarm lateAnswer;
    private int resets;
    private boolean notice;
    private MeClock.Alarm textEnd;

    MeState(MobileEquipment.Builder builder, Mailbox mailbox, CardPort card, Machine machine) {
        this.mailbox = mailbox;
        this.card = card;
        this.machine = machine;
        listener = builder.listener;
        application = builder.application;
        profile = builder.profile;
        clock = builder.clock;
        user = builder.user;
        network = builder.network;
        events = new EventQueue(this);
        surroundings = new Surroundings(profile, events, clock, () -> setScreen(screen.withBrowser(Optional.empty())));
        channels = new Channels(this, builder.bearer, builder.addressMap);
        timers = new Timers(this);
        polling = new Polling(this);
        reader = new AdditionalReader(builder.additionalCard);
    }

    public MeProfile profile() {
        return profile;
    }

    public MeClock clock() {
        return clock;
    }

    public UserModel user() {
        return user;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /** What the card's files said when they were read last. */
    public CardFiles files() {
        return files;
    }

    public Screen screen() {
        return screen;
    }

    void setScreen(Screen now) {
        if (textEnd != null) {
            textEnd.cancel();
            textEnd = null;
        }
        if (!now.equals(screen)) {
            screen = now;
            listener.screenChanged(now);
        }
    }

    /** Shows a text that goes away on its own after this time. */
    void showFor(Duration duration, String text) {
        setScreen(screen.withText(Optional.of(text)));
        textEnd = clock.schedule(
                duration,
                () -> mailbox.post(() -> {
                    if (screen.text().equals(Optional.of(text))) {
                        setScreen(screen.withText(Optional.empty()));
                    }
                }));
    }

    /** Items of the menu that the card has set up; none when there is no menu. */
    public List<Item> menuItems() {
        return menu == null ? List.of() : menu.items();
    }

    /** The SET UP MENU in force. */
    public Optional<SetUpMenu> menu() {
        return Optional.ofNullable(menu);
    }

    void setMenu(SetUpMenu command) {
        menu = command.items().stream().allMatch(Item::isNull) ? null : command;
    }

    void setEventList(EventList list) {
        eventList.clear();
        for (Event event : Event.values()) {
            if (list.contains(event)) {
                eventList.add(event);
            }
        }
    }

    void forgetEvent(Event event) {
        eventList.remove(event);
    }

    /** Why the event is not told to the card, or empty when it is. */
    public Optional<String> whyDropped(Event event) {
        if (Capabilities.of(event).stream().noneMatch(profile::supports)) {
            return Optional.of("not in the terminal profile");
        }
        return eventList.contains(event)
                ? Optional.empty()
                : Optional.of("not in the event list that the card has set up");
    }

    /** Hands an envelope to the card at once; empty when this ME hands over none. */
    Optional<ApduResponse> sendEnvelope(Envelope envelope) throws CardLinkException {
        if (profile.has(Quirk.ENVELOPES_SWALLOWED)) {
            return Optional.empty();
        }
        ApduResponse response = card.write(ProactiveSession.CLA, ProactiveSession.ENVELOPE, 0, 0, envelope.encode());
        listener.envelope(envelope, response.statusWord());
        return Optional.of(response);
    }

    void readFiles() throws CardLinkException {
        files = CardFiles.read(card);
    }

    /** The NAA ends and begins anew. ETSI TS 102 221 clause 14.6.2. */
    void restartApplication() throws CardLinkException {
        card.command(ProactiveSession.CLA, MobileEquipment.STATUS, MobileEquipment.TERMINATES, MobileEquipment.NO_DATA);
        readFiles();
        card.command(
                ProactiveSession.CLA, MobileEquipment.STATUS, MobileEquipment.INITIALISED, MobileEquipment.NO_DATA);
    }

    /** Makes an answer, which may take the card. */
    @FunctionalInterface
    interface Source {
        Answer get() throws CardLinkException;
    }

    /** What follows on a response, which may be another answer. */
    @FunctionalInterface
    interface Step {
        Answer after(Answer.Response response) throws CardLinkException;
    }

    /** An answer that comes after a while, made then; not any more when the card has been reset. */
    Answer.Later later(Duration delay, Source source) {
        CompletableFuture<Answer> promise = new CompletableFuture<>();
        int current = resets;
        lateAnswer = clock.schedule(
                delay,
                () -> mailbox.post(() -> {
                    if (current == resets) {
                        promise.complete(now(source));
                    }
                }));
        return new Answer.Later(promise);
    }

    /** The answer, and when it has come what follows on it, in the ME's own thread. */
    Answer after(Answer answer, Step step) throws CardLinkException {
        return switch (answer) {
            case Answer.Response response -> step.after(response);
            case Answer.Later later ->
                new Answer.Later(later.answer().thenApplyAsync(a -> now(() -> after(a, step)), mailbox::post));
            case Answer.Reset reset -> reset;
            case Answer.Never never -> never;
        };
    }

    private Answer now(Source source) {
        try {
            return source.get();
        } catch (CardLinkException e) {
            machine.cardLost(e.getMessage());
            return new Answer.Never();
        }
    }

    /** Tells the user what the ME does for the card, until {@link #endNotice}. An empty text tells nothing. */
    void notice(String text) {
        if (!text.isEmpty() && !profile.supports(Facility.NO_DISPLAY)) {
            notice = true;
            setScreen(screen.withText(Optional.of(text)));
        }
    }

    void endNotice() {
        if (notice) {
            notice = false;
            setScreen(screen.withText(Optional.empty()));
        }
    }

    /** Forgets everything that ends with a reset of the card. */
    void reset(String reason) {
        resets++;
        menu = null;
        notice = false;
        eventList.clear();
        services.clear();
        files = CardFiles.NONE;
        setScreen(Screen.EMPTY);
        if (lateAnswer != null) {
            lateAnswer.cancel();
        }
        channels.closeAll(reason);
        timers.stopAll();
        polling.stop();
        reader.off();
        events.clear(reason);
    }
}
