// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISOException;
import javacard.framework.Util;
import org.bipline.card.bip.ChannelParameters;
import org.bipline.card.https.TlsCredentials;

/**
 * The TLVs of an authority, in the install parameters and in STORE DATA. Their table is clause 5 of
 * specs/technical-specification.md. What departs from it is refused with 6Fxx, xx being the tag of the field that is unknown,
 * repeated, out of range or missing.
 */
final class AuthorityParameters {
    private static final byte TAG_DESTINATION_ADDRESS = (byte) 0x80;
    private static final byte TAG_PORT = (byte) 0x81;
    private static final byte TAG_PATH = (byte) 0x82;
    private static final byte TAG_HOST = (byte) 0x83;
    private static final byte TAG_NETWORK_ACCESS_NAME = (byte) 0x84;
    private static final byte TAG_BEARER_DESCRIPTION = (byte) 0x85;
    private static final byte TAG_BUFFER_SIZE = (byte) 0x86;
    private static final byte TAG_USER_LOGIN = (byte) 0x87;
    private static final byte TAG_USER_PASSWORD = (byte) 0x88;
    static final byte TAG_SERVER_ID = (byte) 0x89;
    private static final byte TAG_SERVER_SECRET = (byte) 0x8A;
    private static final byte TAG_CLIENT_NAME = (byte) 0x8B;
    private static final byte TAG_CLIENT_SECRET = (byte) 0x8C;
    private static final byte TAG_CLIENT_NONCE = (byte) 0x8D;
    private static final byte TAG_SERVER_NONCE = (byte) 0x8E;
    private static final byte TAG_MENU_TEXT = (byte) 0x90;
    private static final byte TAG_PSK_IDENTITY = (byte) 0x99;
    private static final byte TAG_PSK_KEY = (byte) 0x9A;
    private static final byte TAG_TRANSPORT_POLICY = (byte) 0x9B;
    private static final byte TAG_LEVEL = (byte) 0x9C;
    private static final byte TAG_LOCKING = (byte) 0x9D;
    private static final byte TAG_RIGHTS = (byte) 0x9E;

    // transport policy
    private static final byte PLAIN_ALLOWED = 0;
    private static final byte TLS_ONLY = 1;

    // what failures cost where nothing else is said
    private static final byte NEVER = 0; // none locks for good
    private static final byte DEFAULT_DELAY = 1; // minutes

    /** Those that have to be there. */
    private static final byte[] MANDATORY = {
        TAG_DESTINATION_ADDRESS, TAG_PORT, TAG_SERVER_ID, TAG_SERVER_SECRET, TAG_CLIENT_NAME, TAG_CLIENT_SECRET
    };

    private static final short MAX_NONCE = 16; // an MD5 digest's worth

    // lengths of a data destination address with its type
    private static final short IPV4_LENGTH = 5;
    private static final short IPV6_LENGTH = 17;

    private static final byte[] DEFAULT_PATH = {'/', 'd', 'm'};
    private static final byte[] DEFAULT_BEARER = {0x03};
    private static final short DEFAULT_BUFFER_SIZE = 1500;

    private AuthorityParameters() {}

    /** Checks the TLVs of an authority, {@code buf[off .. end)}. */
    static void check(byte[] buf, short off, short end) {
        for (short at = off; at < end; at = Tlv.next(buf, at)) {
            checkField(buf, off, at, end);
            require(isInRange(buf[at], buf, Tlv.value(buf, at), Tlv.length(buf, at)), buf[at]);
        }
        checkComplete(buf, off, end);
    }

    /** Checks that what begins at {@code at} is a whole TLV with another tag than those before it, from {@code off} on. */
    static void checkField(byte[] buf, short off, short at, short end) {
        boolean mayRepeat = buf[at] == InstallParameters.TAG_AUTHORITY;
        require(Tlv.isWhole(buf, at, end) && (mayRepeat || Tlv.find(buf, off, at, buf[at]) < 0), buf[at]);
    }

    /** Checks that no TLV is missing. */
    static void checkComplete(byte[] buf, short off, short end) {
        for (short i = 0; i < (short) MANDATORY.length; i++) {
            require(Tlv.find(buf, off, end, MANDATORY[i]) >= 0, MANDATORY[i]);
        }
        boolean hasKey = Tlv.find(buf, off, end, TAG_PSK_KEY) >= 0;
        require((Tlv.find(buf, off, end, TAG_PSK_IDENTITY) >= 0) == hasKey, hasKey ? TAG_PSK_IDENTITY : TAG_PSK_KEY);
        require(hasKey || isPlainAllowed(buf, off, end), TAG_PSK_KEY);
        if (Tlv.find(buf, off, end, TAG_HOST) < 0) {
            short id = Tlv.find(buf, off, end, TAG_SERVER_ID);
            require(isVisible(buf, Tlv.value(buf, id), Tlv.length(buf, id)), TAG_HOST); // it becomes a header line
        }
    }

    /** Whether sessions without TLS are allowed: unless it is said, where there is no key. */
    private static boolean isPlainAllowed(byte[] buf, short off, short end) {
        short at = Tlv.find(buf, off, end, TAG_TRANSPORT_POLICY);
        return at < 0 ? Tlv.find(buf, off, end, TAG_PSK_KEY) < 0 : buf[Tlv.value(buf, at)] == PLAIN_ALLOWED;
    }

    /** Checks that the server identifier of a further authority can be the name of its account below ./DMAcc. */
    static void checkNodeName(byte[] buf, short off, short end) {
        short id = Tlv.find(buf, off, end, TAG_SERVER_ID);
        for (short at = Tlv.value(buf, id); at < Tlv.next(buf, id); at++) {
            require(buf[at] != '/' && buf[at] != '?', TAG_SERVER_ID);
        }
        require(!Text.equal(AccountTree.ONE, buf, Tlv.value(buf, id), Tlv.length(buf, id)), TAG_SERVER_ID);
    }

    /** Whether a value is one that the table allows for the tag; false for a tag that is none of an authority. */
    static boolean isInRange(byte tag, byte[] buf, short off, short len) {
        switch (tag) {
            case TAG_DESTINATION_ADDRESS:
                return isAddress(buf, off, len);
            case TAG_PORT:
                return len == 2 && Util.getShort(buf, off) != 0;
            case TAG_PATH:
                return isVisible(buf, off, len) && buf[off] == '/';
            case TAG_HOST:
                return isVisible(buf, off, len);
            case TAG_NETWORK_ACCESS_NAME:
                return isLabels(buf, off, len);
            case TAG_BEARER_DESCRIPTION:
                return len >= 1 && len <= Authority.MAX_BEARER_DESCRIPTION;
            case TAG_BUFFER_SIZE:
                return len == 2 && Util.getShort(buf, off) > 0;
            case TAG_SERVER_ID:
                return isServerId(buf, off, len);
            case TAG_USER_LOGIN:
            case TAG_USER_PASSWORD:
            case TAG_SERVER_SECRET:
            case TAG_CLIENT_NAME:
            case TAG_CLIENT_SECRET:
            case TAG_MENU_TEXT:
                return len >= 1 && len <= Account.MAX_NAME;
            case TAG_CLIENT_NONCE:
            case TAG_SERVER_NONCE:
                return len <= MAX_NONCE;
            case TAG_PSK_IDENTITY:
                return len >= 1 && len <= TlsCredentials.MAX_IDENTITY;
            case TAG_PSK_KEY:
                return len >= TlsCredentials.MIN_KEY && len <= TlsCredentials.MAX_KEY;
            case TAG_TRANSPORT_POLICY:
                return len == 1 && (buf[off] == PLAIN_ALLOWED || buf[off] == TLS_ONLY);
            case TAG_LEVEL:
                return len == 1 && (buf[off] == Credentials.MD5 || buf[off] == Credentials.MAC);
            case TAG_LOCKING:
                return len == 2 && buf[off] >= 0 && buf[(short) (off + 1)] >= 0;
            case TAG_RIGHTS:
                return Rights.isWellFormed(buf, off, len);
            default:
                return false;
        }
    }

    private static boolean isAddress(byte[] buf, short off, short len) {
        return (len == IPV4_LENGTH && buf[off] == ChannelParameters.ADDRESS_IPV4)
                || (len == IPV6_LENGTH && buf[off] == ChannelParameters.ADDRESS_IPV6);
    }

    /** Visible ASCII only: what goes into the HTTP header must not be able to end its line. */
    private static boolean isVisible(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            if (buf[off] <= 0x20 || buf[off] == 0x7F) {
                return false;
            }
        }
        return len >= 1 && len <= Authority.MAX_TEXT;
    }

    /** A name that an access control list can have, and that is none of its signs: "*" would be everybody. */
    private static boolean isServerId(byte[] buf, short off, short len) {
        for (short end = (short) (off + len); off < end; off++) {
            byte c = buf[off];
            if ((c & 0xFF) <= ' ' || c == 0x7F || c == '*' || c == '+' || c == '&' || c == '=') {
                return false;
            }
        }
        return len >= 1 && len <= Account.MAX_NAME;
    }

    /** A sequence of labels, each with its length before it: an APN given as plain text is a frequent mistake. */
    private static boolean isLabels(byte[] buf, short off, short len) {
        short end = (short) (off + len);
        while (off < end) {
            short label = buf[off];
            if (label < 1 || label > 63 || label >= (short) (end - off)) {
                return false;
            }
            off = (short) (off + label + 1);
        }
        return len >= 1 && len <= Authority.MAX_NETWORK_ACCESS_NAME;
    }

    static void require(boolean condition, byte tag) {
        if (!condition) {
            ISOException.throwIt(Util.makeShort((byte) 0x6F, tag));
        }
    }

    // --- from the TLVs to the authority

    /** Writes all of an authority whose TLVs were checked. */
    static void put(byte[] buf, short off, short end, Authority to) {
        put(TAG_SERVER_ID, buf, off, end, to.serverId);
        put(TAG_CLIENT_NAME, buf, off, end, to.clientName);
        put(TAG_PATH, buf, off, end, to.requestPath, DEFAULT_PATH, (short) 0, (short) DEFAULT_PATH.length);
        put(TAG_HOST, buf, off, end, to.host, to.serverId, (short) 1, to.serverId[0]);
        put(TAG_MENU_TEXT, buf, off, end, to.title, to.serverId, (short) 1, to.serverId[0]);
        put(TAG_RIGHTS, buf, off, end, to.rights);
        putChannel(buf, off, end, to.channel);
        putCredentials(buf, off, end, to);
        to.plainAllowed = isPlainAllowed(buf, off, end);
        short identity = Tlv.find(buf, off, end, TAG_PSK_IDENTITY);
        if (identity < 0) {
            to.key.clear(); // a loss of power may have left one here
        } else {
            short key = Tlv.find(buf, off, end, TAG_PSK_KEY);
            to.key.set(
                    buf,
                    Tlv.value(buf, identity),
                    Tlv.length(buf, identity),
                    buf,
                    Tlv.value(buf, key),
                    Tlv.length(buf, key));
        }
    }

    private static void putChannel(byte[] buf, short off, short end, ChannelParameters to) {
        put(TAG_DESTINATION_ADDRESS, buf, off, end, to.destinationAddress);
        put(TAG_NETWORK_ACCESS_NAME, buf, off, end, to.networkAccessName);
        put(TAG_USER_LOGIN, buf, off, end, to.userLogin);
        put(TAG_USER_PASSWORD, buf, off, end, to.userPassword);
        short bearer = (short) DEFAULT_BEARER.length;
        put(TAG_BEARER_DESCRIPTION, buf, off, end, to.bearerDescription, DEFAULT_BEARER, (short) 0, bearer);
        to.port = Util.getShort(buf, Tlv.value(buf, Tlv.find(buf, off, end, TAG_PORT)));
        short size = Tlv.find(buf, off, end, TAG_BUFFER_SIZE);
        to.bufferSize = size < 0 ? DEFAULT_BUFFER_SIZE : Util.getShort(buf, Tlv.value(buf, size));
    }

    private static void putCredentials(byte[] buf, short off, short end, Authority to) {
        short level = Tlv.find(buf, off, end, TAG_LEVEL);
        to.credentials.setLevel(level < 0 ? Credentials.MD5 : buf[Tlv.value(buf, level)]);
        short locking = Tlv.find(buf, off, end, TAG_LOCKING);
        if (locking < 0) {
            to.credentials.setLocking(NEVER, DEFAULT_DELAY);
        } else {
            short at = Tlv.value(buf, locking);
            to.credentials.setLocking(buf[at], buf[(short) (at + 1)]);
        }
        short secret = Tlv.find(buf, off, end, TAG_SERVER_SECRET);
        to.credentials.setPeer(
                to.serverId, (short) 1, to.serverId[0], buf, Tlv.value(buf, secret), Tlv.length(buf, secret));
        secret = Tlv.find(buf, off, end, TAG_CLIENT_SECRET);
        to.credentials.setOwn(
                to.clientName, (short) 1, to.clientName[0], buf, Tlv.value(buf, secret), Tlv.length(buf, secret));
        short nonce = Tlv.find(buf, off, end, TAG_SERVER_NONCE);
        boolean given = nonce >= 0;
        to.credentials.setPeerNonce(
                buf, given ? Tlv.value(buf, nonce) : (short) 0, given ? Tlv.length(buf, nonce) : (short) 0);
        nonce = Tlv.find(buf, off, end, TAG_CLIENT_NONCE);
        given = nonce >= 0;
        to.credentials.setOwnNonce(
                buf, given ? Tlv.value(buf, nonce) : (short) 0, given ? Tlv.length(buf, nonce) : (short) 0);
    }

    /** Writes the value of a tag, an empty one where the tag is missing. */
    private static void put(byte tag, byte[] buf, short off, short end, byte[] to) {
        put(tag, buf, off, end, to, buf, off, (short) 0);
    }

    private static void put(
            byte tag, byte[] buf, short off, short end, byte[] to, byte[] absent, short absentOff, short absentLen) {
        short at = Tlv.find(buf, off, end, tag);
        if (at < 0) {
            Account.put(to, absent, absentOff, absentLen);
        } else {
            Account.put(to, buf, Tlv.value(buf, at), Tlv.length(buf, at));
        }
    }
}
