// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;
import org.bipline.card.bip.ChannelParameters;

/**
 * The account as the management object ./DMAcc/1, to be read only. OMA DM Standardized Objects 1.2, DM Account management
 * object. Secrets and nonces have no nodes.
 */
final class AccountTree {
    private static final byte[] DM_ACC = {'D', 'M', 'A', 'c', 'c'};
    private static final byte[] ONE = {'1'};
    private static final byte[] TWO = {'2'};
    private static final byte[] TYPE = {'d', 'm', 'a', 'c', 'c'};
    private static final byte[] SERVER_ID = {'S', 'e', 'r', 'v', 'e', 'r', 'I', 'D'};
    private static final byte[] APP_ADDR = {'A', 'p', 'p', 'A', 'd', 'd', 'r'};
    private static final byte[] ADDR = {'A', 'd', 'd', 'r'};
    private static final byte[] PORT = {'P', 'o', 'r', 't'};
    private static final byte[] PORT_NBR = {'P', 'o', 'r', 't', 'N', 'b', 'r'};
    private static final byte[] APP_AUTH = {'A', 'p', 'p', 'A', 'u', 't', 'h'};
    private static final byte[] AUTH_NAME = {'A', 'A', 'u', 't', 'h', 'N', 'a', 'm', 'e'};

    // leaves of format chr: name behind its length, value behind its length

    private static final byte[] ACCOUNT_LEAVES = {
        5, 'A', 'p', 'p', 'I', 'D', 2, 'w', '7', 9, 'A', 'A', 'u', 't', 'h', 'P', 'r', 'e', 'f', 6, 'D', 'I', 'G', 'E',
        'S', 'T'
    };

    private static final byte[] IPV4_LEAVES = {8, 'A', 'd', 'd', 'r', 'T', 'y', 'p', 'e', 4, 'I', 'P', 'v', '4'};
    private static final byte[] IPV6_LEAVES = {8, 'A', 'd', 'd', 'r', 'T', 'y', 'p', 'e', 4, 'I', 'P', 'v', '6'};

    /** Of the client's credentials. */
    private static final byte[] CLIENT_LEAVES = {
        10, 'A', 'A', 'u', 't', 'h', 'L', 'e', 'v', 'e', 'l', 6, 'C', 'L', 'C', 'R', 'E', 'D', 9, 'A', 'A', 'u', 't',
        'h', 'T', 'y', 'p', 'e', 6, 'D', 'I', 'G', 'E', 'S', 'T'
    };

    /** Of the server's credentials. */
    private static final byte[] SERVER_LEAVES = {
        10, 'A', 'A', 'u', 't', 'h', 'L', 'e', 'v', 'e', 'l', 7, 'S', 'R', 'V', 'C', 'R', 'E', 'D', 9, 'A', 'A', 'u',
        't', 'h', 'T', 'y', 'p', 'e', 6, 'D', 'I', 'G', 'E', 'S', 'T'
    };

    private AccountTree() {}

    /** Appends ./DMAcc to the nodes below {@code top}. */
    static void append(MoStore store, short top, Account account, ChannelParameters channel) {
        BlockHeap heap = store.heap();
        short accounts = ManagementTree.interior(store, top, DM_ACC, MoStore.ACCESS_GET);
        Acl.putOwner(store, accounts, account);
        short node = ManagementTree.interior(store, accounts, ONE, MoStore.ACCESS_GET);
        ManagementTree.putType(store, node, TYPE);
        ManagementTree.leaves(store, node, ACCOUNT_LEAVES);
        heap.begin();
        account.writeServerName(heap);
        ManagementTree.text(store, node, SERVER_ID);

        short address = ManagementTree.interior(
                store, ManagementTree.interior(store, node, APP_ADDR, MoStore.ACCESS_GET), ONE, MoStore.ACCESS_GET);
        boolean isIpv4 = channel.destinationAddress[0] == ChannelParameters.ADDRESS_IPV4;
        ManagementTree.leaves(store, address, isIpv4 ? IPV4_LEAVES : IPV6_LEAVES);
        heap.begin();
        writeAddress(channel.destinationAddress, isIpv4, heap);
        ManagementTree.text(store, address, ADDR);
        short port = ManagementTree.interior(
                store, ManagementTree.interior(store, address, PORT, MoStore.ACCESS_GET), ONE, MoStore.ACCESS_GET);
        heap.begin();
        Text.writeUnsigned(channel.port, heap);
        ManagementTree.text(store, port, PORT_NBR);

        short credentials = ManagementTree.interior(store, node, APP_AUTH, MoStore.ACCESS_GET);
        short client = ManagementTree.interior(store, credentials, ONE, MoStore.ACCESS_GET);
        ManagementTree.leaves(store, client, CLIENT_LEAVES);
        heap.begin();
        account.writeClientName(heap);
        ManagementTree.text(store, client, AUTH_NAME);
        short server = ManagementTree.interior(store, credentials, TWO, MoStore.ACCESS_GET);
        ManagementTree.leaves(store, server, SERVER_LEAVES);
        heap.begin();
        account.writeServerName(heap);
        ManagementTree.text(store, server, AUTH_NAME);
    }

    /** Four numbers with dots between, or eight groups of hexadecimal digits with colons. The first byte is the type. */
    private static void writeAddress(byte[] address, boolean isIpv4, MessageSink to) {
        if (isIpv4) {
            for (short i = 1; i < (short) address.length; i++) {
                if (i > 1) {
                    to.write((byte) '.');
                }
                Text.writeUnsigned((short) (address[i] & 0xFF), to);
            }
            return;
        }
        for (short i = 1; i < (short) address.length; i = (short) (i + 2)) {
            if (i > 1) {
                to.write((byte) ':');
            }
            Text.writeHex(Util.getShort(address, i), to);
        }
    }
}
