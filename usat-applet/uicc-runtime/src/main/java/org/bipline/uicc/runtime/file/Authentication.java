// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.Arrays;

/** AUTHENTICATE of a USIM, 3GPP TS 31.102 clause 7.1: GSM and 3G security context. */
final class Authentication {
    private static final int OK = 0x9000;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int WRONG_P1_P2 = 0x6A86;
    private static final int WRONG_MAC = 0x9862;
    private static final int CONTEXT_NOT_SUPPORTED = 0x9864;
    private static final int GSM_CONTEXT = 0x80;
    private static final int UMTS_CONTEXT = 0x81;
    private static final int PIN1 = 0x01;

    /** EF UST, and the services that have a say here: GSM access (Kc), GSM security context. */
    private static final int EF_UST = 0x6F38;

    private static final int GSM_ACCESS = 27;
    private static final int GSM_SECURITY_CONTEXT = 38;

    private Authentication() {}

    static int process(Cursor cursor, Request request, Response out) {
        Df usim = cursor.application();
        Aka aka = cursor.files().aka();
        if (usim == null || aka == null) {
            return FileFault.CONDITIONS_OF_USE.statusWord();
        }
        if (request.p1() != 0) {
            return WRONG_P1_P2;
        }
        Pin pin = usim.pin(PIN1);
        if (pin != null && !pin.isSatisfied()) {
            return FileFault.SECURITY_STATUS.statusWord();
        }
        return switch (request.p2()) {
            case GSM_CONTEXT -> gsm(usim, aka, request, out);
            case UMTS_CONTEXT -> umts(usim, aka, request, out);
            case 0x82, 0x84 -> CONTEXT_NOT_SUPPORTED; // voice group calls, bootstrapping
            default -> WRONG_P1_P2;
        };
    }

    /** A field of 16 bytes, its length before it; null where it is none. */
    private static byte[] field(Request request, int at) {
        int from = Request.DATA + at;
        return request.length() < at + 17 || request.bytes()[from] != 16
                ? null
                : Arrays.copyOfRange(request.bytes(), from + 1, from + 17);
    }

    private static int gsm(Df usim, Aka aka, Request request, Response out) {
        if (!hasService(usim, GSM_SECURITY_CONTEXT)) {
            return CONTEXT_NOT_SUPPORTED;
        }
        byte[] rand = field(request, 0);
        if (rand == null || request.length() != 17) {
            return WRONG_LENGTH;
        }
        byte[] response = aka.gsm(rand);
        out.add(4).add(response, 0, 4).add(8).add(response, 4, 8);
        return OK;
    }

    private static int umts(Df usim, Aka aka, Request request, Response out) {
        byte[] rand = field(request, 0);
        byte[] autn = field(request, 17);
        if (rand == null || autn == null || request.length() != 34) {
            return WRONG_LENGTH;
        }
        return switch (aka.authenticate(rand, autn)) {
            case Aka.WrongMac wrong -> WRONG_MAC;
            case Aka.SynchronisationFailure failure -> {
                out.add(0xDC).add(failure.auts().length).add(failure.auts(), 0, failure.auts().length);
                yield OK;
            }
            case Aka.Authenticated keys -> {
                out.add(0xDB);
                add(keys.res(), out);
                add(keys.ck(), out);
                add(keys.ik(), out);
                if (hasService(usim, GSM_ACCESS)) {
                    add(Aka.kc(keys.ck(), keys.ik()), out);
                }
                yield OK;
            }
        };
    }

    private static void add(byte[] value, Response out) {
        out.add(value.length).add(value, 0, value.length);
    }

    static boolean hasService(Df usim, int number) {
        int at = (number - 1) / 8;
        return usim.child(EF_UST) instanceof Ef ust
                && ust.structure() == Ef.Structure.TRANSPARENT
                && at < ust.size()
                && (ust.byteAt(at) >> (number - 1) % 8 & 1) != 0;
    }
}
