// SPDX-License-Identifier: Apache-2.0
package uicc.access;

import java.util.Objects;
import javacard.framework.AID;
import javacard.framework.SystemException;
import org.bipline.uicc.spi.ToolkitRuntime;

public class UICCSystem {
    private UICCSystem() {}

    public static FileView getTheUICCView(byte event) throws SystemException {
        return ToolkitRuntime.get().getUiccView(event);
    }

    public static FileView getTheFileView(AID aid, byte event) throws NullPointerException, SystemException {
        return ToolkitRuntime.get().getFileView(Objects.requireNonNull(aid), event);
    }

    public static FileView getTheFileView(byte[] buffer, short offset, byte length, byte event)
            throws NullPointerException, ArrayIndexOutOfBoundsException, SystemException {
        return ToolkitRuntime.get().getFileView(new AID(buffer, offset, length), event);
    }
}
