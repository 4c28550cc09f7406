// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import javacard.framework.JCSystem;
import javacard.framework.Util;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ProactiveResponseHandlerSystem;
import uicc.toolkit.TerminalProfile;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;

/**
 * What the card learns of the device by PROVIDE LOCAL INFORMATION (ETSI TS 102 223 clause 6.4.15): the time, and what stands
 * below ./DevDetail/Ext/ME. Only what the terminal profile has is asked for; what the ME does not tell stays as it was.
 */
class Device {
    // command qualifiers, clause 8.6
    private static final byte LOCATION = 0x00;
    private static final byte IMEI = 0x01;
    private static final byte DATE_TIME = 0x03;
    private static final byte LANGUAGE = 0x04;
    private static final byte ACCESS_TECHNOLOGY = 0x06;
    private static final byte IMEISV = 0x08;

    private static final short IMEI_DIGITS = 14;
    private static final byte DATE_TIME_LENGTH = 7;
    private static final byte UNKNOWN_ZONE = (byte) 0xFF;
    private static final short MINUTES_OF_DAY = 1440;

    private static final short WORK_SIZE = 32;

    private static final byte[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final MoStore store;
    private final byte[] work;

    Device(MoStore store) {
        this.store = store;
        work = JCSystem.makeTransientByteArray(WORK_SIZE, JCSystem.CLEAR_ON_RESET);
    }

    /** Gives the store the time of the changes to come, in UTC; none where the ME does not tell the time and its zone. */
    void readTime() {
        short length = 0;
        if (ask(
                        DATE_TIME,
                        ToolkitConstants.TAG_DATE_TIME_AND_TIME_ZONE,
                        TerminalProfile.IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_DATE_TIME)
                == DATE_TIME_LENGTH) {
            length = toUtc();
        }
        store.setTime(work, (short) 0, length);
    }

    /** Asks the ME for its IMEI and returns the number of digits, which stand in {@link #text}; 0 where it does not tell. */
    short readImei() {
        return digits(ask(
                IMEI,
                ToolkitConstants.TAG_IMEI,
                TerminalProfile.IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_MCC_MNC_LAC_CELLID_IMEI));
    }

    /** What was read last, until something else is. */
    byte[] text() {
        return work;
    }

    /** Reads what the device is and where, into the nodes below ./DevDetail/Ext/ME, and the language of ./DevInfo. */
    void read() {
        short node = ManagementTree.device(store);
        try {
            TerminalProfile.copy((short) 0, work, (short) 0, WORK_SIZE);
            short length = WORK_SIZE;
            while (length > 0 && work[(short) (length - 1)] == 0) {
                length--;
            }
            update(node, ManagementTree.PROFILE, length);
        } catch (ToolkitException e) {
            return; // no terminal profile, and so no command
        }
        short length = readImei();
        if (length > 0) {
            update(node, ManagementTree.IMEI, length);
        }
        length = ask(IMEISV, ToolkitConstants.TAG_IMEISV, TerminalProfile.IDX_PROVIDE_LOCAL_INFORMATION_IMEISV);
        if (length > 0) {
            update(node, ManagementTree.IMEISV, digits(length));
        }
        length = ask(
                LOCATION,
                ToolkitConstants.TAG_LOCATION_INFORMATION,
                TerminalProfile.IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_MCC_MNC_LAC_CELLID_IMEI);
        if (length > 0) {
            update(node, ManagementTree.LOCATION, length);
        }
        if (ask(
                        ACCESS_TECHNOLOGY,
                        ToolkitConstants.TAG_ACCESS_TECHNOLOGY,
                        TerminalProfile.IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_ACCESS_TECHNOLOGY)
                > 0) {
            update(node, ManagementTree.ACCESS_TECHNOLOGY, decimal(work[0]));
        }
        if (ask(
                        LANGUAGE,
                        ToolkitConstants.TAG_LANGUAGE,
                        TerminalProfile.IDX_PROACTIVE_UICC_PROVIDE_LOCAL_INFORMATION_LANGUAGE)
                == 2) {
            update(ManagementTree.deviceInformation(store), ManagementTree.LANGUAGE, (short) 2);
        }
    }

    /**
     * Tells whether digits begin as the IMEI that the ME tells; not where it tells none. The fifteenth digit is a check digit, in whose
     * place an ME transmits 0 (3GPP TS 23.003 clause 6.2.1).
     */
    boolean hasImei(byte[] buf, short off, short len) {
        return readImei() >= IMEI_DIGITS
                && len >= IMEI_DIGITS
                && Util.arrayCompare(buf, off, work, (short) 0, IMEI_DIGITS) == 0;
    }

    /** Asks the ME; returns the length of the object, whose value is in work, or 0. */
    private short ask(byte qualifier, byte tag, short profileBit) {
        try {
            if (!TerminalProfile.check(profileBit)) {
                return 0;
            }
            ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
            handler.init(
                    ToolkitConstants.PRO_CMD_PROVIDE_LOCAL_INFORMATION, qualifier, ToolkitConstants.DEV_ID_TERMINAL);
            handler.send();
            ProactiveResponseHandler response = ProactiveResponseHandlerSystem.getTheHandler();
            if (response.findTLV(tag, (byte) 1) == ToolkitConstants.TLV_NOT_FOUND) {
                return 0;
            }
            short length = response.getValueLength();
            if (length > WORK_SIZE) {
                return 0;
            }
            response.copyValue((short) 0, work, (short) 0, length);
            return length;
        } catch (ToolkitException e) {
            return 0; // what the ME does not tell is not known
        }
    }

    /** Makes {@code work[0 .. length)} the value of a leaf, if it is another. */
    private void update(short parent, byte[] name, short length) {
        short old = store.child(parent, name);
        if (old == MoStore.NONE || store.hasValue(old, work, (short) 0, length)) {
            return;
        }
        short value = store.heap().put(work, (short) 0, length);
        store.draftSuccessorOf(old);
        store.draftValue(value, length);
        store.replace(old, store.create());
    }

    /**
     * Spreads the digits of a mobile identity (3GPP TS 24.008 clause 10.5.1.4), of which the first stands behind the type, two
     * in each byte, the first in the low half; returns their number.
     */
    private short digits(short length) {
        short count = 0;
        if (length > WORK_SIZE / 2) {
            return 0;
        }
        for (short at = (short) (length - 1); at >= 0; at--) { // from the end, as the digits take more room
            byte pair = work[at];
            work[(short) (2 * at + 1)] = (byte) ((pair >> 4) & 0x0F);
            work[(short) (2 * at)] = (byte) (pair & 0x0F);
        }
        for (short at = 1; at < (short) (2 * length); at++) {
            if (work[at] <= 9) {
                work[count] = (byte) ('0' + work[at]);
                count++;
            }
        }
        return count;
    }

    private short decimal(byte number) {
        short value = (short) (number & 0xFF);
        short length = 0;
        for (short power = 100; power > 0; power = (short) (power / 10)) {
            if (length > 0 || power == 1 || value >= power) {
                work[length] = (byte) ('0' + (short) ((short) (value / power) % 10));
                length++;
            }
        }
        return length;
    }

    /**
     * Turns the time in work (two digits in each of seven bytes, tens in the low half, the zone in quarters of an hour, TS
     * 102 223 clause 8.39) into the text of UTC; returns its length, 0 if it is no time or its zone is not known.
     */
    private short toUtc() {
        byte zone = work[6];
        if (zone == UNKNOWN_ZONE) {
            return 0;
        }
        short year = number((short) 0);
        short month = number((short) 1);
        short day = number((short) 2);
        short minutes = (short) ((short) (number((short) 3) * 60) + number((short) 4));
        short seconds = number((short) 5);
        if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || minutes >= MINUTES_OF_DAY) {
            return 0;
        }
        short offset = (short) (15 * ((short) ((zone & 0x07) * 10) + (short) ((zone >> 4) & 0x0F)));
        minutes = (short) ((zone & 0x08) == 0 ? minutes - offset : minutes + offset);
        if (minutes < 0) {
            minutes = (short) (minutes + MINUTES_OF_DAY);
            day--;
            if (day == 0) {
                month--;
                if (month == 0) {
                    month = 12;
                    year--;
                }
                day = daysOf(year, month);
            }
        } else if (minutes >= MINUTES_OF_DAY) {
            minutes = (short) (minutes - MINUTES_OF_DAY);
            day++;
            if (day > daysOf(year, month)) {
                day = 1;
                month++;
                if (month == 13) {
                    month = 1;
                    year++;
                }
            }
        }
        short off = put((short) 0, (short) 20); // the century
        off = put(off, year);
        off = put(off, month);
        off = put(off, day);
        work[off] = 'T';
        off = put((short) (off + 1), (short) (minutes / 60));
        off = put(off, (short) (minutes % 60));
        off = put(off, seconds);
        work[off] = 'Z';
        return (short) (off + 1);
    }

    private short number(short at) {
        byte swapped = work[at];
        return (short) ((short) ((swapped & 0x0F) * 10) + (short) ((swapped >> 4) & 0x0F));
    }

    private static short daysOf(short year, short month) {
        return month == 2 && (year & 3) == 0 ? (short) 29 : DAYS[(short) (month - 1)];
    }

    private short put(short off, short number) {
        work[off] = (byte) ('0' + (short) ((short) (number / 10) % 10));
        work[(short) (off + 1)] = (byte) ('0' + (short) (number % 10));
        return (short) (off + 2);
    }
}
