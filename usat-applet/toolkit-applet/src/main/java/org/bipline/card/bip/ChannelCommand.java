// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

import javacard.framework.JCSystem;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ProactiveResponseHandlerSystem;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;

/**
 * The latest command of a channel: sends it and says what its result means, as a reason of {@link BipChannel}, in whose table
 * of reactions the meanings stand.
 */
final class ChannelCommand {
    // additional information on a BIP error, ETSI TS 102 223 clause 8.12.11
    private static final byte CAUSE_NONE = 0x00;
    private static final byte CAUSE_NO_CHANNEL = 0x01;
    private static final byte CAUSE_CLOSED = 0x02;
    private static final byte CAUSE_INVALID_ID = 0x03;
    private static final byte CAUSE_BUFFER_SIZE = 0x04;
    private static final byte CAUSE_NOT_REACHABLE = 0x07;

    // indexes into last
    private static final byte RESULT = 0; // general result
    private static final byte ADDITIONAL = 1; // first byte of the additional information
    private static final byte LAST_SIZE = 2;

    private final byte[] last = JCSystem.makeTransientByteArray(LAST_SIZE, JCSystem.CLEAR_ON_RESET);

    /** Begins a command. */
    ProactiveHandler begin(byte type, byte qualifier, byte destination) {
        last[RESULT] = BipChannel.NONE;
        last[ADDITIONAL] = BipChannel.NONE;
        ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
        handler.init(type, qualifier, destination);
        return handler;
    }

    /** Sends the command and returns the reason that its result gives. */
    byte send(ProactiveHandler handler) {
        last[RESULT] = handler.send();
        ProactiveResponseHandler response = ProactiveResponseHandlerSystem.getTheHandler();
        if (response.getAdditionalInformationLength() > 0) {
            response.copyAdditionalInformation(last, ADDITIONAL, (short) 1);
        }
        return classify();
    }

    private byte classify() {
        switch (last[RESULT] & 0xF0) {
            case 0x00:
                return BipChannel.REASON_NONE;
            case 0x10:
                return BipChannel.REASON_USER;
            case 0x20:
                return last[RESULT] == ToolkitConstants.RES_TEMP_PB_USER_REJECT_CALL_REQ
                                || last[RESULT] == ToolkitConstants.RES_TEMP_PB_USER_CLEAR_CALL
                        ? BipChannel.REASON_USER
                        : BipChannel.REASON_RETRY;
            default:
                break;
        }
        if (!isBipError()) {
            return BipChannel.REASON_REFUSED;
        }
        switch (last[ADDITIONAL]) {
            case CAUSE_CLOSED:
            case CAUSE_INVALID_ID:
                return BipChannel.REASON_LINK_LOST;
            case CAUSE_NONE:
            case CAUSE_NO_CHANNEL:
            case CAUSE_NOT_REACHABLE:
            case BipChannel.NONE:
                return BipChannel.REASON_RETRY;
            default:
                return BipChannel.REASON_REFUSED;
        }
    }

    /** There is no result, or one without what belongs to it: notes why, and returns the reason. */
    byte hasFailed(ToolkitException e) {
        last[ADDITIONAL] = (byte) e.getReason();
        return e.getReason() == ToolkitException.UNAVAILABLE_ELEMENT
                        || e.getReason() == ToolkitException.OUT_OF_TLV_BOUNDARIES
                ? BipChannel.REASON_RESPONSE
                : BipChannel.REASON_FRAMEWORK;
    }

    private boolean isBipError() {
        return last[RESULT] == ToolkitConstants.RES_ERROR_BEARER_INDEPENDENT_PROTOCOL_ERROR;
    }

    /** Whether the ME has no buffer of the size that the command needs. */
    boolean isBufferTooLarge() {
        return isBipError() && last[ADDITIONAL] == CAUSE_BUFFER_SIZE;
    }

    byte generalResult() {
        return last[RESULT];
    }

    byte additionalInformation() {
        return last[ADDITIONAL];
    }
}
