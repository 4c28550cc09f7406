// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bipline.me.CardLink;
import org.bipline.me.MeClock;
import org.bipline.me.MobileEquipment;

/** Time and network of one run. */
interface World extends AutoCloseable {
    MeClock clock();

    /** An ME on this clock and network, to be completed. */
    MobileEquipment.Builder me(CardLink card);

    /**
     * Lets time pass until something is so.
     *
     * @return whether it came to be within the limit
     */
    boolean until(BooleanSupplier condition, Duration limit);

    /** Lets this time pass. */
    void pass(Duration time);

    /** Something has changed that {@link #until} may wait for. */
    void changed();

    /** What only a simulation has: network, server and store; empty in real time. */
    Optional<SimulatedWorld> simulated();

    @Override
    void close();
}
