// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;

/**
 * What authorities change in their accounts below ./DMAcc: checked as it comes, taken over into the registry when the session is
 * over, and in force from the next one on (OMA DM Security 1.2, Integrity). It can be taken over twice, so that a loss of power
 * between leaves nothing half done.
 *
 * <p>A name of the card counts together with its secret only, as the card keeps no secret but the digest of both.
 */
final class AccountUpdate implements MessageSink {
    private static final byte[] ADDRESS_TYPES = {4, 'I', 'P', 'v', '4', 4, 'I', 'P', 'v', '6'};

    private final MoStore store;
    private final Authorities authorities;
    private final byte[] work;

    /** @param work room for 64 bytes that is not used otherwise between items, and outside of sessions */
    AccountUpdate(MoStore store, Authorities authorities, byte[] work) {
        this.store = store;
        this.authorities = authorities;
        this.work = work;
    }

    /** Status 400 if a leaf of an account has a value that it cannot have; other nodes are not looked at. */
    void require(short node) {
        if (store.isInterior(node) || !isInAccount(node)) {
            return;
        }
        boolean right;
        short length = store.valueLength(node);
        if (isNamed(node, AccountTree.ADDR)) {
            right = AddressText.read(store, node, work) != 0;
        } else if (isNamed(node, AccountTree.ADDR_TYPE)) {
            right = store.word(node, ADDRESS_TYPES) != 0;
        } else if (isNamed(node, AccountTree.PORT_NBR)) {
            right = store.unsigned(node) != 0;
        } else { // a name or a secret
            right = length >= 1 && length <= Account.MAX_NAME;
        }
        if (!right) {
            Status.raise(Status.BAD_REQUEST);
        }
    }

    private boolean isInAccount(short node) {
        short accounts = AccountTree.accounts(store);
        while (node != MoStore.ROOT && node != accounts) {
            node = store.parent(node);
        }
        return node == accounts;
    }

    private boolean isNamed(short node, byte[] name) {
        return store.isNamed(node, name, (short) 0, (short) name.length);
    }

    /** Takes over what all authorities have changed; outside of sessions, with nothing uncommitted. */
    void takeUp() {
        for (byte number = 0; number < authorities.count(); number++) {
            Authority authority = authorities.get(number);
            short account = AccountTree.account(store, number, authority);
            if (account != MoStore.NONE) {
                takeAddress(child(child(account, AccountTree.APP_ADDR), AccountTree.ONE), authority);
                takeSecrets(child(account, AccountTree.APP_AUTH), authority);
            }
        }
    }

    private short child(short node, byte[] name) {
        return store.child(node, name);
    }

    private void takeAddress(short address, Authority authority) {
        short length = AddressText.read(store, child(address, AccountTree.ADDR), work);
        byte[] old = authority.channel.destinationAddress;
        if (!Account.equal(old, work, (short) 0, length)) {
            JCSystem.beginTransaction();
            Account.put(old, work, (short) 0, length);
            note(authority, AccountTree.ADDR);
            JCSystem.commitTransaction();
        }
        short port =
                store.unsigned(child(child(child(address, AccountTree.PORT), AccountTree.ONE), AccountTree.PORT_NBR));
        if (port != authority.channel.port) {
            authority.channel.port = port;
            note(authority, AccountTree.PORT_NBR);
        }
    }

    private void takeSecrets(short credentials, Authority authority) {
        short client = child(credentials, AccountTree.ONE);
        short secret = child(client, AccountTree.AUTH_SECRET);
        if (store.valueLength(secret) != 0) {
            byte[] name = authority.clientName;
            JCSystem.beginTransaction();
            copy(child(client, AccountTree.AUTH_NAME));
            Account.put(name, work, (short) 1, work[0]);
            copy(secret);
            authority.credentials.setOwn(name, (short) 1, name[0], work, (short) 1, work[0]);
            note(authority, AccountTree.AUTH_NAME);
            JCSystem.commitTransaction();
            store.forgetSecret(secret);
        }
        secret = child(child(credentials, AccountTree.TWO), AccountTree.AUTH_SECRET);
        if (store.valueLength(secret) != 0) {
            byte[] name = authority.serverId;
            copy(secret);
            authority.credentials.setPeer(name, (short) 1, name[0], work, (short) 1, work[0]);
            note(authority, AccountTree.AUTH_SECRET);
            store.forgetSecret(secret);
        }
        Util.arrayFillNonAtomic(work, (short) 0, (short) work.length, (byte) 0);
    }

    private void note(Authority authority, byte[] what) {
        byte[] id = authority.serverId;
        store.log().record(SecurityLog.REGISTRY, Status.OK, id, (short) 1, id[0], what, (short) 0, (short) what.length);
    }

    /** Copies the value of a leaf behind its length. */
    private void copy(short leaf) {
        work[0] = 0;
        if (store.isSecret(leaf)) {
            store.writeSecret(leaf, this);
        } else {
            store.writeLeaf(leaf, this);
        }
    }

    /** Takes the bytes of a leaf that is copied. */
    @Override
    public void write(byte[] buf, short off, short len) {
        Util.arrayCopyNonAtomic(buf, off, work, (short) (1 + work[0]), len);
        work[0] = (byte) (work[0] + len);
    }

    @Override
    public void write(byte b) {
        work[0]++;
        work[work[0]] = b;
    }
}
