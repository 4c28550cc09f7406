// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.lab.decode.Kind;
import org.bipline.lab.trace.Party;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.me.Answer;
import org.bipline.me.CardLinkException;
import org.bipline.me.CommandHandler;
import org.bipline.me.MeState;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;

/**
 * Holds the proactive commands of a card against the steps that expect them, and answers them. Those of a kind that is expected
 * nowhere are the ME's own affair.
 */
final class CommandScript {
    private final Scenario scenario;
    private final World world;
    private final Trace trace;
    private final AnsweringLink link;
    private final Judge judge;
    private final Set<TypeOfCommand> watched;
    private final UserModel script;
    private Optional<UserAction> user = Optional.empty();
    private int next;
    private boolean quiet;
    private String lastSeen = "nothing";

    CommandScript(Scenario scenario, World world, Trace trace, AnsweringLink link, Judge judge) {
        this.scenario = scenario;
        this.world = world;
        this.trace = trace;
        this.link = link;
        this.judge = judge;
        watched = watched(scenario);
        script = UserModel.script(scenario.user().toArray(new UserAction[0]));
    }

    /** The kinds of commands that have to be expected. */
    static Set<TypeOfCommand> watched(Scenario scenario) {
        return scenario.strict() ? EnumSet.allOf(TypeOfCommand.class) : scenario.expected();
    }

    /** Number of the step that is next. */
    synchronized int next() {
        return next;
    }

    /** A step that expects nothing of the card is begun: what the card asks for from now on belongs to those behind it. */
    synchronized void begin() {
        next++;
    }

    synchronized void quiet(boolean wanted) {
        quiet = wanted;
    }

    synchronized String lastSeen() {
        return lastSeen;
    }

    /** The ME has fetched a command, of whatever kind. */
    synchronized void seen(ProactiveCommand command) {
        lastSeen = command.name();
        boolean isWatched =
                command.details().command().filter(watched::contains).isPresent();
        if (quiet && !isWatched) {
            unexpected(current(), "the card was to be quiet", "none", command);
        }
    }

    /** Performs a command of a kind that is expected, as the next step says. */
    Answer perform(ProactiveCommand command, MeState me) throws CardLinkException {
        Optional<Step.Expect> expected = take(command);
        world.changed();
        if (expected.isEmpty()) {
            return CommandHandler.OWN.handle(command, me);
        }
        return switch (expected.get().reply()) {
            case Step.Reply.Own own -> CommandHandler.OWN.handle(command, me);
            case Step.Reply.Scripted scripted ->
                after(
                        scripted.after(),
                        new Answer.Response(scripted.result(), objects(scripted.objects()), "", "", Optional.empty()));
            case Step.Reply.Exact exact -> {
                link.instead(exact.pdu());
                trace.emit(
                        ScenarioRun.SESSION,
                        Party.ME,
                        Party.CARD,
                        at -> new TraceEvent.Note(at, "TERMINAL RESPONSE of the scenario: " + exact.pdu()));
                yield after(exact.after(), Answer.performed());
            }
        };
    }

    private Answer after(Duration delay, Answer.Response response) {
        if (delay.isZero()) {
            return response;
        }
        CompletableFuture<Answer> promise = new CompletableFuture<>();
        world.clock().schedule(delay, () -> promise.complete(response));
        return new Answer.Later(promise);
    }

    private static List<DataObject> objects(ByteString encoded) {
        try {
            return Pdu.decodeBare(encoded).objects().stream()
                    .map(ComprehensionTlv::object)
                    .toList();
        } catch (CatDecodingException e) {
            throw new IllegalStateException(e); // the reader of the scenario has decoded them
        }
    }

    private synchronized Optional<Step.Expect> take(ProactiveCommand command) {
        if (judge.ended()) {
            return Optional.empty();
        }
        Step step = next < scenario.steps().size() ? scenario.steps().get(next) : current();
        if (!(step.action() instanceof Step.Expect expect)) {
            unexpected(step, "unexpected command", "none before this step", command);
            return Optional.empty();
        }
        if (!command.details().command().equals(Optional.of(expect.command()))) {
            unexpected(step, "another command", expect.command().text(), command);
            return Optional.empty();
        }
        List<Mismatch> mismatches = expect.constraints().check(Pdus.decoded(command.encode(), Kind.PROACTIVE_COMMAND));
        judge.check(step, mismatches);
        if (!mismatches.isEmpty()) {
            return Optional.empty();
        }
        next++;
        user = expect.user();
        return Optional.of(expect);
    }

    private void unexpected(Step step, String reason, String expected, ProactiveCommand command) {
        judge.end(step, reason, List.of(new Mismatch("proactive command", expected, command.name())));
    }

    private Step current() {
        return scenario.steps().get(Math.max(0, next - 1));
    }

    /** What the user does about a command. */
    synchronized UserAction react(ProactiveCommand command) {
        Optional<UserAction> action = user;
        user = Optional.empty();
        return action.orElseGet(() -> script.react(command));
    }
}
