// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.function.Predicate;
import org.bipline.uicc.runtime.vm.Transactions;

/**
 * A position in the file system and what can be done there: the ME has one, each file view of an applet has one. Whoever owns
 * it says which access conditions are satisfied.
 */
public final class Cursor {
    private final FileSystem files;
    private final Predicate<AccessRule.Condition> satisfied;
    private final Df root;
    private Df application;
    private Df df;
    private Ef ef;
    private int record;

    /** {@code root} is the MF, or the ADF that the owner is confined to. */
    Cursor(FileSystem files, Df root, Predicate<AccessRule.Condition> satisfied) {
        this.files = files;
        this.root = root;
        this.satisfied = satisfied;
        reset();
    }

    void reset() {
        select(root);
        application = root.application();
    }

    public Df df() {
        return df;
    }

    public Ef ef() {
        return ef;
    }

    Df application() {
        return application;
    }

    void setApplication(Df adf) {
        application = adf;
    }

    void select(CardFile file) {
        record = 0;
        if (file instanceof Df chosen) {
            df = chosen;
            ef = null;
            if (chosen.application() != null) {
                application = chosen.application();
            }
        } else {
            ef = (Ef) file;
            df = ef.parent();
        }
    }

    /** SELECT by file identifier, ETSI TS 102 221 clause 8.4: a child, the parent, a DF beside, the MF, the current ADF. */
    CardFile find(int identifier) {
        if (identifier == FileSystem.MF && root.parent() == null) {
            return root;
        }
        if (identifier == FileSystem.CURRENT_ADF) {
            return currentApplication();
        }
        CardFile found = df.child(identifier);
        if (found == null && identifier == df.identifier()) {
            found = df;
        }
        if (found == null && df != root && df.parent() != null) {
            Df parent = df.parent();
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

    private Df currentApplication() {
        if (application == null) {
            throw FileFault.NOT_FOUND.thrown();
        }
        return application;
    }

    CardFile findPath(Df from, byte[] path, int offset, int length) {
        CardFile file = from;
        for (int i = offset; i < offset + length; i += 2) {
            int identifier = ((path[i] & 0xFF) << 8) | (path[i + 1] & 0xFF);
            if (i == offset && identifier == FileSystem.CURRENT_ADF) {
                file = currentApplication();
            } else if (identifier != FileSystem.MF || i != offset) {
                file = file instanceof Df parent ? parent.child(identifier) : null;
            }
            if (file == null) {
                throw FileFault.NOT_FOUND.thrown();
            }
        }
        return file;
    }

    void selectShort(int shortIdentifier) {
        for (CardFile file : df.children()) {
            if (file instanceof Ef found && found.shortIdentifier() == shortIdentifier) {
                select(found);
                return;
            }
        }
        throw FileFault.NOT_FOUND.thrown();
    }

    private void check(Ef.Structure structure, boolean orRecords, AccessRule.Condition condition) {
        if (ef.structure() != structure && !(orRecords && ef.structure() != Ef.Structure.TRANSPARENT)) {
            throw FileFault.WRONG_STRUCTURE.thrown();
        }
        require(condition);
        if (!ef.isActivated()) {
            throw FileFault.DEACTIVATED.thrown();
        }
    }

    private void require(AccessRule.Condition condition) {
        if (!satisfied.test(condition)) {
            throw FileFault.SECURITY_STATUS.thrown();
        }
    }

    Ef selected() {
        if (ef == null) {
            throw FileFault.NO_EF_SELECTED.thrown();
        }
        return ef;
    }

    Ef readableTransparent() {
        check(Ef.Structure.TRANSPARENT, false, selected().rule().read());
        return ef;
    }

    Ef readableRecords() {
        check(Ef.Structure.LINEAR_FIXED, true, selected().rule().read());
        return ef;
    }

    void updateBinary(int offset, byte[] source, int sourceOffset, int length) {
        check(Ef.Structure.TRANSPARENT, false, selected().rule().update());
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
        check(Ef.Structure.LINEAR_FIXED, true, selected().rule().update());
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
        check(Ef.Structure.CYCLIC, false, selected().rule().update());
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

    void setActivated(boolean activated) {
        require(selected().rule().administer());
        ef.setActivated(activated, files.transactions());
    }

    int currentRecord() {
        return record;
    }

    void setCurrentRecord(int record) {
        this.record = record;
    }

    Transactions transactions() {
        return files.transactions();
    }
}
