// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * The account of the management server: names, credentials, nonces and limits, in persistent memory. Of the secrets only
 * H(name:secret) is kept, which is all that syncml:auth-md5 needs. OMA DM Security 1.2.
 */
public final class Account {
    /** Allocates the account, at installation; names, secrets and limits are set next. */
    public Account() {}

    /** Sets the name (1 to 32 bytes) and secret by which the server authenticates itself, and the nonce it uses first. */
    public void setServer(byte[] name, byte[] secret, byte[] nonce) {}

    /** Sets the name (1 to 32 bytes) and secret by which the card authenticates itself, and its first nonce. */
    public void setClient(byte[] name, byte[] secret, byte[] nonce) {}

    /** Sets the largest message and the largest object that the card accepts, in bytes. */
    public void setLimits(short maxMsgSize, short maxObjSize) {}
}
