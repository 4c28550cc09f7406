// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

/** The power is gone in the middle of an applet's code, which gets no chance to catch this. */
public final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;

    PowerCut() {
        super("the power was cut", null, false, false);
    }
}
