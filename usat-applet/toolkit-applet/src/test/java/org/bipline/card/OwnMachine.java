// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import com.licel.jcardsim.base.SimulatorRuntime;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Gives each test a machine of its own for card classes that it uses without a card: jCardSim finds the machine by the thread, and
 * that of a card of an earlier test is full some time. Registered for all tests of this module.
 */
public final class OwnMachine implements TestInstancePreConstructCallback {
    private static final class Machine extends SimulatorRuntime {
        void bind() {
            activateSimulatorRuntimeInstance();
        }
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        new Machine().bind();
    }
}
