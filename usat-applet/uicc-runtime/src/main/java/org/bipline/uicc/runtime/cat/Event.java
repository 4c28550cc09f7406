// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The toolkit events: ETSI TS 102 241 (events and handler availability), 3GPP TS 31.130; with the value that the event has in
 * SET UP EVENT LIST (ETSI TS 102 223 and 3GPP TS 31.111, event list) and its bits in the terminal profile: one is enough, since
 * there is one for each kind of network or connection where there are several.
 */
enum Event {
    PROFILE_DOWNLOAD(1, Kind.EVENT),
    FORMATTED_SMS_PP_ENV(2, Kind.ENVELOPE_WITH_RESPONSE),
    FORMATTED_SMS_PP_UPD(3, Kind.ENVELOPE),
    UNFORMATTED_SMS_PP_ENV(4, Kind.ENVELOPE_WITH_RESPONSE),
    UNFORMATTED_SMS_PP_UPD(5, Kind.ENVELOPE),
    UNFORMATTED_SMS_CB(6, Kind.ENVELOPE),
    MENU_SELECTION(7, Kind.ENVELOPE),
    MENU_SELECTION_HELP_REQUEST(8, Kind.ENVELOPE),
    CALL_CONTROL_BY_NAA(9, Kind.CONTROL),
    MO_SHORT_MESSAGE_CONTROL_BY_NAA(10, Kind.CONTROL),
    TIMER_EXPIRATION(11, Kind.ENVELOPE),
    EVENT_DOWNLOAD_MT_CALL(12, 0x00, 33),
    EVENT_DOWNLOAD_CALL_CONNECTED(13, 0x01, 34),
    EVENT_DOWNLOAD_CALL_DISCONNECTED(14, 0x02, 35),
    EVENT_DOWNLOAD_LOCATION_STATUS(15, 0x03, 36),
    EVENT_DOWNLOAD_USER_ACTIVITY(16, 0x04, 37),
    EVENT_DOWNLOAD_IDLE_SCREEN_AVAILABLE(17, 0x05, 38),
    EVENT_DOWNLOAD_CARD_READER_STATUS(18, 0x06, 39),
    STATUS_COMMAND(19, Kind.EVENT),
    EVENT_DOWNLOAD_LANGUAGE_SELECTION(20, 0x07, 40),
    EVENT_DOWNLOAD_BROWSER_TERMINATION(21, 0x08, 41),
    EVENT_DOWNLOAD_DATA_AVAILABLE(22, 0x09, 42),
    EVENT_DOWNLOAD_CHANNEL_STATUS(23, 0x0A, 43),
    FORMATTED_SMS_CB(24, Kind.ENVELOPE),
    EVENT_DOWNLOAD_ACCESS_TECHNOLOGY_CHANGE(25, 0x0B, 44),
    EVENT_DOWNLOAD_DISPLAY_PARAMETER_CHANGED(26, 0x0C, 45),
    EVENT_DOWNLOAD_LOCAL_CONNECTION(27, 0x0D, 46),
    EVENT_DOWNLOAD_NETWORK_SEARCH_MODE_CHANGE(28, 0x0E, 47),
    EVENT_BROWSING_STATUS(29, 0x0F, 192),
    EVENT_DOWNLOAD_NETWORK_REJECTION(31, 0x12, 196, 198),
    EVENT_DOWNLOAD_HCI_CONNECTIVITY(32, 0x13, 197),
    EVENT_DOWNLOAD_CSG_CELL_SELECTION(33, 0x15, 199),
    EVENT_DOWNLOAD_FRAMES_INFORMATION_CHANGED(34, 0x10, 194),
    EVENT_DOWNLOAD_DATA_CONNECTION_STATUS_CHANGE(37, 0x1D, 273, 274, 280),
    EVENT_DOWNLOAD_IMS_REGISTRATION(119, 0x17, 246),
    EVENT_DOWNLOAD_INCOMING_IMS_DATA(120, 0x18, 245),
    FORMATTED_USSD(121, Kind.ENVELOPE_WITH_RESPONSE),
    UNFORMATTED_USSD(122, Kind.ENVELOPE_WITH_RESPONSE),
    PROACTIVE_HANDLER_AVAILABLE(123, Kind.EVENT),
    EXTERNAL_FILE_UPDATE(124, Kind.NOTICE),
    APPLICATION_DESELECT(126, Kind.NOTICE),
    FIRST_COMMAND_AFTER_ATR(127, Kind.EVENT),
    UNRECOGNIZED_ENVELOPE(-1, Kind.ENVELOPE_WITH_RESPONSE);

    /** What an event brings along: which handlers are there, and whether the ME may be told to try again later. */
    private enum Kind {
        EVENT,
        NOTICE,
        ENVELOPE,
        ENVELOPE_WITH_RESPONSE,
        CONTROL
    }

    private static final Map<Short, Event> BY_CODE = new HashMap<>();
    private static final Map<Integer, Event> BY_DOWNLOAD = new HashMap<>();

    static {
        for (Event event : values()) {
            BY_CODE.put(event.code, event);
            if (event.download >= 0) {
                BY_DOWNLOAD.put(event.download, event);
            }
        }
    }

    private final short code;
    private final Kind kind;
    private final int download;

    @SuppressWarnings("ImmutableEnumChecker") // nobody else gets the array
    private final int[] profileBits;

    Event(int code, Kind kind) {
        this(code, kind, -1);
    }

    Event(int code, int download, int... profileBits) {
        this(code, Kind.ENVELOPE, download, profileBits);
    }

    Event(int code, Kind kind, int download, int... profileBits) {
        this.code = (short) code;
        this.kind = kind;
        this.download = download;
        this.profileBits = profileBits;
    }

    /** Null for a value that is no event. */
    static Event of(short code) {
        return BY_CODE.get(code);
    }

    /** The event that ENVELOPE (EVENT DOWNLOAD) names by this value of its event list; null for an unknown one. */
    static Event ofDownload(int value) {
        return BY_DOWNLOAD.get(value);
    }

    short code() {
        return code;
    }

    boolean isDownload() {
        return download >= 0;
    }

    /** Value in an event list, for events that are downloads. */
    int download() {
        return download;
    }

    /** Bits of the terminal profile, numbered from 0, of which an ME that knows the event has at least one. */
    IntStream profileBits() {
        return IntStream.of(profileBits);
    }

    boolean hasEnvelopeHandler() {
        return kind != Kind.EVENT;
    }

    /**
     * Whether the proactive handlers can be there at the event. At the end of an application session they are not: the SELECT that
     * ends it is not done yet. So say the applets of ETSI TS 102 268 (cre_mha_pahd, cre_mha_prhd); who wants to send a command
     * then registers to PROACTIVE_HANDLER_AVAILABLE.
     */
    boolean hasProactiveHandler() {
        return this != APPLICATION_DESELECT;
    }

    boolean hasEnvelopeResponseHandler() {
        return kind == Kind.ENVELOPE_WITH_RESPONSE || kind == Kind.CONTROL;
    }

    /** Whether 9300 may answer the envelope where the applet is in the middle of another event. */
    boolean isBusyAllowed() {
        return kind == Kind.ENVELOPE || kind == Kind.ENVELOPE_WITH_RESPONSE;
    }

    /** Whether setEvent and clearEvent take it; the others follow from menu entries, timers, polling, files and services. */
    boolean isExplicit() {
        return switch (this) {
            case MENU_SELECTION,
                    MENU_SELECTION_HELP_REQUEST,
                    TIMER_EXPIRATION,
                    STATUS_COMMAND,
                    EVENT_DOWNLOAD_LOCAL_CONNECTION,
                    EXTERNAL_FILE_UPDATE -> false;
            default -> true;
        };
    }

    /** Whether at most one applet of the card is registered to it. */
    boolean isExclusive() {
        return kind == Kind.CONTROL;
    }

    boolean needsTar() {
        return this == FORMATTED_SMS_PP_ENV
                || this == FORMATTED_SMS_PP_UPD
                || this == FORMATTED_SMS_CB
                || this == FORMATTED_USSD;
    }
}
