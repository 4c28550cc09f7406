// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Messages to one ME, run one after the other. The executor gives the thread while there are messages: a virtual thread in
 * real time, the simulation's own when time is stepped. An idle ME holds no thread.
 */
final class Mailbox {
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    private final Executor executor;
    private final Runnable afterEach;

    /**
     * Messages run by the executor.
     *
     * @param afterEach what is done after every message, in the same thread
     */
    Mailbox(Executor executor, Runnable afterEach) {
        this.executor = executor;
        this.afterEach = afterEach;
    }

    void post(Runnable message) {
        messages.add(message);
        start();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    private void start() {
        if (running.compareAndSet(false, true)) {
            executor.execute(this::run);
        }
    }

    private void run() {
        try {
            for (Runnable message = messages.poll(); message != null; message = messages.poll()) {
                message.run();
                afterEach.run();
            }
        } finally {
            running.set(false);
            if (!messages.isEmpty()) { // came in after the last poll, when running was still set
                start();
            }
        }
    }
}
