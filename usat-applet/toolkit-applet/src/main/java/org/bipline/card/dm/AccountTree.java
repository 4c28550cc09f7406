// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * The accounts of the authorities as the management objects ./DMAcc/1 and so on. OMA DM Standardized Objects 1.2, DM Account
 * management object. Each names its authority in its list, so that nobody else knows of it. What the authority changes in it
 * {@link AccountUpdate} takes over. Secrets are write-only; nonces have no nodes.
 */
final class AccountTree {
    private static final byte[] DM_ACC = {'D', 'M', 'A', 'c', 'c'};
    /** Name of the first account; the others have that of the server, so that it does not tell how many there are. */
    static final byte[] ONE = {'1'};

    static final byte[] TWO = {'2'};
    private static final byte[] TYPE = {'d', 'm', 'a', 'c', 'c'};
    private static final byte[] SERVER_ID = {'S', 'e', 'r', 'v', 'e', 'r', 'I', 'D'};
    static final byte[] APP_ADDR = {'A', 'p', 'p', 'A', 'd', 'd', 'r'};
    static final byte[] ADDR = {'A', 'd', 'd', 'r'};
    static final byte[] ADDR_TYPE = {'A', 'd', 'd', 'r', 'T', 'y', 'p', 'e'};
    static final byte[] PORT = {'P', 'o', 'r', 't'};
    static final byte[] PORT_NBR = {'P', 'o', 'r', 't', 'N', 'b', 'r'};
    static final byte[] APP_AUTH = {'A', 'p', 'p', 'A', 'u', 't', 'h'};
    static final byte[] AUTH_NAME = {'A', 'A', 'u', 't', 'h', 'N', 'a', 'm', 'e'};
    static final byte[] AUTH_SECRET = {'A', 'A', 'u', 't', 'h', 'S', 'e', 'c', 'r', 'e', 't'};

    static final byte[] IPV4 = {'I', 'P', 'v', '4'};
    static final byte[] IPV6 = {'I', 'P', 'v', '6'};

    private static final byte GET_AND_REPLACE = MoStore.ACCESS_GET | MoStore.ACCESS_REPLACE;

    // leaves of format chr: name behind its length, value behind its length

    private static final byte[] ACCOUNT_LEAVES = {5, 'A', 'p', 'p', 'I', 'D', 2, 'w', '7'};

    /** Of the client's credentials. */
    private static final byte[] CLIENT_LEAVES = {
        10, 'A', 'A', 'u', 't', 'h', 'L', 'e', 'v', 'e', 'l', 6, 'C', 'L', 'C', 'R', 'E', 'D'
    };

    /** Of the server's credentials. */
    private static final byte[] SERVER_LEAVES = {
        10, 'A', 'A', 'u', 't', 'h', 'L', 'e', 'v', 'e', 'l', 7, 'S', 'R', 'V', 'C', 'R', 'E', 'D'
    };

    private static final byte[] AUTH_PREF = {'A', 'A', 'u', 't', 'h', 'P', 'r', 'e', 'f'};
    private static final byte[] AUTH_TYPE = {'A', 'A', 'u', 't', 'h', 'T', 'y', 'p', 'e'};
    private static final byte[] DIGEST = {'D', 'I', 'G', 'E', 'S', 'T'};
    private static final byte[] HMAC = {'H', 'M', 'A', 'C'};

    private AccountTree() {}

    /** Appends ./DMAcc to the nodes below {@code top}. */
    static void append(MoStore store, short top, Authorities authorities) {
        short accounts = ManagementTree.interior(store, top, DM_ACC, MoStore.ACCESS_GET);
        for (byte number = 0; number < authorities.count(); number++) {
            append(store, accounts, number, authorities.get(number));
        }
    }

    private static void append(MoStore store, short accounts, byte number, Authority authority) {
        byte[] id = authority.serverId;
        short node = number == 0
                ? ManagementTree.interior(store, accounts, ONE, MoStore.ACCESS_GET)
                : ManagementTree.interior(store, accounts, id, (short) 1, id[0], MoStore.ACCESS_GET);
        Acl.putOwner(store, node, authority);
        ManagementTree.putType(store, node, TYPE);
        ManagementTree.leaves(store, node, ACCOUNT_LEAVES);
        type(store, node, AUTH_PREF, authority);
        text(store, node, SERVER_ID, id, MoStore.ACCESS_GET);

        short address = interior(store, interior(store, node, APP_ADDR), ONE);
        byte[] destination = authority.channel.destinationAddress;
        BlockHeap heap = store.heap();
        heap.begin();
        byte[] type = AddressText.isIpv4(destination) ? IPV4 : IPV6;
        heap.append(type, (short) 0, (short) type.length);
        leaf(store, address, ADDR_TYPE, GET_AND_REPLACE);
        heap.begin();
        AddressText.write(destination, heap);
        leaf(store, address, ADDR, GET_AND_REPLACE);
        short port = interior(store, interior(store, address, PORT), ONE);
        heap.begin();
        Text.writeUnsigned(authority.channel.port, heap);
        leaf(store, port, PORT_NBR, GET_AND_REPLACE);

        short credentials = interior(store, node, APP_AUTH);
        short client = interior(store, credentials, ONE);
        ManagementTree.leaves(store, client, CLIENT_LEAVES);
        type(store, client, AUTH_TYPE, authority);
        text(store, client, AUTH_NAME, authority.clientName, GET_AND_REPLACE);
        secret(store, client);
        short server = interior(store, credentials, TWO);
        ManagementTree.leaves(store, server, SERVER_LEAVES);
        type(store, server, AUTH_TYPE, authority);
        text(store, server, AUTH_NAME, id, MoStore.ACCESS_GET);
        secret(store, server);
    }

    private static short interior(MoStore store, short above, byte[] name) {
        return ManagementTree.interior(store, above, name, MoStore.ACCESS_GET);
    }

    /** A leaf with a value that stands behind its length. */
    private static void text(MoStore store, short above, byte[] name, byte[] value, byte access) {
        store.heap().begin();
        store.heap().append(value, (short) 1, value[0]);
        leaf(store, above, name, access);
    }

    /** A leaf with the type of authentication that the authority needs at least. */
    private static void type(MoStore store, short above, byte[] name, Authority authority) {
        byte[] type = authority.credentials.level() == Credentials.MAC ? HMAC : DIGEST;
        store.heap().begin();
        store.heap().append(type, (short) 0, (short) type.length);
        ManagementTree.text(store, above, name);
    }

    /** An empty secret leaf, which only takes. */
    private static void secret(MoStore store, short above) {
        store.heap().beginSecret();
        leaf(store, above, AUTH_SECRET, (byte) (MoStore.ACCESS_REPLACE | MoStore.SECRET));
    }

    /** A leaf with the value that was written to the heap. */
    private static void leaf(MoStore store, short above, byte[] name, byte access) {
        ManagementTree.text(store, above, name);
        store.change(store.child(above, name), Format.CHR, access);
    }

    /** The node ./DMAcc. */
    static short accounts(MoStore store) {
        return store.child(MoStore.ROOT, DM_ACC);
    }

    /** The account of an authority; NONE before there is a tree. */
    static short account(MoStore store, byte number, Authority authority) {
        short accounts = accounts(store);
        byte[] id = authority.serverId;
        if (accounts == MoStore.NONE || number == 0) {
            return accounts == MoStore.NONE ? accounts : store.child(accounts, ONE);
        }
        return store.child(accounts, id, (short) 1, id[0]);
    }
}
