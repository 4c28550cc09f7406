// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import org.bipline.uicc.runtime.vm.TransientHolder;

/**
 * A position in the file system: each logical channel of the ME has one, each file view of an applet has one. It knows what can
 * be selected from where it is, and what its owner may do there.
 */
final class Cursor implements TransientHolder {
    private final FileSystem files;
    private final SecurityStatus status;
    private final Df root;

    /** Begins with 0 when the card has cleared it; empty for a cursor that nothing clears. */
    private final byte[] context;

    private Df application;
    private Df df;
    private Ef ef;
    private int record;

    /** The cursor of the ME, whose rights are the PINs that it has verified. */
    Cursor(FileSystem files) {
        this.files = files;
        this.root = files.mf();
        this.context = new byte[0];
        this.status = new SecurityStatus() {
            @Override
            public boolean opensAlways() {
                return true;
            }

            @Override
            public boolean isVerified(int keyReference) {
                Pin pin = pin(keyReference);
                return pin != null && pin.isSatisfied();
            }
        };
        reset();
    }

    /**
     * The cursor of an applet; {@code root} is the MF, or the ADF that the applet is confined to, and {@code context} the transient
     * array with which it is cleared.
     */
    Cursor(FileSystem files, Df root, AccessRights rights, byte[] context) {
        this.files = files;
        this.root = root;
        this.context = context;
        this.status = rights;
        reset();
    }

    /** Goes back to the root where the card has cleared the context since. */
    void refresh() {
        if (context.length > 0 && context[0] == 0) {
            context[0] = 1;
            reset();
        }
    }

    void reset() {
        select(root);
        application = root.application();
    }

    /** Takes the place of another cursor, as a logical channel that another one opened does. */
    void follow(Cursor other) {
        application = other.application;
        df = other.df();
        ef = null;
        record = 0;
    }

    FileSystem files() {
        return files;
    }

    Df df() {
        while (!df.exists()) { // deleted by somebody else
            df = df.parent();
            ef = null;
        }
        return df;
    }

    /** The selected EF, or null. */
    Ef ef() {
        if (ef != null && !ef.exists()) {
            ef = null;
        }
        return ef;
    }

    Df application() {
        return application;
    }

    void setApplication(Df adf) {
        application = adf;
    }

    /** The PIN or key that a reference means here, or null: local PINs belong to the current DF or the current application. */
    Pin pin(int reference) {
        Pin pin = df().pin(reference);
        return pin == null && application != null ? application.pin(reference) : pin;
    }

    void select(CardFile file) {
        if (file instanceof Ef chosen) {
            if (!chosen.take(this)) {
                throw FileFault.IN_USE.thrown();
            }
            ef = chosen;
            df = chosen.parent();
        } else {
            df = (Df) file;
            ef = null;
            if (df.application() != null) {
                application = df.application();
            }
        }
        record = 0;
    }

    /**
     * SELECT by file identifier, ETSI TS 102 221 clause 8.4.1: a child of the current DF, the DF itself, its parent, a DF beside
     * it, the MF, the current ADF.
     */
    CardFile find(int identifier) {
        if (identifier == FileSystem.MF && root.parent() == null) {
            return root;
        }
        if (identifier == FileSystem.CURRENT_ADF && application != null) {
            return application;
        }
        Df current = df();
        CardFile found = current.child(identifier);
        if (found == null && identifier == current.identifier()) {
            found = current;
        }
        if (found == null && current != root && current.parent() != null) {
            Df parent = current.parent();
            found = identifier == parent.identifier() ? parent : parent.child(identifier);
            if (found instanceof Ef) {
                found = null;
            }
        }
        if (found == null) {
            throw FileFault.NOT_FOUND.thrown();
        }
        return found;
    }

    /** SELECT by path; the path begins below {@code from}, or with 7FFF at the current application. */
    CardFile findPath(Df from, byte[] path, int offset, int length) {
        CardFile file = from;
        for (int i = offset; i < offset + length; i += 2) {
            int identifier = ((path[i] & 0xFF) << 8) | (path[i + 1] & 0xFF);
            if (i == offset && identifier == FileSystem.CURRENT_ADF) {
                file = application;
            } else {
                file = file instanceof Df parent ? parent.child(identifier) : null;
            }
            if (file == null) {
                throw FileFault.NOT_FOUND.thrown();
            }
        }
        return file;
    }

    void selectShort(int shortIdentifier) {
        for (CardFile file : df().children()) {
            if (shortIdentifier != 0 && file instanceof Ef found && found.shortIdentifier() == shortIdentifier) {
                select(found);
                return;
            }
        }
        throw FileFault.NOT_FOUND.thrown();
    }

    Ef selected() {
        if (ef() == null) {
            throw FileFault.NO_EF_SELECTED.thrown();
        }
        return ef;
    }

    void require(Access access, CardFile file) {
        if (!isAllowed(access, file)) {
            throw FileFault.SECURITY_STATUS.thrown();
        }
    }

    boolean isAllowed(Access access, CardFile file) {
        return file.condition(access).isSatisfied(status);
    }

    /** The selected EF, whose data the owner may now read or change. */
    private Ef accessible(Access access) {
        require(access, ef);
        if (ef.isTerminated()) {
            throw FileFault.TERMINATED.thrown();
        }
        if (!ef.isActivated()) {
            throw FileFault.DEACTIVATED.thrown();
        }
        return ef;
    }

    Ef binary(Access access) {
        return structured(Ef.Structure.TRANSPARENT, access);
    }

    Ef structured(Ef.Structure structure, Access access) {
        if (selected().structure() != structure) {
            throw FileFault.WRONG_STRUCTURE.thrown();
        }
        return accessible(access);
    }

    Ef records(Access access) {
        if (!selected().hasRecords()) {
            throw FileFault.WRONG_STRUCTURE.thrown();
        }
        return accessible(access);
    }

    void updateBinary(int offset, byte[] source, int sourceOffset, int length) {
        binary(Access.UPDATE);
        if (offset < 0 || length < 0 || offset + length > ef.size()) {
            throw FileFault.OUT_OF_FILE.thrown();
        }
        ef.write(offset, source, sourceOffset, length, files.transactions());
        files.updated(ef);
    }

    /** The record that number and mode name, which becomes the current one where the mode moves. ETSI TS 102 221 clause 11.1.5. */
    int record(int number, int mode) {
        int count = ef.records();
        int chosen = switch (mode) {
            case 2 -> record + 1;
            case 3 -> record == 0 ? count : record - 1;
            case 4 -> number == 0 ? record : number;
            default -> throw FileFault.INVALID_MODE.thrown();
        };
        if (ef.structure() == Ef.Structure.CYCLIC && mode != 4) {
            chosen = chosen > count ? 1 : chosen < 1 ? count : chosen;
        }
        if (chosen < 1 || chosen > count) {
            throw FileFault.RECORD_NOT_FOUND.thrown();
        }
        if (mode != 4) {
            record = chosen;
        }
        return chosen;
    }

    void updateRecord(int number, int mode, int offset, byte[] source, int sourceOffset, int length) {
        records(Access.UPDATE);
        if (offset < 0 || length < 0 || offset + length > ef.recordLength()) {
            throw FileFault.OUT_OF_RECORD.thrown();
        }
        if (ef.structure() == Ef.Structure.CYCLIC) {
            if (mode != 3 || offset != 0 || length != ef.recordLength()) {
                throw FileFault.INVALID_MODE.thrown();
            }
            ef.rotate(source, sourceOffset, files.transactions());
            record = 1;
        } else {
            int start = (record(number, mode) - 1) * ef.recordLength() + offset;
            ef.write(start, source, sourceOffset, length, files.transactions());
        }
        files.updated(ef);
    }

    /** INCREASE: adds to the newest record and puts the sum in a new one; the sum is in {@code sum}. */
    void increase(byte[] value, int offset, int length, byte[] sum) {
        structured(Ef.Structure.CYCLIC, Access.INCREASE);
        ef.read(0, sum, 0, ef.recordLength());
        int carry = 0;
        for (int i = 1; i <= ef.recordLength(); i++) {
            int digit =
                    (sum[ef.recordLength() - i] & 0xFF) + (i <= length ? value[offset + length - i] & 0xFF : 0) + carry;
            sum[ef.recordLength() - i] = (byte) digit;
            carry = digit >> 8;
        }
        if (carry != 0) {
            throw FileFault.MAX_VALUE.thrown();
        }
        ef.rotate(sum, 0, files.transactions());
        record = 1;
        files.updated(ef);
    }

    /** ACTIVATE FILE and DEACTIVATE FILE; nothing happens where the file is in the state already. */
    void setActivated(boolean activated) {
        require(activated ? Access.ACTIVATE : Access.DEACTIVATE, selected());
        if (ef.isTerminated()) {
            throw FileFault.TERMINATED.thrown();
        }
        ef.setLifeCycle(activated ? LifeCycle.ACTIVATED : LifeCycle.DEACTIVATED, files.transactions());
    }

    int currentRecord() {
        return record;
    }

    void setCurrentRecord(int record) {
        this.record = record;
    }
}
