// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

public final class TerminalProfile {
    public static final short IDX_PROFILE_DOWNLOAD = 0;

    public static final short IDX_SMS_PP_DOWNLOAD = 1;

    public static final short IDX_CELL_BROADCAST_DOWNLOAD = 2;

    public static final short IDX_MENU_SELECTION = 3;

    public static final short IDX_TIMER_EXPIRATION = 5;

    public static final short IDX_CALL_CONTROLL_BY_NAA = 7;

    public static final short IDX_COMMAND_RESULT = 8;

    public static final short IDX_UCS2_ENTRY = 13;

    public static final short IDX_UCS2_DISPLAY = 14;

    public static final short IDX_DISPLAY_TEXT = 15;

    public static final short IDX_PROACTIVE_UICC_DISPLAY_TEXT = 16;

    public static final short IDX_PROACTIVE_UICC_GET_INKEY = 17;

    public static final short IDX_PROACTIVE_UICC_GET_INPUT = 18;

    public static final short IDX_PROACTIVE_UICC_MORE_TIME = 19;

    public static final short IDX_PROACTIVE_UICC_PLAY_TONE = 20;

    public static final short IDX_PROACTIVE_UICC_POLL_INTERVAL = 21;

    public static final short IDX_PROACTIVE_UICC_POLLING_OFF = 22;

    public static final short IDX_PROACTIVE_UICC_REFRESH = 23;

    public static final short IDX_PROACTIVE_UICC_SELECT_ITEM = 24;

    public static final short IDX_PROACTIVE_UICC_SEND_SS = 26;

    public static final short IDX_PROACTIVE_UICC_SET_UP_CALL = 28;

    public static final short IDX_PROACTIVE_UICC_SET_UP_MENU = 29;

    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_MCC_MNC_LAC_CELLID_IMEI = 30;

    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_NMR = 31;

    public static final short IDX_PROACTIVE_UICC_SET_UP_EVENT_LIST = 32;

    public static final short IDX_EVENT_MT_CALL = 33;

    public static final short IDX_EVENT_CALL_CONNECTED = 34;

    public static final short IDX_EVENT_CALL_DISCONNECTED = 35;

    public static final short IDX_EVENT_LOCATION_STATTUS = 36;

    public static final short IDX_EVENT_USER_ACTIVITY = 37;

    public static final short IDX_EVENT_IDLE_SCREEN_AVAILABLE = 38;

    public static final short IDX_EVENT_CARD_READER_STATUS = 39;

    public static final short IDX_EVENT_LANGUAGAE_SELECTION = 40;

    public static final short IDX_EVENT_BROWSER_TERMINATION = 41;

    public static final short IDX_EVENT_DATA_AVAILABLE = 42;

    public static final short IDX_EVENT_CHANNEL_STATUS = 43;

    public static final short IDX_EVENT_ACCESS_TECHNOLOGY_CHANGE = 44;

    public static final short IDX_EVENT_DISPLAY_PARAMETER_CHANGED = 45;

    public static final short IDX_EVENT_LOCAL_CONNECTION = 46;

    public static final short IDX_EVENT_NRETWORK_SEARCH_MODE_CHANGE = 47;

    public static final short IDX_PROACTIVE_UICC_POWER_ON_CARD = 48;

    public static final short IDX_PROACTIVE_UICC_POWER_OFF_CARD = 49;

    public static final short IDX_PROACTIVE_UICC_PERFORM_CARD_APDU = 50;

    public static final short IDX_PROACTIVE_UICC_GET_READER_STATUS_STATUS = 51;

    public static final short IDX_PROACTIVE_UICC_GET_READER_STATUS_IDENTIFIER = 52;

    public static final short IDX_PROACTIVE_UICC_TIMER_MANAGEMENT_START_STOP = 56;

    public static final short IDX_PROACTIVE_UICC_TIMER_MANAGEMENT_CUR_VALUE = 57;

    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_DATE_TIME = 58;

    public static final short IDX_PROACTIVE_UICC_RUN_AT_COMMAND = 61;

    public static final short IDX_SETUP_CALL = 62;

    public static final short IDX_SEND_DTMF = 65;

    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_LANGUAGE = 67;

    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_TIMING = 68;

    public static final short IDX_PROACTIVE_UICC_LANGUAGE_NOTIFICATION = 69;

    public static final short IDX_PROACTIVE_UICC_LAUNCH_BROWSER = 70;

    public static final short IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_ACCESS_TECHNOLOGY = 71;

    public static final short IDX_SOFT_KEYS_SELECT_ITEM = 72;

    public static final short IDX_SOFT_KEYS_SET_UP_MENU = 73;

    public static final short IDX_PROACTIVE_UICC_OPEN_CHANNEL = 88;

    public static final short IDX_PROACTIVE_UICC_CLOSE_CHANNEL = 89;

    public static final short IDX_PROACTIVE_UICC_RECEIVE_DATA = 90;

    public static final short IDX_PROACTIVE_UICC_SEND_DATA = 91;

    public static final short IDX_PROACTIVE_UICC_GET_CHANNEL_STATUS = 92;

    public static final short IDX_PROACTIVE_UICC_SERVICE_SEARCH = 93;

    public static final short IDX_PROACTIVE_UICC_GET_SERVICE_INFORMATION = 94;

    public static final short IDX_PROACTIVE_UICC_DECLARE_SERVICE = 95;

    public static final short IDX_CSD = 96;

    public static final short IDX_GPRS = 97;

    public static final short IDX_BLUETOOTH = 98;

    public static final short IDX_IRDA = 99;

    public static final short IDX_RS232 = 100;

    public static final short IDX_SCREEN_SIZING = 111;

    public static final short IDX_VARIABLE_SIZE_FONTS = 119;

    public static final short IDX_DISPLAY_RESIZE = 120;

    public static final short IDX_TEXT_WRAPPING = 121;

    public static final short IDX_TEXT_SCROLLING = 122;

    public static final short IDX_TEXT_ATTRIBUTE = 123;

    public static final short IDX_TCP = 128;

    public static final short IDX_UDP = 129;

    public static final short IDX_PROACTIVE_UICC_DISPLAY_TEXT_VARIABLE_TIMEOUT = 136;

    public static final short IDX_PROACTIVE_UICC_GET_INKEY_HELP_SUPPORTED = 137;

    public static final short IDX_USB = 138;

    public static final short IDX_PROACTIVE_UICC_GET_INKEY_VARIABLE_TIMEOUT = 139;

    public static final short IDX_PROVIDE_LOCAL_INFORMATION_ESN = 140;

    public static final short IDX_PROVIDE_LOCAL_INFORMATION_IMEISV = 142;

    public static final short IDX_PROVIDE_LOCAL_INFORMATION_SEARCH_MODE_CHANGE = 143;

    public static final short IDX_WML_BROWSER_SUPPORTED = 160;

    public static final short IDX_XHTML_BROWSER_SUPPORTED = 161;

    public static final short IDX_HTML_BROWSER_SUPPORTED = 162;

    public static final short IDX_CHTML_BROWSER_SUPPORTED = 163;

    public static final short IDX_PROVIDE_LOCAL_INFORMATION_BATTERY_STATE = 169;

    public static final short IDX_PLAY_TONE_MELODY_THEMED_TONES = 170;

    public static final short IDX_MULTI_MEDIA_CALL_IN_SET_UP_CALL = 171;

    public static final short IDX_SET_FRAMES = 176;

    public static final short IDX_GET_FRAMES_STATUS = 177;

    public static final short IDX_EVENT_BROWSING_STATUS = 192;

    public static final short IDX_ALIGNMENT_LEFT = 216;

    public static final short IDX_ALIGNMENT_CENTER = 217;

    public static final short IDX_ALIGNMENT_RIGHT = 218;

    public static final short IDX_FONT_SIZE_NORMAL = 219;

    public static final short IDX_FONT_SIZE_LARGE = 220;

    public static final short IDX_FONT_SIZE_SMALL = 221;

    public static final short IDX_STYLE_NORMAL = 224;

    public static final short IDX_STYLE_BOLD = 225;

    public static final short IDX_STYLE_ITALIC = 226;

    public static final short IDX_STYLE_UNDERLINED = 227;

    public static final short IDX_STYLE_STRIKETHROUGH = 228;

    public static final short IDX_STYLE_TEXT_FOREGROUND_COLOUR = 229;

    public static final short IDX_STYLE_TEXT_BACKGROUND_COLOUR = 230;

    private TerminalProfile() {}

    public static boolean check(byte index) throws ToolkitException {
        return check((short) index);
    }

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

    public static boolean check(short index) throws ToolkitException {
        byte[] profile = ToolkitRuntime.get().getTerminalProfile();
        if (index < 0) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        return isSet(profile, index);
    }

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
