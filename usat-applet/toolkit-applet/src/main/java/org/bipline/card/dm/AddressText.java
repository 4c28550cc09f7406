// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;
import org.bipline.card.bip.ChannelParameters;

/** Data destination addresses (TS 102 223 clause 8.58) as the leaf Addr has them. RFC 4291 clause 2.2, without a part in decimal. */
final class AddressText {
    private static final short GROUPS = 8;
    private static final short NO_GAP = -1;

    private AddressText() {}

    /**
     * Writes four numbers with dots between, or eight groups of hexadecimal digits with colons.
     *
     * @param address behind its length; its first byte is the type
     */
    static void write(byte[] address, MessageSink to) {
        boolean isIpv4 = isIpv4(address);
        for (short i = 2; i <= address[0]; i++) {
            if (i > 2 && (isIpv4 || (i & 1) == 0)) {
                to.write((byte) (isIpv4 ? '.' : ':'));
            }
            if (isIpv4) {
                Text.writeUnsigned((short) (address[i] & 0xFF), to);
            } else if ((i & 1) == 0) {
                Text.writeHex(Util.getShort(address, i), to);
            }
        }
    }

    static boolean isIpv4(byte[] address) {
        return address[1] == ChannelParameters.ADDRESS_IPV4;
    }

    /**
     * Reads the value of a leaf into {@code to}, at most 17 bytes from the type on, and returns how many they are; 0 if it is no
     * address.
     */
    static short read(MoStore store, short leaf, byte[] to) {
        short end = store.valueLength(leaf);
        for (short i = 0; i < end; i++) {
            if (store.valueByte(leaf, i) == ':') {
                to[0] = ChannelParameters.ADDRESS_IPV6;
                return readIpv6(store, leaf, end, to);
            }
        }
        to[0] = ChannelParameters.ADDRESS_IPV4;
        return readIpv4(store, leaf, end, to);
    }

    private static short readIpv4(MoStore store, short leaf, short end, byte[] to) {
        short length = 1;
        short number = 0;
        short digits = 0;
        for (short i = 0; i <= end; i++) {
            byte digit = i == end ? (byte) -1 : (byte) (store.valueByte(leaf, i) - '0');
            boolean isDigit = digit >= 0 && digit <= 9;
            if (isDigit) {
                number = (short) ((short) (number * 10) + digit);
                digits++;
            }
            boolean ends = i == end || (!isDigit && store.valueByte(leaf, i) == '.');
            if (digits > 3 || number > 255 || (!isDigit && (!ends || digits == 0 || length == 5))) {
                return 0;
            }
            if (ends) {
                to[length] = (byte) number;
                length++;
                number = 0;
                digits = 0;
            }
        }
        return length == 5 ? length : 0;
    }

    private static short readIpv6(MoStore store, short leaf, short end, byte[] to) {
        short groups = 0;
        short gap = NO_GAP; // groups before the two colons
        short at = 0;
        while (at < end) {
            if (store.valueByte(leaf, at) == ':') { // two at the begin, or the second behind a group
                boolean first = at == 0;
                if (gap != NO_GAP || (first && (end < 2 || store.valueByte(leaf, (short) 1) != ':'))) {
                    return 0;
                }
                gap = groups;
                at = (short) (at + (first ? 2 : 1));
                continue;
            }
            short value = 0;
            short begin = at;
            while (at < end && store.valueByte(leaf, at) != ':') {
                byte digit = Text.hexDigit(store.valueByte(leaf, at));
                if (digit < 0 || (short) (at - begin) == 4) {
                    return 0;
                }
                value = (short) ((value << 4) | digit);
                at++;
            }
            if (groups == GROUPS) {
                return 0;
            }
            Util.setShort(to, (short) (1 + (short) (groups << 1)), value);
            groups++;
            if (at < end) {
                at++;
                if (at == end) {
                    return 0; // one colon at the end
                }
            }
        }
        return spread(to, groups, gap);
    }

    /** Fills the gap with zeros. */
    private static short spread(byte[] to, short groups, short gap) {
        if (gap == NO_GAP ? groups != GROUPS : groups == GROUPS) {
            return 0;
        }
        short from = (short) (1 + (short) (gap << 1));
        if (gap != NO_GAP) {
            short tail = (short) ((short) (groups - gap) << 1);
            short size = (short) ((short) (GROUPS - groups) << 1);
            for (short i = (short) (tail - 1); i >= 0; i--) {
                to[(short) (from + size + i)] = to[(short) (from + i)];
            }
            Util.arrayFillNonAtomic(to, from, size, (byte) 0);
        }
        return 17;
    }
}
