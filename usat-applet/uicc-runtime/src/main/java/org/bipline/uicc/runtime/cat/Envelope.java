// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import org.bipline.uicc.runtime.ota.CommandPacket;
import org.bipline.uicc.runtime.ota.ShortMessage;
import org.bipline.uicc.runtime.vm.TemporaryEntryPoint;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.usim.toolkit.USATEnvelopeHandler;

/** What an envelope brought, as one applet sees it. ETSI TS 102 241 EnvelopeHandler, 3GPP TS 31.130 USATEnvelopeHandler. */
final class Envelope extends TlvHandler implements USATEnvelopeHandler, TemporaryEntryPoint {
    private final Trigger trigger;

    Envelope(Trigger trigger, byte[] berTlv) {
        this.trigger = trigger;
        int header = Envelopes.header(berTlv);
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

    private byte[] selected(byte tag) {
        require(tag, 1);
        byte[] value = new byte[getValueLength()];
        return copyValue((short) 0, value, (short) 0, (short) value.length) == 0 ? new byte[0] : value;
    }

    private ShortMessage shortMessage() {
        ShortMessage message = ShortMessage.parse(selected(Downloads.TAG_SMS_TPDU));
        if (message == null) {
            ToolkitException.throwIt(ToolkitException.UNAVAILABLE_ELEMENT);
        }
        return message;
    }

    /** The command packet of what the envelope carries, which is selected then. */
    private CommandPacket packet() {
        check();
        CommandPacket packet = switch (list[0] & 0xFF) {
            case Envelopes.CELL_BROADCAST -> Downloads.packetOfPage(selected(Downloads.TAG_CELL_BROADCAST_PAGE));
            case Envelopes.USSD -> Downloads.packetOfUssd(selected(Downloads.TAG_USSD_STRING));
            default -> shortMessage().packet();
        };
        if (packet == null) {
            ToolkitException.throwIt(ToolkitException.UNAVAILABLE_ELEMENT);
        }
        return packet;
    }

    @Override
    public short getTPUDLOffset() {
        return (short) shortMessage().userDataLengthOffset();
    }

    @Override
    public short getUserDataLength() {
        ShortMessage message = shortMessage();
        return (short) (selectedLength() - message.userDataLengthOffset() - 1);
    }

    @Override
    public short getSecuredDataOffset() {
        return (short) packet().dataOffset();
    }

    @Override
    public short getSecuredDataLength() {
        return (short) packet().dataLength();
    }

    @Override
    public short getShortMessageOffset() {
        check();
        return (list[0] & 0xFF) == Envelopes.CELL_BROADCAST
                ? (short) Math.min(Downloads.PAGE_HEADER, selected(Downloads.TAG_CELL_BROADCAST_PAGE).length)
                : (short) shortMessage().text();
    }

    @Override
    public short getShortMessageLength() {
        short offset = getShortMessageOffset();
        return (short) (selectedLength() - offset);
    }
}
