// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

/**
 * What the ME can do, as it said in the TERMINAL PROFILE command of this card session. A facility is a bit of the
 * profile: index 0 is bit 1 of the first byte, index 8 bit 1 of the second. The meaning of the bits is in ETSI TS 102
 * 223 clause 5.2; facilities beyond the end of the profile are not supported. The names of the constants are spelt as
 * published.
 */
public final class TerminalProfile {
    /** Profile download. Byte 1, bit 1. */
    public static final short IDX_PROFILE_DOWNLOAD = 0;

    /** SMS-PP download. Byte 1, bit 2. */
    public static final short IDX_SMS_PP_DOWNLOAD = 1;

    /** Cell broadcast download. Byte 1, bit 3. */
    public static final short IDX_CELL_BROADCAST_DOWNLOAD = 2;

    /** Menu selection. Byte 1, bit 4. */
    public static final short IDX_MENU_SELECTION = 3;

    /** Timer expiration. Byte 1, bit 6. */
    public static final short IDX_TIMER_EXPIRATION = 5;

    /** Call control by NAA. Byte 1, bit 8. */
    public static final short IDX_CALL_CONTROLL_BY_NAA = 7;

    /** Command result. Byte 2, bit 1. */
    public static final short IDX_COMMAND_RESULT = 8;

    /** UCS2 entry. Byte 2, bit 6. */
    public static final short IDX_UCS2_ENTRY = 13;

    /** UCS2 display. Byte 2, bit 7. */
    public static final short IDX_UCS2_DISPLAY = 14;

    /** Text strings up to 240 bytes in DISPLAY TEXT. Byte 2, bit 8. */
    public static final short IDX_DISPLAY_TEXT = 15;

    /** DISPLAY TEXT. Byte 3, bit 1. */
    public static final short IDX_PROACTIVE_UICC_DISPLAY_TEXT = 16;

    /** GET INKEY. Byte 3, bit 2. */
    public static final short IDX_PROACTIVE_UICC_GET_INKEY = 17;

    /** GET INPUT. Byte 3, bit 3. */
    public static final short IDX_PROACTIVE_UICC_GET_INPUT = 18;

    /** MORE TIME. Byte 3, bit 4. */
    public static final short IDX_PROACTIVE_UICC_MORE_TIME = 19;

    /** PLAY TONE. Byte 3, bit 5. */
    public static final short IDX_PROACTIVE_UICC_PLAY_TONE = 20;

    /** POLL INTERVAL. Byte 3, bit 6. */
    public static final short IDX_PROACTIVE_UICC_POLL_INTERVAL = 21;

    /** POLLING OFF. Byte 3, bit 7. */
    public static final short IDX_PROACTIVE_UICC_POLLING_OFF = 22;

    /** REFRESH. Byte 3, bit 8. */
    public static final short IDX_PROACTIVE_UICC_REFRESH = 23;

    /** SELECT ITEM. Byte 4, bit 1. */
    public static final short IDX_PROACTIVE_UICC_SELECT_ITEM = 24;

    /** SEND SS. Byte 4, bit 3. */
    public static final short IDX_PROACTIVE_UICC_SEND_SS = 26;

    /** SET UP CALL. Byte 4, bit 5. */
    public static final short IDX_PROACTIVE_UICC_SET_UP_CALL = 28;

    /** SET UP MENU. Byte 4, bit 6. */
    public static final short IDX_PROACTIVE_UICC_SET_UP_MENU = 29;

    /** PROVIDE LOCAL INFORMATION: location and IMEI. Byte 4, bit 7. */
    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_MCC_MNC_LAC_CELLID_IMEI = 30;

    /** PROVIDE LOCAL INFORMATION: NMR. Byte 4, bit 8. */
    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_NMR = 31;

    /** SET UP EVENT LIST. Byte 5, bit 1. */
    public static final short IDX_PROACTIVE_UICC_SET_UP_EVENT_LIST = 32;

    /** Event: MT call. Byte 5, bit 2. */
    public static final short IDX_EVENT_MT_CALL = 33;

    /** Event: call connected. Byte 5, bit 3. */
    public static final short IDX_EVENT_CALL_CONNECTED = 34;

    /** Event: call disconnected. Byte 5, bit 4. */
    public static final short IDX_EVENT_CALL_DISCONNECTED = 35;

    /** Event: location status. Byte 5, bit 5. */
    public static final short IDX_EVENT_LOCATION_STATTUS = 36;

    /** Event: user activity. Byte 5, bit 6. */
    public static final short IDX_EVENT_USER_ACTIVITY = 37;

    /** Event: idle screen available. Byte 5, bit 7. */
    public static final short IDX_EVENT_IDLE_SCREEN_AVAILABLE = 38;

    /** Event: card reader status. Byte 5, bit 8. */
    public static final short IDX_EVENT_CARD_READER_STATUS = 39;

    /** Event: language selection. Byte 6, bit 1. */
    public static final short IDX_EVENT_LANGUAGAE_SELECTION = 40;

    /** Event: browser termination. Byte 6, bit 2. */
    public static final short IDX_EVENT_BROWSER_TERMINATION = 41;

    /** Event: data available. Byte 6, bit 3. */
    public static final short IDX_EVENT_DATA_AVAILABLE = 42;

    /** Event: channel status. Byte 6, bit 4. */
    public static final short IDX_EVENT_CHANNEL_STATUS = 43;

    /** Event: access technology change. Byte 6, bit 5. */
    public static final short IDX_EVENT_ACCESS_TECHNOLOGY_CHANGE = 44;

    /** Event: display parameter changed. Byte 6, bit 6. */
    public static final short IDX_EVENT_DISPLAY_PARAMETER_CHANGED = 45;

    /** Event: local connection. Byte 6, bit 7. */
    public static final short IDX_EVENT_LOCAL_CONNECTION = 46;

    /** Event: network search mode change. Byte 6, bit 8. */
    public static final short IDX_EVENT_NRETWORK_SEARCH_MODE_CHANGE = 47;

    /** POWER ON CARD. Byte 7, bit 1. */
    public static final short IDX_PROACTIVE_UICC_POWER_ON_CARD = 48;

    /** POWER OFF CARD. Byte 7, bit 2. */
    public static final short IDX_PROACTIVE_UICC_POWER_OFF_CARD = 49;

    /** PERFORM CARD APDU. Byte 7, bit 3. */
    public static final short IDX_PROACTIVE_UICC_PERFORM_CARD_APDU = 50;

    /** GET READER STATUS: status. Byte 7, bit 4. */
    public static final short IDX_PROACTIVE_UICC_GET_READER_STATUS_STATUS = 51;

    /** GET READER STATUS: identifier. Byte 7, bit 5. */
    public static final short IDX_PROACTIVE_UICC_GET_READER_STATUS_IDENTIFIER = 52;

    /** TIMER MANAGEMENT: start and stop. Byte 8, bit 1. */
    public static final short IDX_PROACTIVE_UICC_TIMER_MANAGEMENT_START_STOP = 56;

    /** TIMER MANAGEMENT: current value. Byte 8, bit 2. */
    public static final short IDX_PROACTIVE_UICC_TIMER_MANAGEMENT_CUR_VALUE = 57;

    /** PROVIDE LOCAL INFORMATION: date, time and time zone. Byte 8, bit 3. */
    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_DATE_TIME = 58;

    /** RUN AT COMMAND. Byte 8, bit 6. */
    public static final short IDX_PROACTIVE_UICC_RUN_AT_COMMAND = 61;

    /** Second alpha identifier in SET UP CALL. Byte 8, bit 7. */
    public static final short IDX_SETUP_CALL = 62;

    /** SEND DTMF. Byte 9, bit 2. */
    public static final short IDX_SEND_DTMF = 65;

    /** PROVIDE LOCAL INFORMATION: language. Byte 9, bit 4. */
    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_LANGUAGE = 67;

    /** PROVIDE LOCAL INFORMATION: timing. Byte 9, bit 5. */
    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_TIMING = 68;

    /** LANGUAGE NOTIFICATION. Byte 9, bit 6. */
    public static final short IDX_PROACTIVE_UICC_LANGUAGE_NOTIFICATION = 69;

    /** LAUNCH BROWSER. Byte 9, bit 7. */
    public static final short IDX_PROACTIVE_UICC_LAUNCH_BROWSER = 70;

    /** PROVIDE LOCAL INFORMATION: access technology. Byte 9, bit 8. */
    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_ACCESS_TECHNOLOGY = 71;

    /** Soft keys for SELECT ITEM. Byte 10, bit 1. */
    public static final short IDX_SOFT_KEYS_SELECT_ITEM = 72;

    /** Soft keys for SET UP MENU. Byte 10, bit 2. */
    public static final short IDX_SOFT_KEYS_SET_UP_MENU = 73;

    /** OPEN CHANNEL. Byte 12, bit 1. */
    public static final short IDX_PROACTIVE_UICC_OPEN_CHANNEL = 88;

    /** CLOSE CHANNEL. Byte 12, bit 2. */
    public static final short IDX_PROACTIVE_UICC_CLOSE_CHANNEL = 89;

    /** RECEIVE DATA. Byte 12, bit 3. */
    public static final short IDX_PROACTIVE_UICC_RECEIVE_DATA = 90;

    /** SEND DATA. Byte 12, bit 4. */
    public static final short IDX_PROACTIVE_UICC_SEND_DATA = 91;

    /** GET CHANNEL STATUS. Byte 12, bit 5. */
    public static final short IDX_PROACTIVE_UICC_GET_CHANNEL_STATUS = 92;

    /** SERVICE SEARCH. Byte 12, bit 6. */
    public static final short IDX_PROACTIVE_UICC_SERVICE_SEARCH = 93;

    /** GET SERVICE INFORMATION. Byte 12, bit 7. */
    public static final short IDX_PROACTIVE_UICC_GET_SERVICE_INFORMATION = 94;

    /** DECLARE SERVICE. Byte 12, bit 8. */
    public static final short IDX_PROACTIVE_UICC_DECLARE_SERVICE = 95;

    /** Bearer: circuit switched data. Byte 13, bit 1. */
    public static final short IDX_CSD = 96;

    /** Bearer: GPRS. Byte 13, bit 2. */
    public static final short IDX_GPRS = 97;

    /** Bearer: Bluetooth. Byte 13, bit 3. */
    public static final short IDX_BLUETOOTH = 98;

    /** Bearer: IrDA. Byte 13, bit 4. */
    public static final short IDX_IRDA = 99;

    /** Bearer: RS232. Byte 13, bit 5. */
    public static final short IDX_RS232 = 100;

    /** Screen sizing. Byte 14, bit 8. */
    public static final short IDX_SCREEN_SIZING = 111;

    /** Variable size fonts. Byte 15, bit 8. */
    public static final short IDX_VARIABLE_SIZE_FONTS = 119;

    /** Display resize. Byte 16, bit 1. */
    public static final short IDX_DISPLAY_RESIZE = 120;

    /** Text wrapping. Byte 16, bit 2. */
    public static final short IDX_TEXT_WRAPPING = 121;

    /** Text scrolling. Byte 16, bit 3. */
    public static final short IDX_TEXT_SCROLLING = 122;

    /** Text attribute. Byte 16, bit 4. */
    public static final short IDX_TEXT_ATTRIBUTE = 123;

    /** TCP, UICC in client mode, remote connection. Byte 17, bit 1. */
    public static final short IDX_TCP = 128;

    /** UDP, UICC in client mode, remote connection. Byte 17, bit 2. */
    public static final short IDX_UDP = 129;

    /** DISPLAY TEXT: variable timeout. Byte 18, bit 1. */
    public static final short IDX_PROACTIVE_UICC_DISPLAY_TEXT_VARIABLE_TIMEOUT = 136;

    /** GET INKEY: help supported. Byte 18, bit 2. */
    public static final short IDX_PROACTIVE_UICC_GET_INKEY_HELP_SUPPORTED = 137;

    /** Bearer: USB. Byte 18, bit 3. */
    public static final short IDX_USB = 138;

    /** GET INKEY: variable timeout. Byte 18, bit 4. */
    public static final short IDX_PROACTIVE_UICC_GET_INKEY_VARIABLE_TIMEOUT = 139;

    /** PROVIDE LOCAL INFORMATION: ESN. Byte 18, bit 5. */
    public static final short IDX_PROVIDE_LOCAL_INFORMATION_ESN = 140;

    /** PROVIDE LOCAL INFORMATION: IMEISV. Byte 18, bit 7. */
    public static final short IDX_PROVIDE_LOCAL_INFORMATION_IMEISV = 142;

    /** PROVIDE LOCAL INFORMATION: search mode change. Byte 18, bit 8. */
    public static final short IDX_PROVIDE_LOCAL_INFORMATION_SEARCH_MODE_CHANGE = 143;

    /** WML browser supported. Byte 21, bit 1. */
    public static final short IDX_WML_BROWSER_SUPPORTED = 160;

    /** XHTML browser supported. Byte 21, bit 2. */
    public static final short IDX_XHTML_BROWSER_SUPPORTED = 161;

    /** HTML browser supported. Byte 21, bit 3. */
    public static final short IDX_HTML_BROWSER_SUPPORTED = 162;

    /** CHTML browser supported. Byte 21, bit 4. */
    public static final short IDX_CHTML_BROWSER_SUPPORTED = 163;

    /** PROVIDE LOCAL INFORMATION: battery state. Byte 22, bit 2. */
    public static final short IDX_PROVIDE_LOCAL_INFORMATION_BATTERY_STATE = 169;

    /** Melody and themed tones in PLAY TONE. Byte 22, bit 3. */
    public static final short IDX_PLAY_TONE_MELODY_THEMED_TONES = 170;

    /** Multimedia calls in SET UP CALL. Byte 22, bit 4. */
    public static final short IDX_MULTI_MEDIA_CALL_IN_SET_UP_CALL = 171;

    /** SET FRAMES. Byte 23, bit 1. */
    public static final short IDX_SET_FRAMES = 176;

    /** GET FRAMES STATUS. Byte 23, bit 2. */
    public static final short IDX_GET_FRAMES_STATUS = 177;

    /** Event: browsing status. Byte 25, bit 1. */
    public static final short IDX_EVENT_BROWSING_STATUS = 192;

    /** Alignment left. Byte 28, bit 1. */
    public static final short IDX_ALIGNMENT_LEFT = 216;

    /** Alignment center. Byte 28, bit 2. */
    public static final short IDX_ALIGNMENT_CENTER = 217;

    /** Alignment right. Byte 28, bit 3. */
    public static final short IDX_ALIGNMENT_RIGHT = 218;

    /** Font size normal. Byte 28, bit 4. */
    public static final short IDX_FONT_SIZE_NORMAL = 219;

    /** Font size large. Byte 28, bit 5. */
    public static final short IDX_FONT_SIZE_LARGE = 220;

    /** Font size small. Byte 28, bit 6. */
    public static final short IDX_FONT_SIZE_SMALL = 221;

    /** Style normal. Byte 29, bit 1. */
    public static final short IDX_STYLE_NORMAL = 224;

    /** Style bold. Byte 29, bit 2. */
    public static final short IDX_STYLE_BOLD = 225;

    /** Style italic. Byte 29, bit 3. */
    public static final short IDX_STYLE_ITALIC = 226;

    /** Style underlined. Byte 29, bit 4. */
    public static final short IDX_STYLE_UNDERLINED = 227;

    /** Style strikethrough. Byte 29, bit 5. */
    public static final short IDX_STYLE_STRIKETHROUGH = 228;

    /** Style text foreground colour. Byte 29, bit 6. */
    public static final short IDX_STYLE_TEXT_FOREGROUND_COLOUR = 229;

    /** Style text background colour. Byte 29, bit 7. */
    public static final short IDX_STYLE_TEXT_BACKGROUND_COLOUR = 230;

    private TerminalProfile() {}

    /**
     * Tells whether the ME has one of the first 128 facilities.
     *
     * @param index 0 to 127
     * @return true if it has
     * @throws ToolkitException BAD_INPUT_PARAMETER if the index is negative; TERMINAL_PROFILE_NOT_AVAILABLE before the
     *     ME sent one
     */
    public static boolean check(byte index) throws ToolkitException {
        return check((short) index);
    }

    /**
     * Tells whether the ME has all facilities whose bits are set in a mask, which is laid on the profile from its first
     * byte.
     *
     * @param mask holds the mask
     * @param offset where it begins in {@code mask}
     * @param length number of bytes; 0 asks for nothing and gives true
     * @return true if it has all of them
     * @throws NullPointerException if {@code mask} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code mask}
     * @throws ToolkitException TERMINAL_PROFILE_NOT_AVAILABLE before the ME sent one
     */
    public static boolean check(byte[] mask, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException {
        byte[] profile = ToolkitRuntime.get().getTerminalProfile();
        checkRange(mask, offset, length);
        for (int i = 0; i < length; i++) {
            if ((mask[offset + i] & ~byteAt(profile, i)) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether the ME has a facility.
     *
     * @param index one of the constants, or any other index from 0
     * @return true if it has
     * @throws ToolkitException BAD_INPUT_PARAMETER if the index is negative; TERMINAL_PROFILE_NOT_AVAILABLE before the
     *     ME sent one
     */
    public static boolean check(short index) throws ToolkitException {
        byte[] profile = ToolkitRuntime.get().getTerminalProfile();
        if (index < 0) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        return isSet(profile, index);
    }

    /**
     * Reads a run of 1 to 16 bits as a number, such as the number of channels or the size of the screen.
     *
     * @param indexMSB index of the highest bit of the number
     * @param indexLSB index of the lowest bit, at most {@code indexMSB}
     * @return the number
     * @throws ToolkitException BAD_INPUT_PARAMETER if an index is negative or the run is empty or longer than 16 bits;
     *     TERMINAL_PROFILE_NOT_AVAILABLE before the ME sent one
     */
    public static short getValue(short indexMSB, short indexLSB) throws ToolkitException {
        byte[] profile = ToolkitRuntime.get().getTerminalProfile();
        if (indexLSB < 0 || indexMSB < indexLSB || indexMSB - indexLSB > 15) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        int value = 0;
        for (int i = indexMSB; i >= indexLSB; i--) {
            value = value << 1 | (isSet(profile, i) ? 1 : 0);
        }
        return (short) value;
    }

    /**
     * Copies from the profile; bytes beyond its end are 0.
     *
     * @param startOffset first byte of the profile to copy, from 0
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes
     * @return {@code dstOffset + dstLength}
     * @throws NullPointerException if {@code dstBuffer} is null
     * @throws ArrayIndexOutOfBoundsException if {@code dstOffset} or {@code dstLength} is negative or the range ends
     *     beyond {@code dstBuffer}
     * @throws ToolkitException BAD_INPUT_PARAMETER if {@code startOffset} is negative; TERMINAL_PROFILE_NOT_AVAILABLE
     *     before the ME sent one
     */
    public static short copy(short startOffset, byte[] dstBuffer, short dstOffset, short dstLength)
            throws ArrayIndexOutOfBoundsException, NullPointerException, ToolkitException {
        byte[] profile = ToolkitRuntime.get().getTerminalProfile();
        checkRange(dstBuffer, dstOffset, dstLength);
        if (startOffset < 0) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        for (int i = 0; i < dstLength; i++) {
            dstBuffer[dstOffset + i] = byteAt(profile, startOffset + i);
        }
        return (short) (dstOffset + dstLength);
    }

    private static boolean isSet(byte[] profile, int index) {
        return (byteAt(profile, index >> 3) & 1 << (index & 7)) != 0;
    }

    /** Facilities beyond the end of the profile that the ME sent are not supported. */
    private static byte byteAt(byte[] profile, int offset) {
        return offset < profile.length ? profile[offset] : 0;
    }

    private static void checkRange(byte[] array, short offset, short length) {
        if (offset < 0 || length < 0 || offset + length > array.length) {
            throw new ArrayIndexOutOfBoundsException("offset " + offset + ", length " + length + " of " + array.length);
        }
    }
}
