// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bipline.dm.server.JobSpec;
import org.bipline.lab.card.DmAppletParameters;

/**
 * Jobs of a server for a card.
 *
 * @param before what the card is given first, undisturbed
 * @param changes what may be cut; each changes the tree in one message, or not at all
 * @param trigger what begins the session in which the changes are made
 * @param parameters what the applet is installed with
 */
record Scenario(
        String name,
        List<JobSpec> before,
        List<JobSpec> changes,
        Trigger trigger,
        UnaryOperator<DmAppletParameters> parameters) {
    enum Trigger {
        MENU,
        NOTIFICATION,
        SCHEDULE
    }

    static Scenario of(String name) {
        return new Scenario(name, List.of(), List.of(), Trigger.MENU, UnaryOperator.identity());
    }

    Scenario before(JobSpec... jobs) {
        return new Scenario(name, List.of(jobs), changes, trigger, parameters);
    }

    Scenario changes(JobSpec... jobs) {
        return new Scenario(name, before, List.of(jobs), trigger, parameters);
    }

    Scenario on(Trigger what) {
        return new Scenario(name, before, changes, what, parameters);
    }

    Scenario installed(UnaryOperator<DmAppletParameters> change) {
        return new Scenario(name, before, changes, trigger, change);
    }

    @Override
    public String toString() {
        return name;
    }
}
