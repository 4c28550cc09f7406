// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import javacard.framework.AID;

/** What the code of an applet calls in place of a method of {@code JCSystem} that in jCardSim knows the running applet only. */
public final class SystemCalls {
    private SystemCalls() {}

    /** Whether an applet is active on any logical channel. */
    public static boolean isAppletActive(AID applet) {
        return CardRuntime.current().isAppletActive(applet);
    }
}
