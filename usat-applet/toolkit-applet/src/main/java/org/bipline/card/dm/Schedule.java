// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ProactiveResponseHandlerSystem;
import uicc.toolkit.TerminalProfile;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitRegistrySystem;

/**
 * The applet's one timer. Between sessions it counts down to the next one, during a session it is the watchdog.
 *
 * <p>A timer of the ME runs for 24 hours at most and is gone after a reset, so the minutes that remain are kept in
 * persistent memory and counted in steps of an hour: a reset costs an hour at most, and the memory is written 24 times a
 * day. A session that failed for a passing reason, or by a reset, is repeated after 1, 4, 16 and 64 minutes and up to half
 * as much more by chance, before the period begins anew. An event of the ME starts a session a minute later, or when the
 * distance to the last one is over. All this survives a reset, so that no reset brings a session forward.
 *
 * <p>The delays of {@link Credentials} are counted down with it.
 */
final class Schedule {
    private static final short STEP = 60; // minutes
    private static final byte MAX_RETRIES = 4;

    private static final byte START = 0x00; // command qualifiers of TIMER MANAGEMENT, TS 102 223 clause 8.6
    private static final byte DEACTIVATE = 0x01;
    private static final byte GET_CURRENT = 0x02;

    private static final byte VALUE_SIZE = 3; // hours, minutes, seconds, TS 102 223 clause 8.38

    // indexes into the persistent counters
    private static final byte REMAINING = 0; // minutes to the next session, unsigned, 0 for none
    private static final byte RETRIES = 1; // repetitions since the last success
    private static final byte DISTANCE = 2; // minutes in which no event starts a session, unsigned
    private static final byte EVENT = 3; // what an event asked for: NO_EVENT, WAITING, SERVED
    private static final byte COUNTERS_SIZE = 4;

    private static final byte NO_EVENT = 0;
    private static final byte WAITING = 1; // for a session that has not begun yet
    private static final byte SERVED = 2; // by the session that runs or is repeated

    // indexes into step
    private static final byte STEP_MINUTES = 0; // what the timer runs for, 0 as watchdog or not at all
    private static final byte COUNTED = 1; // the session that runs was counted as one to be repeated
    private static final byte RUNNING = 2; // the timer
    private static final byte STEP_SIZE = 3;

    private final Authorities authorities;
    private final MoStore store;
    private final UpdateEvents events;
    private final short period; // before there is a tree
    private final byte timer;
    private final short[] counters = new short[COUNTERS_SIZE];
    private final short[] step = JCSystem.makeTransientShortArray(STEP_SIZE, JCSystem.CLEAR_ON_RESET);
    private final byte[] value = JCSystem.makeTransientByteArray(VALUE_SIZE, JCSystem.CLEAR_ON_RESET);

    /**
     * Allocates a timer of the framework.
     *
     * @param period minutes to the first session, unsigned, 0 for none; the store says how it goes on
     */
    Schedule(Authorities authorities, MoStore store, UpdateEvents events, short period) {
        this.authorities = authorities;
        this.store = store;
        this.events = events;
        this.period = period;
        counters[REMAINING] = period;
        timer = ToolkitRegistrySystem.getEntry().allocateTimer();
    }

    /** The ME tells what it has: one without timers lets no time pass, so delays of credentials are over. */
    void profileRead() {
        if (!isSupported() && authorities.credentials().shortestDelay() != 0) {
            JCSystem.beginTransaction();
            authorities.credentials().elapse(Short.MAX_VALUE);
            JCSystem.commitTransaction();
        }
    }

    /** Starts the timer towards the next session; stops it where there is none. */
    void arm() {
        short remaining = sooner(
                sooner(counters[REMAINING], counters[DISTANCE]),
                authorities.credentials().shortestDelay());
        if (remaining == 0) {
            step[STEP_MINUTES] = 0;
            if (step[RUNNING] != 0) {
                step[RUNNING] = 0;
                manage(DEACTIVATE);
            }
        } else {
            boolean last = remaining > 0 && remaining <= STEP; // negative is above 32767
            step[STEP_MINUTES] = last ? remaining : STEP;
            start(
                    step[STEP_MINUTES],
                    last ? below((short) 60) : (short) 0); // many cards must not call at the same second
        }
    }

    /** The timer has expired; to be called before anything else. */
    void expired() {
        step[RUNNING] = 0;
    }

    /** Whether the next session repeats one that has failed. */
    boolean isRepeated() {
        return counters[RETRIES] != 0;
    }

    /** The timer has expired between sessions. Returns whether a session is due; if not, {@link #arm} goes on. */
    boolean isDue() {
        if (step[STEP_MINUTES] == 0) {
            return false; // a late watchdog
        }
        short minutes = step[STEP_MINUTES];
        step[STEP_MINUTES] = 0;
        boolean due = counters[REMAINING] == minutes;
        JCSystem.beginTransaction();
        countDown(DISTANCE, minutes);
        authorities.credentials().elapse(minutes);
        if (due) {
            begin();
        } else {
            countDown(REMAINING, minutes);
        }
        JCSystem.commitTransaction();
        return due;
    }

    private void countDown(byte counter, short minutes) {
        if (counters[counter] != 0) {
            counters[counter] = (short) (counters[counter] - minutes);
        }
    }

    /** The smaller of two unsigned numbers of minutes that is not 0; 0 if both are. */
    private static short sooner(short a, short b) {
        if (a == 0 || b == 0) {
            return (short) (a | b);
        }
        return (short) (a ^ Short.MIN_VALUE) < (short) (b ^ Short.MIN_VALUE) ? a : b;
    }

    /**
     * An event of the ME asks for a session: in a minute, so that many cards do not call at the same second, or later, when the
     * distance to the last session is over. More events until then ask for the same one.
     *
     * @return whether the timer has to be started anew
     */
    boolean happened() {
        if (counters[EVENT] == WAITING || !isSupported()) {
            return false;
        }
        JCSystem.beginTransaction();
        counters[EVENT] = WAITING;
        waitForEvent();
        JCSystem.commitTransaction();
        return true;
    }

    private void waitForEvent() {
        counters[REMAINING] = sooner(counters[REMAINING], counters[DISTANCE] == 0 ? (short) 1 : counters[DISTANCE]);
    }

    /** A session for a notification of an authority begins. */
    void notified(byte authority, short sessionId, boolean defaultNonce) {
        JCSystem.beginTransaction();
        authorities.setNotified(authority, sessionId, defaultNonce);
        counters[RETRIES] = 0;
        begin();
        JCSystem.commitTransaction();
    }

    private void begin() {
        serveEvent();
        count(true); // in case that a reset ends the session
        step[COUNTED] = 1;
    }

    /** A session begins, whatever for: it serves the events before it. */
    void serveEvent() {
        if (counters[EVENT] == WAITING) {
            counters[EVENT] = SERVED;
        }
    }

    /**
     * Sets the time of the next session; within a transaction of the caller.
     *
     * @param retry whether the session that has ended is worth repeating
     */
    void sessionEnded(boolean retry) {
        if (!retry || step[COUNTED] == 0) {
            count(retry);
        }
        step[COUNTED] = 0;
    }

    private void count(boolean retry) {
        short remaining = ManagementTree.period(store, period);
        short retries = 0;
        boolean asked = authorities.isNotified() || counters[EVENT] == SERVED;
        if (retry && (remaining != 0 || asked) && counters[RETRIES] < MAX_RETRIES) {
            remaining = (short) (1 << (short) (counters[RETRIES] << 1));
            remaining = (short) (remaining + below((short) ((short) (remaining >> 1) + 1)));
            retries = (short) (counters[RETRIES] + 1);
        } else {
            authorities.clearNotified();
            if (counters[EVENT] == SERVED) {
                counters[EVENT] = NO_EVENT;
            }
        }
        counters[REMAINING] = remaining;
        counters[RETRIES] = retries;
        counters[DISTANCE] = events.isAnyNamed() ? ManagementTree.distance(store) : 0;
        if (counters[EVENT] == WAITING) { // it has happened during the session
            waitForEvent();
        }
    }

    /** A random number from 0 on, below the bound. */
    private short below(short bound) {
        return (short) ((short) (authorities.credentials().random() & Short.MAX_VALUE) % bound);
    }

    /** Whether the timer runs. */
    boolean isRunning() {
        return step[RUNNING] != 0;
    }

    /** Counts the minutes that have passed since the timer was started, before it is used for something else. */
    void pause() {
        if (step[RUNNING] == 0 || step[STEP_MINUTES] == 0 || !isSupported()) {
            return;
        }
        short passed = (short) (step[STEP_MINUTES] - minutesLeft());
        step[STEP_MINUTES] = 0;
        if (passed > 0) {
            JCSystem.beginTransaction();
            countDown(REMAINING, passed); // one is left at least
            countDown(DISTANCE, passed);
            authorities.credentials().elapse(passed);
            JCSystem.commitTransaction();
        }
    }

    /** Minutes, and the rest of one, that the timer still has to run; all of them where the ME does not tell. */
    private short minutesLeft() {
        short minutes = 0;
        try {
            send(GET_CURRENT);
            ProactiveResponseHandler response = ProactiveResponseHandlerSystem.getTheHandler();
            if (response.findTLV(ToolkitConstants.TAG_TIMER_VALUE, (byte) 1) != ToolkitConstants.TLV_NOT_FOUND
                    && response.copyValue((short) 0, value, (short) 0, VALUE_SIZE) == VALUE_SIZE) {
                minutes = (short) ((short) (number(value[0]) * 60) + number(value[1]) + 1);
            }
        } catch (ToolkitException e) {
            minutes = 0; // not told
        }
        return minutes == 0 || minutes > step[STEP_MINUTES] ? step[STEP_MINUTES] : minutes;
    }

    private static short number(byte semiOctets) {
        return (short) ((short) ((semiOctets & 0x0F) * 10) + (short) ((semiOctets >> 4) & 0x0F));
    }

    /** Starts the timer as watchdog. */
    void watch(short minutes) {
        step[STEP_MINUTES] = 0;
        start(minutes, (short) 0);
    }

    private void start(short minutes, short seconds) {
        value[0] = semiOctets((short) (minutes / 60));
        value[1] = semiOctets((short) (minutes % 60));
        value[2] = semiOctets(seconds);
        step[RUNNING] = 1;
        manage(START);
    }

    /** Whether the ME has timers; without them there is neither schedule nor watchdog. */
    static boolean isSupported() {
        return TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_TIMER_MANAGEMENT_START_STOP);
    }

    private void manage(byte qualifier) {
        if (isSupported()) {
            try {
                send(qualifier);
            } catch (ToolkitException e) {
                step[RUNNING] = 0;
                step[STEP_MINUTES] = 0; // no timer now; the next session or reset tries again
            }
        }
    }

    private void send(byte qualifier) {
        ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
        handler.init(ToolkitConstants.PRO_CMD_TIMER_MANAGEMENT, qualifier, ToolkitConstants.DEV_ID_TERMINAL);
        handler.appendTLV((byte) (ToolkitConstants.TAG_TIMER_IDENTIFIER | ToolkitConstants.TAG_SET_CR), timer);
        if (qualifier == START) {
            handler.appendTLV(
                    (byte) (ToolkitConstants.TAG_TIMER_VALUE | ToolkitConstants.TAG_SET_CR),
                    value,
                    (short) 0,
                    VALUE_SIZE);
        }
        handler.send();
    }

    /** Two decimal digits, the tens in the low half. */
    private static byte semiOctets(short number) {
        return (byte) ((short) (number % 10 << 4) | (short) (number / 10));
    }
}
