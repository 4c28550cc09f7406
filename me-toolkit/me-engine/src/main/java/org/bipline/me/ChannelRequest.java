// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.Optional;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BearerType;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.NetworkAccessName;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.profile.Facility;

/** What an OPEN CHANNEL asks for, held against what the ME can do. ETSI TS 102 223 clauses 6.4.27 and 6.6.27. */
final class ChannelRequest {
    private static final String OPEN_CHANNEL = "ETSI TS 102 223 clause 6.6.27";
    private static final int PACKET_SERVICE_PARAMETERS = 6;
    private static final int PDP_TYPE_IP = 0x02;

    private final MeProfile profile;
    private final OpenChannel command;

    ChannelRequest(MeProfile profile, OpenChannel command) {
        this.profile = profile;
        this.command = command;
    }

    /** Why the ME does not even try, if it does not; the offending data object and its clause. */
    Optional<Answer.Response> refusal() {
        return transport()
                .or(this::bearer)
                .or(this::localAddress)
                .or(this::destination)
                .or(this::bufferSize);
    }

    private Optional<Answer.Response> transport() {
        TransportLevel level = command.transportLevel().orElse(null);
        if (level == null) {
            return refuse(Answer.beyondCapabilities(
                    "UICC/terminal interface transport level is absent: a bearer without transport is not supported"));
        }
        boolean supported = level.protocol()
                .map(ChannelRequest::facility)
                .map(profile::supports)
                .orElse(false);
        return supported
                ? Optional.empty()
                : refuse(
                        Result.of(BipError.REQUESTED_TRANSPORT_LEVEL_NOT_AVAILABLE),
                        level.type(),
                        "protocol type " + level.protocolType() + " is not supported");
    }

    private static Facility facility(TransportProtocol protocol) {
        return switch (protocol) {
            case TCP_CLIENT_REMOTE -> Facility.TCP_CLIENT_REMOTE;
            case UDP_CLIENT_REMOTE -> Facility.UDP_CLIENT_REMOTE;
            case TCP_SERVER -> Facility.TCP_SERVER;
            case TCP_CLIENT_LOCAL -> Facility.TCP_CLIENT_LOCAL;
            case UDP_CLIENT_LOCAL -> Facility.UDP_CLIENT_LOCAL;
            case DIRECT_CHANNEL -> Facility.DIRECT_CHANNEL;
        };
    }

    /** Whether a remote device is meant, behind a bearer. */
    private boolean isRemote() {
        TransportProtocol protocol = command.transportProtocol().orElseThrow();
        return protocol == TransportProtocol.TCP_CLIENT_REMOTE || protocol == TransportProtocol.UDP_CLIENT_REMOTE;
    }

    private Optional<Answer.Response> bearer() {
        if (command.transportProtocol().orElseThrow() == TransportProtocol.DIRECT_CHANNEL) {
            return refuse(Answer.refused(
                    BipError.APPLICATION_LAUNCH_FAILED,
                    "the terminal has no application for a direct communication channel"));
        }
        if (!isRemote()) {
            return Optional.empty();
        }
        BearerDescription description = command.bearer().orElseThrow();
        BearerType type = description.bearer().orElse(null);
        if (type == null || !isSupported(type)) {
            return refuse(Answer.beyondCapabilities(
                    "Bearer description: type " + description.bearerType() + " is not supported"));
        }
        return switch (type) {
            case PACKET_SERVICE -> packetService(description);
            case CSD ->
                refuse(Channels.refusal(
                        Bearer.Failure.NETWORK, false, "Bearer description: no data call can be set up"));
            case LOCAL_LINK, BLUETOOTH, IRDA, RS232, USB ->
                refuse(
                        Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE),
                        description.type(),
                        "no device is attached to the local bearer");
            case DEFAULT_BEARER,
                    CDMA2000_PACKET_DATA_SERVICE,
                    PACKET_SERVICE_EXTENDED,
                    WLAN,
                    EUTRAN_PACKET_SERVICE,
                    NG_RAN_PACKET_SERVICE -> Optional.empty();
        };
    }

    private static Optional<Answer.Response> packetService(BearerDescription description) {
        int length = description.parameters().length();
        if (length != PACKET_SERVICE_PARAMETERS) {
            return refuse(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    description.type(),
                    length + " bearer parameters where " + PACKET_SERVICE_PARAMETERS + " belong");
        }
        int type = description.parameters().u8(PACKET_SERVICE_PARAMETERS - 1);
        return type == PDP_TYPE_IP
                ? Optional.empty()
                : refuse(
                        Result.of(GeneralResult.BEYOND_TERMINAL_CAPABILITIES),
                        description.type(),
                        "packet data protocol type " + type + " is not IP");
    }

    /**
     * The bearers of the profile, and the default bearer of an ME that has one of them. The terminal profile has no bit of
     * its own for the bearer type of NG-RAN: an ME with any bearer for packet data takes it.
     */
    private boolean isSupported(BearerType type) {
        boolean packetData = profile.supports(Facility.BEARER_GPRS) || profile.supports(Facility.BEARER_EUTRAN);
        return switch (type) {
            case CSD -> profile.supports(Facility.BEARER_CSD);
            case PACKET_SERVICE, NG_RAN_PACKET_SERVICE -> packetData;
            case DEFAULT_BEARER -> packetData || profile.supports(Facility.BEARER_WLAN);
            case BLUETOOTH -> profile.supports(Facility.BEARER_BLUETOOTH);
            case IRDA -> profile.supports(Facility.BEARER_IRDA);
            case RS232 -> profile.supports(Facility.BEARER_RS232);
            case USB -> profile.supports(Facility.BEARER_USB);
            case LOCAL_LINK ->
                profile.supports(Facility.BEARER_BLUETOOTH)
                        || profile.supports(Facility.BEARER_IRDA)
                        || profile.supports(Facility.BEARER_RS232)
                        || profile.supports(Facility.BEARER_USB);
            case PACKET_SERVICE_EXTENDED -> profile.supports(Facility.UTRAN_PS_EXTENDED_PARAMETERS);
            case EUTRAN_PACKET_SERVICE -> profile.supports(Facility.BEARER_EUTRAN);
            case WLAN -> profile.supports(Facility.BEARER_WLAN);
            case CDMA2000_PACKET_DATA_SERVICE -> false;
        };
    }

    /** Without value it asks for a dynamic address; else it is the one that the ME is to have. */
    private Optional<Answer.Response> localAddress() {
        return command.localAddress()
                .filter(local -> !local.value().isEmpty() && local.address().isEmpty())
                .flatMap(local -> refuse(
                        Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                        local.type(),
                        "local address is neither IPv4 nor IPv6"));
    }

    private Optional<Answer.Response> destination() {
        if (!isRemote()) {
            return Optional.empty();
        }
        OtherAddress address = command.destination().orElse(null);
        if (address == null) {
            return refuse(Answer.refused(
                    Result.of(GeneralResult.REQUIRED_VALUES_MISSING),
                    "Other address (data destination address) is missing behind the transport level",
                    OPEN_CHANNEL));
        }
        return address.address().isPresent()
                ? Optional.empty()
                : refuse(
                        Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                        address.type(),
                        "data destination address is neither IPv4 nor IPv6");
    }

    private Optional<Answer.Response> bufferSize() {
        return command.bufferSize().bytes() > 0
                ? Optional.empty()
                : refuse(
                        Result.of(BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE),
                        command.bufferSize().type(),
                        "0 bytes");
    }

    private static Optional<Answer.Response> refuse(Result result, DataObjectType object, String reason) {
        return refuse(Answer.refused(result, object, reason));
    }

    private static Optional<Answer.Response> refuse(Answer.Response refusal) {
        return Optional.of(refusal);
    }

    /** The way out of the ME for a remote device. */
    Bearer.Access access() {
        return isRemote()
                ? new Bearer.Access(
                        command.bearer(),
                        command.networkAccessName().map(NetworkAccessName::name).filter(name -> !name.isEmpty()),
                        command.userLogin().map(TextString::text),
                        command.userPassword().map(TextString::text),
                        command.localAddress().flatMap(OtherAddress::address))
                : Bearer.Access.WITHIN_TERMINAL;
    }

    /** What the user is asked, if the card wants the user to be asked. */
    Optional<String> question() {
        return command.alphaIdentifier().map(a -> a.text()).filter(text -> !text.isEmpty());
    }
}
