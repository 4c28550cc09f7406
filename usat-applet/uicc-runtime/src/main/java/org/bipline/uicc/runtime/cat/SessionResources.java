// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.Arrays;
import uicc.toolkit.ToolkitConstants;

/**
 * What the ME holds for applets in this card session: BIP channels and declared services; and what of the proactive commands
 * an applet may send. ETSI TS 102 241 clause 6.7.
 */
final class SessionResources {
    private static final int POLL_INTERVAL = 0x03;
    private static final int POLLING_OFF = 0x04;
    private static final int SET_UP_EVENT_LIST = 0x05;
    private static final int SET_UP_MENU = 0x25;

    private static final int DELETE_SERVICE = 0x01;
    private static final int TCP_SERVER = 0x03;

    private final ToolkitApplet[] owners = new ToolkitApplet[8];

    /** Of each channel, whether it was opened in UICC server mode. */
    private final boolean[] serves = new boolean[8];

    /** Bit n: the ME knows service n. */
    private int declared;

    /** Owner of channel 1 to 7, or null. */
    ToolkitApplet channelOwner(int channel) {
        return channel > 0 && channel < owners.length ? owners[channel] : null;
    }

    boolean isDeclared(int service) {
        return service >= 0 && service < Integer.SIZE && (declared & (1 << service)) != 0;
    }

    void clear() {
        Arrays.fill(owners, null);
        declared = 0;
    }

    void releaseAll(ToolkitApplet applet) {
        for (int i = 0; i < owners.length; i++) {
            owners[i] = owners[i] == applet ? null : owners[i];
        }
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

    /** CLOSE CHANNEL in UICC server mode that ends the connection only: the port stays open. ETSI TS 102 223 clause 8.6. */
    private static boolean isToListen(byte[] command) {
        TlvHandler sent = list(command);
        sent.seek(ToolkitConstants.TAG_COMMAND_DETAILS);
        return (sent.getValueByte((short) 2) & 0x01) != 0;
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

    /** Takes from a TERMINAL RESPONSE which channel was opened or closed, and which service declared or deleted. */
    void answered(ToolkitApplet applet, byte[] command, byte[] terminalResponse) {
        TlvHandler response = list(terminalResponse);
        boolean success = response.seek(ToolkitConstants.TAG_RESULT)
                && response.selectedLength() > 0
                && (response.getValueByte((short) 0) & 0xF0) == 0;
        if (!success) {
            return;
        }
        int type = type(command);
        if (type == ToolkitConstants.PRO_CMD_OPEN_CHANNEL
                && response.seek(ToolkitConstants.TAG_CHANNEL_DATA_STATUS)
                && response.selectedLength() > 0) {
            int channel = response.getValueByte((short) 0) & 7;
            owners[channel] = applet;
            owners[0] = null; // channel identifier 0: no channel
            TlvHandler sent = list(command);
            serves[channel] = sent.seek(ToolkitConstants.TAG_UICC_TERMINAL_TRANSPORT_LEVEL)
                    && sent.selectedLength() > 0
                    && sent.getValueByte((short) 0) == TCP_SERVER;
        } else if (type == ToolkitConstants.PRO_CMD_CLOSE_CHANNEL) {
            int channel = channel(destination(command));
            if (!serves[channel] || !isToListen(command)) {
                owners[channel] = null;
            }
        } else if (type == ToolkitConstants.PRO_CMD_DECLARE_SERVICE) {
            TlvHandler sent = list(command);
            int bit = 1 << service(sent);
            sent.seek(ToolkitConstants.TAG_COMMAND_DETAILS);
            boolean delete = (sent.getValueByte((short) 2) & DELETE_SERVICE) != 0;
            declared = delete ? declared & ~bit : declared | bit;
        }
    }
}
