// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import javacard.framework.SystemException;
import javacard.framework.TransactionException;
import uicc.access.FileView;

/**
 * What the framework knows of an applet: events, menu entries, timers, poll interval, services. Changes take part in a
 * transaction that is open, and one that fails leaves all as it was; the framework tells the ME (SET UP MENU, SET UP
 * EVENT LIST, POLL INTERVAL, POLLING OFF) once the applet has returned.
 *
 * <p>Some events are set and cleared by methods of their own: menu selection and help by the menu entries, timer
 * expiration by {@link #allocateTimer}, status command by {@link #requestPollInterval}, local connection by {@link
 * #allocateServiceIdentifier}, external file update by {@link #registerFileEvent(short, FileView)}.
 */
public interface ToolkitRegistry {
    /**
     * Registers for an event. Nothing happens if the applet is registered.
     *
     * @param event {@code ToolkitConstants.EVENT_...}
     * @throws ToolkitException EVENT_NOT_SUPPORTED by this card; EVENT_ALREADY_REGISTERED by another applet, where only
     *     one may be (call control); EVENT_NOT_ALLOWED if it has a method of its own; TAR_NOT_DEFINED if the event
     *     needs a TAR and the applet has none
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void setEvent(short event) throws ToolkitException, TransactionException;

    /**
     * Registers for several events, or for none of them if one is refused.
     *
     * @param eventList holds the events
     * @param offset where they begin in {@code eventList}
     * @param length how many they are
     * @throws NullPointerException if {@code eventList} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code eventList}
     * @throws ToolkitException as {@link #setEvent}
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void setEventList(short[] eventList, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException, TransactionException;

    /**
     * Ends the registration for an event. Nothing happens if the applet is not registered.
     *
     * @param event {@code ToolkitConstants.EVENT_...}
     * @throws ToolkitException EVENT_NOT_ALLOWED if it has a method of its own
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void clearEvent(short event) throws ToolkitException, TransactionException;

    /**
     * Tells whether the applet is registered for an event.
     *
     * @param event {@code ToolkitConstants.EVENT_...}
     * @return true if it is
     */
    boolean isEventSet(short event);

    /**
     * Takes a menu entry out of the ME's menu. The registration for menu selection stays.
     *
     * @param id identifier, as returned by {@link #initMenuEntry}
     * @throws ToolkitException MENU_ENTRY_NOT_FOUND if it is none of this applet
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void disableMenuEntry(byte id) throws ToolkitException, TransactionException;

    /**
     * Puts a menu entry back into the ME's menu.
     *
     * @param id identifier, as returned by {@link #initMenuEntry}
     * @throws ToolkitException MENU_ENTRY_NOT_FOUND if it is none of this applet
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void enableMenuEntry(byte id) throws ToolkitException, TransactionException;

    /**
     * Fills the next menu entry that the toolkit parameters of the installation provide, in their order, and enables
     * it. Call it for every entry while the applet is installed.
     *
     * @param menuEntry holds the text, coded as an alpha identifier
     * @param offset where it begins in {@code menuEntry}
     * @param length number of bytes, at most what the toolkit parameters allow
     * @param nextAction type of command that follows a selection, for the next action indicator, or 0
     * @param helpSupported whether a help request for the entry is handled; registers for it
     * @param iconQualifier 0 if the icon may replace the text, 1 if both are to be shown
     * @param iconIdentifier record of EF IMG, or 0 for no icon; icons are shown only if every entry has one
     * @return identifier of the entry, which {@link EnvelopeHandler#getItemIdentifier} returns when it is selected
     * @throws NullPointerException if {@code menuEntry} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code menuEntry}
     * @throws ToolkitException REGISTRY_ERROR if there is no further entry; ALLOWED_LENGTH_EXCEEDED
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    byte initMenuEntry(
            byte[] menuEntry,
            short offset,
            short length,
            byte nextAction,
            boolean helpSupported,
            byte iconQualifier,
            short iconIdentifier)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException, TransactionException;

    /**
     * Changes a menu entry and enables it.
     *
     * @param id identifier, as returned by {@link #initMenuEntry}
     * @param menuEntry holds the text, coded as an alpha identifier
     * @param offset where it begins in {@code menuEntry}
     * @param length number of bytes, at most what the toolkit parameters allow
     * @param nextAction type of command that follows a selection, for the next action indicator, or 0
     * @param helpSupported whether a help request for the entry is handled
     * @param iconQualifier 0 if the icon may replace the text, 1 if both are to be shown
     * @param iconIdentifier record of EF IMG, or 0 for no icon
     * @throws NullPointerException if {@code menuEntry} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code menuEntry}
     * @throws ToolkitException MENU_ENTRY_NOT_FOUND if it is none of this applet; ALLOWED_LENGTH_EXCEEDED
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void changeMenuEntry(
            byte id,
            byte[] menuEntry,
            short offset,
            short length,
            byte nextAction,
            boolean helpSupported,
            byte iconQualifier,
            short iconIdentifier)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException, TransactionException;

    /**
     * Takes one of the ME's eight timers for the applet and registers for its expiration. It stays the applet's, over
     * card sessions too, until it is released; TIMER MANAGEMENT starts and stops it.
     *
     * @return timer identifier, 1 to 8
     * @throws ToolkitException NO_TIMER_AVAILABLE if all are taken or the toolkit parameters allow no more
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    byte allocateTimer() throws ToolkitException, TransactionException;

    /**
     * Gives a timer back.
     *
     * @param timerIdentifier 1 to 8
     * @throws ToolkitException INVALID_TIMER_ID if it is not the applet's
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void releaseTimer(byte timerIdentifier) throws ToolkitException, TransactionException;

    /**
     * Asks the ME for a STATUS command at an interval and registers for it. The ME and other applets have a say in what
     * it is.
     *
     * @param duration seconds, 1 to 15300, or {@link ToolkitConstants#POLL_NO_DURATION} to end the registration, or
     *     {@link ToolkitConstants#POLL_SYSTEM_DURATION} for an interval of the framework's choice
     * @throws ToolkitException REGISTRY_ERROR for another duration
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void requestPollInterval(short duration) throws ToolkitException, TransactionException;

    /**
     * Returns the interval that came out of {@link #requestPollInterval}. The ME may send STATUS more often.
     *
     * @return seconds, or {@link ToolkitConstants#POLL_NO_DURATION} if the applet is not registered
     */
    short getPollInterval();

    /**
     * Takes a service identifier for the applet and registers for local connections to it. It stays the applet's until
     * it is released; DECLARE SERVICE announces it.
     *
     * @return service identifier
     * @throws ToolkitException NO_SERVICE_ID_AVAILABLE if all are taken or the toolkit parameters allow no more
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    byte allocateServiceIdentifier() throws ToolkitException, TransactionException;

    /**
     * Gives a service identifier back.
     *
     * @param serviceIdentifier as {@link #allocateServiceIdentifier} returned it
     * @throws ToolkitException INVALID_SERVICE_ID if it is not the applet's
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void releaseServiceIdentifier(byte serviceIdentifier) throws ToolkitException, TransactionException;

    /**
     * Registers for updates of files from outside the applet. A DF stands for the EFs directly in it.
     *
     * @param event {@link ToolkitConstants#EVENT_EXTERNAL_FILE_UPDATE}
     * @param fileList holds the files, coded as the value of a file list
     * @param fileListOffset where they begin in {@code fileList}
     * @param fileListLength number of bytes
     * @param adfAid holds the AID of the ADF that the paths begin at, or null for the MF
     * @param adfAidOffset where it begins in {@code adfAid}
     * @param adfAidLength number of bytes, 5 to 16
     * @throws NullPointerException if {@code fileList} is null
     * @throws ArrayIndexOutOfBoundsException if one of the two ranges is negative or ends beyond its array
     * @throws ToolkitException EVENT_NOT_SUPPORTED for another event; EVENT_NOT_ALLOWED for one that has a method of
     *     its own
     * @throws SystemException ILLEGAL_VALUE for another length of AID
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void registerFileEvent(
            short event,
            byte[] fileList,
            short fileListOffset,
            short fileListLength,
            byte[] adfAid,
            short adfAidOffset,
            byte adfAidLength)
            throws ToolkitException, NullPointerException, ArrayIndexOutOfBoundsException, TransactionException,
                    SystemException;

    /**
     * Ends the registration for updates of files. Files registered one by one and their DF do not touch each other.
     *
     * @param event {@link ToolkitConstants#EVENT_EXTERNAL_FILE_UPDATE}
     * @param fileList holds the files, coded as the value of a file list
     * @param fileListOffset where they begin in {@code fileList}
     * @param fileListLength number of bytes
     * @param adfAid holds the AID of the ADF that the paths begin at, or null for the MF
     * @param adfAidOffset where it begins in {@code adfAid}
     * @param adfAidLength number of bytes, 5 to 16
     * @throws NullPointerException if {@code fileList} is null
     * @throws ArrayIndexOutOfBoundsException if one of the two ranges is negative or ends beyond its array
     * @throws ToolkitException EVENT_NOT_SUPPORTED for another event; EVENT_NOT_ALLOWED for one that has a method of
     *     its own
     * @throws SystemException ILLEGAL_VALUE for another length of AID
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void deregisterFileEvent(
            short event,
            byte[] fileList,
            short fileListOffset,
            short fileListLength,
            byte[] adfAid,
            short adfAidOffset,
            byte adfAidLength)
            throws ToolkitException, NullPointerException, ArrayIndexOutOfBoundsException, TransactionException,
                    SystemException;

    /**
     * Registers for updates of the current file of a view from outside the applet. A DF stands for the EFs directly in
     * it. What the view selects later does not matter.
     *
     * @param event {@link ToolkitConstants#EVENT_EXTERNAL_FILE_UPDATE}
     * @param fileView its current file is meant
     * @throws NullPointerException if {@code fileView} is null
     * @throws ToolkitException EVENT_NOT_SUPPORTED for another event; EVENT_NOT_ALLOWED for one that has a method of
     *     its own
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void registerFileEvent(short event, FileView fileView)
            throws ToolkitException, NullPointerException, TransactionException;

    /**
     * Ends the registration for updates of the current file of a view. Files registered one by one and their DF do not
     * touch each other.
     *
     * @param event {@link ToolkitConstants#EVENT_EXTERNAL_FILE_UPDATE}
     * @param fileView its current file is meant
     * @throws NullPointerException if {@code fileView} is null
     * @throws ToolkitException EVENT_NOT_SUPPORTED for another event; EVENT_NOT_ALLOWED for one that has a method of
     *     its own
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void deregisterFileEvent(short event, FileView fileView)
            throws ToolkitException, NullPointerException, TransactionException;

    /**
     * Sets how the text of a menu entry looks.
     *
     * @param id identifier, as returned by {@link #initMenuEntry}
     * @param textAttribute holds the attribute: start, length, format, colour, as in a text attribute of ETSI TS 102
     *     223
     * @param offset where it begins in {@code textAttribute}
     * @param length 4
     * @throws NullPointerException if {@code textAttribute} is null
     * @throws ArrayIndexOutOfBoundsException if {@code offset} or {@code length} is negative or the range ends beyond
     *     {@code textAttribute}
     * @throws ToolkitException MENU_ENTRY_NOT_FOUND if it is none of this applet; BAD_INPUT_PARAMETER if {@code length}
     *     is not 4
     * @throws TransactionException BUFFER_FULL if the commit capacity does not suffice
     */
    void setMenuEntryTextAttribute(byte id, byte[] textAttribute, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException, TransactionException;
}
