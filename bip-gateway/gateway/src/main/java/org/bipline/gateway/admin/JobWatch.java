// SPDX-License-Identifier: Apache-2.0
package org.bipline.gateway.admin;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.bipline.dm.server.DmServerListener;
import org.bipline.dm.server.Job;

/** Lets callers wait for the end of a job; a listener of the server that runs it. */
public final class JobWatch implements DmServerListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @Override
    public void jobStateChanged(Job job) {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The job as soon as it has ended, or as it is when the time is over.
     *
     * @param job reads the job as it is
     */
    Job await(Supplier<Job> job, long seconds) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            while (true) {
                Job now = job.get();
                if (now.state().isFinal() || left <= 0) {
                    return now;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
