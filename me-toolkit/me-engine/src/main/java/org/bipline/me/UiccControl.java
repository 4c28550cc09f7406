// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.SendShortMessage;
import org.bipline.cat.envelope.CallControl;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.envelope.EnvelopeType;
import org.bipline.cat.envelope.MoShortMessageControl;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.PlainObject;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.SsString;
import org.bipline.cat.object.UssdString;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.cat.tlv.Length;

/**
 * Call control and MO short message control by the USIM: the card is asked before the ME acts, if its service table wants
 * that. 3GPP TS 31.111 clause 7.3.
 */
final class UiccControl {
    private static final int ALLOWED = 0;
    private static final int ALLOWED_WITH_MODIFICATIONS = 2;
    private static final int ACTION_NOT_ALLOWED = 1;
    private static final int TYPE_HAS_CHANGED = 2;
    private static final int UNKNOWN_NUMBER = 0x80;

    /**
     * What the card says.
     *
     * @param command the one that the network gets: the card's own, or as the card has modified it
     * @param refusal the answer to the proactive command, when the action is not allowed
     * @param modified whether the card wants another action of the same kind
     * @param requestedAction what the card wants, for the response
     * @param text what the card has the user told
     */
    record Verdict(
            ProactiveCommand command,
            Optional<Answer.Response> refusal,
            boolean modified,
            Optional<DataObject> requestedAction,
            Optional<String> text) {
        static Verdict goOn(ProactiveCommand command) {
            return new Verdict(command, Optional.empty(), false, Optional.empty(), Optional.empty());
        }
    }

    private UiccControl() {}

    /** Asks about the command's call, SS or USSD operation, which this object of it describes. */
    static Verdict ofCall(MeState me, ProactiveCommand command, DataObject what) throws CardLinkException {
        if (!me.profile().supports(Facility.CALL_CONTROL) || !me.files().hasService(CardFiles.CALL_CONTROL)) {
            return Verdict.goOn(command);
        }
        CallControl envelope = new CallControl(Pdu.of(
                EnvelopeType.CALL_CONTROL.tag(),
                DeviceIdentities.TERMINAL_TO_UICC,
                what,
                me.surroundings().location()));
        return ask(me, command, envelope, wanted -> {
            List<DataObject> objects =
                    wanted.objects().stream().map(ComprehensionTlv::object).toList();
            if (objects.stream().anyMatch(o -> isKind(o) && o.tag() != what.tag())) {
                return refused(
                        command,
                        GeneralResult.PERMANENT_PROBLEM_WITH_CALL_CONTROL,
                        TYPE_HAS_CHANGED,
                        "the card makes another kind of request of it");
            }
            // ETSI TS 102 223 clause 8.30: the objects as the card gave them
            DataObject action = new PlainObject(DataObjectType.CALL_CONTROL_REQUESTED_ACTION, wanted.encode());
            return modified(command, with(command, objects), Optional.of(action), wanted);
        });
    }

    /** Asks about a short message. */
    static Verdict ofShortMessage(MeState me, SendShortMessage command) throws CardLinkException {
        Optional<Address> destination = command.tpdu().flatMap(UiccControl::destination);
        if (!me.profile().supports(Facility.MO_SHORT_MESSAGE_CONTROL)
                || !me.files().hasService(CardFiles.MO_SMS_CONTROL)
                || destination.isEmpty()) {
            return Verdict.goOn(command);
        }
        MoShortMessageControl envelope = new MoShortMessageControl(Pdu.of(
                EnvelopeType.MO_SHORT_MESSAGE_CONTROL.tag(),
                DeviceIdentities.TERMINAL_TO_UICC,
                command.serviceCentre().orElse(new Address(ByteString.EMPTY)),
                destination.get(),
                me.surroundings().location()));
        return ask(me, command, envelope, wanted -> {
            List<Address> addresses = wanted.all(Address.class);
            List<DataObject> changes = new ArrayList<>();
            if (!addresses.isEmpty()) { // the service centre, then the destination: clause 7.3.2
                changes.add(addresses.get(0));
            }
            if (addresses.size() > 1) {
                changes.add(readdressed(command.tpdu().orElseThrow(), addresses.get(1)));
            }
            return modified(command, with(command, changes), Optional.empty(), wanted);
        });
    }

    private static Verdict modified(
            ProactiveCommand command, ProactiveCommand other, Optional<DataObject> requestedAction, Pdu wanted) {
        Optional<String> text = wanted.first(AlphaIdentifier.class).map(AlphaIdentifier::text);
        boolean changed = !other.equals(command) || requestedAction.isPresent();
        return new Verdict(other, Optional.empty(), changed, requestedAction, text);
    }

    /** The command with these objects in place of its own of the same kinds, or behind them. */
    private static ProactiveCommand with(ProactiveCommand command, List<DataObject> changes) {
        List<ComprehensionTlv> objects = new ArrayList<>(command.pdu().objects());
        for (DataObject change : changes) {
            if (change instanceof AlphaIdentifier) {
                continue; // tells the user about the action and is no part of it
            }
            ComprehensionTlv tlv = ComprehensionTlv.of(change, true);
            int at = 0;
            while (at < objects.size() && objects.get(at).object().tag() != change.tag()) {
                at++;
            }
            if (at < objects.size()) {
                objects.set(at, tlv);
            } else {
                objects.add(tlv);
            }
        }
        try {
            return ProactiveCommand.parse(Pdu.of(ProactiveCommand.TAG, objects).encode());
        } catch (CatDecodingException impossible) {
            throw new IllegalStateException(impossible); // encoded by the codec itself
        }
    }

    /** The same SMS-SUBMIT to another destination: number of digits, type of number, digits. */
    private static SmsTpdu readdressed(SmsTpdu message, Address destination) {
        ByteString tpdu = message.value();
        ByteString number = destination.value();
        int digits =
                number.isEmpty() ? 0 : destination.number().replace("+", "").length();
        ByteString rest = tpdu.slice(destinationEnd(tpdu), tpdu.length());
        return new SmsTpdu(
                new ByteSink(3 + number.length() + rest.length())
                        .bytes(tpdu.slice(0, 2))
                        .u8(digits)
                        .bytes(number.isEmpty() ? ByteString.of(UNKNOWN_NUMBER) : number)
                        .bytes(rest)
                        .toByteString(),
                message.toServiceCentre());
    }

    /** TP-Destination-Address of SMS-SUBMIT: number of digits, type of number, digits. 3GPP TS 23.040 clause 9.2.2.2. */
    private static Optional<Address> destination(SmsTpdu message) {
        ByteString tpdu = message.value();
        if (message.messageType() != 1 || tpdu.length() < 4) {
            return Optional.empty();
        }
        int end = destinationEnd(tpdu);
        return end > tpdu.length() ? Optional.empty() : Optional.of(new Address(tpdu.slice(3, end)));
    }

    private static int destinationEnd(ByteString submit) {
        return 4 + (submit.u8(2) + 1) / 2;
    }

    private static Verdict ask(MeState me, ProactiveCommand command, Envelope envelope, Function<Pdu, Verdict> modified)
            throws CardLinkException {
        Optional<ApduResponse> sent = me.sendEnvelope(envelope);
        if (sent.isEmpty()) {
            return Verdict.goOn(command); // an ME that sends no envelopes asks nobody
        }
        ApduResponse answer = sent.get();
        if (!answer.isOk()) { // busy, or an error: the action is not allowed
            GeneralResult problem = answer.statusWord() == ProactiveSession.TOOLKIT_BUSY
                    ? GeneralResult.TEMPORARY_PROBLEM_WITH_CALL_CONTROL
                    : GeneralResult.PERMANENT_PROBLEM_WITH_CALL_CONTROL;
            String reason = "the card answered %04X to %s".formatted(answer.statusWord(), name(envelope));
            return refused(command, problem, 0, reason);
        }
        ByteString data = answer.data();
        if (data.isEmpty() || data.u8(0) == ALLOWED) {
            return Verdict.goOn(command);
        }
        if (data.u8(0) != ALLOWED_WITH_MODIFICATIONS) {
            return refused(
                    command,
                    GeneralResult.PERMANENT_PROBLEM_WITH_CALL_CONTROL,
                    ACTION_NOT_ALLOWED,
                    "the card does not allow it: " + name(envelope));
        }
        try { // result, length, objects
            int octets = Length.octetsAt(data, 1);
            return modified.apply(Pdu.decodeBare(data.slice(Math.min(1 + octets, data.length()))));
        } catch (CatDecodingException e) { // what cannot be read is not what was asked
            return refused(
                    command,
                    GeneralResult.PERMANENT_PROBLEM_WITH_CALL_CONTROL,
                    TYPE_HAS_CHANGED,
                    "what the card wants instead cannot be read: " + e.getMessage());
        }
    }

    private static boolean isKind(DataObject object) {
        return object instanceof Address || object instanceof SsString || object instanceof UssdString;
    }

    private static String name(Envelope envelope) {
        return envelope.type().map(EnvelopeType::text).orElse("envelope");
    }

    private static Verdict refused(ProactiveCommand command, GeneralResult result, int cause, String reason) {
        Result problem = new Result(result.code(), ByteString.of(cause));
        return new Verdict(
                command,
                Optional.of(Answer.refused(problem, reason, "3GPP TS 31.111 clause 7.3")),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
