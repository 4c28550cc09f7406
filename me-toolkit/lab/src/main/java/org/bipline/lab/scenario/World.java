// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Store;
import org.bipline.me.CardLink;
import org.bipline.me.MeClock;
import org.bipline.me.MobileEquipment;
import org.bipline.me.network.InMemoryNetwork;

/** Time, chance, network and server of one run. */
interface World extends AutoCloseable {
    MeClock clock();

    RandomGenerator random();

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

    /** The network, where it is one in memory. */
    Optional<InMemoryNetwork> network();

    DmServer server();

    Store store();

    /** Where cards reach the server. */
    InetSocketAddress serverAddress();

    /** The server ends and starts again. */
    void restartServer();

    @Override
    void close();
}
