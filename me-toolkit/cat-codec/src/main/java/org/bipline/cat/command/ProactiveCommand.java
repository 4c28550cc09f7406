// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/**
 * A proactive command fetched from the UICC: a typed view of its PDU, which keeps order, flags, unknown objects and length
 * forms. ETSI TS 102 223 clause 6.6.
 */
public sealed interface ProactiveCommand
        permits Activate,
                CloseChannel,
                CommandContainer,
                ContactlessStateChanged,
                DeclareService,
                DisplayMultimediaMessage,
                DisplayText,
                EncapsulatedSessionControl,
                GeographicalLocationRequest,
                GetChannelStatus,
                GetFramesStatus,
                GetInkey,
                GetInput,
                GetReaderStatus,
                GetServiceInformation,
                LanguageNotification,
                LaunchBrowser,
                LsiCommand,
                MoreTime,
                OpenChannel,
                PerformCardApdu,
                PlayTone,
                PollInterval,
                PollingOff,
                PowerOffCard,
                PowerOnCard,
                ProvideLocalInformation,
                ReceiveData,
                Refresh,
                RetrieveMultimediaMessage,
                RunAtCommand,
                SelectItem,
                SendData,
                SendDtmf,
                SendShortMessage,
                SendSs,
                SendUssd,
                ServiceSearch,
                SetFrames,
                SetUpCall,
                SetUpEventList,
                SetUpIdleModeText,
                SetUpMenu,
                SubmitMultimediaMessage,
                TimerManagement,
                UnknownCommand {
    /** BER-TLV tag of a proactive command. ETSI TS 102 223 clause 9.2. */
    int TAG = 0xD0;

    Pdu pdu();

    /** The structure that the command's type has, if it is known. */
    default Optional<CommandTable> table() {
        return Optional.ofNullable(CommandTables.of(pdu()));
    }

    default CommandDetails details() {
        return pdu().required(CommandDetails.class);
    }

    default DeviceIdentities devices() {
        return pdu().required(DeviceIdentities.class);
    }

    /** The command's name in capitals, as the standard writes it. */
    default String name() {
        return pdu().first(CommandDetails.class)
                .flatMap(CommandDetails::command)
                .map(TypeOfCommand::text)
                .orElse("UNKNOWN");
    }

    /** Everything for which an ME refuses this command; empty when it can be performed. */
    default List<Fault> faults() {
        CommandTable table = CommandTables.of(pdu());
        if (table != null) {
            return table.structure().faults(pdu());
        }
        boolean hasDetails = pdu().indexOf(CommandDetails.class) >= 0;
        return hasDetails
                ? List.of()
                : List.of(new Fault(
                        "Command details is missing or malformed",
                        pdu().offsetOf(0),
                        "ETSI TS 102 223 clause 8.6",
                        CatDecodingException.REQUIRED_VALUES_MISSING));
    }

    /** Whether an ME performs the command with partial comprehension: objects it need not know stay aside. */
    default boolean partlyComprehended() {
        CommandTable table = CommandTables.of(pdu());
        return table != null && table.structure().partlyComprehended(pdu());
    }

    /** Whether the object at this index holds a secret, a password above all, which no trace may show. */
    default boolean isSecret(int index) {
        CommandTable table = CommandTables.of(pdu());
        return table != null && table.structure().isSecret(pdu(), index);
    }

    default ByteString encode() {
        return pdu().encode();
    }

    /**
     * Reads a command, be its set of objects complete or not: {@link #faults} tells.
     *
     * @throws CatDecodingException when the PDU is no proactive command or its TLV structure is broken
     */
    static ProactiveCommand parse(ByteString bytes) throws CatDecodingException {
        Pdu pdu = Pdu.decode(bytes, CommandTables::meaning);
        if (pdu.tag() != TAG) {
            throw new CatDecodingException(
                    "tag " + Integer.toHexString(pdu.tag()) + " is not that of a proactive command",
                    0,
                    "ETSI TS 102 223 clause 9.2",
                    CatDecodingException.DATA_NOT_UNDERSTOOD,
                    Optional.empty());
        }
        CommandTable table = CommandTables.of(pdu);
        return table == null ? new UnknownCommand(pdu) : table.view(pdu);
    }

    /**
     * Reads a command as an ME does that is to perform it.
     *
     * @throws CatDecodingException with the general result and the command details to answer with
     */
    static ProactiveCommand decode(ByteString bytes) throws CatDecodingException {
        ProactiveCommand command = parse(bytes);
        List<Fault> faults = command.faults();
        if (!faults.isEmpty()) {
            Fault fault = faults.get(0);
            int details = command.pdu().indexOf(CommandDetails.class);
            throw new CatDecodingException(
                    fault.text(),
                    fault.offset(),
                    fault.clause(),
                    fault.generalResult(),
                    details < 0
                            ? Optional.empty()
                            : Optional.of(command.pdu().objects().get(details)).map(ComprehensionTlv::encode));
        }
        return command;
    }

    /** Refuses a PDU that is not of the type of the record it is put into. */
    static void check(Pdu pdu, CommandTable table) {
        if (pdu.tag() != TAG || CommandTables.of(pdu) != table) {
            throw new IllegalArgumentException("not a " + table.type().text() + ": " + pdu);
        }
    }
}
