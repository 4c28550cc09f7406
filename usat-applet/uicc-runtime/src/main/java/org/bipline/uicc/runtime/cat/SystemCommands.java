// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import static java.util.stream.Collectors.joining;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.file.CardFile;
import org.bipline.uicc.runtime.file.Df;
import org.bipline.uicc.runtime.file.Ef;
import org.bipline.uicc.runtime.file.FileSystem;
import uicc.toolkit.TerminalProfile;
import uicc.toolkit.ToolkitConstants;
import uicc.usim.toolkit.USATTerminalProfile;

/**
 * The proactive commands that the card sends of its own: SET UP MENU, SET UP EVENT LIST, POLL INTERVAL and POLLING OFF on behalf
 * of its applets, each when what it says differs from what the ME was told last, SEND SHORT MESSAGE for response packets, and
 * what ends the channels, timers and services of a deleted applet.
 * ETSI TS 102 241, ETSI TS 102 223 clause 6.6, 3GPP TS 31.115.
 */
final class SystemCommands {
    private static final byte POLL_INTERVAL = 0x03;
    private static final byte POLLING_OFF = 0x04;
    private static final byte SET_UP_EVENT_LIST = 0x05;
    private static final byte SEND_SHORT_MESSAGE = 0x13;
    private static final byte SET_UP_MENU = 0x25;
    private static final byte HELP_AVAILABLE = (byte) 0x80;

    private static final byte ALPHA_IDENTIFIER = (byte) 0x85;
    private static final byte ITEM = (byte) 0x8F;
    private static final byte EVENT_LIST = 0x19;
    private static final byte DURATION = (byte) 0x84;
    private static final byte TEXT_ATTRIBUTE = 0x50;

    private static final int TELECOM = 0x7F10;
    private static final int SUME = 0x6F54;
    private static final int SYSTEM_POLL_INTERVAL = 30; // seconds
    private static final byte[] NOTHING = {};

    /** Of an entry that has none beside one that has: left alignment, normal size; black on white. */
    private static final byte[] DEFAULT_ATTRIBUTE = {0, 0, 0x03, (byte) 0x90};

    private final Registry registry;
    private final FileSystem files;
    private final UiccListener listener;

    /** TPDUs that the card itself has to send. */
    private final Deque<byte[]> messages = new ArrayDeque<>(1);

    /** What ends what a deleted applet left at the ME. */
    private final Deque<byte[]> releases = new ArrayDeque<>(1);

    /** What the ME was told in this session; null: nothing. */
    private byte[] sentMenu;

    private byte[] sentEvents;
    private int sentPollInterval;

    SystemCommands(Registry registry, FileSystem files, UiccListener listener) {
        this.registry = registry;
        this.files = files;
        this.listener = listener;
    }

    void reset() {
        messages.clear();
        releases.clear();
        sentMenu = null;
        sentEvents = null;
        sentPollInterval = 0;
        registry.changed();
    }

    static boolean isMenuTitle(Ef file) {
        return file.identifier() == SUME && file.parent().identifier() == TELECOM;
    }

    /** Sends a short message by SEND SHORT MESSAGE as soon as the ME can take a proactive command. */
    void sendMessage(byte[] tpdu) {
        messages.add(tpdu);
    }

    /** Sends a command as soon as the ME can take one. */
    void send(byte[] command) {
        releases.add(command);
    }

    private byte[] shortMessage(byte[] profile) {
        byte[] tpdu = messages.poll();
        if (tpdu == null) {
            return null;
        }
        EditTlvHandler command = command(SEND_SHORT_MESSAGE, (byte) 0, ToolkitConstants.DEV_ID_NETWORK);
        append(command, 0x80 | Downloads.TAG_SMS_TPDU, tpdu);
        return ifKnown(
                "SEND SHORT MESSAGE",
                bytes(command),
                USATTerminalProfile.IDX_PROACTIVE_SIM_SEND_SHORT_MESSAGE,
                profile);
    }

    /** The next command that the ME has to be given, or null. */
    byte[] next(byte[] profile) {
        byte[] message = shortMessage(profile);
        if (message != null) {
            return message;
        }
        if (!releases.isEmpty()) {
            return releases.poll();
        }
        if (!registry.takeChanged()) {
            return null;
        }
        byte[] command = ifKnown("SET UP MENU", menu(), TerminalProfile.IDX_PROACTIVE_UICC_SET_UP_MENU, profile);
        if (command == null) {
            command = ifKnown(
                    "SET UP EVENT LIST",
                    eventList(profile),
                    TerminalProfile.IDX_PROACTIVE_UICC_SET_UP_EVENT_LIST,
                    profile);
        }
        if (command == null) {
            command = polling(profile);
        }
        if (command != null) {
            registry.changed(); // there may be another one behind it
        }
        return command;
    }

    /** The command, or null where there is none or the ME does not know it. */
    private byte[] ifKnown(String name, byte[] command, int bit, byte[] profile) {
        if (command != null && !has(profile, bit)) {
            listener.dropped(name, "the terminal profile does not have it");
            return null;
        }
        return command;
    }

    static boolean has(byte[] profile, int bit) {
        return bit >> 3 < profile.length && (profile[bit >> 3] & (1 << (bit & 7))) != 0;
    }

    private static EditTlvHandler command(byte type, byte qualifier) {
        return command(type, qualifier, ToolkitConstants.DEV_ID_TERMINAL);
    }

    /** A command with no more than its details and devices. */
    static EditTlvHandler command(byte type, byte qualifier, byte destination) {
        EditTlvHandler command = new EditTlvHandler(253);
        command.appendTLV((byte) 0x81, new byte[] {1, type, qualifier}, (short) 0, (short) 3);
        command.appendTLV((byte) 0x82, ToolkitConstants.DEV_ID_UICC, destination);
        return command;
    }

    static void append(EditTlvHandler command, int tag, byte[] value) {
        command.appendTLV((byte) tag, value, (short) 0, (short) value.length);
    }

    static byte[] bytes(EditTlvHandler command) {
        byte[] bytes = new byte[command.length()];
        command.copy(bytes, (short) 0, (short) bytes.length);
        return bytes;
    }

    private byte[] menu() {
        List<MenuEntry> entries = registry.menu().stream()
                .filter(e -> !e.owner.isLocked() && e.shown() != null && e.shown().enabled)
                .toList();
        if (entries.isEmpty() && sentMenu == null) {
            return null;
        }
        boolean help = entries.stream().anyMatch(e -> e.shown().help);
        EditTlvHandler command = command(SET_UP_MENU, help ? HELP_AVAILABLE : 0);
        TlvHandler title = title();
        append(command, ALPHA_IDENTIFIER, value(title, ToolkitConstants.TAG_ALPHA_IDENTIFIER));
        byte[] attribute = value(title, TEXT_ATTRIBUTE);
        int reserved = 4 * entries.size() + 16; // next actions, icons and attributes behind the items
        int fitting = 0;
        for (MenuEntry entry : entries) {
            byte[] text = entry.shown().text;
            if (command.length() + 4 + text.length + reserved > command.getCapacity()) {
                listener.dropped(
                        "menu entry " + entry.identifier + " of " + Envelopes.hex(entry.owner.aid),
                        "SET UP MENU has no room for it");
            } else {
                command.appendTLV(ITEM, (byte) entry.identifier, text, (short) 0, (short) text.length);
                fitting++;
            }
        }
        if (entries.isEmpty()) {
            append(command, ITEM, NOTHING);
        }
        appendLists(command, entries.subList(0, fitting), attribute);
        byte[] menu = bytes(command);
        if (Arrays.equals(menu, sentMenu)) {
            return null;
        }
        sentMenu = menu;
        return menu;
    }

    /** What goes with the items: next actions and text attributes where an entry has one, icons where every entry has one. */
    private static void appendLists(EditTlvHandler command, List<MenuEntry> entries, byte[] titleAttribute) {
        int count = entries.size();
        byte[] actions = new byte[count];
        byte[] icons = new byte[1 + count];
        byte[] attributes = new byte[4 * count];
        boolean anyAction = false;
        boolean allIcons = count > 0;
        boolean anyAttribute = false;
        for (int i = 0; i < count; i++) {
            MenuEntry.Shown shown = entries.get(i).shown();
            actions[i] = shown.nextAction;
            anyAction |= actions[i] != 0;
            icons[1 + i] = (byte) shown.icon;
            allIcons &= shown.icon != 0;
            icons[0] |= shown.iconQualifier;
            boolean own = shown.textAttribute.length > 0;
            anyAttribute |= own;
            System.arraycopy(own ? shown.textAttribute : DEFAULT_ATTRIBUTE, 0, attributes, 4 * i, 4);
        }
        if (anyAction) {
            append(command, ToolkitConstants.TAG_ITEMS_NEXT_ACTION_INDICATOR, actions);
        }
        if (allIcons) {
            append(command, ToolkitConstants.TAG_ITEM_ICON_IDENTIFIER_LIST, icons);
        }
        if (titleAttribute.length == 4) {
            append(command, TEXT_ATTRIBUTE, titleAttribute);
        }
        if (anyAttribute) {
            append(command, ToolkitConstants.TAG_ITEM_TEXT_ATTRIBUTE_LIST, attributes);
        }
    }

    private TlvHandler title() {
        CardFile telecom = files.below(files.mf(), null, TELECOM);
        CardFile sume = telecom instanceof Df df ? files.below(df, null, SUME) : null;
        byte[] contents = sume instanceof Ef ef ? ef.contents() : NOTHING;
        TlvHandler title = new TlvHandler();
        title.set(contents, 0, contents.length);
        return title;
    }

    private static byte[] value(TlvHandler list, int tag) {
        if (!list.seek(tag)) {
            return NOTHING;
        }
        byte[] value = new byte[list.selectedLength()];
        list.copyValue((short) 0, value, (short) 0, (short) value.length);
        return value;
    }

    private byte[] eventList(byte[] profile) {
        EnumSet<Event> wanted = EnumSet.noneOf(Event.class);
        for (ToolkitApplet applet : registry.applets()) {
            for (Event event : Event.values()) {
                if (event.isDownload() && applet.has(event) && !applet.isLocked()) {
                    if (event.profileBits().anyMatch(bit -> has(profile, bit))) {
                        wanted.add(event);
                    } else {
                        listener.dropped(
                                Triggering.describe(event, applet.aid),
                                "not in the event list: the terminal profile has no bit "
                                        + event.profileBits()
                                                .mapToObj(Integer::toString)
                                                .collect(joining(" or ")));
                    }
                }
            }
        }
        byte[] events = new byte[wanted.size()];
        int count = 0;
        for (Event event : wanted) {
            events[count++] = (byte) event.download();
        }
        Arrays.sort(events);
        if (Arrays.equals(events, sentEvents == null ? NOTHING : sentEvents)) {
            return null;
        }
        sentEvents = events;
        EditTlvHandler command = command(SET_UP_EVENT_LIST, (byte) 0);
        append(command, EVENT_LIST, events);
        return bytes(command);
    }

    private byte[] polling(byte[] profile) {
        int interval = 0;
        for (ToolkitApplet applet : registry.applets()) {
            int asked = applet.requestedPollInterval();
            if (asked != 0 && !applet.isLocked()) {
                asked = asked < 0 ? SYSTEM_POLL_INTERVAL : asked;
                interval = interval == 0 ? asked : Math.min(interval, asked);
            }
        }
        if (interval == sentPollInterval) {
            return null;
        }
        sentPollInterval = interval;
        registry.setGrantedPollInterval(interval);
        if (interval == 0) {
            return ifKnown(
                    "POLLING OFF",
                    bytes(command(POLLING_OFF, (byte) 0)),
                    TerminalProfile.IDX_PROACTIVE_UICC_POLLING_OFF,
                    profile);
        }
        EditTlvHandler command = command(POLL_INTERVAL, (byte) 0);
        boolean seconds = interval <= 255;
        command.appendTLV(DURATION, (byte) (seconds ? 1 : 0), (byte) (seconds ? interval : interval / 60));
        return ifKnown("POLL INTERVAL", bytes(command), TerminalProfile.IDX_PROACTIVE_UICC_POLL_INTERVAL, profile);
    }

    /** Takes what the ME granted from the TERMINAL RESPONSE to one of these commands. */
    void answered(byte[] command, byte[] terminalResponse) {
        TlvHandler response = new TlvHandler();
        response.set(terminalResponse, 0, terminalResponse.length);
        if (SessionResources.type(command) == POLL_INTERVAL
                && response.seek(ToolkitConstants.TAG_DURATION)
                && response.selectedLength() == 2) {
            int unit = response.getValueByte((short) 0);
            int value = response.getValueByte((short) 1) & 0xFF;
            registry.setGrantedPollInterval(unit == 0 ? 60 * value : unit == 1 ? value : value / 10);
        }
    }
}
