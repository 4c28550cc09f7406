// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.EventList;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TimerIdentifier;
import org.bipline.cat.object.TimerValue;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;

/** Proactive commands as a card would send them. */
final class Commands {
    static final int ON_DEMAND = 0;
    static final int IMMEDIATE = 1;
    static final int BACKGROUND = 5;

    private Commands() {}

    static ByteString command(TypeOfCommand type, int qualifier, DataObject... objects) {
        return command(type, qualifier, DeviceIdentities.UICC_TO_TERMINAL, objects);
    }

    static ByteString command(TypeOfCommand type, int qualifier, DeviceIdentities devices, DataObject... objects) {
        List<DataObject> all = new ArrayList<>(List.of(new CommandDetails(1, type.code(), qualifier), devices));
        all.addAll(List.of(objects));
        return Pdu.of(ProactiveCommand.TAG, all.toArray(new DataObject[0])).encode();
    }

    static ByteString openChannel(int qualifier, int bufferSize, InetSocketAddress destination) {
        return openChannel(qualifier, bufferSize, TransportProtocol.TCP_CLIENT_REMOTE, destination);
    }

    static ByteString openChannel(
            int qualifier, int bufferSize, TransportProtocol protocol, InetSocketAddress destination) {
        InetAddress address = destination.getAddress();
        return command(
                TypeOfCommand.OPEN_CHANNEL,
                qualifier,
                BearerDescription.DEFAULT_BEARER,
                new BufferSize(bufferSize),
                TransportLevel.of(protocol, destination.getPort()),
                OtherAddress.of(address));
    }

    /** OPEN CHANNEL that makes the UICC the server of a port of the terminal. */
    static ByteString openServer(int bufferSize, int port) {
        return command(
                TypeOfCommand.OPEN_CHANNEL,
                0,
                new BufferSize(bufferSize),
                TransportLevel.of(TransportProtocol.TCP_SERVER, port));
    }

    /** OPEN CHANNEL to a port of the terminal itself. */
    static ByteString openWithinTerminal(TransportProtocol protocol, int bufferSize, int port) {
        return command(
                TypeOfCommand.OPEN_CHANNEL, IMMEDIATE, new BufferSize(bufferSize), TransportLevel.of(protocol, port));
    }

    static ByteString closeChannel(int channel, int qualifier) {
        return command(TypeOfCommand.CLOSE_CHANNEL, qualifier, to(channel));
    }

    static ByteString sendData(int channel, boolean immediate, ByteString data) {
        return command(TypeOfCommand.SEND_DATA, immediate ? 1 : 0, to(channel), new ChannelData(data));
    }

    static ByteString receiveData(int channel, int count) {
        return command(TypeOfCommand.RECEIVE_DATA, 0, to(channel), new ChannelDataLength(count));
    }

    static ByteString closeChannel(int channel) {
        return command(TypeOfCommand.CLOSE_CHANNEL, 0, to(channel));
    }

    static ByteString getChannelStatus() {
        return command(TypeOfCommand.GET_CHANNEL_STATUS, 0);
    }

    static ByteString events(Event... events) {
        return command(TypeOfCommand.SET_UP_EVENT_LIST, 0, EventList.of(events));
    }

    static ByteString startTimer(int timer, int seconds) {
        return command(TypeOfCommand.TIMER_MANAGEMENT, 0, new TimerIdentifier(timer), TimerValue.ofSeconds(seconds));
    }

    static ByteString timer(int timer, int qualifier) {
        return command(TypeOfCommand.TIMER_MANAGEMENT, qualifier, new TimerIdentifier(timer));
    }

    private static DeviceIdentities to(int channel) {
        return new DeviceIdentities(Device.UICC.code(), 0x20 + channel);
    }
}
