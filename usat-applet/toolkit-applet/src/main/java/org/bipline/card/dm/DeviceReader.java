// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * Reads the messages of a device in a local session: statuses and results for the card's commands, and the alerts by which it
 * begins. OMA DM Representation Protocol 1.2.
 */
final class DeviceReader extends MessageReader {
    private static final short ALERT_SESSION_ABORT = 1223;
    private static final short ALERT_GENERIC = 1226;

    /** Type of the generic alert whose data is the anchor. Technical specification clause 15. */
    private static final byte[] SYNC_TYPE = {
        'u', 'r', 'n', ':', 'b', 'i', 'p', 'l', 'i', 'n', 'e', ':', 'a', 'l', 'e', 'r', 't', ':', 's', 'y', 'n', 'c',
        ':', '1', '.', '0'
    };

    /** Type of the generic alert whose data is a request for a function. */
    private static final byte[] FUNCTION_TYPE = {
        'u', 'r', 'n', ':', 'b', 'i', 'p', 'l', 'i', 'n', 'e', ':', 'a', 'l', 'e', 'r', 't', ':', 'f', 'u', 'n', 'c',
        't', 'i', 'o', 'n', ':', '1', '.', '0'
    };

    // indexes into state
    private static final byte COMMAND = OWN; // CmdID of what is open
    private static final byte ALERT = OWN + 1; // code; SYNC, FUNCTION for a generic alert with the type of these
    private static final byte ABORTED = OWN + 2;
    private static final byte SIZE = OWN + 3; // declared in results; MORE behind their data where more follows

    private static final short SYNC = -1;
    private static final short FUNCTION = -2;
    private static final short MORE = -2;

    private final DeviceAccount device;
    private final Synchronisation sync;
    private final StatusQueue queue;

    DeviceReader(DeviceAccount device, MessageReader other, Synchronisation sync, StatusQueue queue) {
        super(device, other);
        this.device = device;
        this.sync = sync;
        this.queue = queue;
    }

    /** The device has given the session up. */
    boolean isAborted() {
        return state[ABORTED] != 0;
    }

    short maxObjSize() {
        return state[MAX_OBJ_SIZE];
    }

    /** Whether what the device says counts. */
    boolean isTrusted() {
        return isAuthenticated() || !device.hasCredentials();
    }

    /** A MAC, where an object is released that needs it. */
    @Override
    byte demanded() {
        return sync.survey().demandsMac() ? Credentials.MAC : Credentials.MD5;
    }

    @Override
    void readHeader() {
        // who it is, the commands find
    }

    @Override
    void beginElement(byte element, byte parent) {
        if (Command.isCommand(element) || element == Element.RESULTS) {
            if (parent != Element.SYNC_BODY || Command.isContainer(element)) {
                Fault.raise(Fault.STRUCTURE); // a client sends no containers
            }
            state[COMMAND] = 0;
            state[ALERT] = 0;
            state[STATUS_COMMAND] = -1;
            state[SIZE] = IncomingObject.NO_SIZE;
        } else if (element == Element.DATA && isOfResults(parent) && isCopy()) {
            state[IN_DATA] = wbxml.depth();
            sync.copy().begin(sync.survey().object(), state[SIZE]);
        }
    }

    private boolean isOfResults(byte parent) {
        return parent == Element.ITEM && wbxml.ancestor((short) 2) == Element.RESULTS;
    }

    private boolean isCopy() {
        return isTrusted() && sync.isCopy(state[STATUS_MESSAGE], state[STATUS_COMMAND]);
    }

    @Override
    void beginDataElement(byte element) {
        sync.copy().beginElement(element);
    }

    @Override
    void endDataElement(byte element) {
        sync.copy().endElement(element);
    }

    @Override
    void takeData(byte[] buf, short off, short len) {
        sync.copy().append(buf, off, len);
    }

    @Override
    boolean takeContent(byte[] buf, short off, short len) {
        if (state[ALERT] != FUNCTION
                || wbxml.ancestor((short) 0) != Element.DATA
                || wbxml.ancestor((short) 1) != Element.ITEM) {
            return false;
        }
        if (isTrusted()) {
            sync.functions().append(buf, off, len);
        }
        return true;
    }

    @Override
    void endInSource(byte element, byte parent) {
        if (element == Element.LOC_URI && parent == Element.SOURCE) {
            require(device.isDevice(text, state[TEXT_LENGTH]), Fault.HEADER);
        }
    }

    @Override
    void endCommandMeta(byte element, boolean ofItem) {
        if (element == Element.TYPE && state[ALERT] == ALERT_GENERIC && isText(SYNC_TYPE)) {
            state[ALERT] = SYNC;
        } else if (element == Element.TYPE && state[ALERT] == ALERT_GENERIC && isText(FUNCTION_TYPE)) {
            state[ALERT] = FUNCTION;
            sync.functions().clear();
        } else if (element == Element.SIZE) {
            state[SIZE] = size();
        }
    }

    @Override
    void endInCommand(byte element, byte parent) {
        switch (element) {
            case Element.CMD_ID:
                state[COMMAND] = number();
                break;
            case Element.MSG_REF:
            case Element.CMD_REF:
                endInStatus(element); // results name what they answer as a status does
                break;
            case Element.DATA:
                endData(parent);
                break;
            case Element.MORE_DATA:
                state[SIZE] = MORE;
                break;
            case Element.RESULTS:
                endResults();
                break;
            default:
        }
    }

    private void endData(byte parent) {
        if (parent == Element.ALERT) {
            state[ALERT] = number();
        } else if (isOfResults(parent)) {
            if (isTrusted()) {
                sync.takeResult(state[STATUS_MESSAGE], state[STATUS_COMMAND], text, state[TEXT_LENGTH]);
            }
        } else if (parent == Element.ITEM && state[ALERT] == SYNC && isTrusted() && state[TEXT_LENGTH] <= TEXT_SIZE) {
            sync.takeAnchor(text, state[TEXT_LENGTH]);
        }
    }

    private void endResults() {
        if (isCopy()) {
            short status = sync.endCopy(state[SIZE] == MORE);
            if (status != Status.OK) {
                answer(Element.RESULTS, status); // results that were fine are not answered
            }
        }
    }

    @Override
    void endStatusOfCommand() {
        if (isTrusted()) {
            sync.takeStatus(state[STATUS_MESSAGE], state[STATUS_COMMAND], state[STATUS_DATA]);
        }
    }

    @Override
    void endCommand(byte element) {
        if (element == Element.ALERT && state[ALERT] == ALERT_SESSION_ABORT) {
            state[ABORTED] = 1;
        }
        boolean known = element == Element.ALERT || element == Element.REPLACE;
        answer(element, !isTrusted() ? headerAnswer() : known ? Status.OK : Status.NOT_SUPPORTED);
    }

    private void answer(byte element, short status) {
        require(state[COMMAND] != 0, Fault.CMD_ID);
        queue.add(element, message(), state[COMMAND], status, StatusQueue.NO_REFERENCE, (short) 0);
    }
}
