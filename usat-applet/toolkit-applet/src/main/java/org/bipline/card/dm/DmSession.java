// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** One management session with the server of the account, message by message. OMA DM Protocol 1.2. */
public final class DmSession {
    /** The session goes on: write and send the next message. */
    public static final byte NEXT_MESSAGE = 1;

    /** The server has no more commands: the session is over. */
    public static final byte FINISHED = 2;

    /** The session is over and has failed; {@link #reason()} says why. */
    public static final byte FAILED = 3;

    /** Allocates all of the session's memory: once, at installation. */
    public DmSession(MoStore store, Account account) {}

    /** Begins a session; changes of an interrupted one are undone first. */
    public void start() {}

    /**
     * Writes the next message and returns its length; {@code null} for the sink only measures. Every call gives the same
     * bytes until {@link #messageSent()}.
     */
    public short writeMessage(MessageSink sink) {
        return 0;
    }

    /** The message was sent whole. */
    public void messageSent() {}

    /** A response begins. */
    public void beginResponse() {}

    /** Takes the next bytes of the response, in pieces of any size. */
    public void receive(byte[] buf, short off, short len) {}

    /** The response is complete: commits its commands and says how to go on. */
    public byte endResponse() {
        return FAILED;
    }

    /** Ends the session at once (link lost, user's wish): what is not committed is undone. */
    public void abort() {}

    /** Why the session failed, one of {@link Fault}; 0 if it did not. */
    public short reason() {
        return 0;
    }

    /** The last DM status that either side gave other than success, 0 for none. */
    public short lastStatus() {
        return 0;
    }
}
