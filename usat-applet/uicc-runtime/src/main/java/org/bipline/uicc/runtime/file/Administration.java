// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.Arrays;
import java.util.List;
import org.bipline.uicc.runtime.vm.Transactions;

/**
 * The administrative commands of ETSI TS 102 222 on the files round a cursor. Each is one change: it is made whole, or a fault
 * leaves everything as it was.
 */
final class Administration {
    private final FileSystem files;
    private final Cursor cursor;

    Administration(Cursor cursor) {
        this.files = cursor.files();
        this.cursor = cursor;
    }

    private Transactions transactions() {
        return files.transactions();
    }

    /** CREATE FILE in the current DF; the new file is then the current one. */
    void create(FileParameters parameters) {
        Df df = cursor.df();
        boolean directory = parameters.isDf();
        cursor.require(directory ? Access.CREATE_DF : Access.CREATE_EF, df);
        if (df.isTerminated()) {
            throw FileFault.TERMINATED.thrown();
        }
        int identifier = parameters.identifier();
        if (df.child(identifier) != null
                || identifier == df.identifier()
                || identifier == FileSystem.MF
                || identifier == FileSystem.CURRENT_ADF) {
            throw FileFault.FILE_EXISTS.thrown();
        }
        byte[] name = parameters.name();
        if (files.applications().stream().anyMatch(adf -> Arrays.equals(adf.aid(), name))) {
            throw FileFault.DF_NAME_EXISTS.thrown();
        }
        CardFile file;
        if (directory) {
            if (name.length > 0) { // an ADF comes into being with its application, not by a command
                throw FileFault.INCORRECT_PARAMETERS.thrown();
            }
            parameters.size();
            file = new Df(df, identifier, parameters.security(), name, List.of());
        } else {
            Ef.Description description = parameters.ef();
            int size = parameters.size();
            if (size > files.free()) {
                throw FileFault.NO_MEMORY.thrown();
            }
            byte[] contents = new byte[size];
            Arrays.fill(contents, (byte) 0xFF);
            file = new Ef(df, description, contents);
        }
        file.setLifeCycle(parameters.lifeCycle(), transactions());
        df.add(file, transactions());
        cursor.select(file);
    }

    /** DELETE FILE; the DF that held the file is then the current one where the file was. */
    void delete(CardFile file) {
        Df holder = file.parent();
        if (holder == null || (file instanceof Df df && df.isAdf())) {
            throw FileFault.CONDITIONS_OF_USE.thrown();
        }
        if (!cursor.isAllowed(Access.DELETE, file) && !cursor.isAllowed(Access.DELETE_CHILD, holder)) {
            throw FileFault.SECURITY_STATUS.thrown();
        }
        if (file instanceof Ef ef && !ef.take(cursor)) {
            throw FileFault.IN_USE.thrown();
        }
        holder.remove(file, transactions());
    }

    /** RESIZE FILE: the new size of an EF of the current DF; {@code empty}: the objects of a BER-TLV structure EF go first. */
    void resize(FileParameters parameters, boolean empty) {
        CardFile file = cursor.df().child(parameters.identifier());
        if (!(file instanceof Ef ef)) {
            throw FileFault.NOT_FOUND.thrown();
        }
        if (ef.structure() == Ef.Structure.CYCLIC) {
            throw FileFault.WRONG_STRUCTURE.thrown();
        }
        cursor.require(Access.RESIZE, ef);
        if (ef.isTerminated()) {
            throw FileFault.TERMINATED.thrown();
        }
        if (!ef.isActivated()) {
            throw FileFault.DEACTIVATED.thrown();
        }
        int size = parameters.size();
        boolean tlv = ef.structure() == Ef.Structure.BER_TLV;
        if (ef.hasRecords() && (size % ef.recordLength() != 0 || size == 0 || size / ef.recordLength() > 254)) {
            throw FileFault.INCORRECT_PARAMETERS.thrown();
        }
        if (tlv && !empty && size < ef.used()) {
            throw FileFault.CONDITIONS_OF_USE.thrown();
        }
        if (size - ef.size() > files.free()) {
            throw FileFault.NO_MEMORY.thrown();
        }
        ef.resize(size, tlv && empty, transactions());
        cursor.select(ef);
    }

    /** TERMINATE EF and TERMINATE DF, which nothing undoes. */
    void terminate(CardFile file) {
        cursor.require(Access.TERMINATE, file);
        file.setLifeCycle(LifeCycle.TERMINATED, transactions());
    }
}
