// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.command.*;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Language;
import org.bipline.cat.object.LocalInformation;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.TextString;
import org.bipline.cat.tlv.ByteString;

/** The handlers that an ME has of its own, for commands that its profile has and that are complete. */
final class Handlers {
    private static final int TOO_MANY_FRAMES = 0x02; // additional information of 3C, clause 8.12.12
    private static final int NO_FRAME_DEFINED = 0x03;

    private Handlers() {}

    /** Whether the ME cannot do what the command is for. */
    static boolean isBeyond(ProactiveCommand command, MeState me) {
        return Capabilities.missing(command, me.profile()).isPresent();
    }

    static Answer handle(ProactiveCommand command, MeState me) throws CardLinkException {
        Optional<Answer.Response> refusal = Capabilities.missing(command, me.profile())
                .map(Answer::beyondCapabilities)
                .or(() -> refusal(command));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!turnsToUser(command)) {
            command.pdu()
                    .first(AlphaIdentifier.class)
                    .map(AlphaIdentifier::text)
                    .ifPresent(me::notice);
        }
        return perform(command, me);
    }

    /** Whether the alpha identifier is part of a dialogue; another one only tells the user what the ME does. */
    private static boolean turnsToUser(ProactiveCommand command) {
        return command instanceof SelectItem
                || command instanceof SetUpMenu
                || command instanceof PlayTone
                || command instanceof SetUpCall
                || command instanceof LaunchBrowser
                || command instanceof OpenChannel;
    }

    private static Answer perform(ProactiveCommand command, MeState me) throws CardLinkException {
        return switch (command) {
            case Activate c -> Answer.performed();
            case CloseChannel c -> me.channels.close(c);
            case CommandContainer c -> Answer.performed(); // its content is for the eCAT client
            case ContactlessStateChanged c -> Answer.performed();
            case DeclareService c -> Services.declareService(c, me);
            case DisplayMultimediaMessage c -> Dialogues.displayMultimediaMessage(c, me);
            case DisplayText c -> Dialogues.displayText(c, me);
            case EncapsulatedSessionControl c -> Answer.performed();
            case GeographicalLocationRequest c -> Services.geographicalLocation(me);
            case GetChannelStatus c -> me.channels.status();
            case GetFramesStatus c -> framesStatus(me);
            case GetInkey c -> Dialogues.getInkey(c, me);
            case GetInput c -> Dialogues.getInput(c, me);
            case GetReaderStatus c -> me.reader.status(c);
            case GetServiceInformation c -> me.network.serve(c);
            case LanguageNotification c -> {
                me.setScreen(me.screen()
                        .withLanguage(c.language().filter(l -> c.specific()).map(Language::letters)));
                yield Answer.performed();
            }
            case LaunchBrowser c -> Services.launchBrowser(c, me);
            // the ME has one interface to the UICC: there is no other to begin a session on
            case LsiCommand c ->
                c.details().commandQualifier() == LsiCommand.UICC_PLATFORM_RESET
                        ? new Answer.Reset()
                        : Answer.performed();
            case MoreTime c -> Answer.performed();
            case OpenChannel c -> me.channels.open(c);
            case PerformCardApdu c -> me.reader.perform(c);
            case PlayTone c -> Dialogues.playTone(c, me);
            case PollInterval c -> pollInterval(c, me);
            case PollingOff c -> {
                me.polling.stop();
                yield Answer.performed();
            }
            case PowerOffCard c -> me.reader.powerOff(c);
            case PowerOnCard c -> me.reader.powerOn(c);
            case ProvideLocalInformation c -> provideLocalInformation(c, me);
            case ReceiveData c -> me.channels.receive(c);
            case Refresh c -> Refreshing.perform(c, me);
            case RetrieveMultimediaMessage c -> Services.retrieveMultimediaMessage(c, me);
            case RunAtCommand c -> me.network.serve(c);
            case SelectItem c -> Dialogues.selectItem(c, me);
            case SendData c -> me.channels.send(c);
            case SendDtmf c -> Services.sendDtmf(c, me);
            case SendShortMessage c -> Services.sendShortMessage(c, me);
            case SendSs c -> Services.sendSs(c, me);
            case SendUssd c -> Services.sendUssd(c, me);
            case ServiceSearch c -> me.network.serve(c);
            case SetFrames c -> framesError(TOO_MANY_FRAMES, "the screen is one frame");
            case SetUpCall c -> Services.setUpCall(c, me);
            case SetUpEventList c -> {
                me.setEventList(c.eventList());
                yield Answer.performed();
            }
            case SetUpIdleModeText c -> {
                me.setScreen(
                        me.screen().withIdleText(Optional.of(c.text().text()).filter(t -> !t.isEmpty())));
                yield Answer.performed();
            }
            case SetUpMenu c -> {
                me.setMenu(c);
                yield Answer.performed();
            }
            case SubmitMultimediaMessage c -> Services.submitMultimediaMessage(c, me);
            case TimerManagement c -> me.timers.manage(c);
            case UnknownCommand c -> unknown(c);
        };
    }

    /** What is refused of any command that has it, or of many. */
    private static Optional<Answer.Response> refusal(ProactiveCommand command) {
        Pdu pdu = command.pdu();
        boolean icon = pdu.indexOf(IconIdentifier.class) >= 0;
        boolean text =
                !pdu.first(TextString.class).map(TextString::text).orElse("").isEmpty()
                        || !pdu.first(AlphaIdentifier.class)
                                .map(AlphaIdentifier::text)
                                .orElse("")
                                .isEmpty();
        if (icon && !text) {
            return Optional.of(Answer.refused(
                    Result.of(GeneralResult.DATA_NOT_UNDERSTOOD),
                    DataObjectType.ICON_IDENTIFIER,
                    "stands without a text"));
        }
        return pdu.first(org.bipline.cat.object.Duration.class)
                .filter(d -> d.timeUnit() > 2 || d.timeInterval() == 0)
                .map(d -> Answer.refused(
                        Result.of(GeneralResult.DATA_NOT_UNDERSTOOD), d.type(), "unit or interval is reserved"));
    }

    /** A type that the standard knows is beyond the ME, another one is not understood. */
    private static Answer unknown(UnknownCommand command) {
        if (command.details().command().isPresent()) {
            return Answer.beyondCapabilities(command.name() + " is not in the terminal profile");
        }
        return Answer.refused(
                Result.of(GeneralResult.TYPE_NOT_UNDERSTOOD),
                DataObjectType.COMMAND_DETAILS,
                "type of command " + Integer.toHexString(command.details().typeOfCommand()) + " is unknown");
    }

    private static Answer framesStatus(MeState me) {
        return me.surroundings().frames().isPresent()
                ? Answer.performed(me.surroundings().frames().get())
                : framesError(NO_FRAME_DEFINED, "the screen has no frames");
    }

    private static Answer framesError(int cause, String reason) {
        return Answer.refused(
                new Result(GeneralResult.FRAMES_ERROR.code(), ByteString.of(cause)),
                reason,
                "ETSI TS 102 223 clause 8.12.12");
    }

    private static Answer pollInterval(PollInterval command, MeState me) {
        Duration wanted = command.interval().toTime();
        // Less than a second is no interval for a STATUS command: the ME takes the nearest that it supports
        int seconds = Math.toIntExact(Math.max(1, wanted.toSeconds()));
        me.polling.start(Duration.ofSeconds(seconds));
        boolean asWanted = wanted.equals(Duration.ofSeconds(seconds));
        return Answer.performed(asWanted ? command.interval() : org.bipline.cat.object.Duration.ofSeconds(seconds));
    }

    private static Answer provideLocalInformation(ProvideLocalInformation command, MeState me) {
        LocalInformation wanted = command.information().orElse(null);
        if (wanted == null) {
            return Answer.beyondCapabilities("qualifier of PROVIDE LOCAL INFORMATION is unknown");
        }
        List<DataObject> known = me.surroundings().information(wanted).orElse(null);
        if (known == null) {
            boolean noService = me.surroundings().service() == Surroundings.NO_SERVICE;
            return Answer.unable(
                    noService ? TerminalProblem.NO_SERVICE : TerminalProblem.NO_SPECIFIC_CAUSE,
                    "the ME does not know its " + wanted.text());
        }
        boolean limited = wanted == LocalInformation.LOCATION_INFORMATION
                && me.surroundings().service() == Surroundings.LIMITED_SERVICE;
        GeneralResult result = limited ? GeneralResult.PERFORMED_LIMITED_SERVICE : GeneralResult.PERFORMED_SUCCESSFULLY;
        return Answer.of(result, known.toArray(new DataObject[0]));
    }
}
