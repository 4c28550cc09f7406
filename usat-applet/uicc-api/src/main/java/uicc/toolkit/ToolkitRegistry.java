// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import javacard.framework.SystemException;
import javacard.framework.TransactionException;
import uicc.access.FileView;

public interface ToolkitRegistry {
    void setEvent(short event) throws ToolkitException, TransactionException;

    void setEventList(short[] eventList, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException, TransactionException;

    void clearEvent(short event) throws ToolkitException, TransactionException;

    boolean isEventSet(short event);

    void disableMenuEntry(byte id) throws ToolkitException, TransactionException;

    void enableMenuEntry(byte id) throws ToolkitException, TransactionException;

    byte initMenuEntry(
            byte[] menuEntry,
            short offset,
            short length,
            byte nextAction,
            boolean helpSupported,
            byte iconQualifier,
            short iconIdentifier)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException, TransactionException;

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

    byte allocateTimer() throws ToolkitException, TransactionException;

    void releaseTimer(byte timerIdentifier) throws ToolkitException, TransactionException;

    void requestPollInterval(short duration) throws ToolkitException, TransactionException;

    short getPollInterval();

    byte allocateServiceIdentifier() throws ToolkitException, TransactionException;

    void releaseServiceIdentifier(byte serviceIdentifier) throws ToolkitException, TransactionException;

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

    void registerFileEvent(short event, FileView fileView)
            throws ToolkitException, NullPointerException, TransactionException;

    void deregisterFileEvent(short event, FileView fileView)
            throws ToolkitException, NullPointerException, TransactionException;

    void setMenuEntryTextAttribute(byte id, byte[] textAttribute, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException, TransactionException;
}
