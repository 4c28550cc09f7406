// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.time.Instant;

/**
 * How often a client's credentials were wrong since they were right the last time.
 *
 * @param last time of the last failure; of no meaning where there was none
 */
public record Failures(int count, Instant last) {
    static final Failures NONE = new Failures(0, Instant.EPOCH);
}
