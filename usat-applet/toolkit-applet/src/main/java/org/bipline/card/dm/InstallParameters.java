// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.Util;
import org.bipline.card.bip.ChannelParameters;
import org.bipline.card.https.TlsCredentials;

/**
 * The application specific parameters of the installation, in persistent arrays of their exact lengths. The table of
 * the TLVs, their ranges and defaults is clause 5 of specs/technical-specification.md. Whatever departs from it
 * (unknown or repeated tag, value out of range, mandatory value missing) refuses the installation with 6A80.
 */
final class InstallParameters {
    private static final byte TAG_DESTINATION_ADDRESS = (byte) 0x80;
    private static final byte TAG_PORT = (byte) 0x81;
    private static final byte TAG_PATH = (byte) 0x82;
    private static final byte TAG_HOST = (byte) 0x83;
    private static final byte TAG_NETWORK_ACCESS_NAME = (byte) 0x84;
    private static final byte TAG_BEARER_DESCRIPTION = (byte) 0x85;
    private static final byte TAG_BUFFER_SIZE = (byte) 0x86;
    private static final byte TAG_USER_LOGIN = (byte) 0x87;
    private static final byte TAG_USER_PASSWORD = (byte) 0x88;
    private static final byte TAG_SERVER_ID = (byte) 0x89;
    private static final byte TAG_SERVER_SECRET = (byte) 0x8A;
    private static final byte TAG_CLIENT_NAME = (byte) 0x8B;
    private static final byte TAG_CLIENT_SECRET = (byte) 0x8C;
    private static final byte TAG_CLIENT_NONCE = (byte) 0x8D;
    private static final byte TAG_SERVER_NONCE = (byte) 0x8E;
    private static final byte TAG_SCHEDULE = (byte) 0x8F;
    private static final byte TAG_MENU_TEXT = (byte) 0x90;
    private static final byte TAG_STORE_NODES = (byte) 0x91;
    private static final byte TAG_STORE_BYTES = (byte) 0x92;
    private static final byte TAG_MAX_MSG_SIZE = (byte) 0x93;
    private static final byte TAG_MAX_OBJ_SIZE = (byte) 0x94;
    private static final byte TAG_LOCAL_PORT = (byte) 0x95;
    private static final byte TAG_DEVICE_NAME = (byte) 0x96;
    private static final byte TAG_DEVICE_SECRET = (byte) 0x97;
    private static final byte TAG_CARD_SECRET = (byte) 0x98;
    private static final byte TAG_PSK_IDENTITY = (byte) 0x99;
    private static final byte TAG_PSK_KEY = (byte) 0x9A;
    private static final byte TAG_TRANSPORT_POLICY = (byte) 0x9B;

    // transport policy
    private static final byte PLAIN_ALLOWED = 0;
    private static final byte TLS_ONLY = 1;
    private static final byte NOT_GIVEN = 2;

    private static final short MAX_TEXT = 64; // path and host
    private static final short MAX_NAME = 32; // names, secrets, login, password, menu text
    private static final short MAX_NONCE = 16; // an MD5 digest's worth
    private static final short MAX_NETWORK_ACCESS_NAME = 100; // an APN, TS 23.003 clause 9.1
    private static final short MAX_BEARER_DESCRIPTION = 16; // the longest bearer parameters in use

    // lengths of a data destination address with its type
    private static final short IPV4_LENGTH = 5;
    private static final short IPV6_LENGTH = 17;

    private static final byte[] DEFAULT_PATH = {'/', 'd', 'm'};
    private static final byte[] DEFAULT_MENU_TEXT = {
        'D', 'e', 'v', 'i', 'c', 'e', ' ', 'm', 'a', 'n', 'a', 'g', 'e', 'm', 'e', 'n', 't'
    };
    private static final byte[] DEFAULT_BEARER = {0x03};
    private static final short DEFAULT_BUFFER_SIZE = 1500;

    final ChannelParameters channel = new ChannelParameters();
    byte[] path = DEFAULT_PATH;
    byte[] host;
    byte[] serverId;
    byte[] serverSecret;
    byte[] clientName;
    byte[] clientSecret;
    byte[] clientNonce;
    byte[] serverNonce;
    /** Minutes between sessions as an unsigned short, 0 for none. */
    short schedule;

    byte[] menuText = DEFAULT_MENU_TEXT;
    short storeNodes = 400;
    short storeBytes = 24576;
    short maxMsgSize = 1536;
    short maxObjSize = 24576;
    /** Port of local sessions, unsigned; 0 for none. */
    short localPort;

    /** Credentials of local sessions, null for none. */
    byte[] deviceName;

    byte[] deviceSecret;
    byte[] cardSecret;

    /** Identity and key of TLS, null for none. */
    byte[] pskIdentity;

    byte[] pskKey;
    private byte transportPolicy = NOT_GIVEN;

    // tags met so far, one bit each: 80 to 8F, 90 to 9F
    private short seen8;
    private short seen9;

    /** Reads the TLVs in {@code buf[off .. off + len)}; ISOException 6A80 where they depart from the table. */
    InstallParameters(byte[] buf, short off, short len) {
        channel.bearerDescription = DEFAULT_BEARER;
        channel.bufferSize = DEFAULT_BUFFER_SIZE;
        channel.transportProtocol = ChannelParameters.TCP_CLIENT_REMOTE;
        short end = (short) (off + len);
        while (off < end) {
            require((short) (end - off) >= 2);
            byte tag = buf[off];
            short length = buf[(short) (off + 1)]; // all values are shorter than 128 bytes, so lengths take one byte
            off = (short) (off + 2);
            require(length >= 0 && length <= (short) (end - off));
            requireFirst(tag);
            take(tag, buf, off, length);
            off = (short) (off + length);
        }
        require(channel.destinationAddress != null
                && channel.port != 0
                && serverId != null
                && serverSecret != null
                && clientName != null
                && clientSecret != null);
        require((pskIdentity == null) == (pskKey == null) && (pskKey != null || isPlainAllowed()));
        require((deviceName == null) == (deviceSecret == null)
                && (deviceName == null) == (cardSecret == null)
                && (deviceName == null || localPort != 0));
        if (host == null) {
            host = serverId;
            requireText(host, (short) 0, (short) host.length); // it becomes a header line
        }
        if (clientNonce == null) {
            clientNonce = new byte[0];
        }
        if (serverNonce == null) {
            serverNonce = new byte[0];
        }
    }

    /** Whether sessions without TLS are allowed: unless it is said, where there is no key. */
    boolean isPlainAllowed() {
        return transportPolicy == PLAIN_ALLOWED || (transportPolicy == NOT_GIVEN && pskKey == null);
    }

    /** Overwrites the secrets, which were handed on. */
    void eraseSecrets() {
        Util.arrayFillNonAtomic(serverSecret, (short) 0, (short) serverSecret.length, (byte) 0);
        Util.arrayFillNonAtomic(clientSecret, (short) 0, (short) clientSecret.length, (byte) 0);
        if (deviceSecret != null) {
            Util.arrayFillNonAtomic(deviceSecret, (short) 0, (short) deviceSecret.length, (byte) 0);
        }
        if (pskKey != null) {
            Util.arrayFillNonAtomic(pskKey, (short) 0, (short) pskKey.length, (byte) 0);
        }
    }

    private void take(byte tag, byte[] buf, short off, short len) {
        switch (tag) {
            case TAG_DESTINATION_ADDRESS:
                requireAddress(buf, off, len);
                channel.destinationAddress = copy(buf, off, len);
                break;
            case TAG_PORT:
                channel.port = port(buf, off, len);
                break;
            case TAG_PATH:
                requireText(buf, off, len);
                require(buf[off] == '/');
                path = copy(buf, off, len);
                break;
            case TAG_HOST:
                requireText(buf, off, len);
                host = copy(buf, off, len);
                break;
            case TAG_NETWORK_ACCESS_NAME:
                requireLabels(buf, off, len);
                channel.networkAccessName = copy(buf, off, len);
                break;
            case TAG_BEARER_DESCRIPTION:
                channel.bearerDescription = value(buf, off, len, (short) 1, MAX_BEARER_DESCRIPTION);
                break;
            case TAG_BUFFER_SIZE:
                channel.bufferSize = number(buf, off, len, (short) 1, (short) 0x7FFF);
                break;
            case TAG_USER_LOGIN:
                channel.userLogin = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_USER_PASSWORD:
                channel.userPassword = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_SERVER_ID:
                serverId = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_SERVER_SECRET:
                serverSecret = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_CLIENT_NAME:
                clientName = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_CLIENT_SECRET:
                clientSecret = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_CLIENT_NONCE:
                clientNonce = value(buf, off, len, (short) 0, MAX_NONCE);
                break;
            case TAG_SERVER_NONCE:
                serverNonce = value(buf, off, len, (short) 0, MAX_NONCE);
                break;
            case TAG_SCHEDULE:
                require(len == 2);
                schedule = Util.getShort(buf, off);
                break;
            case TAG_MENU_TEXT:
                menuText = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_STORE_NODES:
                storeNodes = number(buf, off, len, (short) 64, (short) 2000);
                break;
            case TAG_STORE_BYTES:
                storeBytes = number(buf, off, len, (short) 3072, (short) 32000);
                break;
            case TAG_MAX_MSG_SIZE:
                maxMsgSize = number(buf, off, len, (short) 512, (short) 16384);
                break;
            case TAG_MAX_OBJ_SIZE:
                maxObjSize = number(buf, off, len, (short) 512, (short) 32000);
                break;
            case TAG_LOCAL_PORT:
                localPort = port(buf, off, len);
                break;
            case TAG_DEVICE_NAME:
                deviceName = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_DEVICE_SECRET:
                deviceSecret = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_CARD_SECRET:
                cardSecret = value(buf, off, len, (short) 1, MAX_NAME);
                break;
            case TAG_PSK_IDENTITY:
                pskIdentity = value(buf, off, len, (short) 1, TlsCredentials.MAX_IDENTITY);
                break;
            case TAG_PSK_KEY:
                pskKey = value(buf, off, len, TlsCredentials.MIN_KEY, TlsCredentials.MAX_KEY);
                break;
            case TAG_TRANSPORT_POLICY:
                require(len == 1 && (buf[off] == PLAIN_ALLOWED || buf[off] == TLS_ONLY));
                transportPolicy = buf[off];
                break;
            default:
                require(false);
        }
    }

    private void requireFirst(byte tag) {
        short bit = (short) (1 << (tag & 0x0F));
        if ((tag & 0xF0) == 0x80) {
            require((seen8 & bit) == 0);
            seen8 |= bit;
        } else {
            require((seen9 & bit) == 0);
            seen9 |= bit;
        }
    }

    private static short port(byte[] buf, short off, short len) {
        require(len == 2);
        short port = Util.getShort(buf, off);
        require(port != 0);
        return port;
    }

    private static short number(byte[] buf, short off, short len, short min, short max) {
        require(len == 2);
        short number = Util.getShort(buf, off);
        require(number >= min && number <= max);
        return number;
    }

    private static byte[] value(byte[] buf, short off, short len, short min, short max) {
        require(len >= min && len <= max);
        return copy(buf, off, len);
    }

    private static byte[] copy(byte[] buf, short off, short len) {
        byte[] value = new byte[len];
        Util.arrayCopyNonAtomic(buf, off, value, (short) 0, len);
        return value;
    }

    private static void requireAddress(byte[] buf, short off, short len) {
        require(len > 0);
        if (buf[off] == ChannelParameters.ADDRESS_IPV4) {
            require(len == IPV4_LENGTH);
        } else {
            require(buf[off] == ChannelParameters.ADDRESS_IPV6 && len == IPV6_LENGTH);
        }
    }

    /** Visible ASCII only: what goes into the HTTP header must not be able to end its line. */
    private static void requireText(byte[] buf, short off, short len) {
        require(len >= 1 && len <= MAX_TEXT);
        for (short end = (short) (off + len); off < end; off++) {
            require(buf[off] > 0x20 && buf[off] < 0x7F);
        }
    }

    /** A sequence of labels, each with its length before it: an APN given as plain text is a frequent mistake. */
    private static void requireLabels(byte[] buf, short off, short len) {
        require(len >= 1 && len <= MAX_NETWORK_ACCESS_NAME);
        short end = (short) (off + len);
        while (off < end) {
            short label = buf[off];
            require(label >= 1 && label <= 63 && label < (short) (end - off));
            off = (short) (off + label + 1);
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            ISOException.throwIt(ISO7816.SW_WRONG_DATA);
        }
    }
}
