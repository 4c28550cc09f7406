// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * The nodes below ./Unlock: Exec of one makes credentials that failures have locked count again, those of an authority's server or
 * of the devices. For those who have the privilege. Technical specification clause 4.
 */
final class Unlocking {
    private static final byte[] UNLOCK = {'U', 'n', 'l', 'o', 'c', 'k'};
    private static final byte[] SERVER = {'S', 'e', 'r', 'v', 'e', 'r'};
    private static final byte[] DEVICE = {'D', 'e', 'v', 'i', 'c', 'e'};

    private static final byte EXEC_TOO = MoStore.ACCESS_GET | MoStore.ACCESS_EXEC;

    private Unlocking() {}

    /** Appends ./Unlock to the nodes below {@code top}. */
    static void append(MoStore store, short top, Authorities authorities) {
        short unlock = ManagementTree.interior(store, top, UNLOCK, MoStore.ACCESS_GET);
        Acl.putPrivileged(store, unlock, authorities, Rights.UNLOCK);
        short servers = ManagementTree.interior(store, unlock, SERVER, MoStore.ACCESS_GET);
        for (byte number = 0; number < authorities.count(); number++) {
            byte[] id = authorities.get(number).serverId;
            if (number == 0) {
                ManagementTree.interior(store, servers, AccountTree.ONE, EXEC_TOO); // as in ./DMAcc
            } else {
                ManagementTree.interior(store, servers, id, (short) 1, id[0], EXEC_TOO);
            }
        }
        ManagementTree.interior(store, unlock, DEVICE, EXEC_TOO);
    }

    /**
     * The bit of the credentials that Exec of a node unlocks, for {@link #carryOut}; 0 if the node is none of these. Status 405 where
     * devices have no credentials.
     */
    static short bit(MoStore store, short node, Authorities authorities) {
        short unlock = store.child(MoStore.ROOT, UNLOCK);
        if (store.child(unlock, DEVICE) == node) {
            if (authorities.devices() == null) {
                Status.raise(Status.COMMAND_NOT_ALLOWED);
            }
            return 1 << Authorities.MAX;
        }
        short servers = store.child(unlock, SERVER);
        for (byte number = 0; number < authorities.count(); number++) {
            byte[] id = authorities.get(number).serverId;
            short named =
                    number == 0 ? store.child(servers, AccountTree.ONE) : store.child(servers, id, (short) 1, id[0]);
            if (named == node) {
                return (short) (1 << number);
            }
        }
        return 0;
    }

    /** Unlocks the credentials of these bits, on behalf of the authority at work. */
    static void carryOut(short bits, Authorities authorities, SecurityLog log) {
        byte[] who = authorities.serverName();
        for (byte number = 0; number < authorities.count(); number++) {
            if ((bits & (short) (1 << number)) != 0) {
                byte[] id = authorities.get(number).serverId;
                authorities.get(number).credentials.unlock();
                log.record(SecurityLog.UNLOCK, Status.OK, who, (short) 1, who[0], id, (short) 1, id[0]);
            }
        }
        if ((bits & (1 << Authorities.MAX)) != 0) {
            authorities.devices().unlock();
            log.record(SecurityLog.UNLOCK, Status.OK, who, (short) 1, who[0], DEVICE, (short) 0, (short) DEVICE.length);
        }
    }
}
