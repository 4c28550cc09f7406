// SPDX-License-Identifier: Apache-2.0
package uicc.access.fileadministration;

import javacard.framework.TransactionException;
import uicc.access.FileView;
import uicc.access.UICCException;
import uicc.toolkit.ViewHandler;

/**
 * A file view that also creates, deletes and resizes files, with the commands of ETSI TS 102 222. Each change is atomic
 * and takes part in a transaction that is open.
 */
public interface AdminFileView extends FileView {
    /**
     * Deletes an EF of the current DF, or a DF with all below it.
     *
     * @param fid file identifier
     * @throws UICCException FILE_NOT_FOUND; SECURITY_STATUS_NOT_SATISFIED; MEMORY_PROBLEM; INTERNAL_ERROR
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void deleteFile(short fid) throws UICCException, TransactionException;

    /**
     * Creates a file in the current DF or ADF and selects it.
     *
     * @param viewHandler holds the value of the FCP template of CREATE FILE
     * @throws NullPointerException if {@code viewHandler} is null
     * @throws UICCException SECURITY_STATUS_NOT_SATISFIED; MEMORY_PROBLEM; INTERNAL_ERROR
     * @throws AdminException FILE_ALREADY_EXISTS; DF_NAME_ALREADY_EXISTS; INCORRECT_PARAMETERS; NOT_ENOUGH_MEMORY_SPACE
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void createFile(ViewHandler viewHandler)
            throws NullPointerException, UICCException, AdminException, TransactionException;

    /**
     * Changes the size of a file of the current DF or ADF.
     *
     * @param viewHandler holds the value of the FCP template of RESIZE FILE
     * @throws NullPointerException if {@code viewHandler} is null
     * @throws UICCException FILE_NOT_FOUND; COMMAND_INCOMPATIBLE; SECURITY_STATUS_NOT_SATISFIED; REF_DATA_INVALIDATED;
     *     MEMORY_PROBLEM; INTERNAL_ERROR
     * @throws AdminException CONDITIONS_OF_USE_NOT_SATISFIED; INCORRECT_PARAMETERS; NOT_ENOUGH_MEMORY_SPACE
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void resizeFile(ViewHandler viewHandler)
            throws NullPointerException, UICCException, AdminException, TransactionException;
}
