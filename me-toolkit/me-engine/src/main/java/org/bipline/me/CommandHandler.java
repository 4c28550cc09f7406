// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.command.ProactiveCommand;

/** Performs one kind of proactive command. Called by the ME's own thread. */
@FunctionalInterface
public interface CommandHandler {
    /** What the ME does of its own: for a handler that takes its place now and then only. */
    CommandHandler OWN = Handlers::handle;

    /**
     * The answer to the command. An exception other than the declared one ends in "terminal currently unable to process
     * command".
     *
     * @throws CardLinkException when the card is gone
     */
    Answer handle(ProactiveCommand command, MeState me) throws CardLinkException;
}
