// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import javacard.framework.AID;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.file.Df;
import org.bipline.uicc.runtime.file.Ef;
import uicc.toolkit.ToolkitConstants;

/** Which event an envelope is and whom it concerns. ETSI TS 102 223 clause 7, ETSI TS 102 241. */
final class Envelopes {
    static final int SMS_PP = 0xD1;
    static final int CELL_BROADCAST = 0xD2;
    private static final int MENU = 0xD3;
    private static final int CALL_CONTROL = 0xD4;
    private static final int MO_SMS_CONTROL = 0xD5;
    private static final int EVENT_DOWNLOAD = 0xD6;
    private static final int TIMER = 0xD7;
    static final int USSD = 0xD9;
    static final int GEOGRAPHICAL_LOCATION = 0xDD;

    /** Tag of the file update information, which only ETSI TS 102 241 uses. */
    private static final byte FILE_UPDATE_INFORMATION = 0x3B;

    private static final byte INCREASE = 0x32;
    private static final int PREVIOUS = 3;

    private Envelopes() {}

    static String hex(AID aid) {
        byte[] bytes = new byte[16];
        int length = aid.getBytes(bytes, (short) 0);
        return HexFormat.of().withUpperCase().formatHex(bytes, 0, length);
    }

    /** Length of tag and length of a BER-TLV; an envelope of joined messages may be longer than the ME's can be. */
    static int header(byte[] envelope) {
        return switch (envelope.length < 2 ? 0 : envelope[1] & 0xFF) {
            case 0x81 -> 3;
            case 0x82 -> 4;
            default -> 2;
        };
    }

    static TlvHandler contents(byte[] envelope) {
        int header = header(envelope);
        TlvHandler contents = new TlvHandler();
        contents.set(envelope, header, envelope.length - header);
        return contents;
    }

    /** Whether the bytes are one BER-TLV and no more. */
    static boolean isWellFormed(byte[] envelope) {
        if (envelope.length < 2) {
            return false;
        }
        int first = envelope[1] & 0xFF;
        if (first < 0x80) {
            return envelope.length == 2 + first;
        }
        return first == 0x81 && envelope.length > 2 && envelope.length == 3 + (envelope[2] & 0xFF);
    }

    /** The event of an envelope that is no data download. */
    static Event event(byte[] envelope) {
        TlvHandler contents = contents(envelope);
        return switch (envelope[0] & 0xFF) {
            case MENU ->
                contents.seek(ToolkitConstants.TAG_HELP_REQUEST)
                        ? Event.MENU_SELECTION_HELP_REQUEST
                        : Event.MENU_SELECTION;
            case CALL_CONTROL -> Event.CALL_CONTROL_BY_NAA;
            case MO_SMS_CONTROL -> Event.MO_SHORT_MESSAGE_CONTROL_BY_NAA;
            case TIMER -> Event.TIMER_EXPIRATION;
            case EVENT_DOWNLOAD -> {
                Event event = null;
                if (contents.seek(ToolkitConstants.TAG_EVENT_LIST) && contents.selectedLength() > 0) {
                    event = Event.ofDownload(contents.getValueByte((short) 0) & 0xFF);
                }
                yield event == null ? Event.UNRECOGNIZED_ENVELOPE : event;
            }
            default -> Event.UNRECOGNIZED_ENVELOPE;
        };
    }

    /** Whether an applet that the envelope concerns is in the middle of another event: the ME is told to try again. */
    static boolean isBusy(Event event, List<ToolkitApplet> targets, ProactiveSession session, UiccListener listener) {
        Trigger parked = session.parked();
        boolean busy = parked != null && event.isBusyAllowed() && targets.contains(parked.applet);
        if (busy) {
            listener.dropped(
                    Triggering.describe(event, parked.applet.aid),
                    "the applet waits for a TERMINAL RESPONSE; the ME is told to try again (9300)");
        }
        return busy;
    }

    /** An envelope with another value in its first object with this tag. */
    static byte[] replaced(byte[] envelope, byte tag, byte[] value) {
        TlvHandler contents = contents(envelope);
        contents.seek(tag);
        int from = contents.valueOffset();
        int end = from + contents.selectedLength();
        int lengthBytes = from - contents.tagOffset() - 1;
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.write(envelope, header(envelope), from - lengthBytes - header(envelope));
        length(list, value.length);
        list.writeBytes(value);
        list.write(envelope, end, envelope.length - end);
        return ber(envelope[0], list);
    }

    /** What the handler holds when the ME stored a short message: the ENVELOPE that would have brought it. */
    static byte[] storedMessage(byte[] serviceCentre, byte[] tpdu) {
        ByteArrayOutputStream list = devices();
        if (serviceCentre.length > 0) {
            object(list, ToolkitConstants.TAG_ADDRESS, serviceCentre);
        }
        object(list, Downloads.TAG_SMS_TPDU, tpdu);
        return ber((byte) SMS_PP, list);
    }

    /** Leaves only the applets that the envelope concerns, and tells why the others, or all, get nothing. */
    static void narrow(
            Event event,
            byte[] envelope,
            List<ToolkitApplet> targets,
            Registry registry,
            SessionResources resources,
            UiccListener listener) {
        TlvHandler contents = contents(envelope);
        ToolkitApplet owner;
        String what;
        switch (event) {
            case MENU_SELECTION, MENU_SELECTION_HELP_REQUEST -> {
                MenuEntry entry = registry.menuEntry(number(contents, ToolkitConstants.TAG_ITEM_IDENTIFIER, 0));
                boolean helpless = event == Event.MENU_SELECTION_HELP_REQUEST
                        && (entry == null || entry.shown() == null || !entry.shown().help);
                owner = entry == null || helpless ? null : entry.owner;
                what = helpless ? "menu entry with help" : "menu entry";
            }
            case TIMER_EXPIRATION -> {
                int timer = number(contents, ToolkitConstants.TAG_TIMER_IDENTIFIER, 0);
                owner = registry.timers().owner(timer);
                resources.expired(timer);
                what = "timer";
            }
            case EVENT_DOWNLOAD_DATA_AVAILABLE, EVENT_DOWNLOAD_CHANNEL_STATUS -> {
                int status = number(contents, ToolkitConstants.TAG_CHANNEL_DATA_STATUS, 0);
                owner = status < 0 ? null : resources.channelOwner(status & 7);
                what = "channel";
            }
            case EVENT_DOWNLOAD_LOCAL_CONNECTION -> {
                int service = number(contents, ToolkitConstants.TAG_SERVICE_RECORD, 1);
                owner = resources.isDeclared(service) ? registry.services().owner(service + 1) : null;
                what = "service, or it is not declared to the ME";
            }
            default -> {
                if (targets.isEmpty()) {
                    listener.dropped(event.name(), "no applet is registered to it");
                }
                return;
            }
        }
        boolean registered = owner != null && targets.contains(owner);
        targets.removeIf(applet -> applet != owner);
        if (owner == null) {
            listener.dropped(event.name(), "no applet owns the " + what);
        } else if (!registered) {
            listener.dropped(
                    Triggering.describe(event, owner.aid),
                    "it owns the " + what + ", but is not registered to the event or is locked");
        }
    }

    /** A byte of the first object with this tag, -1 where there is none. */
    private static int number(TlvHandler contents, byte tag, int offset) {
        return contents.seek(tag) && contents.selectedLength() > offset
                ? contents.getValueByte((short) offset) & 0xFF
                : -1;
    }

    /** What the EnvelopeHandler holds when an application session ended: the AID. */
    static byte[] deselect(byte[] aid) {
        ByteArrayOutputStream list = devices();
        object(list, ToolkitConstants.TAG_AID, aid);
        return ber(list);
    }

    /**
     * What the EnvelopeHandler holds when a command of the ME updated a file: its path, the AID of its application, and where
     * it was updated. ETSI TS 102 241 clause 6.2, EVENT_EXTERNAL_FILE_UPDATE.
     */
    static byte[] fileUpdate(Ef file, byte[] command) {
        Df application = file.parent().application();
        String path = application == null ? file.path() : file.path().replaceFirst("^3F00/[0-9A-F]{4}", "3F00/7FFF");
        byte[] identifiers = HexFormat.of().parseHex(path.replace("/", ""));
        byte[] value = new byte[1 + identifiers.length];
        value[0] = 1;
        System.arraycopy(identifiers, 0, value, 1, identifiers.length);
        ByteArrayOutputStream list = devices();
        object(list, ToolkitConstants.TAG_FILE_LIST, value);
        if (application != null) {
            object(list, ToolkitConstants.TAG_AID, application.aid());
        }
        object(list, FILE_UPDATE_INFORMATION, updateInformation(file, command));
        return ber(list);
    }

    /** Offset of a transparent file, or record number (0: the one that the command chose by its mode), and the length. */
    private static byte[] updateInformation(Ef file, byte[] command) {
        int length = command.length > 5 ? command[4] & 0xFF : 0;
        int position;
        if (file.recordLength() == 0) {
            boolean shortIdentifier = (command[2] & 0x80) != 0;
            position = (shortIdentifier ? 0 : (command[2] & 0xFF) << 8) | (command[3] & 0xFF);
        } else {
            boolean previous = (command[3] & 7) == PREVIOUS && file.structure() == Ef.Structure.CYCLIC;
            boolean newest = previous || command[1] == INCREASE;
            position = newest ? 1 : command[2] & 0xFF;
            length = file.recordLength();
        }
        return new byte[] {(byte) (position >> 8), (byte) position, (byte) (length >> 8), (byte) length};
    }

    private static ByteArrayOutputStream devices() {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        object(list, ToolkitConstants.TAG_DEVICE_IDENTITIES, new byte[] {
            ToolkitConstants.DEV_ID_TERMINAL, ToolkitConstants.DEV_ID_UICC
        });
        return list;
    }

    private static void object(ByteArrayOutputStream list, byte tag, byte[] value) {
        list.write(tag | 0x80);
        length(list, value.length);
        list.writeBytes(value);
    }

    private static void length(ByteArrayOutputStream list, int length) {
        byte[] coded = new byte[3];
        list.write(coded, 0, EditTlvHandler.putLength(coded, 0, length));
    }

    private static byte[] ber(ByteArrayOutputStream list) {
        return ber((byte) EVENT_DOWNLOAD, list);
    }

    private static byte[] ber(byte tag, ByteArrayOutputStream list) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        length(whole, list.size());
        whole.writeBytes(list.toByteArray());
        return whole.toByteArray();
    }
}
