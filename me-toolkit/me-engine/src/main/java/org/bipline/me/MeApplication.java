// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A program in the ME that reaches the card by the ports at which the card listens. Its methods are called by the ME's own thread, and do
 * not block.
 */
public interface MeApplication {
    /** No program. */
    MeApplication NONE = new MeApplication() {};

    /** What the ME gives to its programs. Its methods may be called from any thread. */
    interface Host {
        /** Runs the work in the ME's own thread. */
        void post(Runnable work);

        /**
         * Runs the work in the ME's own thread and waits for its outcome, which may be an exception.
         *
         * @throws IllegalStateException when this is the ME's own thread
         */
        <T> T ask(Supplier<T> work);

        /** The network of the ME, its loopback interface included. */
        Bearer bearer();

        MeClock clock();
    }

    /** The program is installed in an ME that is being built; comes first and once. */
    default void installed(Host host) {}

    /** A card is there: the ME was switched on or has reset it, and knows the card's files. */
    default void cardInserted(CardFiles files) {}

    /** There is no card, or it does not answer any more. That the ME is switched off says nothing about the card. */
    default void cardRemoved(String reason) {}

    /** The ME is off, be it that it was switched off or has lost its card: nothing goes on until a card is inserted. */
    default void switchedOff() {}

    /**
     * The card listens.
     *
     * @param port the port that the card asked for
     * @param at where that is
     */
    default void portOpened(int port, InetSocketAddress at) {}

    /** The card listens no more at the port that it had asked for. */
    default void portClosed(int port) {}

    /** What the program has to do before the ME is idle, in words. */
    default Optional<String> busyWith() {
        return Optional.empty();
    }
}
