// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to one ME, run one after the other. The executor gives the thread while there are messages: a virtual thread in
 * real time, the simulation's own when time is stepped. An idle ME holds no thread.
 */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final String FAILED = "a message to the ME failed";

    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final Executor executor;
    private final Runnable afterEach;
    private final Supplier<LogContext> context;
    private Thread worker; // only ever compared with the current thread, which sees its own writes

    /**
     * Messages run by the executor.
     *
     * @param afterEach what is done after every message, in the same thread
     * @param context what the log says of all messages
     */
    Mailbox(Executor executor, Runnable afterEach, Supplier<LogContext> context) {
        this.executor = executor;
        this.afterEach = afterEach;
        this.context = context;
    }

    void post(Runnable message) {
        messages.add(message);
        start();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /**
     * As {@link #post}, and when no thread is at work here, the caller's runs the messages up to this one.
     *
     * @throws IllegalStateException when a message calls: it would wait for itself
     */
    void call(Runnable message) {
        requireOutside();
        boolean[] done = new boolean[1];
        messages.add(() -> {
            done[0] = true;
            message.run();
        });
        if (running.compareAndSet(false, true)) {
            run(done);
        }
    }

    /**
     * Takes the place of the worker for the caller's thread, without any message; {@link #leave} has to follow.
     *
     * @return false when messages wait or another thread is at work: {@link #call} has to be used then
     * @throws IllegalStateException when a message calls
     */
    boolean enter() {
        requireOutside();
        if (!running.compareAndSet(false, true)) {
            return false;
        }
        if (!messages.isEmpty()) {
            release();
            return false;
        }
        worker = Thread.currentThread();
        return true;
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        try {
            afterEach.run();
        } catch (RuntimeException e) {
            LOG.error(FAILED, e);
        }
        release();
    }

    private void requireOutside() {
        if (Thread.currentThread().equals(worker)) {
            throw new IllegalStateException("called from the ME's own thread");
        }
    }

    private void start() {
        if (running.compareAndSet(false, true)) {
            executor.execute(() -> run(new boolean[1]));
        }
    }

    private void run(boolean[] enough) {
        worker = Thread.currentThread();
        LogContext logContext = context.get();
        try {
            while (!enough[0]) {
                Runnable message = messages.poll();
                if (message == null) {
                    break;
                }
                try {
                    message.run();
                    afterEach.run();
                } catch (RuntimeException e) { // of a listener or a user model: the ME outlives it
                    LOG.error(FAILED, e);
                }
            }
        } finally {
            logContext.end();
        }
        release();
    }

    private void release() {
        worker = null;
        running.set(false);
        if (!messages.isEmpty()) { // came in after the last poll, when running was still set
            start();
        }
    }
}
