// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.Util;

/**
 * The application specific parameters of the installation: those of the first authority ({@link AuthorityParameters}), further
 * authorities, and what is there once on the card. The table of the TLVs, their ranges and defaults is clause 5 of
 * specs/technical-specification.md. Whatever departs from it (unknown or repeated tag, value out of range, mandatory value missing)
 * refuses the installation with 6A80.
 */
final class InstallParameters {
    private static final byte TAG_SCHEDULE = (byte) 0x8F;
    private static final byte TAG_MENU_TEXT = (byte) 0x90; // also the first authority's
    private static final byte TAG_STORE_NODES = (byte) 0x91;
    private static final byte TAG_STORE_BYTES = (byte) 0x92;
    private static final byte TAG_MAX_MSG_SIZE = (byte) 0x93;
    private static final byte TAG_MAX_OBJ_SIZE = (byte) 0x94;
    private static final byte TAG_LOCAL_PORT = (byte) 0x95;
    private static final byte TAG_DEVICE_NAME = (byte) 0x96;
    private static final byte TAG_DEVICE_SECRET = (byte) 0x97;
    private static final byte TAG_CARD_SECRET = (byte) 0x98;
    /** A further authority, here and in STORE DATA. */
    static final byte TAG_AUTHORITY = (byte) 0xA0;

    private static final short MAX_NAME = Account.MAX_NAME; // names, secrets, menu text

    private static final byte[] DEFAULT_MENU_TEXT = {
        'D', 'e', 'v', 'i', 'c', 'e', ' ', 'm', 'a', 'n', 'a', 'g', 'e', 'm', 'e', 'n', 't'
    };

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

    /** Reads the TLVs in {@code buf[off .. off + len)}; ISOException 6A80 where they depart from the table. */
    InstallParameters(byte[] buf, short off, short len, Authorities authorities) {
        try {
            read(buf, off, (short) (off + len), authorities);
        } catch (ISOException e) {
            ISOException.throwIt(ISO7816.SW_WRONG_DATA);
        }
    }

    private void read(byte[] buf, short off, short end, Authorities authorities) {
        for (short at = off; at < end; at = Tlv.next(buf, at)) {
            AuthorityParameters.checkField(buf, off, at, end);
            take(buf[at], buf, Tlv.value(buf, at), Tlv.length(buf, at));
        }
        AuthorityParameters.checkComplete(buf, off, end);
        require((deviceSecret == null) == (cardSecret == null)
                && (deviceName == null || deviceSecret != null)
                && (deviceSecret == null || localPort != 0));
        authorities.addFirst(buf, off, end);
        for (short at = off; at < end; at = Tlv.next(buf, at)) {
            if (buf[at] == TAG_AUTHORITY) {
                authorities.add(buf, Tlv.value(buf, at), Tlv.next(buf, at), false);
            }
        }
    }

    /** Overwrites the secrets, which were handed on. */
    void eraseSecrets() {
        if (deviceSecret != null) {
            Util.arrayFillNonAtomic(deviceSecret, (short) 0, (short) deviceSecret.length, (byte) 0);
        }
    }

    private void take(byte tag, byte[] buf, short off, short len) {
        switch (tag) {
            case TAG_SCHEDULE:
                require(len == 2);
                schedule = Util.getShort(buf, off);
                break;
            case TAG_MENU_TEXT:
                menuText = name(buf, off, len);
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
                require(len == 2 && Util.getShort(buf, off) != 0);
                localPort = Util.getShort(buf, off);
                break;
            case TAG_DEVICE_NAME:
                deviceName = name(buf, off, len);
                break;
            case TAG_DEVICE_SECRET:
                deviceSecret = name(buf, off, len);
                break;
            case TAG_CARD_SECRET:
                cardSecret = name(buf, off, len);
                break;
            case TAG_AUTHORITY:
                break; // when all else is known
            default:
                require(AuthorityParameters.isInRange(tag, buf, off, len));
        }
    }

    private static short number(byte[] buf, short off, short len, short min, short max) {
        require(len == 2);
        short number = Util.getShort(buf, off);
        require(number >= min && number <= max);
        return number;
    }

    private static byte[] name(byte[] buf, short off, short len) {
        require(len >= 1 && len <= MAX_NAME);
        byte[] value = new byte[len];
        Util.arrayCopyNonAtomic(buf, off, value, (short) 0, len);
        return value;
    }

    private static void require(boolean condition) {
        if (!condition) {
            ISOException.throwIt(ISO7816.SW_WRONG_DATA);
        }
    }
}
