// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.MeListener;

/** What the card holds of the ME: its channels and timers, by what the ME tells of them. */
final class HeldOfTheMe implements MeListener {
    final Set<Integer> channels = new TreeSet<>();
    final Set<Integer> timers = new TreeSet<>();

    @Override
    public void channelOpened(int channel, int bufferSize, String destination) {
        channels.add(channel);
    }

    @Override
    public void channelClosed(int channel, String reason) {
        channels.remove(channel);
    }

    @Override
    public void timerStarted(int timer, Duration value) {
        timers.add(timer);
    }

    @Override
    public void timerStopped(int timer) {
        timers.remove(timer);
    }

    @Override
    public void timerExpired(int timer) {
        timers.remove(timer);
    }

    @Override
    public void poweredOff(String reason) {
        timers.clear(); // the clock tells whether the ME let them run on
    }

    @Override
    public void poweredOn(ByteString answerToReset) {
        timers.clear();
    }
}
