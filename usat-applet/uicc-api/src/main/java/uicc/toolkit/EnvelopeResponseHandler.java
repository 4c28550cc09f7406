// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import javacard.framework.APDUException;

/**
 * The response to the ENVELOPE command that triggered the applet. Fill it and {@link #post} it before the first {@code
 * send()}: the response leaves together with the announcement of the first proactive command.
 */
public interface EnvelopeResponseHandler extends EditHandler {
    /**
     * Sets the response to the data objects in this handler. The handler is not available afterwards.
     *
     * @param statusType true where the envelope was processed well; the framework chooses the status word for either
     * @throws APDUException BAD_LENGTH if the response is longer than 256 bytes
     * @throws ToolkitException HANDLER_NOT_AVAILABLE
     */
    void post(boolean statusType) throws APDUException, ToolkitException;

    /**
     * Sets the response to a BER-TLV object with the data objects in this handler, as the answer to call control and to
     * an unrecognised envelope is coded. The handler is not available afterwards.
     *
     * @param statusType true where the envelope was processed well; the framework chooses the status word for either
     * @param tag tag of the BER-TLV object; for call control it is the result (allowed, not allowed, with
     *     modifications)
     * @throws APDUException BAD_LENGTH if the response is longer than 256 bytes
     * @throws ToolkitException HANDLER_NOT_AVAILABLE
     */
    void postAsBERTLV(boolean statusType, byte tag) throws APDUException, ToolkitException;
}
