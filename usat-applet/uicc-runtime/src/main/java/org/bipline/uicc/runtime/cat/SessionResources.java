// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uicc.toolkit.ToolkitConstants;

/**
 * What the ME holds for applets in this card session: BIP channels, running timers and declared services; and what of the proactive commands
 * an applet may send. ETSI TS 102 241 clause 6.7.
 */
final class SessionResources {
    private static final int POLL_INTERVAL = 0x03;
    private static final int POLLING_OFF = 0x04;
    private static final int SET_UP_EVENT_LIST = 0x05;
    private static final int SET_UP_MENU = 0x25;

    private static final int DELETE_SERVICE = 0x01;
    private static final int TCP_SERVER = 0x03;

    /** CLOSE CHANNEL that ends the connection only: the port stays open. ETSI TS 102 223 clause 8.6. */
    private static final int LISTEN = 0x01;

    private static final int START_TIMER = 0x00;
    private static final int DEACTIVATE_TIMER = 0x01;

    private final ToolkitApplet[] owners = new ToolkitApplet[8];

    /** Of each channel, whether it was opened in UICC server mode. */
    private final boolean[] serves = new boolean[8];

    /** What the ME knows of service n: the record that declared it, or null. */
    private final byte[][] declared = new byte[8][];

    /** Bit n: timer n runs in the ME. */
    private int running;

    /** Owner of channel 1 to 7, or null. */
    ToolkitApplet channelOwner(int channel) {
        return channel > 0 && channel < owners.length ? owners[channel] : null;
    }

    boolean isDeclared(int service) {
        return service >= 0 && service < declared.length && declared[service] != null;
    }

    /** The timer has expired. */
    void expired(int timer) {
        running &= ~(1 << timer);
    }

    void clear() {
        Arrays.fill(owners, null);
        Arrays.fill(declared, null);
        running = 0;
    }

    /** Forgets what a deleted applet has at the ME; the commands that end it there. */
    List<byte[]> release(ToolkitApplet applet, Registry registry) {
        List<byte[]> commands = new ArrayList<>();
        for (int channel = 1; channel < owners.length; channel++) {
            if (owners[channel] == applet) {
                owners[channel] = null;
                commands.add(SystemCommands.bytes(
                        SystemCommands.command(ToolkitConstants.PRO_CMD_CLOSE_CHANNEL, (byte) 0, (byte)
                                (ToolkitConstants.DEV_ID_CHANNEL_BASE + channel))));
            }
        }
        for (int timer = 1; timer < owners.length + 1; timer++) {
            if ((running & (1 << timer)) != 0 && registry.timers().owner(timer) == applet) {
                expired(timer);
                commands.add(release(
                        ToolkitConstants.PRO_CMD_TIMER_MANAGEMENT,
                        DEACTIVATE_TIMER,
                        ToolkitConstants.TAG_TIMER_IDENTIFIER,
                        (byte) timer));
            }
        }
        for (int service = 0; service < declared.length; service++) {
            if (declared[service] != null && registry.services().owner(service + 1) == applet) {
                commands.add(release(
                        ToolkitConstants.PRO_CMD_DECLARE_SERVICE,
                        DELETE_SERVICE,
                        ToolkitConstants.TAG_SERVICE_RECORD,
                        declared[service]));
                declared[service] = null;
            }
        }
        return commands;
    }

    private static byte[] release(byte type, int qualifier, byte tag, byte... value) {
        EditTlvHandler command = SystemCommands.command(type, (byte) qualifier, ToolkitConstants.DEV_ID_TERMINAL);
        SystemCommands.append(command, 0x80 | tag, value);
        return SystemCommands.bytes(command);
    }

    private int count(ToolkitApplet applet) {
        int count = 0;
        for (ToolkitApplet owner : owners) {
            count += owner == applet ? 1 : 0;
        }
        return count;
    }

    private static TlvHandler list(byte[] bytes) {
        TlvHandler list = new TlvHandler();
        list.set(bytes, 0, bytes.length);
        return list;
    }

    /** Type of command in the command details, or -1 where there are none. */
    static int type(byte[] command) {
        TlvHandler list = list(command);
        return list.seek(ToolkitConstants.TAG_COMMAND_DETAILS) && list.selectedLength() == 3
                ? list.getValueByte((short) 1) & 0xFF
                : -1;
    }

    private static int destination(byte[] command) {
        TlvHandler list = list(command);
        return list.seek(ToolkitConstants.TAG_DEVICE_IDENTITIES) && list.selectedLength() == 2
                ? list.getValueByte((short) 1) & 0xFF
                : -1;
    }

    /** Channel that a device identity names, 0 for another device. */
    private static int channel(int device) {
        return device > ToolkitConstants.DEV_ID_CHANNEL_BASE && device <= ToolkitConstants.DEV_ID_CHANNEL_7
                ? device - ToolkitConstants.DEV_ID_CHANNEL_BASE
                : 0;
    }

    /** Identifier in the service record of a list, -1 where there is none. */
    private static int service(TlvHandler list) {
        return list.seek(ToolkitConstants.TAG_SERVICE_RECORD) && list.selectedLength() > 1
                ? list.getValueByte((short) 1)
                : -1;
    }

    private static String unless(boolean allowed, String refusal) {
        return allowed ? null : refusal;
    }

    /** Why the applet may not send the command, or null where it may. What is unknown passes. */
    String refusal(ToolkitApplet applet, byte[] command, Registry registry) {
        TlvHandler list = list(command);
        return switch (type(command)) {
            case SET_UP_MENU, SET_UP_EVENT_LIST, POLL_INTERVAL, POLLING_OFF ->
                "SET UP MENU, SET UP EVENT LIST, POLL INTERVAL and POLLING OFF belong to the card";
            case ToolkitConstants.PRO_CMD_TIMER_MANAGEMENT -> {
                int timer = list.seek(ToolkitConstants.TAG_TIMER_IDENTIFIER) && list.selectedLength() > 0
                        ? list.getValueByte((short) 0)
                        : 0;
                yield unless(
                        registry.timers().owner(timer) == applet, "timer " + timer + " is not allocated to the applet");
            }
            case ToolkitConstants.PRO_CMD_OPEN_CHANNEL ->
                count(applet) < applet.parameters.maxChannels()
                        ? null
                        : "the applet has all of its " + applet.parameters.maxChannels() + " channels open";
            case ToolkitConstants.PRO_CMD_CLOSE_CHANNEL,
                    ToolkitConstants.PRO_CMD_SEND_DATA,
                    ToolkitConstants.PRO_CMD_RECEIVE_DATA -> {
                int channel = channel(destination(command));
                yield unless(channelOwner(channel) == applet, "channel " + channel + " does not belong to the applet");
            }
            case ToolkitConstants.PRO_CMD_DECLARE_SERVICE -> {
                int service = service(list);
                yield unless(
                        registry.services().owner(service + 1) == applet,
                        "service " + service + " is not allocated to the applet");
            }
            default -> null;
        };
    }

    /** Takes from a TERMINAL RESPONSE which channel was opened or closed, timer started or stopped, service declared or deleted. */
    void answered(ToolkitApplet applet, byte[] command, byte[] terminalResponse) {
        TlvHandler response = list(terminalResponse);
        boolean success = response.seek(ToolkitConstants.TAG_RESULT)
                && response.selectedLength() > 0
                && (response.getValueByte((short) 0) & 0xF0) == 0;
        if (!success) {
            return;
        }
        TlvHandler sent = list(command);
        switch (type(command)) {
            case ToolkitConstants.PRO_CMD_OPEN_CHANNEL -> {
                if (response.seek(ToolkitConstants.TAG_CHANNEL_DATA_STATUS) && response.selectedLength() > 0) {
                    int channel = response.getValueByte((short) 0) & 7;
                    owners[channel] = applet;
                    owners[0] = null; // channel identifier 0: no channel
                    serves[channel] = sent.seek(ToolkitConstants.TAG_UICC_TERMINAL_TRANSPORT_LEVEL)
                            && sent.selectedLength() > 0
                            && sent.getValueByte((short) 0) == TCP_SERVER;
                }
            }
            case ToolkitConstants.PRO_CMD_CLOSE_CHANNEL -> {
                int channel = channel(destination(command));
                if (!serves[channel] || (qualifier(sent) & LISTEN) == 0) {
                    owners[channel] = null;
                }
            }
            case ToolkitConstants.PRO_CMD_TIMER_MANAGEMENT -> {
                int action = qualifier(sent) & 0x03;
                sent.seek(ToolkitConstants.TAG_TIMER_IDENTIFIER);
                int bit = 1 << sent.getValueByte((short) 0);
                running = action == START_TIMER ? running | bit : action == DEACTIVATE_TIMER ? running & ~bit : running;
            }
            case ToolkitConstants.PRO_CMD_DECLARE_SERVICE -> {
                boolean delete = (qualifier(sent) & DELETE_SERVICE) != 0;
                int service = service(sent);
                byte[] declaration = new byte[sent.selectedLength()];
                sent.copyValue((short) 0, declaration, (short) 0, (short) declaration.length);
                declared[service] = delete ? null : declaration;
            }
            default -> {
                // leaves nothing at the ME
            }
        }
    }

    private static int qualifier(TlvHandler command) {
        command.seek(ToolkitConstants.TAG_COMMAND_DETAILS);
        return command.getValueByte((short) 2);
    }
}
