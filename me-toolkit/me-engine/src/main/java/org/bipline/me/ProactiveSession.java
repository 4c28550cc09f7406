// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bipline.cat.command.Fault;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.ItemIconIdentifierList;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TerminalProblem;
import org.bipline.cat.object.UnknownObject;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches and performs what the card asks for, one command after the other, and between the sessions tells the card what
 * happened. Every FETCH that brings a command gets its TERMINAL RESPONSE. ETSI TS 102 221 clause 7.4.2, ETSI TS 102 223
 * clause 6.
 */
final class ProactiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProactiveSession.class);

    static final int CLA = 0x80;
    static final int ENVELOPE = 0xC2;
    static final int TOOLKIT_BUSY = 0x9300;

    private static final int FETCH = 0x12;
    private static final int TERMINAL_RESPONSE = 0x14;
    private static final Duration BUSY_DELAY = Duration.ofSeconds(1);
    private static final ComprehensionTlv NO_DETAILS =
            ComprehensionTlv.of(new UnknownObject(0x01, ByteString.EMPTY), true);
    private static final ComprehensionTlv DEVICES = ComprehensionTlv.of(DeviceIdentities.TERMINAL_TO_UICC, true);

    private final MeState me;
    private final CardPort card;
    private final Map<Integer, CommandHandler> replaced;
    private ProactiveCommand awaiting;
    private Answer late;
    private int promises;
    private boolean open;
    private boolean busy;

    ProactiveSession(MeState me, CardPort card, Map<Integer, CommandHandler> replaced) {
        this.me = me;
        this.card = card;
        this.replaced = Map.copyOf(replaced);
    }

    void reset() {
        awaiting = null;
        late = null;
        open = false;
        busy = false;
        promises++; // an answer on its way finds that nobody waits for it
    }

    /** The command whose response waits for something to happen. */
    Optional<ProactiveCommand> awaiting() {
        return Optional.ofNullable(awaiting);
    }

    boolean isIdle() {
        return awaiting == null && !open && card.pendingCommand() == 0;
    }

    /** Does everything that can be done now. */
    void proceed() throws CardLinkException {
        while (awaiting == null || late != null) {
            if (late != null) {
                ProactiveCommand command = awaiting;
                Answer answer = late;
                awaiting = null;
                late = null;
                LogContext logContext = context(command);
                try {
                    settle(command, answer);
                } finally {
                    logContext.end();
                }
            } else if (card.pendingCommand() > 0) {
                open = true;
                fetch();
            } else if (open) {
                open = false;
                busy = false;
                me.listener.sessionIdle();
            } else if (busy || !sendNextEnvelope()) {
                return;
            }
        }
    }

    private boolean sendNextEnvelope() throws CardLinkException {
        EventQueue.Pending next = me.events.peek().orElse(null);
        if (next == null) {
            return false;
        }
        Envelope envelope = next.envelope().get().orElse(null);
        if (envelope == null) {
            me.events.remove();
            me.listener.eventDropped(next.name(), "pointless by now");
            next.onAnswer().accept(Optional.empty());
            return true;
        }
        ApduResponse response = me.sendEnvelope(envelope).orElse(null);
        if (response == null) {
            me.events.remove();
            me.listener.eventDropped(next.name(), "the ME hands over no envelopes");
            next.onAnswer().accept(Optional.empty());
            return true;
        }
        if (response.statusWord() == TOOLKIT_BUSY) {
            busy = true; // the envelope stays the first; tried again after the next session or a while
            me.clock().schedule(BUSY_DELAY, () -> me.mailbox.post(() -> busy = false));
            return true;
        }
        me.events.remove();
        LOG.debug("ENVELOPE {}: {}", next.name(), Integer.toHexString(response.statusWord()));
        if (!response.isOk()) {
            me.listener.eventDropped(next.name(), "card answered " + Integer.toHexString(response.statusWord()));
        }
        next.onAnswer().accept(Optional.of(response));
        return true;
    }

    private void fetch() throws CardLinkException {
        int length = card.pendingCommand();
        card.pendingCommandFetched();
        ApduResponse response = card.read(CLA, FETCH, 0, 0, length);
        if (!response.isOk() || response.data().isEmpty()) {
            LOG.warn("FETCH brought no command: {}", Integer.toHexString(response.statusWord()));
            return;
        }
        ProactiveCommand command;
        try {
            command = ProactiveCommand.parse(response.data());
        } catch (CatDecodingException e) {
            refuse(response.data(), e);
            return;
        }
        LogContext logContext = context(command);
        try {
            perform(command);
        } finally {
            logContext.end();
        }
    }

    private LogContext context(ProactiveCommand command) {
        return LogContext.of(
                me,
                command.pdu()
                        .first(DeviceIdentities.class)
                        .map(DeviceIdentities::destinationChannel)
                        .orElse(0));
    }

    private void perform(ProactiveCommand command) throws CardLinkException {
        List<Fault> faults = command.faults();
        CommandHandler handler = handler(command);
        if (faults.isEmpty()) {
            me.listener.proactiveCommand(command);
            perform(command, handler);
        } else if (handler.equals(CommandHandler.OWN) && Handlers.isBeyond(command, me)) {
            perform(command, handler); // which refuses it: what the ME cannot do need not be complete
        } else {
            refuse(command, faults);
        }
    }

    private CommandHandler handler(ProactiveCommand command) {
        return command.pdu()
                .first(CommandDetails.class)
                .map(details -> replaced.get(details.typeOfCommand()))
                .orElse(CommandHandler.OWN);
    }

    private void perform(ProactiveCommand command, CommandHandler handler) throws CardLinkException {
        Answer answer;
        try {
            answer = handler.handle(command, me);
            if (me.profile().latency().isPositive()) {
                answer = me.after(answer, response -> me.later(me.profile().latency(), () -> response));
            }
        } catch (RuntimeException e) {
            LOG.error("handler of {} failed", command.name(), e);
            answer = Answer.of(Result.of(TerminalProblem.NO_SPECIFIC_CAUSE));
        }
        settle(command, answer);
    }

    private void settle(ProactiveCommand command, Answer answer) throws CardLinkException {
        switch (answer) {
            case Answer.Response response -> respond(command, response);
            case Answer.Later later -> await(command, later);
            case Answer.Reset reset -> {
                awaiting = command; // nothing else begins until the reset has come
                me.mailbox.post(me.machine::restart);
            }
            case Answer.Never never -> LOG.debug("{} stays without response", command.name());
        }
    }

    private void await(ProactiveCommand command, Answer.Later later) {
        awaiting = command;
        int number = ++promises;
        CompletableFuture<?> unused =
                later.answer().whenComplete((answer, failure) -> me.mailbox.post(() -> arrived(number, answer)));
    }

    /** The answer that was promised; {@link #proceed} gives it to the card. */
    private void arrived(int number, Answer answer) {
        if (awaiting != null && number == promises) {
            late = answer == null ? Answer.of(Result.of(TerminalProblem.NO_SPECIFIC_CAUSE)) : answer;
        }
    }

    private void respond(ProactiveCommand command, Answer.Response answer) throws CardLinkException {
        me.endNotice();
        Result result = asThisMeSays(command, answer.result());
        if (!answer.reason().isEmpty()) {
            int offset = answer.culprit().map(type -> offset(command, type)).orElse(0);
            me.listener.commandRefused(
                    command.encode(), new Fault(answer.reason(), offset, answer.clause(), result.generalResult()));
        }
        int details = command.pdu().indexOf(CommandDetails.class);
        send(command.pdu().objects().get(details), result, answer.objects());
    }

    /** Where the first object of the type stands in the PDU, or should stand when it has none: at the end. */
    private static int offset(ProactiveCommand command, DataObjectType type) {
        List<ComprehensionTlv> objects = command.pdu().objects();
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i).object().tag() == type.tag()) {
                return command.pdu().offsetOf(i);
            }
        }
        return command.pdu().offsetOf(objects.size());
    }

    private Result asThisMeSays(ProactiveCommand command, Result result) {
        if (result.generalResult() == GeneralResult.PERFORMED_SUCCESSFULLY.code()) {
            if (command.partlyComprehended()) {
                return Result.of(GeneralResult.PERFORMED_WITH_PARTIAL_COMPREHENSION);
            }
            boolean icon = command.pdu().indexOf(IconIdentifier.class) >= 0
                    || command.pdu().indexOf(ItemIconIdentifierList.class) >= 0;
            return icon
                    ? Result.of(GeneralResult.PERFORMED_REQUESTED_ICON_NOT_DISPLAYED)
                    : result; // it shows text only
        }
        boolean withoutCause = result.generalResult() == GeneralResult.BEARER_INDEPENDENT_PROTOCOL_ERROR.code()
                && me.profile().has(Quirk.BIP_ERROR_WITHOUT_CAUSE);
        return withoutCause ? Result.of(GeneralResult.BEARER_INDEPENDENT_PROTOCOL_ERROR) : result;
    }

    /** The response to a command whose data objects are not what they have to be: the first fault decides. */
    private void refuse(ProactiveCommand command, List<Fault> faults) throws CardLinkException {
        ByteString bytes = command.encode();
        for (Fault fault : faults) {
            LOG.warn("refused {}: {}", command.name(), fault.text());
            me.listener.commandRefused(bytes, fault);
        }
        int details = command.pdu().indexOf(CommandDetails.class);
        send(
                details < 0 ? NO_DETAILS : command.pdu().objects().get(details),
                new Result(faults.get(0).generalResult(), ByteString.EMPTY),
                List.of());
    }

    /** The response to a command that cannot be decoded. ETSI TS 102 223 clause 6.8. */
    private void refuse(ByteString command, CatDecodingException e) throws CardLinkException {
        LOG.warn("refused a command: {}", e.getMessage());
        me.listener.commandRefused(command, new Fault(e.getMessage(), e.offset(), e.clause(), e.generalResult()));
        send(details(e), new Result(e.generalResult(), ByteString.EMPTY), List.of());
    }

    private static ComprehensionTlv details(CatDecodingException e) {
        try {
            return e.commandDetails().isPresent()
                    ? Pdu.decodeBare(e.commandDetails().get()).objects().get(0)
                    : NO_DETAILS;
        } catch (CatDecodingException impossible) {
            throw new IllegalStateException(impossible); // the codec itself encoded the object
        }
    }

    private void send(ComprehensionTlv details, Result result, List<DataObject> objects) throws CardLinkException {
        List<ComprehensionTlv> tlvs = new ArrayList<>(3 + objects.size());
        tlvs.add(details);
        tlvs.add(DEVICES);
        tlvs.add(ComprehensionTlv.of(result, true));
        for (DataObject object : objects) {
            tlvs.add(ComprehensionTlv.of(object, true));
        }
        TerminalResponse response = new TerminalResponse(Pdu.of(Pdu.BARE, tlvs));
        me.listener.terminalResponse(response);
        card.write(CLA, TERMINAL_RESPONSE, 0, 0, response.encode());
    }
}
