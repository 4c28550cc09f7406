// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.Optional;
import org.bipline.dm.ByteString;

/** The firmware of the ME: what takes an update package. */
@FunctionalInterface
public interface Firmware {
    /**
     * How an update went.
     *
     * @param version the version that runs from now on, after a success
     */
    record Installation(FumoResult result, Optional<String> version) {}

    Installation install(ByteString updatePackage);
}
