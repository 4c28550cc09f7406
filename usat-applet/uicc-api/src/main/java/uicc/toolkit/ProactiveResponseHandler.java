// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/**
 * The TERMINAL RESPONSE to the last command that the applet sent. Available from the return of {@link
 * ProactiveHandler#send} until the next {@code send()} begins or {@code processToolkit} returns. The methods look for
 * the first data object of their kind and make it current.
 */
public interface ProactiveResponseHandler extends ViewHandler {
    /**
     * Returns the first byte of the result.
     *
     * @return {@code ToolkitConstants.RES_...}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is no result; OUT_OF_TLV_BOUNDARIES if it is empty
     */
    byte getGeneralResult() throws ToolkitException;

    /**
     * Returns the length of the result behind its first byte.
     *
     * @return bytes
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is no result
     */
    short getAdditionalInformationLength() throws ToolkitException;

    /**
     * Copies from the result, from its second byte on, where for instance the cause of a channel error stands.
     *
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes
     * @return {@code dstOffset + dstLength}
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} or {@code dstLength} is negative or the range ends
     *     beyond {@code dstBuffer}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is no result; OUT_OF_TLV_BOUNDARIES if it is shorter
     */
    short copyAdditionalInformation(byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Returns the item that the user chose in SELECT ITEM.
     *
     * @return identifier of the item, as given in the command
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES if it is empty
     */
    byte getItemIdentifier() throws ToolkitException;

    /**
     * Returns the length of the text that the user entered, without the data coding scheme.
     *
     * @return bytes
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none
     */
    short getTextStringLength() throws ToolkitException;

    /**
     * Returns the data coding scheme of the text that the user entered.
     *
     * @return 00 GSM 7 bit packed, 04 8 bit, 08 UCS2
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES if it is empty
     */
    byte getTextStringCodingScheme() throws ToolkitException;

    /**
     * Copies the text that the user entered, without the data coding scheme.
     *
     * @param dstBuffer takes the text
     * @param dstOffset where it goes in {@code dstBuffer}
     * @return {@code dstOffset} plus the length of the text
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} is negative or the text does not fit behind it
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none
     */
    short copyTextString(byte[] dstBuffer, short dstOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    /**
     * Returns the channel identifier of the first channel status, which is how OPEN CHANNEL names the new channel.
     *
     * @return 1 to 7, or 0 where the status names no channel
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES if it is empty
     */
    byte getChannelIdentifier() throws ToolkitException;

    /**
     * Returns the first channel status of a channel.
     *
     * @param channelIdentifier 1 to 7
     * @return both bytes of the channel status, the one with the channel identifier as upper byte
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none of this channel; OUT_OF_TLV_BOUNDARIES if it is
     *     shorter than two bytes
     */
    short getChannelStatus(byte channelIdentifier) throws ToolkitException;

    /**
     * Copies from the first channel data, the bytes that RECEIVE DATA fetched.
     *
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes
     * @return {@code dstOffset + dstLength}
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} or {@code dstLength} is negative or the range ends
     *     beyond {@code dstBuffer}
     * @throws ToolkitException UNAVAILABLE_ELEMENT if there is none; OUT_OF_TLV_BOUNDARIES if it is shorter
     */
    short copyChannelData(byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;
}
