// SPDX-License-Identifier: Apache-2.0
package uicc.system;

import javacard.framework.SystemException;
import org.bipline.uicc.spi.ToolkitRuntime;
import uicc.toolkit.EditHandler;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ViewHandler;

public final class HandlerBuilder {
    public static final byte EDIT_HANDLER = 1;

    public static final byte BER_EDIT_HANDLER = 2;

    private HandlerBuilder() {}

    public static ViewHandler buildTLVHandler(byte type, short capacity) throws SystemException {
        return ToolkitRuntime.get().buildTlvHandler(type, capacity);
    }

    public static ViewHandler buildTLVHandler(byte type, short capacity, byte[] buffer, short offset, short length)
            throws ArrayIndexOutOfBoundsException, SystemException, NullPointerException, ToolkitException {
        EditHandler handler = ToolkitRuntime.get().buildTlvHandler(type, capacity);
        try {
            handler.appendArray(buffer, offset, length);
        } catch (ToolkitException e) { // the one thing that can be wrong with a new handler is its capacity
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        return handler;
    }
}
