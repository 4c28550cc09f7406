// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

/** Life of a job. A job whose session breaks goes from RUNNING back to QUEUED. */
public enum JobState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED;

    /** True for a state that is left by nothing. */
    public boolean isFinal() {
        return this == DONE || this == FAILED;
    }
}
