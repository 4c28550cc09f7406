// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.cat.command.DisplayText;
import org.bipline.cat.command.GetInkey;
import org.bipline.cat.command.GetInput;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.SelectItem;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DefaultText;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.ItemIdentifier;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.ResponseLength;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;

/**
 * The user of the ME, who is asked by a DM server as by a card: 1100 looks like DISPLAY TEXT, 1101 like GET INKEY for yes or no, 1102 like
 * GET INPUT, 1103 and 1104 like SELECT ITEM, of which this user interface lets one item be taken.
 */
public final class MeUser implements UserInteraction {
    private static final int ALPHABET = 0x01;
    private static final int YES_NO = 0x04;
    private static final int HIDDEN = 0x04;
    private static final int CLEARED_BY_USER = 0x80;
    private static final int NO_LIMIT = 255;

    private final UserModel user;

    public MeUser(UserModel user) {
        this.user = user;
    }

    @Override
    public Reaction react(Request request) {
        return reaction(request, user.react(command(request)));
    }

    private static ProactiveCommand command(Request request) {
        InteractionOptions options = request.options();
        return switch (request) {
            case Display display ->
                new DisplayText(pdu(TypeOfCommand.DISPLAY_TEXT, CLEARED_BY_USER, TextString.of(display.text())));
            case Confirmation confirmation ->
                new GetInkey(pdu(TypeOfCommand.GET_INKEY, YES_NO, TextString.of(confirmation.text())));
            case Input input -> {
                boolean digits = options.inputType() != InteractionOptions.InputType.ALPHANUMERIC;
                boolean hidden = options.echoType() == InteractionOptions.EchoType.PASSWORD;
                List<DataObject> objects = new ArrayList<>(List.of(
                        TextString.of(input.text()),
                        new ResponseLength(0, Math.min(options.maxLength().orElse(NO_LIMIT), NO_LIMIT))));
                options.defaultResponse().ifPresent(text -> objects.add(DefaultText.of(text)));
                yield new GetInput(pdu(
                        TypeOfCommand.GET_INPUT,
                        (digits ? 0 : ALPHABET) | (hidden ? HIDDEN : 0),
                        objects.toArray(DataObject[]::new)));
            }
            case Choice choice -> {
                List<DataObject> objects = new ArrayList<>(List.of(AlphaIdentifier.of(choice.text())));
                for (int number = 1; number <= Math.min(choice.items().size(), NO_LIMIT); number++) {
                    objects.add(Item.of(number, choice.items().get(number - 1)));
                }
                defaults(choice).stream().findFirst().ifPresent(number -> objects.add(new ItemIdentifier(number)));
                yield new SelectItem(pdu(TypeOfCommand.SELECT_ITEM, 0, objects.toArray(DataObject[]::new)));
            }
        };
    }

    private static Pdu pdu(TypeOfCommand type, int qualifier, DataObject... objects) {
        DataObject[] all = Stream.concat(
                        Stream.of(new CommandDetails(1, type.code(), qualifier), DeviceIdentities.UICC_TO_TERMINAL),
                        Stream.of(objects))
                .toArray(DataObject[]::new);
        return Pdu.of(ProactiveCommand.TAG, all);
    }

    /** The items that DR names, as far as the choice has them. */
    private static List<Integer> defaults(Choice choice) {
        return Stream.of(choice.options().defaultResponse().orElse("").split("-", -1))
                .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                .map(Integer::valueOf)
                .filter(number -> Interactions.offers(choice, List.of(number)))
                .toList();
    }

    private static Reaction reaction(Request request, UserAction action) {
        return switch (action) {
            case UserAction.Confirms confirms -> confirmed(request);
            case UserAction.Refuses refuses -> request instanceof Confirmation ? new Rejects() : new Cancels();
            case UserAction.Enters enters ->
                request instanceof Input input && Interactions.takes(input.options(), enters.text())
                        ? new Enters(enters.text())
                        : new Ignores();
            case UserAction.Selects selects ->
                request instanceof Choice choice && Interactions.offers(choice, List.of(selects.itemIdentifier()))
                        ? new Chooses(List.of(selects.itemIdentifier()))
                        : new Ignores();
            case UserAction.Takes takes -> {
                long limit = request.options().maxDisplayTime().orElse(Integer.MAX_VALUE);
                yield takes.delay().toSeconds() > limit ? new Ignores() : reaction(request, takes.action());
            }
            case UserAction.EndsSession ends -> new Cancels();
            case UserAction.GoesBack goesBack -> new Cancels();
            case UserAction.SwitchesOff switchesOff -> new Cancels();
            case UserAction.AsksForHelp asks -> new Ignores(); // servers offer none
            case UserAction.Ignores ignores -> new Ignores();
            case UserAction.IsKeptBy kept -> new Ignores();
        };
    }

    private static Reaction confirmed(Request request) {
        return switch (request) {
            case Display display -> new Accepts();
            case Confirmation confirmation -> new Accepts();
            case Input input -> {
                String text = input.options().defaultResponse().orElse("");
                yield Interactions.takes(input.options(), text) ? new Enters(text) : new Ignores();
            }
            case Choice choice -> {
                List<Integer> defaults = defaults(choice);
                List<Integer> chosen =
                        Interactions.offers(choice, defaults) && !defaults.isEmpty() ? defaults : List.of(1);
                yield new Chooses(chosen);
            }
        };
    }
}
