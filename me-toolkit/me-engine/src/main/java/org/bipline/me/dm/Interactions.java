// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.me.dm.UserInteraction.Reaction;
import org.bipline.me.dm.UserInteraction.Request;

/** User interaction alerts: from the alert to the user, and from what the user does to the status. */
final class Interactions {
    /** The status of an alert, with what the user entered or chose. */
    record Result(StatusCode code, List<Item> items) {
        Result(StatusCode code) {
            this(code, List.of());
        }
    }

    private static final int FIRST_CHOICE = 2; // behind the options and the title

    private final Optional<UserInteraction> user;

    /** @param user empty for an ME without user interface */
    Interactions(Optional<UserInteraction> user) {
        this.user = user;
    }

    static boolean isInteraction(AlertCode code) {
        return code.number() >= AlertCode.DISPLAY.number() && code.number() <= AlertCode.MULTIPLE_CHOICE.number();
    }

    Result perform(AlertCode code, Command.Alert alert) {
        if (user.isEmpty()) {
            return new Result(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED);
        }
        Optional<Request> request = request(code, alert.items());
        if (request.isEmpty()) {
            return new Result(StatusCode.INCOMPLETE_COMMAND);
        }
        return result(request.get(), user.get().react(request.get()));
    }

    private static Optional<Request> request(AlertCode code, List<Item> items) {
        if (items.size() < 2 || items.get(1).data().flatMap(Data::asText).isEmpty()) {
            return Optional.empty();
        }
        InteractionOptions options = InteractionOptions.parse(
                items.getFirst().data().flatMap(Data::asText).orElse(""));
        String text = items.get(1).data().flatMap(Data::asText).orElseThrow();
        List<String> choices = items.stream()
                .skip(FIRST_CHOICE)
                .map(item -> item.data().flatMap(Data::asText).orElse(""))
                .toList();
        boolean choice = code.equals(AlertCode.SINGLE_CHOICE) || code.equals(AlertCode.MULTIPLE_CHOICE);
        if (choice && choices.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                code.equals(AlertCode.DISPLAY)
                        ? new UserInteraction.Display(options, text)
                        : code.equals(AlertCode.CONFIRM_OR_REJECT)
                                ? new UserInteraction.Confirmation(options, text)
                                : code.equals(AlertCode.TEXT_INPUT)
                                        ? new UserInteraction.Input(options, text)
                                        : new UserInteraction.Choice(
                                                options, text, choices, code.equals(AlertCode.MULTIPLE_CHOICE)));
    }

    /** @throws IllegalArgumentException if the user does what the request does not offer */
    private static Result result(Request request, Reaction reaction) {
        Optional<Result> result = switch (reaction) {
            case UserInteraction.Cancels cancels -> Optional.of(new Result(StatusCode.OPERATION_CANCELLED));
            case UserInteraction.Ignores ignores -> Optional.of(ignored(request));
            case UserInteraction.Accepts accepts -> accepted(request);
            case UserInteraction.Rejects rejects ->
                request instanceof UserInteraction.Confirmation
                        ? Optional.of(new Result(StatusCode.NOT_MODIFIED))
                        : Optional.empty();
            case UserInteraction.Enters enters ->
                request instanceof UserInteraction.Input input && takes(input.options(), enters.text())
                        ? Optional.of(new Result(StatusCode.OK, List.of(Item.text(enters.text()))))
                        : Optional.empty();
            case UserInteraction.Chooses chooses ->
                request instanceof UserInteraction.Choice choice && offers(choice, chooses.items())
                        ? Optional.of(chosen(chooses))
                        : Optional.empty();
        };
        return result.orElseThrow(() -> new IllegalArgumentException(
                "the user answers a " + request.getClass().getSimpleName() + " with " + reaction));
    }

    private static Optional<Result> accepted(Request request) {
        boolean offered = request instanceof UserInteraction.Display || request instanceof UserInteraction.Confirmation;
        return offered ? Optional.of(new Result(StatusCode.OK)) : Optional.empty();
    }

    private static Result chosen(UserInteraction.Chooses chooses) {
        return new Result(
                StatusCode.OK,
                chooses.items().stream()
                        .map(number -> Item.text(Integer.toString(number)))
                        .toList());
    }

    /** A text goes when its time is over; a question that nobody answers has timed out. */
    private static Result ignored(Request request) {
        return new Result(request instanceof UserInteraction.Display ? StatusCode.OK : StatusCode.REQUEST_TIMEOUT);
    }

    static boolean takes(InteractionOptions options, String text) {
        int length = text.codePointCount(0, text.length());
        return options.inputType().takes(text) && length <= options.maxLength().orElse(length);
    }

    static boolean offers(UserInteraction.Choice choice, List<Integer> items) {
        boolean all = items.stream()
                .allMatch(item -> item >= 1 && item <= choice.items().size());
        return all && (choice.multiple() || items.size() == 1);
    }
}
