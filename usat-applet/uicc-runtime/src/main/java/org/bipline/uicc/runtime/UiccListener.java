// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

/**
 * Hears what happens inside a card and does not show on its interface. Called on the thread that runs the card, in the middle
 * of a command: it returns quickly and does not call the card. AIDs are in upper-case hex.
 */
public interface UiccListener {
    /** An applet was installed and is selectable. */
    default void installed(String aid, String className) {}

    /** An applet is about to be triggered; {@code event} is the name of the constant without {@code EVENT_}. */
    default void triggered(String event, String aid) {}

    /** {@code processToolkit} returned. */
    default void finished(String event, String aid) {}

    /**
     * Something that might have been expected did not happen.
     *
     * @param what the event, proactive command or trigger, with the AID of the applet where one is meant
     * @param reason why, in words
     */
    default void dropped(String what, String reason) {}

    /** A method of an applet that the card called ended in an exception; {@code process} in one that is no {@code ISOException}. */
    default void threw(String aid, Throwable exception) {}

    /** A file was updated, by the ME or by an applet; {@code path} as file identifiers, {@code 3F00/7F10/6F54}. */
    default void fileUpdated(String path) {}
}
