// SPDX-License-Identifier: Apache-2.0
package uicc.usim.toolkit;

import uicc.toolkit.EnvelopeHandler;
import uicc.toolkit.ToolkitException;

/**
 * The envelope handler of events that carry a short message, a cell broadcast page or a USSD string. The methods look
 * for the first SMS TPDU, cell broadcast page or USSD string and make it current; offsets count from the first byte of
 * its value, so {@link #getValueByte} and {@link #copyValue} take them as they are. A formatted message has been
 * checked and deciphered by the framework (3GPP TS 31.115), and a concatenated one joined.
 */
public interface USATEnvelopeHandler extends EnvelopeHandler {
    /**
     * Returns where the TP-User-Data-Length stands. Its value says nothing of a concatenated message: use {@link
     * #getUserDataLength}.
     *
     * @return offset in the SMS TPDU
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is no SMS TPDU or no such field
     */
    short getTPUDLOffset() throws ToolkitException;

    /**
     * Returns where the application's data begins, behind the command header of a formatted message.
     *
     * @return offset; where there is no data, that of the first byte behind the command packet
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is no message or it is not formatted
     */
    short getSecuredDataOffset() throws ToolkitException;

    /**
     * Returns the length of the application's data of a formatted message, without padding.
     *
     * @return bytes, 0 if there is none
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is no message or it is not formatted
     */
    short getSecuredDataLength() throws ToolkitException;

    /**
     * Returns the length of the user data of the short message, of all parts together.
     *
     * @return bytes
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is no SMS TPDU
     */
    short getUserDataLength() throws ToolkitException;

    /**
     * Returns where the text of the short message or the broadcast page begins, behind the user data header if there is
     * one.
     *
     * @return offset
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is neither
     */
    short getShortMessageOffset() throws ToolkitException;

    /**
     * Returns the length of the text of the short message or of all its broadcast pages, without user data header.
     *
     * @return bytes, 0 if there is none
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is neither
     */
    short getShortMessageLength() throws ToolkitException;
}
