// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The DM client of an ME.
 *
 * @param port the port of the terminal at which the card is a DM server, 1 to 65535; empty where the client does not turn to the card
 * @param account how client and card prove who they are; empty where they do not
 * @param tree file of the management tree; empty for a tree that ends with the process
 * @param guard who decides which functions of the ME servers may run
 */
public record DmClientProfile(Optional<Integer> port, Optional<Account> account, Optional<Path> tree, Guard guard) {
    private static final int MAX_PORT = 65535;

    /** Who decides on functions: updates of the firmware and the like. */
    public enum Guard {
        /** Nobody: every server may use what access control lists give it. */
        NONE,
        /** The card: what it does not authorise does not run. */
        CARD
    }

    /**
     * What client and card know of each other.
     *
     * @param name name of the client
     * @param secret secret of the client
     * @param cardSecret secret of the card, whose name is {@code ICCID:} and the digits of its EF ICCID
     */
    public record Account(String name, String secret, String cardSecret) {
        public Account {
            if (name.isEmpty() || secret.isEmpty() || cardSecret.isEmpty()) {
                throw new IllegalArgumentException("an account with the card has a name and two secrets");
            }
        }

        @Override
        public String toString() {
            return "Account[" + name + "]";
        }
    }

    public DmClientProfile {
        port.filter(number -> number < 1 || number > MAX_PORT).ifPresent(number -> {
            throw new IllegalArgumentException("port of the card " + number + " is not in 1 to " + MAX_PORT);
        });
    }
}
