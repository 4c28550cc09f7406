// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** Reasons for the end of a session, one for each place where it can fail. */
public final class Fault {
    private Fault() {}
}
