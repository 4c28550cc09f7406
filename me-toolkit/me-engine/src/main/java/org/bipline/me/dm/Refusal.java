// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import org.bipline.dm.syncml.StatusCode;

/** A command that is not done, and the status that says why. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient StatusCode code;

    Refusal(StatusCode code) {
        super(code.toString(), null, false, false);
        this.code = code;
    }

    StatusCode code() {
        return code;
    }
}
