// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

/** Decides whether a server may use a function of the ME. */
@FunctionalInterface
public interface FunctionGuard {
    /** Lets every server do what its ACLs allow. */
    FunctionGuard OPEN = (function, server) -> true;

    /** Functions that are guarded. */
    enum Function {
        /** FUMO: download and update of the firmware. */
        FIRMWARE_UPDATE
    }

    /**
     * Whether this server may use the function.
     *
     * @param server identifier of a server that is authenticated
     */
    boolean allows(Function function, String server);
}
