// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bipline.uicc.runtime.vm.Transactions;

/**
 * The subscriber's side of authentication and key agreement, 3GPP TS 33.102 clause 6.3, with the sequence number management of
 * its annex C.1.1.1 and C.2: SQN is SEQ and an index of five bits, the card keeps the highest SEQ for each index.
 */
final class Aka {
    /** {@code sqn}: the highest one that counts as used. */
    @SuppressWarnings("ArrayRecordComponent") // written to by nobody
    record Subscriber(byte[] key, byte[] opc, long sqn) {}

    private static final int INDEX_BITS = 5;
    private static final int INDICES = 1 << INDEX_BITS;

    /** How far SEQ may jump at once: annex C.3.1 and C.3.2. */
    private static final long DELTA = 1L << 28;

    private static final int SQN_LENGTH = 6;
    private static final byte[] AMF_RESYNCHRONISATION = {0, 0};

    private final Transactions transactions;
    private final Milenage milenage;
    private final long[] highest = new long[INDICES];
    private int lastIndex;

    Aka(Subscriber subscriber, Transactions transactions) {
        this.transactions = transactions;
        milenage = new Milenage(subscriber.key(), subscriber.opc());
        Arrays.fill(highest, subscriber.sqn() >> INDEX_BITS);
        lastIndex = (int) (subscriber.sqn() & (INDICES - 1));
    }

    /** What a challenge led to. */
    sealed interface Result {}

    /** The network is authentic and the challenge fresh. */
    @SuppressWarnings("ArrayRecordComponent")
    record Authenticated(byte[] res, byte[] ck, byte[] ik) implements Result {}

    /** The challenge is authentic and was used: AUTS tells the network where the card is. */
    @SuppressWarnings("ArrayRecordComponent")
    record SynchronisationFailure(byte[] auts) implements Result {}

    /** The message authentication code is wrong. */
    record WrongMac() implements Result {}

    Result authenticate(byte[] rand, byte[] autn) {
        byte[] out2 = milenage.out2(rand);
        byte[] sqnBytes = Arrays.copyOf(autn, SQN_LENGTH);
        for (int i = 0; i < SQN_LENGTH; i++) {
            sqnBytes[i] ^= out2[i];
        }
        byte[] amf = Arrays.copyOfRange(autn, SQN_LENGTH, 8);
        byte[] mac = Arrays.copyOf(milenage.out1(rand, sqnBytes, amf), 8);
        if (!MessageDigest.isEqual(mac, Arrays.copyOfRange(autn, 8, 16))) {
            return new WrongMac();
        }
        long sqn = number(sqnBytes);
        long seq = sqn >> INDEX_BITS;
        int index = (int) (sqn & (INDICES - 1));
        if (seq <= highest[index] || seq - highest[lastIndex] > DELTA) {
            return new SynchronisationFailure(auts(rand));
        }
        transactions.writing();
        highest[index] = seq; // before the answer leaves, so that a cut of power lets no challenge be used twice
        if (seq > highest[lastIndex] || lastIndex == index) {
            lastIndex = index;
        }
        return new Authenticated(Arrays.copyOfRange(out2, 8, 16), milenage.out3(rand), milenage.out4(rand));
    }

    /** The highest SQN accepted, concealed, and its code. */
    private byte[] auts(byte[] rand) {
        byte[] sqn = bytes(highest[lastIndex] << INDEX_BITS | lastIndex);
        byte[] code = milenage.out1(rand, sqn, AMF_RESYNCHRONISATION);
        byte[] concealment = milenage.out5(rand);
        byte[] auts = new byte[14];
        for (int i = 0; i < SQN_LENGTH; i++) {
            auts[i] = (byte) (sqn[i] ^ concealment[i]);
        }
        System.arraycopy(code, 8, auts, SQN_LENGTH, 8);
        return auts;
    }

    /** SRES and Kc for a network of the second generation: conversion functions c2 and c3, 3GPP TS 33.102 clause 6.8.1.2. */
    byte[] gsm(byte[] rand) {
        byte[] out2 = milenage.out2(rand);
        byte[] response = new byte[12];
        for (int i = 0; i < 4; i++) {
            response[i] = (byte) (out2[8 + i] ^ out2[12 + i]);
        }
        System.arraycopy(kc(milenage.out3(rand), milenage.out4(rand)), 0, response, 4, 8);
        return response;
    }

    /** Conversion function c3. */
    static byte[] kc(byte[] ck, byte[] ik) {
        byte[] kc = new byte[8];
        for (int i = 0; i < kc.length; i++) {
            kc[i] = (byte) (ck[i] ^ ck[i + 8] ^ ik[i] ^ ik[i + 8]);
        }
        return kc;
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (byte octet : bytes) {
            number = number << 8 | (octet & 0xFF);
        }
        return number;
    }

    private static byte[] bytes(long sqn) {
        byte[] bytes = new byte[SQN_LENGTH];
        for (int i = 0; i < SQN_LENGTH; i++) {
            bytes[i] = (byte) (sqn >> (8 * (SQN_LENGTH - 1 - i)));
        }
        return bytes;
    }
}
