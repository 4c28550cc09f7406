// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import org.bipline.cat.command.Fault;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.tlv.ByteString;

/** What an ME does and sees, told in order by the ME's own thread: implementations are short and do not block. */
public interface MeListener {
    MeListener NONE = new MeListener() {};

    /** The card answered the reset. */
    default void poweredOn(ByteString answerToReset) {}

    /** The card is without power: switched off, or gone for the reason given. */
    default void poweredOff(String reason) {}

    /** A command and its response, status word included; {@code nanos} is the time that the card took. */
    default void apduExchanged(ByteString command, ByteString response, long nanos) {}

    /** A proactive command was fetched and is well-formed. */
    default void proactiveCommand(ProactiveCommand command) {}

    /**
     * The ME refuses a command that it has fetched.
     *
     * @param fault what is wrong, where in the PDU, against which clause
     */
    default void commandRefused(ByteString command, Fault fault) {}

    default void terminalResponse(TerminalResponse response) {}

    default void envelope(Envelope envelope, int statusWord) {}

    /** A channel was opened; its link is established now or later. {@code bufferSize} is the size granted. */
    default void channelOpened(int channel, int bufferSize, String destination) {}

    default void channelClosed(int channel, String reason) {}

    /** The link of an open channel was established or dropped. */
    default void channelStatus(ChannelStatus status, String reason) {}

    /** Bytes went to the network. */
    default void bytesSent(int channel, ByteString bytes) {}

    /** Bytes came from the network into the channel's buffer. */
    default void bytesReceived(int channel, ByteString bytes) {}

    default void timerStarted(int timer, Duration value) {}

    default void timerStopped(int timer) {}

    default void timerExpired(int timer) {}

    /** An event is not told to the card. */
    default void eventDropped(String event, String reason) {}

    /** The display shows something else, or the browser does. */
    default void screenChanged(Screen screen) {}

    /** A proactive session ended: the card has no further command now. */
    default void sessionIdle() {}
}
