// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.lab.Failure;
import org.bipline.me.UserAction;

/** Reads what the user does. */
final class UserActions {
    private static final String WORDS =
            "confirms, refuses, asks-for-help, ends-session, goes-back, ignores, switches-off";

    private UserActions() {}

    static UserAction read(YamlValue yaml) throws Failure {
        if (!yaml.isMap()) {
            return switch (yaml.text()) {
                case "confirms" -> new UserAction.Confirms();
                case "refuses" -> new UserAction.Refuses();
                case "asks-for-help" -> new UserAction.AsksForHelp(Optional.empty());
                case "ends-session" -> new UserAction.EndsSession();
                case "goes-back" -> new UserAction.GoesBack();
                case "ignores" -> new UserAction.Ignores();
                case "switches-off" -> new UserAction.SwitchesOff();
                default ->
                    throw yaml.wrong("\"" + yaml.text() + "\" is nothing that a user does; write one of " + WORDS
                            + ", or a map with enters, selects, helps-on or kept-by, and takes where it takes a while");
            };
        }
        Map<String, YamlValue> keys = yaml.entries("enters", "selects", "helps-on", "kept-by", "does", "takes");
        Optional<Duration> takes = Optional.empty();
        if (keys.containsKey("takes")) {
            takes = Optional.of(keys.get("takes").duration());
        }
        UserAction action = action(yaml, keys);
        return takes.isPresent() ? new UserAction.Takes(takes.get(), action) : action;
    }

    private static UserAction action(YamlValue yaml, Map<String, YamlValue> keys) throws Failure {
        if (keys.containsKey("enters")) {
            return new UserAction.Enters(keys.get("enters").text());
        }
        if (keys.containsKey("selects")) {
            return new UserAction.Selects(keys.get("selects").number(1, 255));
        }
        if (keys.containsKey("helps-on")) {
            return new UserAction.AsksForHelp(Optional.of(keys.get("helps-on").number(1, 255)));
        }
        if (keys.containsKey("kept-by")) {
            return new UserAction.IsKeptBy(keys.get("kept-by").constant(TerminalProblem.class));
        }
        if (keys.containsKey("does") && !keys.get("does").isMap()) {
            return read(keys.get("does"));
        }
        throw yaml.wrong("what does the user do? Give one of enters, selects, helps-on, kept-by and does");
    }
}
