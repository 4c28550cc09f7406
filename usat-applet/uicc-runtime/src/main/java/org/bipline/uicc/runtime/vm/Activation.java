// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.concurrent.locks.LockSupport;
import javacard.framework.AID;

/**
 * One run of an applet's code on a thread of its own, which can be parked in the middle while the card answers commands.
 * Control passes hand to hand: either the thread that drives the card runs or this one, never both.
 */
public final class Activation {
    private final CardRuntime card;
    private final AID aid;
    private final Runnable body;
    private Context parked;
    private Thread thread;
    private Thread driver;
    private volatile boolean running;
    private boolean finished;
    private Throwable failure;

    public Activation(CardRuntime card, AID aid, Runnable body) {
        this.card = card;
        this.aid = aid;
        this.body = body;
    }

    /** Runs the body from its beginning until it parks or ends; true when it ended. */
    public boolean start() {
        driver = Thread.currentThread();
        Context before = card.enter(new Context(aid, null));
        running = true;
        card.execute(this::run);
        return await(before);
    }

    /** Lets a parked body go on until it parks again or ends; true when it ended. */
    public boolean resume() {
        driver = Thread.currentThread();
        Context before = card.enter(parked);
        running = true;
        LockSupport.unpark(thread);
        return await(before);
    }

    /** Called by the body: gives control back to the driving thread until the next {@link #resume()}. */
    public void park() {
        if (!Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("only the applet's own thread can wait");
        }
        parked = card.context();
        Thread next = driver;
        running = false;
        LockSupport.unpark(next);
        while (!running) {
            LockSupport.park(this);
        }
    }

    /** What ended the body before its end, or null. */
    public Throwable failure() {
        return failure;
    }

    private void run() {
        thread = Thread.currentThread();
        try {
            card.bind();
            body.run();
        } catch (Throwable t) { // whatever an applet throws stays inside the card
            failure = t;
        } finally {
            Thread next = driver;
            finished = true;
            running = false;
            LockSupport.unpark(next);
        }
    }

    private boolean await(Context before) {
        boolean interrupted = false;
        while (running) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        card.enter(before);
        card.checkPower();
        return finished;
    }
}
