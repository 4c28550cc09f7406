// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.bipline.cat.command.TimerManagement.DEACTIVATE;
import static org.bipline.cat.command.TimerManagement.GET_CURRENT_VALUE;
import static org.bipline.cat.command.TimerManagement.START;

import java.time.Duration;
import org.bipline.cat.command.TimerManagement;
import org.bipline.cat.envelope.TimerExpiration;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TimerIdentifier;
import org.bipline.cat.object.TimerValue;

/** The eight timers of the ME. ETSI TS 102 223 clause 6.4.21. */
final class Timers {
    private static final int COUNT = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String CLAUSE = "ETSI TS 102 223 clause 6.4.21";

    /** One run of a timer. */
    private static final class Running {
        final int seconds;
        final long startNanos;
        MeClock.Alarm alarm;

        Running(int seconds, long startNanos) {
            this.seconds = seconds;
            this.startNanos = startNanos;
        }
    }

    private final MeState me;
    private final Running[] running = new Running[COUNT + 1];

    Timers(MeState me) {
        this.me = me;
    }

    Answer manage(TimerManagement command) {
        TimerIdentifier timer = command.timerIdentifier();
        if (timer.code() < 1 || timer.code() > COUNT) {
            return Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    "Timer identifier " + timer.code() + " is not 1 to " + COUNT,
                    timer.type().clause());
        }
        return switch (command.action()) {
            case START -> start(timer, command.timerValue().orElseThrow().seconds());
            case DEACTIVATE -> deactivate(timer);
            case GET_CURRENT_VALUE -> currentValue(timer);
            default ->
                Answer.refused(
                        Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                        "qualifier " + command.action() + " of TIMER MANAGEMENT is reserved",
                        "ETSI TS 102 223 clause 8.6");
        };
    }

    private Answer start(TimerIdentifier timer, int seconds) {
        int id = timer.code();
        stop(id);
        Running run = new Running(seconds, me.clock().nanos());
        run.alarm = me.clock().schedule(Duration.ofSeconds(seconds), () -> me.mailbox.post(() -> expire(timer, run)));
        running[id] = run;
        me.listener.timerStarted(id, Duration.ofSeconds(seconds));
        return Answer.performed(timer);
    }

    private Answer deactivate(TimerIdentifier timer) {
        Running current = running[timer.code()];
        if (current == null) {
            return notRunning(timer);
        }
        TimerValue remaining = remaining(current);
        stop(timer.code());
        me.listener.timerStopped(timer.code());
        return Answer.performed(timer, remaining);
    }

    private Answer currentValue(TimerIdentifier timer) {
        Running current = running[timer.code()];
        return current == null ? notRunning(timer) : Answer.performed(timer, remaining(current));
    }

    private static Answer notRunning(TimerIdentifier timer) {
        return Answer.refused(
                        Result.of(GeneralResult.CONTRADICTION_WITH_TIMER_STATE),
                        "timer " + timer.code() + " is not running",
                        CLAUSE)
                .with(timer);
    }

    /** Seconds to go, a begun one counted whole. */
    private TimerValue remaining(Running timer) {
        long elapsed = (me.clock().nanos() - timer.startNanos) / NANOS_PER_SECOND;
        return TimerValue.ofSeconds(Math.max(0, timer.seconds - elapsed));
    }

    private void expire(TimerIdentifier timer, Running expired) {
        if (running[timer.code()] != expired) {
            return; // stopped or started anew while the message was on its way
        }
        running[timer.code()] = null;
        me.listener.timerExpired(timer.code());
        TimerExpiration envelope = TimerExpiration.of(timer, TimerValue.ofSeconds(expired.seconds));
        me.events.envelope("timer expiration", envelope, answer -> {});
    }

    private void stop(int id) {
        if (running[id] != null) {
            running[id].alarm.cancel();
            running[id] = null;
        }
    }

    void stopAll() {
        for (int id = 1; id <= COUNT; id++) {
            stop(id);
        }
    }
}
