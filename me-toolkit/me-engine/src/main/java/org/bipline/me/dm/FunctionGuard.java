// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.function.Consumer;

/** Decides whether a function of the ME that a server has started may run. */
@FunctionalInterface
public interface FunctionGuard {
    /** Lets every server do what its ACLs allow. */
    FunctionGuard OPEN = (request, answer) -> answer.accept(Verdict.AUTHORISED);

    /** What the guard says. */
    enum Verdict {
        /** The function may run, once, as it was asked for. */
        AUTHORISED,
        /** Who decides does not want it. */
        REFUSED,
        /** Nobody was there to decide. */
        UNANSWERED
    }

    /**
     * Asks whether the function may run.
     *
     * @param answer takes the verdict, once, at once or later, in the thread of the client
     */
    void ask(FunctionRequest request, Consumer<Verdict> answer);
}
