// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bipline.cat.command.DeclareService;
import org.bipline.cat.command.LaunchBrowser;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.RetrieveMultimediaMessage;
import org.bipline.cat.command.SendDtmf;
import org.bipline.cat.command.SendShortMessage;
import org.bipline.cat.command.SendSs;
import org.bipline.cat.command.SendUssd;
import org.bipline.cat.command.SetUpCall;
import org.bipline.cat.command.SubmitMultimediaMessage;
import org.bipline.cat.envelope.EnvelopeType;
import org.bipline.cat.envelope.GeographicalLocationReporting;
import org.bipline.cat.envelope.MmsTransferStatus;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.PlainObject;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;

/** Commands that the network or a device near the ME serves. ETSI TS 102 223 clause 6.4, 3GPP TS 31.111 clause 6.4. */
final class Services {
    private static final int REDIAL = 0x01; // bits of the qualifier of SET UP CALL, clause 8.6
    private static final int HOLD = 0x02;
    private static final int DISCONNECT = 0x04;
    private static final int BROWSER_NOT_YET_LAUNCHED = 0x00; // qualifiers of LAUNCH BROWSER, clause 8.6
    private static final int BROWSER_UNAVAILABLE = 0x02; // additional information of 26, clause 8.12.10

    private Services() {}

    static Answer setUpCall(SetUpCall command, MeState me) throws CardLinkException {
        int others = command.details().commandQualifier() & ~REDIAL;
        if (others > DISCONNECT || others == (HOLD | REDIAL)) {
            return Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    DataObjectType.COMMAND_DETAILS,
                    "qualifier " + command.details().commandQualifier() + " of SET UP CALL is reserved");
        }
        if (me.surroundings().inCall() && others == 0) {
            return Answer.unable(TerminalProblem.BUSY_ON_CALL, "another call goes on");
        }
        String question = command.confirmationPhase().map(AlphaIdentifier::text).orElse("");
        return Dialogues.withConsent(command, question, me, () -> call(command, me));
    }

    private static Answer call(SetUpCall command, MeState me) throws CardLinkException {
        command.callSetUpPhase().map(AlphaIdentifier::text).ifPresent(me::notice);
        UiccControl.Verdict verdict = command.address().isPresent()
                ? UiccControl.ofCall(me, command, command.address().get())
                : UiccControl.Verdict.goOn(command);
        Redial redial = new Redial(command, me.clock().nanos());
        return served(me, verdict, asked -> dial(asked, me, redial, 1), response -> {
            if (response.result().performed()) {
                me.surroundings().callConnected(0);
            }
            return response;
        });
    }

    /** The card's wish that the ME tries again as long as the network cannot: for so long, or a number of times. */
    private record Redial(SetUpCall command, long start) {
        private static final int ATTEMPTS = 10;
        private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
        private static final Duration PAUSE = Duration.ofMinutes(1);

        /** How long the ME waits after this attempt; empty when it was the last one. */
        Optional<Duration> pauseAfter(int attempt, long now) {
            Duration pause = attempt == 1 ? FIRST_PAUSE : PAUSE;
            boolean inTime = command.duration()
                    .map(limit -> limit.toTime().toNanos() >= now - start + pause.toNanos())
                    .orElse(true);
            return command.redial() && inTime && attempt < ATTEMPTS ? Optional.of(pause) : Optional.empty();
        }
    }

    private static Answer dial(ProactiveCommand command, MeState me, Redial redial, int attempt)
            throws CardLinkException {
        return me.after(me.network.serve(command), response -> {
            boolean busy =
                    response.result().generalResult() == GeneralResult.NETWORK_CURRENTLY_UNABLE_TO_PROCESS.code();
            Optional<Duration> pause = redial.pauseAfter(attempt, me.clock().nanos());
            return busy && pause.isPresent()
                    ? me.later(pause.get(), () -> dial(command, me, redial, attempt + 1))
                    : response;
        });
    }

    static Answer sendSs(SendSs command, MeState me) throws CardLinkException {
        return inTransaction(command, me, UiccControl.ofCall(me, command, command.ssString()));
    }

    static Answer sendUssd(SendUssd command, MeState me) throws CardLinkException {
        return inTransaction(command, me, UiccControl.ofCall(me, command, command.ussdString()));
    }

    /** An SS or USSD operation, which the user can end before the network has answered. */
    private static Answer inTransaction(ProactiveCommand command, MeState me, UiccControl.Verdict verdict)
            throws CardLinkException {
        return verdict.refusal().isPresent()
                ? verdict.refusal().get()
                : Dialogues.whileUserWaits(
                        command,
                        me,
                        Answer.of(GeneralResult.USSD_OR_SS_TRANSACTION_TERMINATED_BY_USER),
                        () -> served(me, verdict, me.network::serve, UnaryOperator.identity()));
    }

    static Answer sendShortMessage(SendShortMessage command, MeState me) throws CardLinkException {
        if (me.surroundings().service() == Surroundings.NO_SERVICE) {
            return Answer.unable(TerminalProblem.NO_SERVICE, "no network");
        }
        return served(me, UiccControl.ofShortMessage(me, command), me.network::serve, UnaryOperator.identity());
    }

    static Answer sendDtmf(SendDtmf command, MeState me) {
        return me.surroundings().inCall()
                ? me.network.serve(command)
                : Answer.unable(TerminalProblem.NOT_IN_SPEECH_CALL, "no call goes on");
    }

    /** The way to the network. */
    @FunctionalInterface
    private interface Service {
        Answer of(ProactiveCommand command) throws CardLinkException;
    }

    /** What the network makes of the command that is left when the card has been asked. */
    private static Answer served(
            MeState me, UiccControl.Verdict verdict, Service service, UnaryOperator<Answer.Response> then)
            throws CardLinkException {
        if (verdict.refusal().isPresent()) {
            return verdict.refusal().get();
        }
        verdict.text().ifPresent(me::notice);
        return me.after(service.of(verdict.command()), response -> {
            if (!verdict.modified() || !response.result().performed()) {
                return then.apply(response);
            }
            List<DataObject> objects = new ArrayList<>(response.objects());
            verdict.requestedAction().ifPresent(objects::add);
            return then.apply(
                    Answer.of(GeneralResult.PERFORMED_MODIFIED_BY_CALL_CONTROL, objects.toArray(new DataObject[0])));
        });
    }

    static Answer launchBrowser(LaunchBrowser command, MeState me) throws CardLinkException {
        boolean onlyIfNotRunning = command.details().commandQualifier() == BROWSER_NOT_YET_LAUNCHED;
        if (onlyIfNotRunning && me.screen().browser().isPresent()) {
            return Answer.refused(
                    new Result(GeneralResult.LAUNCH_BROWSER_GENERIC_ERROR.code(), ByteString.of(BROWSER_UNAVAILABLE)),
                    "the browser is open already",
                    "ETSI TS 102 223 clause 6.4.26");
        }
        String question = command.alphaIdentifier().map(AlphaIdentifier::text).orElse("");
        return Dialogues.withConsent(
                command,
                question,
                me,
                () -> me.after(me.network.serve(command), response -> {
                    if (response.result().performed()) {
                        me.setScreen(me.screen()
                                .withBrowser(Optional.of(command.url().text())));
                    }
                    return response;
                }));
    }

    static Answer declareService(DeclareService command, MeState me) {
        int service = command.serviceRecord().orElseThrow().value().u8(1);
        if (!command.delete()) {
            me.services.add(service);
            return Answer.performed();
        }
        return me.services.remove(service)
                ? Answer.performed()
                : Answer.refused(BipError.SERVICE_IDENTIFIER_UNKNOWN, "service " + service + " was never declared");
    }

    static Answer retrieveMultimediaMessage(RetrieveMultimediaMessage command, MeState me) throws CardLinkException {
        return transferred(command, me, command.receptionFile(), command.identifier());
    }

    static Answer submitMultimediaMessage(SubmitMultimediaMessage command, MeState me) throws CardLinkException {
        return transferred(command, me, command.submissionFile(), command.identifier());
    }

    /** The transfer begins with the response; how it ended follows in an envelope. ETSI TS 102 223 clause 7.6. */
    private static Answer transferred(
            ProactiveCommand command, MeState me, FileList file, Optional<DataObject> identifier)
            throws CardLinkException {
        return me.after(me.network.serve(command), response -> {
            if (response.result().performed() && me.profile().supports(Facility.EVENT_MMS_TRANSFER_STATUS)) {
                List<DataObject> objects =
                        new ArrayList<>(List.of(DeviceIdentities.of(Device.NETWORK, Device.UICC), file));
                identifier.ifPresent(objects::add);
                objects.add(new PlainObject(DataObjectType.MULTIMEDIA_MESSAGE_TRANSFER_STATUS, ByteString.of(0)));
                MmsTransferStatus status = new MmsTransferStatus(
                        Pdu.of(EnvelopeType.MMS_TRANSFER_STATUS.tag(), objects.toArray(new DataObject[0])));
                me.events.envelope("MMS transfer status", status, answer -> {});
            }
            return response;
        });
    }

    /** The location follows in an envelope. 3GPP TS 31.111 clause 7.10. */
    static Answer geographicalLocation(MeState me) {
        me.events.envelope(
                "geographical location reporting",
                new GeographicalLocationReporting(Pdu.of(
                        EnvelopeType.GEOGRAPHICAL_LOCATION_REPORTING.tag(),
                        DeviceIdentities.TERMINAL_TO_UICC,
                        me.surroundings().position())),
                answer -> {});
        return Answer.performed();
    }
}
