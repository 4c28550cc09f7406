// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.function.BooleanSupplier;
import uicc.access.fileadministration.AdminFileView;
import uicc.toolkit.ViewHandler;

/** A view that also creates, deletes and resizes files. ETSI TS 102 241, AdminFileView. */
public final class CardAdminFileView extends CardFileView implements AdminFileView {
    /** As {@link CardFileView}; the rights are those of the administrative access domain. */
    public CardAdminFileView(
            FileSystem files, Df adf, AccessRights rights, byte[] context, BooleanSupplier accessible) {
        super(files, adf, rights, context, accessible);
    }

    private Administration administration() {
        return new Administration(cursor());
    }

    private static FileParameters parameters(ViewHandler handler) {
        byte[] value = new byte[handler.getLength()];
        handler.copy(value, (short) 0, (short) value.length);
        return FileParameters.read(value, 0, value.length);
    }

    @Override
    public void deleteFile(short fid) {
        try {
            administration().delete(cursor().find(fid & 0xFFFF));
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public void createFile(ViewHandler viewHandler) {
        try {
            administration().create(parameters(viewHandler));
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }

    @Override
    public void resizeFile(ViewHandler viewHandler) {
        try {
            administration().resize(parameters(viewHandler), false);
        } catch (FileFault.Thrown e) {
            throw e.fault().exception();
        }
    }
}
