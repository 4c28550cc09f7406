// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import javacard.framework.CardRuntimeException;

/** Thrown by the toolkit framework. The reason is one of the constants below. */
@SuppressWarnings("serial") // a serialVersionUID is a long, which Java Card does not have
public class ToolkitException extends CardRuntimeException {
    /** The data does not fit the handler. */
    public static final short HANDLER_OVERFLOW = 1;

    /** The handler cannot be had now, or is in use. */
    public static final short HANDLER_NOT_AVAILABLE = 2;

    /** There is no such data object, or none is current. */
    public static final short UNAVAILABLE_ELEMENT = 3;

    /** The applet has no such menu entry. */
    public static final short MENU_ENTRY_NOT_FOUND = 4;

    /** The registry cannot do it: no further menu entry, a poll interval out of range. */
    public static final short REGISTRY_ERROR = 5;

    /** The card does not know the event. */
    public static final short EVENT_NOT_SUPPORTED = 6;

    /** The event takes one applet only, and another is registered. */
    public static final short EVENT_ALREADY_REGISTERED = 7;

    /** The range ends beyond the value or the list. */
    public static final short OUT_OF_TLV_BOUNDARIES = 8;

    /** The ME has not sent its terminal profile yet. */
    public static final short TERMINAL_PROFILE_NOT_AVAILABLE = 9;

    /** The menu text is longer than the toolkit parameters of the installation allow. */
    public static final short ALLOWED_LENGTH_EXCEEDED = 10;

    /** All timers are taken, or the applet has as many as it may. */
    public static final short NO_TIMER_AVAILABLE = 11;

    /** The timer is not the applet's. */
    public static final short INVALID_TIMER_ID = 12;

    /** The registration for the event has a method of its own. */
    public static final short EVENT_NOT_ALLOWED = 13;

    /** A parameter is out of its range. */
    public static final short BAD_INPUT_PARAMETER = 14;

    /** The framework keeps the command for itself, or it is for what another applet owns. */
    public static final short COMMAND_NOT_ALLOWED = 15;

    /** All service identifiers are taken, or the applet has as many as it may. */
    public static final short NO_SERVICE_ID_AVAILABLE = 16;

    /** The service identifier is not the applet's. */
    public static final short INVALID_SERVICE_ID = 17;

    /** The event needs a TAR, and the applet has none. */
    public static final short TAR_NOT_DEFINED = 18;

    /**
     * Prefer {@link #throwIt}, which takes no memory on a card.
     *
     * @param reason one of the constants of this class
     */
    public ToolkitException(short reason) {
        super(reason);
    }

    /**
     * Throws the exception. On a card it is the instance of the runtime environment, valid until the next throw; here
     * it is a new one each time, so that the stack trace is right.
     *
     * @param reason one of the constants of this class
     * @throws ToolkitException always
     */
    public static void throwIt(short reason) throws ToolkitException {
        throw new ToolkitException(reason);
    }
}
