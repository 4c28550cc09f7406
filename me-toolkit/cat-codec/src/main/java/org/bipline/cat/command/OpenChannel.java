// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ADDRESS;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.BEARER_DESCRIPTION;
import static org.bipline.cat.object.DataObjectType.BUFFER_SIZE;
import static org.bipline.cat.object.DataObjectType.DURATION;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.IARI;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.NETWORK_ACCESS_NAME;
import static org.bipline.cat.object.DataObjectType.OTHER_ADDRESS;
import static org.bipline.cat.object.DataObjectType.REMOTE_ENTITY_ADDRESS;
import static org.bipline.cat.object.DataObjectType.SUBADDRESS;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.DataObjectType.TEXT_STRING;
import static org.bipline.cat.object.DataObjectType.TRANSPORT_LEVEL;
import static org.bipline.cat.object.TypeOfCommand.OPEN_CHANNEL;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.NetworkAccessName;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;

/** OPEN CHANNEL. ETSI TS 102 223 clause 6.6.27. */
public record OpenChannel(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            OPEN_CHANNEL,
            "6.6.27",
            OpenChannel::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            conditional(BEARER_DESCRIPTION, OpenChannel::isRemote),
            required(BUFFER_SIZE),
            optional(NETWORK_ACCESS_NAME),
            conditional(OTHER_ADDRESS, OpenChannel::isAddressed).times(2),
            optional(TEXT_STRING).times(2).secretFrom(2),
            optional(TRANSPORT_LEVEL),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER),
            optional(ADDRESS),
            optional(SUBADDRESS),
            optional(REMOTE_ENTITY_ADDRESS),
            optional(IARI),
            optional(DURATION).times(2));

    public OpenChannel {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** No transport level (the bearer alone), or one with a remote peer behind the network. */
    private static boolean isRemote(Pdu pdu) {
        return pdu.first(TransportLevel.class).map(t -> t.protocolType() <= 2).orElse(true);
    }

    private static boolean isAddressed(Pdu pdu) {
        return pdu.first(TransportLevel.class).map(t -> t.protocolType() <= 2).orElse(false);
    }

    /** Whether the link is established at once: bit 1 of the qualifier; otherwise when data is first sent. */
    public boolean immediateLinkEstablishment() {
        return details().qualifierBit(1);
    }

    /** Whether a dropped link is established again: bit 2 of the qualifier. */
    public boolean automaticReconnection() {
        return details().qualifierBit(2);
    }

    /** Whether an immediate link establishment goes on in the background: bit 3 of the qualifier. */
    public boolean backgroundMode() {
        return details().qualifierBit(3);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public Optional<BearerDescription> bearer() {
        return pdu.first(BearerDescription.class);
    }

    public BufferSize bufferSize() {
        return pdu.required(BufferSize.class);
    }

    public Optional<NetworkAccessName> networkAccessName() {
        return pdu.first(NetworkAccessName.class);
    }

    public Optional<TransportLevel> transportLevel() {
        return pdu.first(TransportLevel.class);
    }

    public Optional<TransportProtocol> transportProtocol() {
        return transportLevel().flatMap(TransportLevel::protocol);
    }

    /** The local address: an Other address before the transport level. */
    public Optional<OtherAddress> localAddress() {
        return address(false);
    }

    /** The data destination address: the Other address behind the transport level. */
    public Optional<OtherAddress> destination() {
        return address(true);
    }

    private Optional<OtherAddress> address(boolean behindTransportLevel) {
        int level = pdu.indexOf(TransportLevel.class);
        for (int i = 0; i < pdu.objects().size(); i++) {
            boolean behind = level >= 0 && i > level;
            if (pdu.objects().get(i).object() instanceof OtherAddress address && behind == behindTransportLevel) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /** The user login: the first text string. */
    public Optional<TextString> userLogin() {
        return text(0);
    }

    /** The user password: the second text string. */
    public Optional<TextString> userPassword() {
        return text(1);
    }

    private Optional<TextString> text(int index) {
        List<TextString> texts = pdu.all(TextString.class);
        return index < texts.size() ? Optional.of(texts.get(index)) : Optional.empty();
    }

    /** Without the objects: user login and password are among them. */
    @Override
    public String toString() {
        return "OpenChannel[" + pdu.first(CommandDetails.class).orElse(null) + "]";
    }
}
