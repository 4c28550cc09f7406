// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javacard.framework.AID;
import javacard.framework.SystemException;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.vm.Activation;
import org.bipline.uicc.runtime.vm.CardRuntime;
import uicc.usim.suci.SUCICalculator;
import uicc.usim.suci.SUCIException;

/**
 * The applets that compute the SUCI of a USIM, and GET IDENTITY, which asks them. 3GPP TS 31.130, SUCIRegistry; TS 31.102 clause 7.5.
 *
 * <p>The USIM computes none itself: where its keys would be stored, no standard says. All applets count as of the USIM's security
 * domain.
 */
public final class SuciCalculators {
    private static final byte[] USIM = HexFormat.of().parseHex("A0000000871002");

    /** Services of EF UST: identifier privacy, and that the USIM computes the SUCI. */
    private static final int PRIVACY = 124;

    private static final int CALCULATION_BY_USIM = 125;

    private static final int PIN1 = 0x01;
    private static final int SUCI_CONTEXT = 0x01;
    private static final byte SUCI = (byte) 0xA1;
    private static final int OK = 0x9000;
    private static final int MORE_BYTES = 0x6C00;
    private static final int WRONG_LENGTH = 0x6700;
    private static final int WRONG_P1_P2 = 0x6A86;
    private static final int NO_PRECISE_DIAGNOSIS = 0x6F00;

    private final CardRuntime card;
    private final FileSystem files;
    private final UiccListener listener;
    private final byte[] buffer;
    private final Map<Df, Registration> registered = new HashMap<>(1);

    private record Registration(AID applet, SUCICalculator calculator) {}

    /** {@code buffer} is a global array, in which calculators answer. */
    public SuciCalculators(CardRuntime card, FileSystem files, UiccListener listener, byte[] buffer) {
        this.card = card;
        this.files = files;
        this.listener = listener;
        this.buffer = buffer;
        files.setSuciCalculators(this);
    }

    /** Registers for the USIM with this AID, or for the card's first one where it is null. */
    public void register(AID aid, SUCICalculator calculator) {
        Df usim = usim(aid);
        if (registered.containsKey(usim)) {
            SUCIException.throwIt(SUCIException.ALREADY_REGISTERED);
        }
        put(usim, new Registration(card.getAID(), calculator));
    }

    @SuppressWarnings("ReferenceEquality") // the very object
    public void deregister(AID aid, SUCICalculator calculator) {
        Df usim = usim(aid);
        Registration known = registered.get(usim);
        if (known == null || known.calculator != calculator) {
            SUCIException.throwIt(SUCIException.NOT_REGISTERED);
        }
        put(usim, null);
    }

    private void put(Df usim, Registration registration) {
        Registration before = registered.get(usim);
        files.transactions().log(() -> set(usim, before));
        set(usim, registration);
    }

    private void set(Df usim, Registration registration) {
        if (registration == null) {
            registered.remove(usim);
        } else {
            registered.put(usim, registration);
        }
    }

    /** Ends what a deleted applet registered. */
    public void forget(AID applet) {
        registered.values().removeIf(registration -> registration.applet.equals(applet));
    }

    private Df usim(AID aid) {
        byte[] bytes = USIM;
        if (aid != null) {
            byte[] whole = new byte[16];
            bytes = Arrays.copyOf(whole, aid.getBytes(whole, (short) 0));
        }
        Df usim = files.application(bytes, 0, bytes.length);
        if (usim == null && aid == null) {
            SUCIException.throwIt(SUCIException.NO_USIM);
        }
        boolean found = usim != null
                && (aid == null || usim.aid().length == bytes.length)
                && Arrays.equals(USIM, Arrays.copyOf(usim.aid(), USIM.length));
        if (!found) {
            SystemException.throwIt(SystemException.ILLEGAL_AID);
        }
        return usim;
    }

    /** GET IDENTITY in the context SUCI; the one for access without seamless offload has no calculators. */
    int getIdentity(Cursor cursor, Request request, Response out) {
        Df usim = cursor.application();
        if (request.p1() != 0 || (request.p2() & 0x7F) != SUCI_CONTEXT) { // bit 8: the application's own, which it is
            return WRONG_P1_P2;
        }
        if (request.length() != 0) {
            return WRONG_LENGTH;
        }
        if (usim == null
                || !Authentication.hasService(usim, PRIVACY)
                || !Authentication.hasService(usim, CALCULATION_BY_USIM)) {
            return FileFault.CONDITIONS_OF_USE.statusWord();
        }
        Pin pin = usim.pin(PIN1);
        if (pin != null && !pin.isSatisfied()) {
            return FileFault.SECURITY_STATUS.statusWord();
        }
        Registration registration = registered.get(usim);
        if (registration == null) {
            listener.dropped("GET IDENTITY", "no applet has registered a SUCI calculator for the USIM");
            return FileFault.DATA_NOT_FOUND.statusWord();
        }
        int length = compute(registration);
        if (length < 0) {
            return NO_PRECISE_DIAGNOSIS;
        }
        if (request.expected() != length) {
            return MORE_BYTES | (length & 0xFF);
        }
        out.add(buffer, 0, length);
        return OK;
    }

    /** Bytes of the data object that is in the buffer then; -1 where the calculator failed. */
    private int compute(Registration registration) {
        short[] length = new short[1];
        Arrays.fill(buffer, (byte) 0);
        Activation activation = new Activation(
                card,
                registration.applet,
                () -> length[0] = registration.calculator.getSUCI(buffer, (short) 0, (short) buffer.length));
        activation.start();
        if (card.transactions().isOpen()) {
            card.transactions().abort();
        }
        byte[] aid = new byte[16];
        String applet = HexFormat.of().withUpperCase().formatHex(aid, 0, registration.applet.getBytes(aid, (short) 0));
        if (activation.failure() != null) {
            listener.threw(applet, activation.failure());
            return -1;
        }
        if (!isSuci(length[0])) {
            listener.dropped("GET IDENTITY", "what the calculator of " + applet + " gave is no SUCI data object (A1)");
            return -1;
        }
        return length[0];
    }

    /** One data object with the tag of a SUCI, which ends where the calculator says. */
    private boolean isSuci(int length) {
        int first = buffer[1] & 0xFF;
        int end = first == 0x81 ? 3 + (buffer[2] & 0xFF) : first < 0x80 ? 2 + first : -1;
        return buffer[0] == SUCI && length == end && end <= buffer.length;
    }
}
