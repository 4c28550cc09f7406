// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bipline.uicc.runtime.ota.Keyset;
import org.bipline.uicc.runtime.vm.Transactions;

/** The files of one card and its PINs. */
public final class FileSystem {
    static final int MF = 0x3F00;
    static final int CURRENT_ADF = 0x7FFF;

    /** Bytes that the EFs of the card can take together. */
    private static final int MEMORY = 0x20000;

    private final Df mf;
    private final List<Df> applications = new ArrayList<>(1);
    private final Transactions transactions;

    /** The subscriber's key and sequence numbers; null where the card has none. */
    private Aka aka;

    private final List<Keyset> otaKeysets = new ArrayList<>(0);

    private SuciCalculators suciCalculators;
    private Consumer<Ef> updated = ef -> {};

    FileSystem(Df mf, Transactions transactions) {
        this.mf = mf;
        this.transactions = transactions;
    }

    Aka aka() {
        return aka;
    }

    void setAka(Aka subscriber) {
        aka = subscriber;
    }

    /** The keysets for secured packets. */
    public List<Keyset> otaKeysets() {
        return List.copyOf(otaKeysets);
    }

    /** False where there is one of the same version. */
    boolean addOtaKeyset(Keyset keyset) {
        return otaKeysets.stream().noneMatch(known -> known.version() == keyset.version()) && otaKeysets.add(keyset);
    }

    SuciCalculators suciCalculators() {
        return suciCalculators;
    }

    void setSuciCalculators(SuciCalculators calculators) {
        suciCalculators = calculators;
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
        return application(aid, offset, length, null, false);
    }

    /**
     * The application whose AID begins with these bytes: the first one, the last one, or the one behind or before {@code from}. Null
     * where there is none.
     */
    Df application(byte[] aid, int offset, int length, Df from, boolean backward) {
        List<Df> order = backward ? applications.reversed() : applications;
        for (Df adf : order.subList(order.indexOf(from) + 1, order.size())) {
            if (length > 0 && length <= adf.aid().length && startsWith(adf.aid(), aid, offset, length)) {
                return adf;
            }
        }
        return null;
    }

    List<Df> applications() {
        return applications;
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
        reset(mf);
        applications.forEach(FileSystem::reset);
    }

    /** Takes the verified states of the PINs of a DF and of those below it away. */
    static void reset(Df df) {
        df.pins().forEach(Pin::reset);
        for (CardFile file : df.children()) {
            if (file instanceof Df below) {
                reset(below);
            }
        }
    }

    /** Bytes left for files. */
    int free() {
        return MEMORY - mf.size() - applications.stream().mapToInt(Df::size).sum();
    }
}
