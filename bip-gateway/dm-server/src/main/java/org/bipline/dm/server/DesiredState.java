// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Optional;

/**
 * What a device is to have at one place of its tree, for good: each session makes it so where it is not.
 *
 * @param target URI of the MO's root in the client
 * @param job the job that brings it about, a {@link JobSpec.Reconcile}; it runs again whenever the client may have something else
 * @param version the client's VerNo of the node above when the job last ended; empty where nobody knows
 */
public record DesiredState(String device, String target, long job, Optional<String> version) {
    /** URI of the node above the MO's root. */
    String parent() {
        return target.substring(0, target.lastIndexOf('/'));
    }
}
