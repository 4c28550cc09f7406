// SPDX-License-Identifier: Apache-2.0
package uicc.system;

import javacard.framework.SystemException;
import org.bipline.uicc.spi.ToolkitRuntime;
import uicc.toolkit.EditHandler;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ViewHandler;

/**
 * Makes handlers that belong to the applet, beside those that the framework lends it. Each call takes memory for good,
 * so call it while the applet is installed.
 */
public final class HandlerBuilder {
    /** Makes an {@link uicc.toolkit.EditHandler}. */
    public static final byte EDIT_HANDLER = 1;

    /** Makes a {@link uicc.toolkit.BERTLVEditHandler}. */
    public static final byte BER_EDIT_HANDLER = 2;

    private HandlerBuilder() {}

    /**
     * Makes an empty handler.
     *
     * @param type {@link #EDIT_HANDLER} for an {@link uicc.toolkit.EditHandler}, {@link #BER_EDIT_HANDLER} for a {@link
     *     uicc.toolkit.BERTLVEditHandler}; cast the result to it
     * @param capacity largest length of the TLV list, in bytes
     * @return the handler
     * @throws SystemException ILLEGAL_VALUE for another type or a negative capacity; NO_RESOURCE if the memory does not
     *     suffice
     */
    public static ViewHandler buildTLVHandler(byte type, short capacity) throws SystemException {
        return ToolkitRuntime.get().buildTlvHandler(type, capacity);
    }

    /**
     * Makes a handler that holds a copy of the bytes given.
     *
     * @param type as in {@link #buildTLVHandler(byte, short)}
     * @param capacity largest length of the TLV list, in bytes
     * @param buffer holds the TLV list
     * @param offset where it begins in {@code buffer}
     * @param length number of bytes, at most {@code capacity}
     * @return the handler
     * @throws NullPointerException if {@code buffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code buffer}
     * @throws SystemException ILLEGAL_VALUE for another type or a negative capacity; NO_RESOURCE if the memory does not
     *     suffice
     * @throws ToolkitException BAD_INPUT_PARAMETER if {@code length} is greater than {@code capacity}
     */
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
