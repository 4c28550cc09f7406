// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.usim.toolkit.USATEnvelopeHandler;

/** What an envelope brought, as one applet sees it. ETSI TS 102 241 EnvelopeHandler, 3GPP TS 31.130 USATEnvelopeHandler. */
final class Envelope extends TlvHandler implements USATEnvelopeHandler {
    private static final byte TAG_SMS_TPDU = 0x0B;
    private final Trigger trigger;

    Envelope(Trigger trigger, byte[] berTlv) {
        this.trigger = trigger;
        int header = berTlv.length > 1 && (berTlv[1] & 0xFF) == 0x81 ? 3 : 2;
        set(berTlv, header, berTlv.length - header);
    }

    @Override
    void check() {
        if (!trigger.isCurrent()) {
            ToolkitException.throwIt(ToolkitException.HANDLER_NOT_AVAILABLE);
        }
    }

    @Override
    public byte getTag() {
        check();
        return list[0];
    }

    @Override
    public short getSize() {
        check();
        return (short) list.length;
    }

    @Override
    public byte getItemIdentifier() {
        require(ToolkitConstants.TAG_ITEM_IDENTIFIER, 1);
        return getValueByte((short) 0);
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
    public short getTPUDLOffset() {
        require(TAG_SMS_TPDU, 1);
        int at = 1; // first octet
        int originator = getValueByte((short) at) & 0xFF;
        at += 2 + (originator + 1) / 2 + 1 + 1 + 7; // address, protocol identifier, coding scheme, time stamp
        checkValue(at, 1);
        return (short) at;
    }

    @Override
    public short getUserDataLength() {
        return (short) (getValueByte(getTPUDLOffset()) & 0xFF);
    }

    @Override
    public short getSecuredDataOffset() {
        int at = getTPUDLOffset() + 1;
        boolean header = (getValueByte((short) 0) & 0x40) != 0;
        int first = header ? at + 1 + (getValueByte((short) at) & 0xFF) : at;
        checkValue(first, 0);
        return (short) first;
    }

    @Override
    public short getSecuredDataLength() {
        short offset = getSecuredDataOffset();
        return (short) (getValueLength() - offset);
    }

    @Override
    public short getShortMessageOffset() {
        return getSecuredDataOffset();
    }

    @Override
    public short getShortMessageLength() {
        return getSecuredDataLength();
    }
}
