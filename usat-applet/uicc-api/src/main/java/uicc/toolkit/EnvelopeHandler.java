// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/**
 * What the ME sent in the ENVELOPE command that triggered the applet; for events that come from another command, what
 * the framework made of it. Available from the start of {@code processToolkit} until it returns, and after a {@code
 * send()} too; the content stays. For an applet that was not triggered with an envelope it is not available.
 */
public interface EnvelopeHandler extends BERTLVViewHandler {
    /**
     * Returns the item identifier of a menu selection and makes it the current data object.
     *
     * @return identifier, as returned by {@link ToolkitRegistry#initMenuEntry}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES if it is empty;
     *     HANDLER_NOT_AVAILABLE
     */
    byte getItemIdentifier() throws ToolkitException;

    /**
     * Returns the channel identifier of the first channel status and makes it the current data object.
     *
     * @return 1 to 7, or 0 where the status names no channel
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES if it is empty;
     *     HANDLER_NOT_AVAILABLE
     */
    byte getChannelIdentifier() throws ToolkitException;

    /**
     * Returns the first channel status of a channel and makes it the current data object.
     *
     * @param channelIdentifier 1 to 7
     * @return both bytes of the channel status, the one with the channel identifier as upper byte
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none of this channel; OUT_OF_TLV_BOUNDARIES if it is
     *     shorter than two bytes; HANDLER_NOT_AVAILABLE
     */
    short getChannelStatus(byte channelIdentifier) throws ToolkitException;
}
