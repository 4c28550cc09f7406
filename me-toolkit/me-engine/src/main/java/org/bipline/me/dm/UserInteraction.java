// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.List;

/** The user to whom the ME turns for the user interaction alerts of a server. OMA DM Protocol, user interaction commands. */
@FunctionalInterface
public interface UserInteraction {
    /** What the user is shown or asked. */
    sealed interface Request {
        InteractionOptions options();

        /** The text, or the title of a choice. */
        String text();
    }

    /** Alert 1100. */
    record Display(InteractionOptions options, String text) implements Request {}

    /** Alert 1101. */
    record Confirmation(InteractionOptions options, String text) implements Request {}

    /** Alert 1102. */
    record Input(InteractionOptions options, String text) implements Request {}

    /**
     * Alerts 1103 and 1104.
     *
     * @param multiple true if the user may choose any number of the items
     */
    record Choice(InteractionOptions options, String text, List<String> items, boolean multiple) implements Request {
        public Choice {
            items = List.copyOf(items);
        }
    }

    /** What the user does. */
    sealed interface Reaction {}

    /** Reads a text, or says yes. */
    record Accepts() implements Reaction {}

    /** Says no. */
    record Rejects() implements Reaction {}

    /** Enters a text. */
    record Enters(String text) implements Reaction {}

    /** Chooses items, the first being 1. */
    record Chooses(List<Integer> items) implements Reaction {
        public Chooses {
            items = List.copyOf(items);
        }
    }

    /** Cancels the operation. */
    record Cancels() implements Reaction {}

    /** Does nothing for as long as the ME waits. */
    record Ignores() implements Reaction {}

    Reaction react(Request request);
}
