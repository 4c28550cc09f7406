// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import org.bipline.uicc.runtime.vm.TemporaryEntryPoint;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;

/** The TERMINAL RESPONSE to what an applet sent last. ETSI TS 102 241, ProactiveResponseHandler. */
final class ProactiveResponse extends TlvHandler implements ProactiveResponseHandler, TemporaryEntryPoint {
    private final Trigger trigger;

    ProactiveResponse(Trigger trigger) {
        this.trigger = trigger;
    }

    @Override
    void check() {
        if (!trigger.isCurrent()) {
            ToolkitException.throwIt(ToolkitException.HANDLER_NOT_AVAILABLE);
        }
    }

    @Override
    public byte getGeneralResult() {
        require(ToolkitConstants.TAG_RESULT, 1);
        return getValueByte((short) 0);
    }

    @Override
    public short getAdditionalInformationLength() {
        require(ToolkitConstants.TAG_RESULT, 1);
        checkValue(0, 1);
        return (short) (getValueLength() - 1);
    }

    @Override
    public short copyAdditionalInformation(byte[] dstBuffer, short dstOffset, short dstLength) {
        require(ToolkitConstants.TAG_RESULT, 1);
        return copyValue((short) 1, dstBuffer, dstOffset, dstLength);
    }

    @Override
    public byte getItemIdentifier() {
        require(ToolkitConstants.TAG_ITEM_IDENTIFIER, 1);
        return getValueByte((short) 0);
    }

    @Override
    public short getTextStringLength() {
        require(ToolkitConstants.TAG_TEXT_STRING, 1);
        return (short) Math.max(0, getValueLength() - 1);
    }

    @Override
    public byte getTextStringCodingScheme() {
        require(ToolkitConstants.TAG_TEXT_STRING, 1);
        return getValueByte((short) 0);
    }

    @Override
    public short copyTextString(byte[] dstBuffer, short dstOffset) {
        short length = getTextStringLength();
        return length == 0 && getValueLength() == 0 ? dstOffset : copyValue((short) 1, dstBuffer, dstOffset, length);
    }

    @Override
    public byte getChannelIdentifier() {
        return ChannelStatus.identifier(this);
    }

    @Override
    public short getChannelStatus(byte channelIdentifier) {
        return ChannelStatus.of(this, channelIdentifier);
    }

    @Override
    public short copyChannelData(byte[] dstBuffer, short dstOffset, short dstLength) {
        require(ToolkitConstants.TAG_CHANNEL_DATA, 1);
        return copyValue((short) 0, dstBuffer, dstOffset, dstLength);
    }
}
