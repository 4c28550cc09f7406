// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.bipline.uicc.runtime.vm.Transactions;

/** The files of one card and its PINs. */
public final class FileSystem {
    static final int MF = 0x3F00;
    static final int CURRENT_ADF = 0x7FFF;

    private final Df mf;
    private final List<Df> applications = new ArrayList<>(1);
    private final Transactions transactions;
    private final Pin[] pins = {
        new Pin(0x01, code("0000"), code("12345678"), 3, false),
        new Pin(0x81, code("0000"), code("12345678"), 3, true),
        new Pin(0x0A, code("88888888"), new byte[0], 10, true)
    };
    private Consumer<Ef> updated = ef -> {};

    /** Counts the resets: a view whose selection is transient sees by it that it is void. */
    private int session;

    FileSystem(Df mf, Transactions transactions) {
        this.mf = mf;
        this.transactions = transactions;
    }

    void addApplication(Df adf) {
        applications.add(adf);
    }

    /** Sets who hears of every successful update of an EF. */
    public void onUpdate(Consumer<Ef> listener) {
        updated = listener;
    }

    void updated(Ef ef) {
        updated.accept(ef);
    }

    Transactions transactions() {
        return transactions;
    }

    public Df mf() {
        return mf;
    }

    /** The application whose AID begins with these bytes, or null. */
    public Df application(byte[] aid, int offset, int length) {
        for (Df adf : applications) {
            if (length > 0 && length <= adf.aid().length && startsWith(adf.aid(), aid, offset, length)) {
                return adf;
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] whole, byte[] part, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (whole[i] != part[offset + i]) {
                return false;
            }
        }
        return true;
    }

    /** A child of {@code df}; 7FFF is {@code adf}. Null where there is none. */
    public CardFile below(Df df, Df adf, int identifier) {
        return identifier == CURRENT_ADF && adf != null ? adf : df.child(identifier);
    }

    /** What a loss of power ends: the verified states of the PINs. */
    public void reset() {
        session++;
        for (Pin pin : pins) {
            pin.reset();
        }
    }

    int session() {
        return session;
    }

    Pin pin(int reference) {
        for (Pin pin : pins) {
            if (pin.reference() == reference) {
                return pin;
            }
        }
        return null;
    }

    boolean isSatisfied(AccessRule.Condition condition) {
        return switch (condition) {
            case ALWAYS -> true;
            case NEVER -> false;
            default -> pin(condition.keyReference()).isSatisfied();
        };
    }

    /** Digits of a PIN, padded with FF to 8 bytes. */
    static byte[] code(String digits) {
        byte[] padded = new byte[Pin.LENGTH];
        Arrays.fill(padded, (byte) 0xFF);
        byte[] ascii = digits.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, padded, 0, ascii.length);
        return padded;
    }
}
