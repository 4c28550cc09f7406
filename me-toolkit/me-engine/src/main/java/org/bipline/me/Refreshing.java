// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.command.Refresh;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;

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
                    "qualifier " + mode + " of REFRESH is reserved",
                    "ETSI TS 102 223 clause 8.6");
        }
        if (needsFiles && command.fileList().isEmpty()) {
            return Answer.refused(
                    Result.of(GeneralResult.REQUIRED_VALUES_MISSING),
                    "File List is missing",
                    "ETSI TS 102 223 clause 6.6.13");
        }
        if (me.profile().has(Quirk.REFRESH_NOT_OBEYED)) {
            return Answer.performed();
        }
        // Only files are read anew during a call: everything else would end the call
        if (mode != FILE_CHANGE_NOTIFICATION
                && mode < STEERING_OF_ROAMING
                && me.surroundings().inCall()) {
            return Answer.refused(
                    Result.of(TerminalProblem.BUSY_ON_CALL), "a call goes on", "ETSI TS 102 223 clause 6.4.7.1");
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
        return Answer.performed();
    }
}
