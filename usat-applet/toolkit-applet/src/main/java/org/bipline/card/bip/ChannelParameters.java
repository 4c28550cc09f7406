// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

/**
 * What an OPEN CHANNEL asks for: one object per destination. Arrays hold the values of the data objects, each behind a byte with
 * its length, so that they can change; where a field says so, null or the length 0 leaves the object out. ETSI TS 102 223 clause 6.6.27.
 */
public final class ChannelParameters {
    /** UICC in client mode, UDP, remote connection. Clause 8.59. */
    public static final byte UDP_CLIENT_REMOTE = 1;
    /** UICC in client mode, TCP, remote connection. Clause 8.59. */
    public static final byte TCP_CLIENT_REMOTE = 2;
    /** TCP, UICC in server mode: buffer size and port only. Clauses 6.6.27.5 and 8.59. */
    public static final byte TCP_SERVER = 3;

    /** Type of address of an IPv4 address. Clause 8.58. */
    public static final byte ADDRESS_IPV4 = 0x21;
    /** Type of address of an IPv6 address. Clause 8.58. */
    public static final byte ADDRESS_IPV6 = 0x57;

    /** Bearer description, clause 8.52; null in server mode. */
    public byte[] bearerDescription;
    /** Buffer size to ask for, 1 to 32767 bytes. The ME may grant less. Clause 8.55. */
    public short bufferSize;
    /** Network access name, clause 8.70, or none. */
    public byte[] networkAccessName;
    /** User login in the GSM default alphabet, one character a byte, or none. */
    public byte[] userLogin;
    /** User password, coded like the login, or none. */
    public byte[] userPassword;
    /** {@link #TCP_CLIENT_REMOTE}, {@link #UDP_CLIENT_REMOTE} or {@link #TCP_SERVER}. */
    public byte transportProtocol;
    /** Port of the destination, in server mode of the ME, 1 to 65535 as an unsigned short. */
    public short port;
    /** Data destination address: type of address, then the address, clause 8.58; null in server mode. */
    public byte[] destinationAddress;

    /** An empty set; the fields of an object that is passed to {@link BipChannel#open} must be filled. */
    public ChannelParameters() {}
}
