// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.Arrays;
import java.util.function.Predicate;
import javacard.framework.AID;

/** Which applet is active on which logical channel. Java Card 3.0.4 runtime environment, chapter 4. */
final class ActiveApplets {
    private final AID[] active = new AID[CardRuntime.CHANNELS];

    /** The channel of the command under way: its applet is the currently selected one. */
    private int channel;

    AID on(int number) {
        return active[number];
    }

    void set(int number, AID applet) {
        active[number] = applet;
    }

    void clear() {
        Arrays.fill(active, null);
        channel = 0;
    }

    int channel() {
        return channel;
    }

    /** Changes the channel of the command under way and returns the one before. */
    int enter(int number) {
        int before = channel;
        channel = number;
        return before;
    }

    /** The currently selected applet, or null. */
    AID selected() {
        return active[channel];
    }

    /** Whether an applet of which this holds is active on another channel than this one; -1: on any. */
    boolean isActiveBeside(int number, Predicate<AID> applet) {
        for (int i = 0; i < active.length; i++) {
            if (i != number && active[i] != null && applet.test(active[i])) {
                return true;
            }
        }
        return false;
    }
}
