// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.bipline.cat.command.DisplayMultimediaMessage;
import org.bipline.cat.command.DisplayText;
import org.bipline.cat.command.GetInkey;
import org.bipline.cat.command.GetInput;
import org.bipline.cat.command.PlayTone;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.SelectItem;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.DefaultText;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.ImmediateResponse;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.ItemIdentifier;
import org.bipline.cat.object.ResponseLength;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.TextString;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Commands that turn to the user. ETSI TS 102 223 clauses 6.4.1 to 6.4.9. */
final class Dialogues {
    private static final Duration TONE = Duration.ofSeconds(1);
    private static final int UCS2 = 0x08;
    private static final int EIGHT_BITS = 0x04;
    private static final int SEVEN_BITS_PACKED = 0x00;
    private static final int NO_LIMIT = 0xFF;
    private static final String DIGITS = "[0-9*#+]*";
    private static final Answer.Response HELP = Answer.of(GeneralResult.HELP_INFORMATION_REQUIRED_BY_USER);
    private static final Answer.Response NO_RESPONSE = Answer.of(GeneralResult.NO_RESPONSE_FROM_USER);

    /**
     * How a command waits for its user.
     *
     * @param timeout how long
     * @param onTimeout the response when nothing comes
     * @param onHelp the response when the user asks for help and the card has help
     */
    private record Patience(Duration timeout, Answer.Response onTimeout, Optional<Answer.Response> onHelp) {}

    private Dialogues() {}

    /** Asks whether the ME may do this: what it does then if it may, or why it does not. */
    static Answer withConsent(ProactiveCommand command, String question, MeState me, MeState.Source deed)
            throws CardLinkException {
        Patience patience = new Patience(me.profile().userTimeout(), NO_RESPONSE, Optional.empty());
        Answer asked = ask(me, command, question, patience, (action, taken) -> switch (action) {
            case UserAction.Confirms a -> Optional.of(Answer.performed());
            case UserAction.Refuses a -> Optional.of(Answer.of(GeneralResult.USER_DID_NOT_ACCEPT));
            default -> Optional.empty();
        });
        return me.after(asked, response -> response.result().performed() ? deed.get() : response);
    }

    /**
     * An operation of the network, which the user can end before it has come to its end.
     *
     * @param onEnd the response when they end it
     */
    static Answer whileUserWaits(ProactiveCommand command, MeState me, Answer.Response onEnd, MeState.Source operation)
            throws CardLinkException {
        Intention intention = Intention.of(me.user().react(command));
        Optional<MeState.Source> intervention = intervention(intention.action, me, onEnd);
        if (intervention.isPresent() && intention.taken.isZero()) {
            return intervention.get().get();
        }
        Answer answer = operation.get();
        if (!(answer instanceof Answer.Later later) || intervention.isEmpty()) {
            return answer; // nothing stops it, or it is over before the user can
        }
        CompletableFuture<Answer> first = new CompletableFuture<>();
        CompletableFuture<?> unusedNetwork =
                later.answer().whenComplete((answered, failure) -> complete(first, answered, failure));
        CompletableFuture<?> unusedUser = me.later(
                        intention.taken,
                        () -> first.isDone()
                                ? new Answer.Never()
                                : intervention.get().get())
                .answer()
                .thenAccept(first::complete);
        return new Answer.Later(first);
    }

    private static void complete(CompletableFuture<Answer> future, Answer answer, Throwable failure) {
        if (failure == null) {
            future.complete(answer);
        } else {
            future.completeExceptionally(failure);
        }
    }

    /** What comes of an action during an operation of the network; nothing of most. */
    private static Optional<MeState.Source> intervention(UserAction action, MeState me, Answer.Response onEnd) {
        return switch (action) {
            case UserAction.SwitchesOff a -> Optional.of(() -> switchedOff(me));
            case UserAction.EndsSession a -> Optional.of(() -> onEnd);
            case UserAction.Refuses a -> Optional.of(() -> Answer.of(GeneralResult.USER_DID_NOT_ACCEPT));
            default -> turnsAway(action, Optional.empty()).map(response -> () -> response);
        };
    }

    private static Answer switchedOff(MeState me) {
        me.machine.switchOff("switched off by the user");
        return new Answer.Never();
    }

    /** What the user does in the end, and after which time. */
    private record Intention(UserAction action, Duration taken) {
        static Intention of(UserAction first) {
            UserAction action = first;
            Duration taken = Duration.ZERO;
            while (action instanceof UserAction.Takes takes) {
                taken = taken.plus(takes.delay());
                action = takes.action();
            }
            return new Intention(action, taken);
        }
    }

    /**
     * Tells the user what the command does, if it has an alpha identifier with a text. Nobody is asked or waited for: only
     * who ends the session, goes back or switches off there and then, or is kept by something else, keeps it from being
     * done. Such a command has no help.
     */
    static Optional<Answer> endedByUser(ProactiveCommand command, MeState me) {
        Optional<Intention> intention = command.pdu()
                .first(AlphaIdentifier.class)
                .filter(alpha -> !alpha.text().isEmpty())
                .map(alpha -> Intention.of(me.user().react(command)))
                .filter(there -> there.taken.isZero());
        if (intention.isEmpty()) {
            return Optional.empty();
        }
        UserAction action = intention.get().action;
        return action instanceof UserAction.SwitchesOff
                ? Optional.of(switchedOff(me))
                : turnsAway(action, Optional.empty()).map(response -> response);
    }

    /** The response to an action that has nothing to do with what the command asks for; empty when it has. */
    private static Optional<Answer.Response> turnsAway(UserAction action, Optional<Answer.Response> onHelp) {
        return switch (action) {
            case UserAction.EndsSession a -> Optional.of(Answer.of(GeneralResult.SESSION_TERMINATED_BY_USER));
            case UserAction.GoesBack a -> Optional.of(Answer.of(GeneralResult.BACKWARD_MOVE_REQUESTED_BY_USER));
            case UserAction.IsKeptBy a -> Optional.of(Answer.unable(a.problem(), "something else keeps the user"));
            case UserAction.AsksForHelp a ->
                onHelp.map(help -> a.itemIdentifier()
                        .map(item -> help.with(new ItemIdentifier(item)))
                        .orElse(help));
            case UserAction.Confirms a -> Optional.empty();
            case UserAction.Refuses a -> Optional.empty();
            case UserAction.Enters a -> Optional.empty();
            case UserAction.Selects a -> Optional.empty();
            case UserAction.Ignores a -> Optional.empty();
            case UserAction.SwitchesOff a -> Optional.empty();
            case UserAction.Takes a -> Optional.empty();
        };
    }

    /**
     * Shows the text and waits for the user.
     *
     * @param outcome the response to an action and the time it took; empty when the action is none for this command
     */
    private static Answer ask(
            MeState me,
            ProactiveCommand command,
            String text,
            Patience patience,
            BiFunction<UserAction, Duration, Optional<Answer.Response>> outcome) {
        Intention intention = Intention.of(me.user().react(command));
        Optional<Answer.Response> response =
                turnsAway(intention.action, patience.onHelp).or(() -> outcome.apply(intention.action, intention.taken));
        boolean switchesOff = intention.action instanceof UserAction.SwitchesOff;
        boolean tooLate = (response.isEmpty() && !switchesOff) || intention.taken.compareTo(patience.timeout) >= 0;
        Duration wait = tooLate ? patience.timeout : intention.taken;
        if (switchesOff && !tooLate) {
            return wait.isZero() ? switchedOff(me) : me.later(wait, () -> switchedOff(me));
        }
        Answer.Response given = tooLate ? patience.onTimeout : response.orElseThrow();
        me.setScreen(me.screen().withText(Optional.of(text)));
        if (wait.isZero()) {
            me.setScreen(me.screen().withText(Optional.empty()));
            return given;
        }
        return me.later(wait, () -> {
            me.setScreen(me.screen().withText(Optional.empty()));
            return given;
        });
    }

    static Answer displayText(DisplayText command, MeState me) {
        return show(
                command,
                me,
                command.text().text(),
                command.highPriority(),
                command.waitForUser(),
                command.immediateResponse(),
                timeout(command, me));
    }

    static Answer displayMultimediaMessage(DisplayMultimediaMessage command, MeState me) {
        return show(
                command,
                me,
                "multimedia message",
                command.highPriority(),
                command.waitForUser(),
                command.pdu().indexOf(ImmediateResponse.class) >= 0,
                timeout(command, me));
    }

    private static Answer show(
            ProactiveCommand command,
            MeState me,
            String text,
            boolean highPriority,
            boolean waitForUser,
            boolean immediateResponse,
            Duration time) {
        if (me.surroundings().screenBusy() && !highPriority) {
            return Answer.unable(TerminalProblem.SCREEN_IS_BUSY, "the screen shows something else");
        }
        if (immediateResponse) { // the text stays; whatever the user does comes after the response
            me.showFor(time, text);
            return Answer.performed();
        }
        // A text that waits for nobody is gone after a while, and that is success
        Patience patience = new Patience(time, waitForUser ? NO_RESPONSE : Answer.performed(), Optional.empty());
        return ask(
                me,
                command,
                text,
                patience,
                (action, taken) ->
                        action instanceof UserAction.Confirms ? Optional.of(Answer.performed()) : Optional.empty());
    }

    /** How long the ME waits: what the command says, or what the ME does on its own. */
    private static Duration timeout(ProactiveCommand command, MeState me) {
        return command.pdu()
                .first(org.bipline.cat.object.Duration.class)
                .map(org.bipline.cat.object.Duration::toTime)
                .orElse(me.profile().userTimeout());
    }

    static Answer getInkey(GetInkey command, MeState me) {
        Optional<org.bipline.cat.object.Duration> variable = command.duration();
        Patience patience = new Patience(
                timeout(command, me),
                variable.map(NO_RESPONSE::with).orElse(NO_RESPONSE),
                command.helpAvailable() ? Optional.of(HELP) : Optional.empty());
        return ask(
                me,
                command,
                command.text().text(),
                patience,
                (action, taken) -> key(command, action)
                        .map(key ->
                                variable.isPresent() ? Answer.performed(key, elapsed(taken)) : Answer.performed(key)));
    }

    private static Optional<TextString> key(GetInkey command, UserAction action) {
        if (command.yesNo()) {
            return switch (action) {
                case UserAction.Confirms a -> Optional.of(new TextString(ByteString.of(EIGHT_BITS, 1)));
                case UserAction.Refuses a -> Optional.of(new TextString(ByteString.of(EIGHT_BITS, 0)));
                default -> Optional.empty();
            };
        }
        return action instanceof UserAction.Enters enters
                        && enters.text().codePointCount(0, enters.text().length()) == 1
                ? entered(enters.text(), command.alphabet(), command.ucs2(), false)
                : Optional.empty();
    }

    /** The time that the user took, in the finest unit that holds it. ETSI TS 102 223 clauses 6.8 and 8.8. */
    private static org.bipline.cat.object.Duration elapsed(Duration taken) {
        long tenths = Math.max(1, taken.toMillis() / 100);
        return tenths <= 0xFF
                ? new org.bipline.cat.object.Duration(2, (int) tenths)
                : org.bipline.cat.object.Duration.ofSeconds(Math.toIntExact(taken.toSeconds()));
    }

    static Answer getInput(GetInput command, MeState me) {
        ResponseLength length = command.responseLength();
        if (length.minimum() > length.maximum()) {
            return Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    length.type(),
                    "minimum " + length.minimum() + " is above maximum " + length.maximum());
        }
        Patience patience = new Patience(
                timeout(command, me), NO_RESPONSE, command.helpAvailable() ? Optional.of(HELP) : Optional.empty());
        return ask(
                me,
                command,
                command.text().text(),
                patience,
                (action, taken) -> input(command, action)
                        .filter(text -> fits(text, length))
                        .flatMap(text -> entered(text, command.alphabet(), command.ucs2(), command.packed()))
                        .map(Answer::performed));
    }

    private static Optional<String> input(GetInput command, UserAction action) {
        return switch (action) {
            case UserAction.Enters a -> Optional.of(a.text());
            case UserAction.Confirms a ->
                Optional.of(command.defaultText().map(DefaultText::text).orElse(""));
            default -> Optional.empty();
        };
    }

    private static boolean fits(String text, ResponseLength length) {
        int characters = text.codePointCount(0, text.length());
        return characters >= length.minimum() && (length.maximum() == NO_LIMIT || characters <= length.maximum());
    }

    /** The text as the card wants it; empty when it has a character that the command does not allow. */
    private static Optional<TextString> entered(String text, boolean alphabet, boolean ucs2, boolean packed) {
        if (!alphabet && !text.matches(DIGITS)) {
            return Optional.empty();
        }
        if (alphabet && ucs2) {
            ByteString bytes = ByteString.wrap(text.getBytes(StandardCharsets.UTF_16BE));
            return Optional.of(new TextString(
                    new ByteSink(1 + bytes.length()).u8(UCS2).bytes(bytes).toByteString()));
        }
        TextString unpacked = TextString.of(text);
        if (unpacked.value().u8(0) != EIGHT_BITS) {
            return Optional.empty();
        }
        return Optional.of(packed ? new TextString(pack(unpacked.value().slice(1))) : unpacked);
    }

    /** Septets behind each other, the first in the least significant bits. 3GPP TS 23.038 clause 6.1.2.1.1. */
    private static ByteString pack(ByteString septets) {
        byte[] packed = new byte[1 + (septets.length() * 7 + 7) / 8];
        packed[0] = SEVEN_BITS_PACKED;
        for (int i = 0; i < septets.length(); i++) {
            int bit = i * 7;
            int shifted = septets.u8(i) << (bit % 8);
            packed[1 + bit / 8] |= (byte) shifted;
            if (shifted > 0xFF) {
                packed[2 + bit / 8] |= (byte) (shifted >> 8);
            }
        }
        return ByteString.wrap(packed);
    }

    static Answer selectItem(SelectItem command, MeState me) {
        List<Item> items = command.items();
        if (items.stream().anyMatch(Item::isNull)) {
            return Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    DataObjectType.ITEM,
                    "empty, which only removes a menu");
        }
        Optional<Answer.Response> onHelp = command.helpAvailable()
                ? Optional.of(HELP.with(new ItemIdentifier(items.get(0).identifier())))
                : Optional.empty();
        String title = command.title().map(AlphaIdentifier::text).orElse("");
        Patience patience = new Patience(timeout(command, me), NO_RESPONSE, onHelp);
        return ask(
                me,
                command,
                title,
                patience,
                (action, taken) -> selection(command, action)
                        .filter(picked -> items.stream().anyMatch(i -> i.identifier() == picked.code()))
                        .map(Answer::performed));
    }

    private static Optional<ItemIdentifier> selection(SelectItem command, UserAction action) {
        return switch (action) {
            case UserAction.Selects a -> Optional.of(new ItemIdentifier(a.itemIdentifier()));
            case UserAction.Confirms a -> command.defaultItem();
            default -> Optional.empty();
        };
    }

    static Answer playTone(PlayTone command, MeState me) {
        if (command.tone().isPresent() && command.tone().get().kind().isEmpty()) {
            return Answer.beyondCapabilities(
                    "Tone " + Integer.toHexString(command.tone().get().code()) + " is unknown");
        }
        Duration time = command.duration().isPresent() ? timeout(command, me) : TONE;
        String text = command.alphaIdentifier().map(AlphaIdentifier::text).orElse("");
        // The tone ends on its own, unless the user ends it
        return ask(
                me,
                command,
                text,
                new Patience(time, Answer.performed(), Optional.empty()),
                (action, taken) -> Optional.empty());
    }
}
