// SPDX-License-Identifier: Apache-2.0
package uicc.access.fileadministration;

import javacard.framework.TransactionException;
import uicc.access.FileView;
import uicc.access.UICCException;
import uicc.toolkit.ViewHandler;

public interface AdminFileView extends FileView {
    void deleteFile(short fid) throws UICCException, TransactionException;

    void createFile(ViewHandler viewHandler)
            throws NullPointerException, UICCException, AdminException, TransactionException;

    void resizeFile(ViewHandler viewHandler)
            throws NullPointerException, UICCException, AdminException, TransactionException;
}
