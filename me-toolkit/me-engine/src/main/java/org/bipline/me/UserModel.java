// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.command.DisplayText;

/** What the user of the ME does. The defaults are a patient user who agrees. */
public interface UserModel {
    /** A user who reads every text and agrees to everything. */
    UserModel PATIENT = new UserModel() {};

    /** Answers of a user to a text on the display. ETSI TS 102 223 clause 6.4.1. */
    enum Reaction {
        /** Reads it: clears the text, or waits until it is gone. */
        READS,
        /** Ends the proactive session. */
        ENDS_SESSION,
        /** Asks to go back. */
        GOES_BACK,
        /** Does not react to a text that waits for the user. */
        IGNORES
    }

    default Reaction textDisplayed(DisplayText command) {
        return Reaction.READS;
    }

    /** Whether the user agrees to an action that the ME announces with this text. */
    default boolean accepts(String text) {
        return true;
    }
}
