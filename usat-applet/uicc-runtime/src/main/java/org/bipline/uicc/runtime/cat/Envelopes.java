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
    private static final int SMS_PP = 0xD1;
    private static final int CELL_BROADCAST = 0xD2;
    private static final int MENU = 0xD3;
    private static final int CALL_CONTROL = 0xD4;
    private static final int MO_SMS_CONTROL = 0xD5;
    private static final int EVENT_DOWNLOAD = 0xD6;
    private static final int TIMER = 0xD7;
    private static final int USSD = 0xD9;
    private static final byte TAG_SMS_TPDU = 0x0B;
    private static final byte UDH_INDICATOR = 0x40;

    private Envelopes() {}

    static String hex(AID aid) {
        byte[] bytes = new byte[16];
        int length = aid.getBytes(bytes, (short) 0);
        return HexFormat.of().withUpperCase().formatHex(bytes, 0, length);
    }

    private static TlvHandler contents(byte[] envelope) {
        int header = (envelope[1] & 0xFF) == 0x81 ? 3 : 2;
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

    static Event event(byte[] envelope) {
        TlvHandler contents = contents(envelope);
        return switch (envelope[0] & 0xFF) {
            case SMS_PP -> isFormatted(contents) ? Event.FORMATTED_SMS_PP_ENV : Event.UNFORMATTED_SMS_PP_ENV;
            case CELL_BROADCAST -> Event.UNFORMATTED_SMS_CB;
            case MENU ->
                contents.seek(ToolkitConstants.TAG_HELP_REQUEST)
                        ? Event.MENU_SELECTION_HELP_REQUEST
                        : Event.MENU_SELECTION;
            case CALL_CONTROL -> Event.CALL_CONTROL_BY_NAA;
            case MO_SMS_CONTROL -> Event.MO_SHORT_MESSAGE_CONTROL_BY_NAA;
            case TIMER -> Event.TIMER_EXPIRATION;
            case USSD -> Event.UNFORMATTED_USSD;
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

    /** A short message with a command packet header in its user data header (70), or with protocol identifier and class of one. */
    private static boolean isFormatted(TlvHandler contents) {
        if (!contents.seek(TAG_SMS_TPDU) || contents.selectedLength() < 2) {
            return false;
        }
        int originator = contents.getValueByte((short) 1) & 0xFF;
        int userData = 3 + (originator + 1) / 2 + 1 + 1 + 7 + 1; // behind address, PID, DCS, time stamp and length
        if ((contents.getValueByte((short) 0) & UDH_INDICATOR) == 0 || userData + 2 > contents.selectedLength()) {
            return false;
        }
        int end = userData + 1 + (contents.getValueByte((short) userData) & 0xFF);
        for (int at = userData + 1; at + 1 < end && at + 1 < contents.selectedLength(); ) {
            if ((contents.getValueByte((short) at) & 0xFF) == 0x70) {
                return true;
            }
            at += 2 + (contents.getValueByte((short) (at + 1)) & 0xFF);
        }
        return false;
    }

    /** Leaves only the applets that the envelope concerns, and tells why the others, or all, get nothing. */
    static void narrow(
            Event event,
            byte[] envelope,
            List<ToolkitApplet> targets,
            Registry registry,
            Channels channels,
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
                owner = registry.timers().owner(number(contents, ToolkitConstants.TAG_TIMER_IDENTIFIER, 0));
                what = "timer";
            }
            case EVENT_DOWNLOAD_DATA_AVAILABLE, EVENT_DOWNLOAD_CHANNEL_STATUS -> {
                int status = number(contents, ToolkitConstants.TAG_CHANNEL_DATA_STATUS, 0);
                owner = status < 0 ? null : channels.owner(status & 7);
                what = "channel";
            }
            case EVENT_DOWNLOAD_LOCAL_CONNECTION -> {
                owner = registry.services().owner(number(contents, ToolkitConstants.TAG_SERVICE_RECORD, 1) + 1);
                what = "service";
            }
            case FORMATTED_SMS_PP_ENV -> {
                targets.clear();
                listener.dropped(event.name(), "secured packets are not handled yet: no applet is triggered");
                return;
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
                    CatRuntime.describe(event, owner.aid),
                    "it owns the " + what + " but is not registered or is locked");
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

    /** What the EnvelopeHandler holds when a file was updated: the file's path and the AID of its application. */
    static byte[] fileUpdate(Ef file, Df application) {
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
        return ber(list);
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
        list.write(value.length);
        list.writeBytes(value);
    }

    private static byte[] ber(ByteArrayOutputStream list) {
        byte[] whole = new byte[2 + list.size()];
        whole[0] = (byte) EVENT_DOWNLOAD;
        whole[1] = (byte) list.size();
        System.arraycopy(list.toByteArray(), 0, whole, 2, list.size());
        return whole;
    }
}
