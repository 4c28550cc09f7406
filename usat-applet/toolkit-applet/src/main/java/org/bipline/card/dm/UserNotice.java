// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ProactiveResponseHandlerSystem;
import uicc.toolkit.TerminalProfile;
import uicc.toolkit.ToolkitConstants;

/** What the user is told of sessions, and asked before them, as far as the ME can. */
final class UserNotice {
    // DISPLAY TEXT: normal priority, cleared after a while; 8 bit data. TS 102 223 clauses 8.6 and 8.15.
    private static final byte CLEAR_AFTER_DELAY = 0x00;
    private static final byte EIGHT_BIT = 0x04;
    private static final byte YES_OR_NO = 0x04; // qualifier of GET INKEY
    private static final byte YES = 0x01;
    private static final byte[] TEXT_STARTS = {
        'D', 'e', 'v', 'i', 'c', 'e', ' ', 'm', 'a', 'n', 'a', 'g', 'e', 'm', 'e', 'n', 't', ' ', 's', 't', 'a', 'r',
        't', 's'
    };
    private static final byte[] TEXT_ASKS = {
        'S', 't', 'a', 'r', 't', ' ', 'd', 'e', 'v', 'i', 'c', 'e', ' ', 'm', 'a', 'n', 'a', 'g', 'e', 'm', 'e', 'n',
        't', '?'
    };
    private static final byte[] TEXT_FAILED = {
        'D', 'e', 'v', 'i', 'c', 'e', ' ', 'm', 'a', 'n', 'a', 'g', 'e', 'm', 'e', 'n', 't', ' ', 'f', 'a', 'i', 'l',
        'e', 'd'
    };
    private static final byte[] TEXT_NOT_SUPPORTED = {
        'N', 'o', 't', ' ', 's', 'u', 'p', 'p', 'o', 'r', 't', 'e', 'd', ' ', 'b', 'y', ' ', 't', 'h', 'i', 's', ' ',
        'd', 'e', 'v', 'i', 'c', 'e'
    };

    private UserNotice() {}

    /** Tells the user, or asks him, as a notification wants it. */
    static boolean mayStart(byte uiMode) {
        if (uiMode == Notification.INFORMATIVE) {
            display(TEXT_STARTS);
        }
        if (uiMode != Notification.USER_INTERACTION
                || !TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_GET_INKEY)) {
            return true;
        }
        ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
        handler.initGetInkey(YES_OR_NO, EIGHT_BIT, TEXT_ASKS, (short) 0, (short) TEXT_ASKS.length);
        if ((handler.send() & 0xF0) != 0) {
            return false;
        }
        ProactiveResponseHandler response = ProactiveResponseHandlerSystem.getTheHandler();
        return response.findTLV(ToolkitConstants.TAG_TEXT_STRING, (byte) 1) != ToolkitConstants.TLV_NOT_FOUND
                && response.getValueLength() == 2
                && response.getValueByte((short) 1) == YES;
    }

    /** The number of the authority with which the user wants a session, where there are several; NONE if with none. */
    static byte choose(Authorities authorities) {
        if (authorities.count() == 1 || !TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_SELECT_ITEM)) {
            return 0;
        }
        ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
        handler.init(ToolkitConstants.PRO_CMD_SELECT_ITEM, (byte) 0, ToolkitConstants.DEV_ID_TERMINAL);
        for (byte number = 0; number < authorities.count(); number++) {
            byte[] title = authorities.get(number).title;
            handler.appendTLV(
                    (byte) (ToolkitConstants.TAG_ITEM | ToolkitConstants.TAG_SET_CR),
                    (byte) (number + 1),
                    title,
                    (short) 1,
                    title[0]);
        }
        if ((handler.send() & 0xF0) != 0) {
            return Authorities.NONE;
        }
        byte chosen = (byte) (ProactiveResponseHandlerSystem.getTheHandler().getItemIdentifier() - 1);
        return chosen >= 0 && chosen < authorities.count() ? chosen : Authorities.NONE;
    }

    /**
     * Tells the user that the session he has asked for has failed.
     *
     * @param notSupported the ME lacks what it needs
     */
    static void failed(boolean notSupported) {
        display(notSupported ? TEXT_NOT_SUPPORTED : TEXT_FAILED);
    }

    private static void display(byte[] text) {
        if (TerminalProfile.check(TerminalProfile.IDX_PROACTIVE_UICC_DISPLAY_TEXT)) {
            ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
            handler.initDisplayText(CLEAR_AFTER_DELAY, EIGHT_BIT, text, (short) 0, (short) text.length);
            handler.send();
        }
    }
}
