// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bipline.cat.command.Fault;
import org.bipline.cat.object.ChannelStatus;
import org.bipline.cat.tlv.ByteString;

/** Keeps what the ME tells, as text. */
final class Recorder implements MeListener {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<Fault> refusals = new CopyOnWriteArrayList<>();

    @Override
    public void poweredOn(ByteString answerToReset) {
        lines.add("on");
    }

    @Override
    public void poweredOff(String reason) {
        lines.add("off: " + reason);
    }

    @Override
    public void commandRefused(ByteString command, Fault fault) {
        refusals.add(fault);
    }

    @Override
    public void channelOpened(int channel, int bufferSize, String destination) {
        lines.add("opened " + channel + ", " + bufferSize + ", " + destination);
    }

    @Override
    public void channelClosed(int channel, String reason) {
        lines.add("closed " + channel + ": " + reason);
    }

    @Override
    public void channelStatus(ChannelStatus status, String reason) {
        lines.add("status " + status.value() + ": " + reason);
    }

    @Override
    public void bytesSent(int channel, ByteString bytes) {
        lines.add("sent " + channel + ": " + bytes.length());
    }

    @Override
    public void bytesReceived(int channel, ByteString bytes) {
        lines.add("received " + channel + ": " + bytes.length());
    }

    @Override
    public void timerStarted(int timer, Duration value) {
        lines.add("timer " + timer + " started: " + value);
    }

    @Override
    public void timerStopped(int timer) {
        lines.add("timer " + timer + " stopped");
    }

    @Override
    public void timerExpired(int timer) {
        lines.add("timer " + timer + " expired");
    }

    @Override
    public void eventDropped(String event, String reason) {
        lines.add("dropped " + event + ": " + reason);
    }

    @Override
    public void screenChanged(Screen screen) {
        lines.add("screen: " + screen.text().orElse(""));
    }

    @Override
    public void sessionIdle() {
        lines.add("idle");
    }
}
