// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import javacard.framework.AID;

/**
 * Whose code the machine runs. Java Card 3.0.4 runtime environment, clause 6.1.2.
 *
 * @param applet null: the selected applet
 * @param caller the applet that called a shareable object of {@code applet}, else null
 */
record Context(AID applet, AID caller) {
    /** The selected applet, called by the card. */
    static final Context SELECTED = new Context(null, null);
}
