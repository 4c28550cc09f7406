// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.Optional;
import org.bipline.cat.object.TerminalProblem;

/** What a user does when a proactive command turns to them, or what keeps the command from reaching them. */
public sealed interface UserAction {
    /** Reads, agrees, says yes, takes the default text or the default item. */
    record Confirms() implements UserAction {}

    /** Says no: result 22, or the answer no where the card asks for yes or no. */
    record Refuses() implements UserAction {}

    /** Presses this key or enters this text. Keys and texts that the command does not allow are as if never pressed. */
    record Enters(String text) implements UserAction {}

    /** Picks an item by its identifier. */
    record Selects(int itemIdentifier) implements UserAction {}

    /** Asks for help, on an item where there are items: result 13, if the card has help. */
    record AsksForHelp(Optional<Integer> itemIdentifier) implements UserAction {}

    /** Ends the proactive session: result 10, or 14 in the middle of an SS or USSD operation. */
    record EndsSession() implements UserAction {}

    /** Goes back: result 11. */
    record GoesBack() implements UserAction {}

    /** Does nothing until the ME gives up: result 12. */
    record Ignores() implements UserAction {}

    /** The command does not reach the user, for instance because the screen is busy: result 20 with this cause. */
    record IsKeptBy(TerminalProblem problem) implements UserAction {}

    /** Switches the ME off: the card is without power before it gets an answer. */
    record SwitchesOff() implements UserAction {}

    /** Takes a while for the action; when it is longer than the ME waits, the user has ignored the command. */
    record Takes(Duration delay, UserAction action) implements UserAction {}
}
