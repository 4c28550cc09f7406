// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.file.Response;
import org.bipline.uicc.runtime.ota.CommandPacket;
import org.bipline.uicc.runtime.ota.PacketSecurity;
import org.bipline.uicc.runtime.ota.Reassembly;
import org.bipline.uicc.runtime.ota.ResponseStatus;
import org.bipline.uicc.runtime.ota.ShortMessage;

/**
 * Short messages, cell broadcast pages and USSD strings: joined from their parts, taken out of their packets, given to the
 * applets, and answered. 3GPP TS 31.130 (events), TS 31.115 (packets), TS 31.111 clause 7.1.
 */
final class Downloads {
    static final byte TAG_USSD_STRING = 0x0A;
    static final byte TAG_SMS_TPDU = 0x0B;
    static final byte TAG_CELL_BROADCAST_PAGE = 0x0C;

    private static final int OK = 0x9000;
    private static final int WARNING = 0x6200;
    private static final int WRONG_DATA = 0x6A80;
    private static final int BUSY = 0x9300;

    /** Longest user data of an SMS-DELIVER-REPORT that the ME takes: 3GPP TS 31.111 clause 7.1.1.2. */
    private static final int MAX_REPORT = 128;

    private static final int RECORD_LENGTH = 176;

    /** Serial number, message identifier, data coding scheme, page parameter. 3GPP TS 23.041 clause 9.4.1.2. */
    static final int PAGE_HEADER = 6;

    private static final int FIRST_SECURED_BROADCAST = 0x1080;
    private static final int LAST_SECURED_BROADCAST = 0x10FF;

    /** Binary data, and the packet format information of a secured packet. 3GPP TS 31.115 clause 6. */
    private static final int USSD_BINARY = 0x96;

    private static final int USSD_SECURED = 0x03;

    private final Registry registry;
    private final Triggering triggering;
    private final SystemCommands system;
    private final ProactiveSession session;
    private final UiccListener listener;
    private final PacketSecurity security;
    private final Reassembly<ShortMessage> messages = new Reassembly<>();
    private final Reassembly<byte[]> pages = new Reassembly<>();
    private int submitReference;

    Downloads(
            Registry registry,
            Triggering triggering,
            SystemCommands system,
            ProactiveSession session,
            PacketSecurity security,
            UiccListener listener) {
        this.registry = registry;
        this.triggering = triggering;
        this.system = system;
        this.session = session;
        this.security = security;
        this.listener = listener;
    }

    void reset() {
        messages.clear();
        pages.clear();
    }

    /** The command packet in a cell broadcast page; null where it has none. 3GPP TS 31.115 clause 5. */
    static CommandPacket packetOfPage(byte[] page) {
        int identifier = page.length < PAGE_HEADER ? 0 : ((page[2] & 0xFF) << 8) | (page[3] & 0xFF);
        return identifier < FIRST_SECURED_BROADCAST || identifier > LAST_SECURED_BROADCAST
                ? null
                : CommandPacket.parse(page, PAGE_HEADER, page.length);
    }

    /** The command packet in a USSD string; null where it has none. 3GPP TS 31.115 clause 6.1. */
    static CommandPacket packetOfUssd(byte[] string) {
        return string.length > 2 && (string[0] & 0xFF) == USSD_BINARY && string[1] == USSD_SECURED
                ? CommandPacket.parse(string, 2, string.length)
                : null;
    }

    private static byte[] value(byte[] envelope, byte tag) {
        TlvHandler contents = Envelopes.contents(envelope);
        if (!contents.seek(tag)) {
            return null;
        }
        byte[] value = new byte[contents.selectedLength()];
        contents.copyValue((short) 0, value, (short) 0, (short) value.length);
        return value;
    }

    /** ENVELOPE (SMS-PP DOWNLOAD). */
    int shortMessage(byte[] envelope, Response out) {
        byte[] tpdu = value(envelope, TAG_SMS_TPDU);
        ShortMessage message = tpdu == null ? null : ShortMessage.parse(tpdu);
        if (message == null) {
            listener.dropped("SMS-PP DOWNLOAD", "its SMS TPDU is missing or cut");
            return WRONG_DATA;
        }
        ShortMessage whole = whole(message);
        if (whole == null) {
            return OK;
        }
        byte[] joined = whole == message ? envelope : Envelopes.replaced(envelope, TAG_SMS_TPDU, whole.bytes());
        if (!whole.isFormatted()) {
            return unformatted(Event.UNFORMATTED_SMS_PP_ENV, joined, out);
        }
        return formatted(Event.FORMATTED_SMS_PP_ENV, joined, whole.packet(), whole, out);
    }

    /** The message when it is complete, else null. */
    private ShortMessage whole(ShortMessage message) {
        if (!message.isPart()) {
            return message;
        }
        List<ShortMessage> parts = messages.add(message.key(), message.parts(), message.number(), message);
        if (parts.isEmpty()) {
            listener.dropped(
                    "part %d of %d of a short message".formatted(message.number(), message.parts()),
                    "no applet is triggered before all parts are there");
            return null;
        }
        return message.joined(parts);
    }

    /** UPDATE RECORD of EF SMS by the ME: status, address of the service centre, TPDU. 3GPP TS 31.102 clause 4.2.25. */
    void stored(byte[] record) {
        int address = record.length < RECORD_LENGTH ? 0 : 1 + (record[1] & 0xFF);
        if (address == 0 || address > 12 || (record[0] & 1) == 0 || (record[0] & 4) != 0) {
            return; // free, or a message that the ME sends
        }
        ShortMessage message = ShortMessage.parse(Arrays.copyOfRange(record, 1 + address, record.length));
        if (message == null) {
            listener.dropped("EF SMS", "the record holds no SMS-DELIVER");
            return;
        }
        ShortMessage whole = whole(message.trimmed());
        if (whole == null) {
            return;
        }
        byte[] envelope = Envelopes.storedMessage(Arrays.copyOfRange(record, 2, 1 + address), whole.bytes());
        if (whole.isFormatted()) {
            formatted(Event.FORMATTED_SMS_PP_UPD, envelope, whole.packet(), whole, null);
        } else {
            unformatted(Event.UNFORMATTED_SMS_PP_UPD, envelope, null);
        }
    }

    /** ENVELOPE (CELL BROADCAST DOWNLOAD). */
    int cellBroadcast(byte[] envelope, Response out) {
        byte[] page = value(envelope, TAG_CELL_BROADCAST_PAGE);
        if (page == null || page.length < PAGE_HEADER) {
            listener.dropped("CELL BROADCAST DOWNLOAD", "its page is missing or cut");
            return WRONG_DATA;
        }
        int count = page[5] & 0x0F;
        int number = (page[5] & 0xF0) >> 4;
        byte[] joined = envelope;
        byte[] whole = page;
        if (count > 1 && number > 0 && number <= count) {
            List<byte[]> all = pages.add(HexFormat.of().formatHex(page, 0, 4), count, number, page);
            if (all.isEmpty()) {
                listener.dropped(
                        "page %d of %d of a cell broadcast".formatted(number, count),
                        "no applet is triggered before all pages are there");
                return OK;
            }
            whole = joined(all);
            joined = Envelopes.replaced(envelope, TAG_CELL_BROADCAST_PAGE, whole);
        }
        CommandPacket packet = packetOfPage(whole);
        return packet == null
                ? unformatted(Event.UNFORMATTED_SMS_CB, joined, out)
                : formatted(Event.FORMATTED_SMS_CB, joined, packet, null, null);
    }

    private static byte[] joined(List<byte[]> pages) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(pages.get(0), 0, PAGE_HEADER);
        pages.forEach(page -> whole.write(page, PAGE_HEADER, page.length - PAGE_HEADER));
        return whole.toByteArray();
    }

    /** ENVELOPE (USSD DOWNLOAD). */
    int ussd(byte[] envelope, Response out) {
        byte[] string = value(envelope, TAG_USSD_STRING);
        CommandPacket packet = string == null ? null : packetOfUssd(string);
        return packet == null
                ? unformatted(Event.UNFORMATTED_USSD, envelope, out)
                : formatted(Event.FORMATTED_USSD, envelope, packet, null, out);
    }

    private int unformatted(Event event, byte[] envelope, Response out) {
        List<ToolkitApplet> targets = triggering.targets(event);
        if (targets.isEmpty()) {
            listener.dropped(event.name(), "no applet is registered to it");
        }
        if (isBusy(event, targets)) {
            return BUSY;
        }
        Trigger.Delivery delivery = triggering.fire(event, envelope, targets);
        return out == null ? delivery.statusWord() : posted(delivery, out);
    }

    private boolean isBusy(Event event, List<ToolkitApplet> targets) {
        return Envelopes.isBusy(event, targets, session, listener);
    }

    /** Status word of an event without packet, with what an applet posted as the data. */
    int posted(Trigger.Delivery delivery, Response out) {
        EnvelopeResponse response = delivery.response();
        if (response == null) {
            return delivery.statusWord();
        }
        out.add(response.posted(), 0, response.posted().length);
        // an empty answer has no data to fetch first: 91xx says more than a warning then
        return response.isAccepted() || (out.length() == 0 && session.waiting() != 0) ? OK : WARNING;
    }

    /**
     * A command packet for the applet of its TAR. {@code sender} is the short message that brought it, null where none did;
     * {@code out} takes an answer in the response to an envelope, null where there is none to give.
     */
    private int formatted(Event event, byte[] envelope, CommandPacket packet, ShortMessage sender, Response out) {
        if (packet == null) {
            listener.dropped(event.name(), "its command packet is cut or its lengths contradict each other");
            return OK;
        }
        ToolkitApplet applet = registry.byTar(packet.tar());
        String what = "%s for TAR %06X".formatted(event.name(), packet.tar());
        if (applet == null || !applet.has(event) || applet.isLocked()) {
            listener.dropped(
                    what,
                    ResponseStatus.TAR_UNKNOWN + ", no applet of it that is not locked is registered to the event");
            PacketSecurity.Opened refused = new PacketSecurity.Opened(ResponseStatus.TAR_UNKNOWN, packet, false);
            return answer(what, refused, new byte[0], sender, out, true);
        }
        List<ToolkitApplet> targets = List.of(applet);
        if (isBusy(event, targets)) {
            return BUSY; // before the counter is used: the same packet comes again
        }
        PacketSecurity.Opened opened = security.open(packet, applet.parameters.minimumSecurityLevel());
        if (opened.status() != ResponseStatus.POR_OK) {
            listener.dropped(
                    what, opened.status() + ", the packet's security and that of the applet's TAR do not agree");
            return answer(what, opened, new byte[0], sender, out, true);
        }
        byte[] clear = opened.packet() == packet
                ? envelope
                : Envelopes.replaced(envelope, tag(event), opened.packet().carrier());
        Trigger.Delivery delivery = triggering.fire(event, clear, targets);
        EnvelopeResponse response = delivery.response();
        if (response != null) {
            return answer(what, opened, response.posted(), sender, out, response.isAccepted());
        }
        return delivery.statusWord() == OK
                ? answer(what, opened, new byte[0], sender, out, true)
                : delivery.statusWord();
    }

    /** Of the data object that carries a packet. */
    private static byte tag(Event event) {
        if (event == Event.FORMATTED_SMS_CB) {
            return TAG_CELL_BROADCAST_PAGE;
        }
        return event == Event.FORMATTED_USSD ? TAG_USSD_STRING : TAG_SMS_TPDU;
    }

    /** Sends the response packet the way that SPI2 asks for. ETSI TS 102 225 clause 5.1.1. */
    private int answer(
            String what,
            PacketSecurity.Opened opened,
            byte[] data,
            ShortMessage sender,
            Response out,
            boolean accepted) {
        CommandPacket packet = opened.packet();
        if (!packet.wantsResponse(opened.status())) {
            if (data.length > 0) {
                listener.dropped("response data to " + what, "the sender wants no response packet");
            }
            return OK;
        }
        if (!security.canRespond(opened)) {
            listener.dropped(
                    "response packet to " + what, "the sender wants it secured, and there are no keys for that");
            return OK;
        }
        byte[] before = sender == null ? new byte[0] : ShortMessage.responseUserData(new byte[0]);
        byte[] response = security.response(opened, opened.status(), before, data);
        byte[] report = sender == null ? ussdResponse(response) : ShortMessage.responseUserData(response);
        boolean bySubmit = sender != null && (packet.wantsSubmit() || out == null);
        if (out != null && !packet.wantsSubmit() && report.length > MAX_REPORT && sender != null) {
            byte[] notice = security.response(opened, ResponseStatus.DATA_FOLLOW_IN_SUBMIT, before, new byte[0]);
            report = ShortMessage.responseUserData(notice);
            bySubmit = true;
        }
        if (bySubmit) {
            sender.submits(response, submitReference++).forEach(system::sendMessage);
        }
        if (out != null && !packet.wantsSubmit()) {
            out.add(report, 0, report.length);
            return accepted ? OK : WARNING;
        }
        if (!bySubmit) {
            listener.dropped("response packet to " + what, "there is no way back to the sender");
        }
        return OK;
    }

    private static byte[] ussdResponse(byte[] packet) {
        byte[] string = new byte[1 + packet.length];
        string[0] = USSD_SECURED;
        System.arraycopy(packet, 0, string, 1, packet.length);
        return string;
    }
}
