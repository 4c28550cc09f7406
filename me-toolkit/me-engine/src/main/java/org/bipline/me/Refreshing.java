// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.HashSet;
import java.util.Set;
import org.bipline.cat.command.Refresh;
import org.bipline.cat.object.Aid;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.tlv.ByteString;

/** REFRESH: the ME reads files anew, starts the NAA again, or resets the UICC. ETSI TS 102 223 clause 6.4.7. */
final class Refreshing {
    static final int NAA_INITIALISATION_FULL = 0x00;
    static final int FILE_CHANGE_NOTIFICATION = 0x01;
    static final int NAA_INITIALISATION_AND_FILE_CHANGE = 0x02;
    static final int NAA_INITIALISATION = 0x03;
    static final int UICC_RESET = 0x04;
    static final int NAA_APPLICATION_RESET = 0x05;
    static final int NAA_SESSION_RESET = 0x06;
    static final int STEERING_OF_ROAMING = 0x07;
    static final int STEERING_OF_ROAMING_WLAN = 0x08;
    static final int EUICC_PROFILE_STATE_CHANGE = 0x09;
    static final int APPLICATION_UPDATE = 0x0A;

    private Refreshing() {}

    static Answer perform(Refresh command, MeState me) throws CardLinkException {
        int mode = command.details().commandQualifier();
        boolean needsFiles = mode == FILE_CHANGE_NOTIFICATION || mode == NAA_INITIALISATION_AND_FILE_CHANGE;
        if (mode > APPLICATION_UPDATE) {
            return Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    DataObjectType.COMMAND_DETAILS,
                    "qualifier " + mode + " of REFRESH is reserved");
        }
        if (needsFiles && command.fileList().isEmpty()) {
            return Answer.refused(
                    Result.of(GeneralResult.REQUIRED_VALUES_MISSING), DataObjectType.FILE_LIST, "is missing");
        }
        if (me.profile().has(Quirk.REFRESH_NOT_OBEYED)) {
            return Answer.performed();
        }
        // Only files are read anew during a call: everything else would end the call
        if (mode != FILE_CHANGE_NOTIFICATION
                && mode < STEERING_OF_ROAMING
                && me.surroundings().inCall()) {
            return Answer.refused(
                    Result.of(TerminalProblem.BUSY_ON_CALL), "a call goes on", "ETSI TS 102 223 clause 6.4.7");
        }
        if (mode < STEERING_OF_ROAMING && mode != UICC_RESET && !isActive(command, me)) {
            return Answer.of(GeneralResult.REFRESH_PERFORMED_NAA_NOT_ACTIVE);
        }
        switch (mode) {
            case UICC_RESET, EUICC_PROFILE_STATE_CHANGE -> {
                return new Answer.Reset();
            }
            case NAA_APPLICATION_RESET, NAA_SESSION_RESET -> me.restartApplication();
            case STEERING_OF_ROAMING, STEERING_OF_ROAMING_WLAN, APPLICATION_UPDATE -> {
                // preferred networks and applications: nothing that this ME keeps
            }
            default -> me.readFiles();
        }
        // The ME always reads all of its files anew
        return needsFiles
                        && mode == FILE_CHANGE_NOTIFICATION
                        && !me.files().areAllIn(identifiers(command.fileList().get()))
                ? Answer.of(GeneralResult.REFRESH_PERFORMED_WITH_ADDITIONAL_EFS_READ)
                : Answer.performed();
    }

    /** Whether the NAA that the card names, if it names one, is the one that the ME has chosen. */
    private static boolean isActive(Refresh command, MeState me) {
        ByteString named = command.aid().map(Aid::value).orElse(ByteString.EMPTY);
        ByteString active = me.files().usim();
        return named.isEmpty()
                || (named.length() <= active.length()
                        && active.slice(0, named.length()).equals(named));
    }

    /** Every file identifier of the list's paths. */
    private static Set<Integer> identifiers(FileList list) {
        Set<Integer> named = new HashSet<>();
        for (int at = 1; at + 2 <= list.value().length(); at += 2) { // behind their number
            named.add(list.value().u16(at));
        }
        return named;
    }
}
