// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.AID;
import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.CardRuntimeException;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.JCSystem;
import javacard.framework.Shareable;
import javacard.framework.Util;
import org.bipline.card.bip.BipChannel;
import org.bipline.card.bip.ChannelParameters;
import uicc.access.UICCSystem;
import uicc.toolkit.EnvelopeResponseHandler;
import uicc.toolkit.EnvelopeResponseHandlerSystem;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitInterface;
import uicc.toolkit.ToolkitRegistry;
import uicc.toolkit.ToolkitRegistrySystem;

/**
 * The device management applet. It needs one menu entry, one timer and one channel of the toolkit parameters; its own
 * parameters are those of {@link InstallParameters}.
 *
 * <p>An event only notes what is to be done; the work follows at once where the proactive handler is available, and
 * otherwise when the framework announces it.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>state</th><th>event</th><th>action</th><th>next</th></tr>
 * <tr><td>any</td><td>PROFILE_DOWNLOAD</td><td>ask for the IMEI if an object is bound to a device, start the timer towards the next session, open the local port</td>
 * <td>unchanged</td></tr>
 * <tr><td>idle</td><td>MENU_SELECTION</td><td>start a session on behalf of the user</td><td>busy</td></tr>
 * <tr><td>idle</td><td>FORMATTED_SMS_PP_ENV, UNFORMATTED_SMS_PP_ENV</td><td>if it is a right {@link Notification}: tell or ask
 * the user, start the session that it asks for; while busy, afterwards</td><td>busy</td></tr>
 * <tr><td>idle</td><td>TIMER_EXPIRATION</td><td>count down; start a session when due</td><td>idle or busy</td></tr>
 * <tr><td>any</td><td>an event that {@link UpdateEvents} names</td><td>set the time of a session, or of one after that
 * which runs</td><td>unchanged</td></tr>
 * <tr><td>busy</td><td>MENU_SELECTION</td><td>none: the running session does what is asked for. Where the ME has no
 * timers, so that nothing else would end a dead session, it is replaced</td><td>busy</td></tr>
 * <tr><td>busy</td><td>TIMER_EXPIRATION</td><td>go on if bytes have arrived since the last one, else give
 * up</td><td>busy or idle</td></tr>
 * <tr><td>busy</td><td>DATA_AVAILABLE, CHANNEL_STATUS</td><td>{@link DmTransport#receive}</td><td>busy or
 * idle</td></tr>
 * <tr><td>idle</td><td>DATA_AVAILABLE, CHANNEL_STATUS</td><td>{@link LocalPort#receive}</td><td>idle</td></tr>
 * <tr><td>to idle</td><td></td><td>keep the outcome, set the time of the next session, open the local port, tell the user of a
 * failure of what he started</td><td>idle</td></tr>
 * <tr><td>to busy</td><td></td><td>shut the local port</td><td>busy</td></tr>
 * <tr><td>any</td><td>an exception</td><td>abort the session, close the channel</td><td>idle</td></tr>
 * </table>
 *
 * Selected, it answers GET DATA (80 CA or 00 CA) for tag DF20 with the outcome of the last session, and, until the first
 * PROFILE_DOWNLOAD or the last block, takes further authorities by STORE DATA (80 E2). Both are laid out in clauses 5 and 7 of
 * specs/technical-specification.md.
 */
public final class DmApplet extends Applet implements ToolkitInterface {
    private static final byte VERSION_MAJOR = 0;
    private static final byte VERSION_MINOR = 1;

    private static final short WATCHDOG = 1; // minutes without a byte, twice at most

    // what is due: bits of state[DUE]
    private static final byte DUE_ARM = 0x01;
    private static final byte DUE_SESSION = 0x02; // asked for by the user
    private static final byte DUE_TIMER = 0x04;
    private static final byte DUE_RECEIVE = 0x08;
    private static final byte DUE_NOTIFIED = 0x10; // asked for by the server
    private static final byte DUE_EVENT = 0x20; // an event of the ME for which a session is wanted

    // indexes into state
    private static final byte DUE = 0;
    private static final byte RUNNING = 1; // a session has begun and its outcome is not kept yet
    private static final byte BY_USER = 2; // it was started from the menu
    private static final byte STATE_SIZE = 3;

    private static final byte NO_SESSION_YET = (byte) 0xFF;

    /** Data of a response packet, by what became of the notification. */
    private static final byte[] RESPONSES = {Notification.TAKEN, Notification.REFUSED, Notification.REPEATED};

    private static final byte INS_GET_DATA = (byte) 0xCA;
    private static final byte INS_STORE_DATA = (byte) 0xE2;
    private static final byte STORE_MORE_BLOCKS = 0x10; // of BER-TLV, not enciphered
    private static final byte STORE_LAST_BLOCK = (byte) 0x90;
    private static final byte CLA_OTHER_BITS = 0x7C; // all but proprietary or not, and the channels 0 to 3
    private static final short SW_DATA_NOT_FOUND = 0x6A88;
    private static final short TAG_OUTCOME = (short) 0xDF20;
    private static final short TAG_VERSION = (short) 0xDF21;
    private static final byte TAG_FCI = 0x6F;
    private static final byte TAG_AID = (byte) 0x84;
    private static final byte TAG_PROPRIETARY = (byte) 0xA5;

    private final byte[] state = JCSystem.makeTransientByteArray(STATE_SIZE, JCSystem.CLEAR_ON_RESET);
    private final byte[] outcome = new byte[DmTransport.OUTCOME_SIZE];
    private final Authorities authorities;
    private final Notification notification;
    private final short period;
    private final MoStore store;
    private final DmSession session;
    private final DmTransport transport;
    private final DeviceAccount deviceAccount; // null as the port is
    private final LocalPort port; // null where there are no local sessions
    private final Iccid iccid;
    private final Protection protection;
    private final Schedule schedule;
    private final UpdateEvents events;
    private boolean seeded;

    private DmApplet(byte[] buf, short aidOffset, Authorities authorities, InstallParameters parameters) {
        this.authorities = authorities;
        authorities.setLimits(parameters.maxMsgSize, parameters.maxObjSize);
        notification = new Notification(authorities);
        period = parameters.schedule;
        store = new MoStore(parameters.storeNodes, parameters.storeBytes);
        SyncRecords records = new SyncRecords(store);
        Device device = new Device(store);
        session = new DmSession(store, authorities, device, records);
        transport = new DmTransport(session, authorities);
        if (parameters.localPort == 0) {
            deviceAccount = null;
            port = null;
        } else {
            deviceAccount = new DeviceAccount(
                    authorities, session.uri(), parameters.deviceName, parameters.deviceSecret, parameters.cardSecret);
            authorities.setDevices(deviceAccount.credentials());
            port = new LocalPort(
                    new LocalSession(store, deviceAccount, records, device, session),
                    transport.channel(),
                    transport.http(),
                    parameters.localPort,
                    authorities.get((byte) 0).channel.bufferSize);
        }
        parameters.eraseSecrets();
        outcome[0] = NO_SESSION_YET;

        register(buf, (short) (aidOffset + 1), buf[aidOffset]);
        // the framework knows the applet from here on
        iccid = new Iccid(UICCSystem.getTheUICCView(JCSystem.CLEAR_ON_RESET));
        protection = session.protection();
        protection.setCard(iccid);
        ToolkitRegistry registry = ToolkitRegistrySystem.getEntry();
        registry.initMenuEntry(
                parameters.menuText, (short) 0, (short) parameters.menuText.length, (byte) 0, false, (byte) 0, (short)
                        0);
        registry.setEvent(ToolkitConstants.EVENT_PROFILE_DOWNLOAD);
        registry.setEvent(ToolkitConstants.EVENT_EVENT_DOWNLOAD_DATA_AVAILABLE);
        registry.setEvent(ToolkitConstants.EVENT_EVENT_DOWNLOAD_CHANNEL_STATUS);
        events = new UpdateEvents(store);
        schedule = new Schedule(authorities, store, events, parameters.schedule);
        listen(registry, uicc.usim.toolkit.ToolkitConstants.EVENT_UNFORMATTED_SMS_PP_ENV);
        listen(registry, uicc.usim.toolkit.ToolkitConstants.EVENT_FORMATTED_SMS_PP_ENV);
    }

    private static void listen(ToolkitRegistry registry, short event) {
        try {
            registry.setEvent(event);
        } catch (ToolkitException e) {
            // a card without a USIM gets no short messages, an applet without a TAR none that is formatted
        }
    }

    /**
     * Installs the applet.
     *
     * @param buf length and value each of: instance AID, privileges, {@link InstallParameters}
     */
    public static void install(byte[] buf, short off, byte len) {
        short aid = off;
        short privileges = (short) (aid + 1 + (buf[aid] & 0xFF));
        short parameters = (short) (privileges + 1 + (buf[privileges] & 0xFF));
        Authorities authorities = new Authorities();
        new DmApplet(
                buf,
                aid,
                authorities,
                new InstallParameters(buf, (short) (parameters + 1), (short) (buf[parameters] & 0xFF), authorities));
    }

    /** The toolkit framework asks for the applet's ToolkitInterface in this way. TS 102 241. */
    @Override
    public Shareable getShareableInterfaceObject(AID client, byte parameter) {
        return client == null ? this : null;
    }

    @Override
    public void processToolkit(short event) {
        try {
            note(event);
            if (state[DUE] != 0) {
                if (isHandlerAvailable()) {
                    work();
                } else {
                    ToolkitRegistrySystem.getEntry().setEvent(ToolkitConstants.EVENT_PROACTIVE_HANDLER_AVAILABLE);
                }
            }
        } catch (CardRuntimeException e) {
            recover(e.getReason());
        } catch (RuntimeException e) {
            recover((short) 0);
        }
    }

    private void note(short event) {
        switch (event) {
            case ToolkitConstants.EVENT_PROFILE_DOWNLOAD:
                authorities.close(); // the card is in use
                if (state[RUNNING] == 0) {
                    session.recover(); // from a loss of power in a message, or before a secret was erased
                }
                state[DUE] |= events.isSwitchOnNamed() ? DUE_ARM | DUE_EVENT : DUE_ARM;
                break;
            case ToolkitConstants.EVENT_MENU_SELECTION:
                state[DUE] |= DUE_SESSION;
                break;
            case ToolkitConstants.EVENT_TIMER_EXPIRATION:
                state[DUE] |= DUE_TIMER;
                break;
            case ToolkitConstants.EVENT_EVENT_DOWNLOAD_DATA_AVAILABLE:
                if (transport.dataAvailable() || (port != null && port.dataAvailable())) {
                    state[DUE] |= DUE_RECEIVE;
                }
                break;
            case ToolkitConstants.EVENT_EVENT_DOWNLOAD_CHANNEL_STATUS:
                if (transport.channelStatus() || (port != null && port.channelStatus())) {
                    state[DUE] |= DUE_RECEIVE;
                }
                break;
            case uicc.usim.toolkit.ToolkitConstants.EVENT_UNFORMATTED_SMS_PP_ENV:
                byte reading = notification.readPush();
                boolean forbidden =
                        reading != Notification.NO_NOTIFICATION && seed() && !ManagementTree.isPlainPushAllowed(store);
                take(forbidden ? Notification.REFUSED : reading);
                break;
            case uicc.usim.toolkit.ToolkitConstants.EVENT_FORMATTED_SMS_PP_ENV:
                answer(take(notification.readSecured()));
                break;
            default: // EVENT_PROACTIVE_HANDLER_AVAILABLE brings nothing new
                if (UpdateEvents.isOne(event)) {
                    state[DUE] |= DUE_EVENT;
                }
                break;
        }
    }

    /** Takes up a notification, or keeps in the log that one was refused. */
    private byte take(byte reading) {
        if (reading == Notification.TAKEN) {
            state[DUE] |= DUE_NOTIFIED;
        } else if (reading == Notification.REFUSED) {
            store.log()
                    .record(SecurityLog.PUSH, Status.UNAUTHORIZED, null, (short) 0, (short) 0, null, (short) 0, (short)
                            0);
        }
        return reading;
    }

    /** Puts what became of a notification into the response packet, if the sender wants one. */
    private static void answer(byte reading) {
        EnvelopeResponseHandler response = EnvelopeResponseHandlerSystem.getTheHandler();
        response.appendArray(RESPONSES, reading, (short) 1);
        response.post(true);
    }

    private void work() {
        byte due = state[DUE];
        state[DUE] = (byte) (due & DUE_NOTIFIED); // until no session runs
        if ((due & DUE_RECEIVE) != 0) {
            if (isPortOpen()) {
                serve();
            } else {
                transport.receive();
            }
        }
        if ((due & DUE_TIMER) != 0) {
            timerExpired();
        }
        endIfOver();
        boolean arm = (due & DUE_ARM) != 0;
        if (arm) {
            if (seeded && state[RUNNING] == 0) {
                protection.binding().checkAndCommit(); // the card may be in another device
            }
            events.subscribe(); // a loss of power may have come before it
            schedule.profileRead();
        }
        if ((due & DUE_EVENT) != 0 && schedule.happened()) {
            arm = true;
        }
        if ((due & DUE_SESSION) != 0 && menuSelected()) {
            return;
        }
        if ((due & DUE_NOTIFIED) != 0 && state[RUNNING] == 0) {
            state[DUE] = 0;
            notified();
        } else if (arm && state[RUNNING] == 0 && !(isPortOpen() && port.isBusy())) { // else the timer is the watchdog
            proceed();
        }
    }

    private boolean isPortOpen() {
        return port != null && port.isOpen();
    }

    /** What a local session needs beyond a second message gets a watchdog, for which the schedule's timer is stopped. */
    private void serve() {
        boolean wasBusy = port.isBusy();
        port.receive();
        if (port.isBusy() != wasBusy) {
            if (wasBusy) {
                proceed();
            } else {
                schedule.pause();
                schedule.watch(WATCHDOG);
            }
        } else if (!port.isOpen()) {
            proceed();
        }
    }

    /** Returns false where the user does not want a session after all. */
    private boolean menuSelected() {
        if (state[RUNNING] != 0) {
            if (Schedule.isSupported()) {
                return true;
            }
            transport.fail(DmTransport.REASON_TIMEOUT);
            state[BY_USER] = 0; // he is told of the new session only
            endIfOver();
        }
        byte chosen = UserNotice.choose(authorities);
        if (chosen == Authorities.NONE) {
            return false;
        }
        authorities.select(chosen);
        schedule.serveEvent();
        startSession((byte) 1);
        return true;
    }

    private void notified() {
        if (UserNotice.mayStart(notification.uiMode())) {
            schedule.notified(notification.authority(), notification.sessionId(), notification.hasDefaultNonce());
            authorities.select(notification.authority());
            startSession((byte) 0);
        }
    }

    private void timerExpired() {
        schedule.expired();
        if (transport.isBusy()) {
            if (transport.hasProgressed()) {
                schedule.watch(WATCHDOG);
            } else {
                transport.fail(DmTransport.REASON_TIMEOUT);
            }
            return;
        }
        if (isPortOpen()) {
            if (port.isBusy() && port.hasProgressed()) {
                schedule.watch(WATCHDOG);
                return;
            }
            port.disconnect();
        } else {
            transport.release();
        }
        boolean repeated = schedule.isRepeated();
        if (schedule.isDue()) {
            if (authorities.isNotified()) {
                authorities.select(authorities.notifiedNumber());
            } else if (!repeated) {
                authorities.select((byte) 0);
            }
            startSession((byte) 0);
        } else {
            proceed();
        }
    }

    private void startSession(byte byUser) {
        state[RUNNING] = 1;
        state[BY_USER] = byUser;
        if (port != null) {
            port.close();
        }
        if (!BipChannel.isSupported(ChannelParameters.TCP_CLIENT_REMOTE)) {
            transport.refuse(DmTransport.REASON_PROFILE);
        } else if (!seed()) {
            transport.refuse(DmTransport.REASON_ICCID);
        } else if (!authorities.active().key.isGiven() && !ManagementTree.isPlainAllowed(store)) {
            transport.refuse(DmTransport.REASON_PLAIN);
        } else {
            transport.start(byUser == 0 && authorities.isNotified());
        }
        if (transport.isBusy()) {
            schedule.watch(WATCHDOG);
        } else {
            endIfOver();
        }
    }

    private void endIfOver() {
        if (state[RUNNING] == 0 || transport.isBusy()) {
            return;
        }
        state[RUNNING] = 0;
        JCSystem.beginTransaction();
        transport.writeOutcome(outcome, (short) 0);
        schedule.sessionEnded(transport.isWorthRepeating());
        JCSystem.commitTransaction();
        events.subscribe();
        proceed();
        if (state[BY_USER] != 0 && transport.reason() != DmTransport.REASON_NONE) {
            UserNotice.failed(transport.reason() == DmTransport.REASON_PROFILE);
        }
    }

    /** Lets the timer run for what is next between sessions, and devices come. */
    private void proceed() {
        if (port != null && seed()) {
            port.open();
        }
        if (transport.isHeld() && !isPortOpen()) {
            schedule.watch(WATCHDOG); // the ME did not close the channel: try again
            return;
        }
        schedule.arm();
        if (port != null && !schedule.isRunning() && port.delay() != 0) {
            schedule.watch(port.delay());
        }
    }

    /** An exception came up to the top: nothing may stay open. */
    private void recover(short reason) {
        if (JCSystem.getTransactionDepth() != 0) {
            JCSystem.abortTransaction();
        }
        state[BY_USER] = 0; // no further command than the session's end needs
        try {
            if (isPortOpen()) {
                port.close();
            }
            if (state[RUNNING] != 0) {
                transport.exception(reason);
                endIfOver();
            }
        } catch (RuntimeException e) {
            state[RUNNING] = 0; // the outcome is lost, and the applet is idle all the same
        }
    }

    private static boolean isHandlerAvailable() {
        try {
            ProactiveHandlerSystem.getTheHandler();
            return true;
        } catch (ToolkitException e) {
            return false;
        }
    }

    /** Puts the nodes that depend on the card into the store, once. EF ICCID may be written after the installation. */
    private boolean seed() {
        if (!seeded) {
            short length = iccid.read();
            if (length == 0) {
                return false;
            }
            ManagementTree.seed(store, authorities, period, iccid.text, (short) 0, length);
            if (deviceAccount != null) {
                deviceAccount.setCardName(iccid.text, length);
            }
            seeded = true;
        }
        return true;
    }

    @Override
    public void process(APDU apdu) {
        byte[] buf = apdu.getBuffer();
        if ((buf[ISO7816.OFFSET_CLA] & CLA_OTHER_BITS) != 0) {
            ISOException.throwIt(ISO7816.SW_CLA_NOT_SUPPORTED);
        }
        short end = 0;
        if (selectingApplet()) {
            end = writeFci(buf);
        } else if (buf[ISO7816.OFFSET_INS] == INS_STORE_DATA) {
            storeData(apdu, buf);
            return;
        } else if (buf[ISO7816.OFFSET_INS] != INS_GET_DATA) {
            ISOException.throwIt(ISO7816.SW_INS_NOT_SUPPORTED);
        } else if (Util.getShort(buf, ISO7816.OFFSET_P1) != TAG_OUTCOME) {
            ISOException.throwIt(SW_DATA_NOT_FOUND);
        } else {
            end = Util.setShort(buf, (short) 0, TAG_OUTCOME);
            buf[end++] = DmTransport.OUTCOME_SIZE;
            end = Util.arrayCopyNonAtomic(outcome, (short) 0, buf, end, DmTransport.OUTCOME_SIZE);
        }
        apdu.setOutgoingAndSend((short) 0, end);
    }

    /**
     * STORE DATA, GlobalPlatform Card Specification 11.11: a block is an authority, or nothing, and is taken whole or not at all; with
     * the last one the personalisation is over.
     */
    private void storeData(APDU apdu, byte[] buf) {
        if (!authorities.isOpen()) {
            store.log()
                    .record(SecurityLog.REGISTRY, Status.FORBIDDEN, null, (short) 0, (short) 0, null, (short) 0, (short)
                            0);
            ISOException.throwIt(ISO7816.SW_CONDITIONS_NOT_SATISFIED);
        }
        byte p1 = buf[ISO7816.OFFSET_P1];
        boolean last = p1 == STORE_LAST_BLOCK;
        if (!last && p1 != STORE_MORE_BLOCKS) {
            ISOException.throwIt(ISO7816.SW_INCORRECT_P1P2);
        }
        short off = ISO7816.OFFSET_CDATA;
        short end = (short) (off + apdu.setIncomingAndReceive());
        short length = (short) (buf[ISO7816.OFFSET_LC] & 0xFF);
        while ((short) (end - off) < length) {
            end = (short) (end + apdu.receiveBytes(end));
        }
        if (off == end ? !last : !Tlv.isWhole(buf, off, end) || Tlv.next(buf, off) != end) {
            ISOException.throwIt(ISO7816.SW_WRONG_LENGTH);
        }
        if (off != end) {
            if (buf[off] != InstallParameters.TAG_AUTHORITY) {
                ISOException.throwIt(ISO7816.SW_WRONG_DATA);
            }
            authorities.add(buf, Tlv.value(buf, off), end, last);
            byte[] id = authorities.get((byte) (authorities.count() - 1)).serverId;
            store.log().record(SecurityLog.REGISTRY, Status.OK, null, (short) 0, (short) 0, id, (short) 1, id[0]);
        } else {
            authorities.close();
        }
    }

    private static short writeFci(byte[] buf) {
        byte aidLength = JCSystem.getAID().getBytes(buf, (short) 4);
        buf[0] = TAG_FCI;
        buf[2] = TAG_AID;
        buf[3] = aidLength;
        short end = (short) (aidLength + 4);
        buf[end++] = TAG_PROPRIETARY;
        buf[end++] = 5;
        end = Util.setShort(buf, end, TAG_VERSION);
        buf[end++] = 2;
        buf[end++] = VERSION_MAJOR;
        buf[end++] = VERSION_MINOR;
        buf[1] = (byte) (end - 2);
        return end;
    }
}
