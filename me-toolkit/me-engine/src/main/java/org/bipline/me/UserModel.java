// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.bipline.cat.command.GetInkey;
import org.bipline.cat.command.GetInput;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.SelectItem;

/** The user of the ME. Called by the ME's own thread, once for each command that turns to the user or tells them. */
@FunctionalInterface
public interface UserModel {
    /**
     * A user who reads every text, agrees to everything, takes the default or else the first item, and enters the default
     * text or else digits, as many as are asked for at least.
     */
    UserModel PATIENT = UserModel::patience;

    /** What the user does about the command. */
    UserAction react(ProactiveCommand command);

    /** A user who does these things one after the other, and is then {@link #PATIENT}. */
    static UserModel script(UserAction... actions) {
        Queue<UserAction> script = new ArrayDeque<>(List.of(actions));
        return command -> script.isEmpty() ? PATIENT.react(command) : script.remove();
    }

    private static UserAction patience(ProactiveCommand command) {
        if (command instanceof GetInkey inkey && !inkey.yesNo()) {
            return new UserAction.Enters("1");
        }
        if (command instanceof GetInput input && input.defaultText().isEmpty()) {
            return new UserAction.Enters(
                    "1234567890".repeat(26).substring(0, input.responseLength().minimum()));
        }
        if (command instanceof SelectItem select && select.defaultItem().isEmpty()) {
            return new UserAction.Selects(select.items().get(0).identifier());
        }
        return new UserAction.Confirms();
    }
}
