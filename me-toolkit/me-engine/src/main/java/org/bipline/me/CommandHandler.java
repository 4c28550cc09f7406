// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.command.ProactiveCommand;

/** Performs one kind of proactive command. Called by the ME's own thread. */
@FunctionalInterface
public interface CommandHandler {
    /** The answer to the command. Whatever is thrown ends in "terminal currently unable to process command". */
    Answer handle(ProactiveCommand command, MeState me);
}
