// SPDX-License-Identifier: Apache-2.0
package uicc.access.fileadministration;

import java.util.Objects;
import javacard.framework.AID;
import javacard.framework.SystemException;
import org.bipline.uicc.spi.ToolkitRuntime;

public class AdminFileViewBuilder {
    private AdminFileViewBuilder() {}

    public static AdminFileView getTheUICCAdminFileView(byte event) throws SystemException {
        return ToolkitRuntime.get().getUiccAdminView(event);
    }

    public static AdminFileView getTheAdminFileView(AID aid, byte event) throws NullPointerException, SystemException {
        return ToolkitRuntime.get().getAdminView(Objects.requireNonNull(aid), event);
    }

    public static AdminFileView getTheAdminFileView(byte[] buffer, short offset, byte length, byte event)
            throws NullPointerException, ArrayIndexOutOfBoundsException, SystemException {
        return ToolkitRuntime.get().getAdminView(new AID(buffer, offset, length), event);
    }
}
