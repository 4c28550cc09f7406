// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;

/** Proactive polling: a STATUS command at each interval. ETSI TS 102 223 clauses 6.4.6 and 6.4.14. */
final class Polling {
    private final MeState me;
    private Duration interval = Duration.ZERO;
    private MeClock.Alarm alarm;
    private int round;

    Polling(MeState me) {
        this.me = me;
    }

    /** Polls at this interval from now on; zero ends it. */
    void start(Duration newInterval) {
        stop();
        interval = newInterval;
        next();
    }

    void stop() {
        round++; // a message on its way finds that its round is over
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void next() {
        if (interval.isZero()) {
            return;
        }
        int current = ++round;
        alarm = me.clock()
                .schedule(
                        interval,
                        () -> me.mailbox.post(() -> {
                            if (current == round) {
                                next();
                                me.machine.sendStatus();
                            }
                        }));
    }
}
