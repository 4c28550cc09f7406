// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.Util;

/**
 * Credentials of local sessions where each device has secrets of its own, so that none can pass for another: they are made of two that
 * only the card and the authority know, and of the device's DevId. That is the device's name, and its secret
 * B64(HMAC-MD5(device master, DevId)); the card's secret towards it is B64(HMAC-MD5(card master, DevId)). HMAC of RFC 2104; technical
 * specification clause 15.2.
 */
final class DeviceCredentials extends Credentials {
    private static final short BLOCK = 64; // of MD5; the masters are shorter
    private static final byte IPAD = 0x36;
    private static final byte OPAD = 0x5C;

    private final DeviceAccount device;
    private final byte[] deviceMaster;
    private final byte[] cardMaster;

    DeviceCredentials(Credentials other, DeviceAccount device, byte[] deviceMaster, byte[] cardMaster) {
        super(other);
        this.device = device;
        this.deviceMaster = copy(deviceMaster);
        this.cardMaster = copy(cardMaster);
        acceptPeer();
    }

    private static byte[] copy(byte[] secret) {
        byte[] copy = new byte[(short) secret.length];
        Util.arrayCopyNonAtomic(secret, (short) 0, copy, (short) 0, (short) secret.length);
        return copy;
    }

    @Override
    void putKey(byte side, byte[] to) {
        byte[] master = side == OWN ? cardMaster : deviceMaster;
        md5.reset();
        pad(master, IPAD, to);
        device.updateDevId(md5);
        md5.doFinal(to, (short) 0, (short) 0, to, (short) 0);
        pad(master, OPAD, to);
        md5.doFinal(to, (short) 0, DIGEST, to, (short) 0);
        encodeInPlace(to);
        if (side == OWN) {
            byte[] name = device.clientName();
            md5.update(name, (short) 1, name[0]);
        } else {
            device.updateDevId(md5);
        }
        updateColon();
        md5.doFinal(to, (short) 0, DIGEST_BASE64, to, (short) 0);
        encodeInPlace(to);
    }

    /** Begins a block of HMAC; uses the byte behind a digest. */
    private void pad(byte[] master, byte mask, byte[] to) {
        for (short i = 0; i < BLOCK; i++) {
            to[DIGEST] = i < (short) master.length ? (byte) (master[i] ^ mask) : mask;
            md5.update(to, DIGEST, (short) 1);
        }
    }
}
