// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.Optional;
import org.bipline.cat.envelope.CallControl;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EnvelopeType;
import org.bipline.cat.envelope.MoShortMessageControl;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.SsString;
import org.bipline.cat.object.UssdString;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/**
 * Call control and MO short message control by the USIM: the card is asked before the ME acts, if its service table wants
 * that. 3GPP TS 31.111 clause 7.3.
 */
final class UiccControl {
    private static final int CALL_CONTROL_SERVICE = 30; // of EF UST, 3GPP TS 31.102 clause 4.2.8
    private static final int MO_SMS_CONTROL_SERVICE = 31;
    private static final int ALLOWED = 0;
    private static final int ALLOWED_WITH_MODIFICATIONS = 2;
    private static final int ACTION_NOT_ALLOWED = 1;
    private static final int TYPE_HAS_CHANGED = 2;

    /**
     * What the card says.
     *
     * @param refusal the answer to the proactive command, when the action is not allowed
     * @param modified whether the card wants another action of the same kind
     */
    record Verdict(Optional<Answer.Response> refusal, boolean modified) {
        static final Verdict GO_ON = new Verdict(Optional.empty(), false);
    }

    private UiccControl() {}

    /** Asks about a call, an SS or a USSD operation, which this object describes. */
    static Verdict ofCall(MeState me, DataObject what) throws CardLinkException {
        if (!me.profile().supports(Facility.CALL_CONTROL) || !me.files().hasService(CALL_CONTROL_SERVICE)) {
            return Verdict.GO_ON;
        }
        return ask(
                me,
                what,
                new CallControl(Pdu.of(
                        EnvelopeType.CALL_CONTROL.tag(),
                        DeviceIdentities.TERMINAL_TO_UICC,
                        what,
                        me.surroundings().location())));
    }

    /** Asks about a short message of SEND SHORT MESSAGE. */
    static Verdict ofShortMessage(MeState me, Address serviceCentre, SmsTpdu message) throws CardLinkException {
        Optional<Address> destination = destination(message);
        if (!me.profile().supports(Facility.MO_SHORT_MESSAGE_CONTROL)
                || !me.files().hasService(MO_SMS_CONTROL_SERVICE)
                || destination.isEmpty()) {
            return Verdict.GO_ON;
        }
        return ask(
                me,
                destination.get(),
                new MoShortMessageControl(Pdu.of(
                        EnvelopeType.MO_SHORT_MESSAGE_CONTROL.tag(),
                        DeviceIdentities.TERMINAL_TO_UICC,
                        serviceCentre,
                        destination.get(),
                        me.surroundings().location())));
    }

    /** TP-Destination-Address of SMS-SUBMIT: number of digits, type of number, digits. 3GPP TS 23.040 clause 9.2.2.2. */
    private static Optional<Address> destination(SmsTpdu message) {
        ByteString tpdu = message.value();
        if (message.messageType() != 1 || tpdu.length() < 4) {
            return Optional.empty();
        }
        int end = 4 + (tpdu.u8(2) + 1) / 2;
        return end > tpdu.length() ? Optional.empty() : Optional.of(new Address(tpdu.slice(3, end)));
    }

    private static Verdict ask(MeState me, DataObject what, Envelope envelope) throws CardLinkException {
        Optional<ApduResponse> sent = me.sendEnvelope(envelope);
        if (sent.isEmpty()) {
            return Verdict.GO_ON; // an ME that sends no envelopes asks nobody
        }
        ApduResponse answer = sent.get();
        if (!answer.isOk()) { // busy, or an error: the action is not allowed
            GeneralResult problem = answer.statusWord() == ProactiveSession.TOOLKIT_BUSY
                    ? GeneralResult.TEMPORARY_PROBLEM_WITH_CALL_CONTROL
                    : GeneralResult.PERMANENT_PROBLEM_WITH_CALL_CONTROL;
            return refused(problem, 0, "the card answered %04X to %s".formatted(answer.statusWord(), name(envelope)));
        }
        ByteString data = answer.data();
        if (data.isEmpty() || data.u8(0) == ALLOWED) {
            return Verdict.GO_ON;
        }
        if (data.u8(0) != ALLOWED_WITH_MODIFICATIONS) {
            return refused(
                    GeneralResult.PERMANENT_PROBLEM_WITH_CALL_CONTROL,
                    ACTION_NOT_ALLOWED,
                    "the card does not allow it: " + name(envelope));
        }
        return sameKind(what, data)
                ? new Verdict(Optional.empty(), true)
                : refused(
                        GeneralResult.PERMANENT_PROBLEM_WITH_CALL_CONTROL,
                        TYPE_HAS_CHANGED,
                        "the card makes another kind of request of it");
    }

    /** Whether the object that the card gives in place of the ME's, behind result and length, is of the same type. */
    private static boolean sameKind(DataObject asked, ByteString data) {
        if (data.length() <= 2) {
            return true;
        }
        try {
            for (ComprehensionTlv tlv : Pdu.decodeBare(data.slice(2)).objects()) {
                switch (tlv.object()) {
                    case Address a -> {
                        return asked instanceof Address;
                    }
                    case SsString s -> {
                        return asked instanceof SsString;
                    }
                    case UssdString u -> {
                        return asked instanceof UssdString;
                    }
                    default -> {
                        // an alpha identifier and parameters say nothing about the kind
                    }
                }
            }
            return true;
        } catch (CatDecodingException e) {
            return false; // what cannot be read is not what was asked
        }
    }

    private static String name(Envelope envelope) {
        return envelope.type().map(EnvelopeType::text).orElse("envelope");
    }

    private static Verdict refused(GeneralResult result, int cause, String reason) {
        Result problem = new Result(result.code(), ByteString.of(cause));
        return new Verdict(Optional.of(Answer.refused(problem, reason, "3GPP TS 31.111 clause 7.3")), false);
    }
}
