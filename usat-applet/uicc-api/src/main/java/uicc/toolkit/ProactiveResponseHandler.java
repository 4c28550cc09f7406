// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

public interface ProactiveResponseHandler extends ViewHandler {
    byte getGeneralResult() throws ToolkitException;

    short getAdditionalInformationLength() throws ToolkitException;

    short copyAdditionalInformation(byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    byte getItemIdentifier() throws ToolkitException;

    short getTextStringLength() throws ToolkitException;

    byte getTextStringCodingScheme() throws ToolkitException;

    short copyTextString(byte[] dstBuffer, short dstOffset)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    byte getChannelIdentifier() throws ToolkitException;

    short getChannelStatus(byte channelIdentifier) throws ToolkitException;

    short copyChannelData(byte[] dstBuffer, short dstOffset, short dstLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;
}
