// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import java.util.List;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TagMeaning;
import org.bipline.cat.tlv.ByteString;

/** The commands that this codec knows, by type. */
final class CommandTables {
    private static final CommandTable[] BY_TYPE = new CommandTable[0x100];

    static {
        List<CommandTable> all = List.of(
                Refresh.TABLE,
                MoreTime.TABLE,
                PollInterval.TABLE,
                PollingOff.TABLE,
                SetUpEventList.TABLE,
                DisplayText.TABLE,
                SetUpMenu.TABLE,
                ProvideLocalInformation.TABLE,
                TimerManagement.TABLE,
                OpenChannel.TABLE,
                CloseChannel.TABLE,
                ReceiveData.TABLE,
                SendData.TABLE,
                GetChannelStatus.TABLE,
                GetInkey.TABLE,
                GetInput.TABLE,
                SelectItem.TABLE,
                PlayTone.TABLE,
                SendShortMessage.TABLE,
                SendSs.TABLE,
                SendUssd.TABLE,
                SetUpCall.TABLE,
                SetUpIdleModeText.TABLE,
                LanguageNotification.TABLE,
                LaunchBrowser.TABLE,
                RunAtCommand.TABLE,
                SendDtmf.TABLE,
                PerformCardApdu.TABLE,
                PowerOnCard.TABLE,
                PowerOffCard.TABLE,
                GetReaderStatus.TABLE,
                ServiceSearch.TABLE,
                GetServiceInformation.TABLE,
                DeclareService.TABLE,
                SetFrames.TABLE,
                GetFramesStatus.TABLE,
                RetrieveMultimediaMessage.TABLE,
                SubmitMultimediaMessage.TABLE,
                DisplayMultimediaMessage.TABLE,
                GeographicalLocationRequest.TABLE,
                Activate.TABLE,
                ContactlessStateChanged.TABLE,
                CommandContainer.TABLE,
                EncapsulatedSessionControl.TABLE,
                LsiCommand.TABLE);
        for (CommandTable table : all) {
            if (BY_TYPE[table.type().code()] != null) {
                throw new IllegalStateException("two tables of " + table.type());
            }
            BY_TYPE[table.type().code()] = table;
        }
    }

    private CommandTables() {}

    /** What the tags mean in a command with these details. */
    static TagMeaning meaning(int berTag, ByteString pdu, int details, int end) {
        CommandTable table = end - details == CommandDetails.LENGTH ? BY_TYPE[pdu.u8(details + 1)] : null;
        return table == null ? TagMeaning.USUAL : table.structure();
    }

    /** The table of the PDU's command, or null when it is of no known type or says none. */
    static CommandTable of(Pdu pdu) {
        List<ComprehensionTlv> objects = pdu.objects();
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i).object() instanceof CommandDetails details) {
                return BY_TYPE[details.typeOfCommand()];
            }
        }
        return null;
    }
}
