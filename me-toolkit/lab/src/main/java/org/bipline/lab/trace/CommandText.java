// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import static org.bipline.lab.trace.ToolkitText.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bipline.cat.command.Activate;
import org.bipline.cat.command.CloseChannel;
import org.bipline.cat.command.CommandContainer;
import org.bipline.cat.command.ContactlessStateChanged;
import org.bipline.cat.command.DeclareService;
import org.bipline.cat.command.DisplayMultimediaMessage;
import org.bipline.cat.command.DisplayText;
import org.bipline.cat.command.EncapsulatedSessionControl;
import org.bipline.cat.command.GeographicalLocationRequest;
import org.bipline.cat.command.GetChannelStatus;
import org.bipline.cat.command.GetFramesStatus;
import org.bipline.cat.command.GetInkey;
import org.bipline.cat.command.GetInput;
import org.bipline.cat.command.GetReaderStatus;
import org.bipline.cat.command.GetServiceInformation;
import org.bipline.cat.command.LanguageNotification;
import org.bipline.cat.command.LaunchBrowser;
import org.bipline.cat.command.LsiCommand;
import org.bipline.cat.command.MoreTime;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.command.PerformCardApdu;
import org.bipline.cat.command.PlayTone;
import org.bipline.cat.command.PollInterval;
import org.bipline.cat.command.PollingOff;
import org.bipline.cat.command.PowerOffCard;
import org.bipline.cat.command.PowerOnCard;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.ProvideLocalInformation;
import org.bipline.cat.command.ReceiveData;
import org.bipline.cat.command.Refresh;
import org.bipline.cat.command.RetrieveMultimediaMessage;
import org.bipline.cat.command.RunAtCommand;
import org.bipline.cat.command.SelectItem;
import org.bipline.cat.command.SendData;
import org.bipline.cat.command.SendDtmf;
import org.bipline.cat.command.SendShortMessage;
import org.bipline.cat.command.SendSs;
import org.bipline.cat.command.SendUssd;
import org.bipline.cat.command.ServiceSearch;
import org.bipline.cat.command.SetFrames;
import org.bipline.cat.command.SetUpCall;
import org.bipline.cat.command.SetUpEventList;
import org.bipline.cat.command.SetUpIdleModeText;
import org.bipline.cat.command.SetUpMenu;
import org.bipline.cat.command.SubmitMultimediaMessage;
import org.bipline.cat.command.TimerManagement;
import org.bipline.cat.command.UnknownCommand;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.Language;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.tlv.ByteString;

/** What a proactive command asks for, in a few words; empty where its name says all. Passwords are not among them. */
final class CommandText {
    private static final String[] TIMER_ACTIONS = {"start", "deactivate", "get current value", "reserved"};

    private CommandText() {}

    static String summary(ProactiveCommand command) {
        return switch (command) {
            case Activate c -> "";
            case CloseChannel c -> "channel " + c.channelIdentifier();
            case CommandContainer c -> "";
            case ContactlessStateChanged c -> "";
            case DeclareService c -> c.delete() ? "delete" : "add";
            case DisplayMultimediaMessage c -> "";
            case DisplayText c -> quoted(c.text().text());
            case EncapsulatedSessionControl c -> "";
            case GeographicalLocationRequest c -> text(c.alphaIdentifier());
            case GetChannelStatus c -> "";
            case GetFramesStatus c -> "";
            case GetInkey c -> quoted(c.text().text());
            case GetInput c -> {
                int maximum = c.responseLength().maximum();
                String most = maximum == 0xFF ? "any number of" : "at most " + maximum; // FF: no limit, clause 8.11
                yield quoted(c.text().text()) + ", at least "
                        + c.responseLength().minimum() + ", " + most
                        + (c.hidden() ? " characters, hidden" : " characters");
            }
            case GetReaderStatus c -> c.identifierWanted() ? "identifier" : "status";
            case GetServiceInformation c -> text(c.alphaIdentifier());
            case LanguageNotification c -> c.language().map(Language::letters).orElse("any");
            case LaunchBrowser c ->
                c.url().text().isEmpty() ? "default page" : c.url().text();
            case LsiCommand c -> "";
            case MoreTime c -> "";
            case OpenChannel c -> open(c);
            case PerformCardApdu c -> c.apdu().value().toString();
            case PlayTone c ->
                c.tone()
                        .flatMap(tone -> tone.kind())
                        .map(kind -> words(kind.name()))
                        .orElse("");
            case PollInterval c ->
                c.interval().timeInterval() + " " + c.interval().fields().get("timeUnit");
            case PollingOff c -> "";
            case PowerOffCard c -> "";
            case PowerOnCard c -> "";
            case ProvideLocalInformation c ->
                c.information().map(i -> words(i.name())).orElse("");
            case ReceiveData c ->
                "channel " + c.channelIdentifier() + ", up to "
                        + Labels.bytes(c.requested().code());
            case Refresh c ->
                "qualifier " + c.details().commandQualifier()
                        + c.fileList()
                                .map(files -> ", files " + files.numberOfFiles())
                                .orElse("");
            case RetrieveMultimediaMessage c -> text(c.alphaIdentifier());
            case RunAtCommand c -> c.command().text();
            case SelectItem c -> text(c.title()) + ": " + items(c.items());
            case SendData c ->
                "channel " + c.channelIdentifier() + ", "
                        + Labels.bytes(c.data().length()) + (c.immediate() ? ", immediately" : ", store");
            case SendDtmf c -> c.dtmf().digits();
            case SendShortMessage c ->
                c.tpdu().map(tpdu -> Labels.bytes(tpdu.length())).orElse("")
                        + c.serviceCentre()
                                .map(centre -> " by " + centre.number())
                                .orElse("");
            case SendSs c -> c.ssString().string();
            case SendUssd c -> quoted(c.ussdString().text());
            case ServiceSearch c -> text(c.alphaIdentifier());
            case SetFrames c -> "";
            case SetUpCall c -> c.address().map(Address::number).orElse("");
            case SetUpEventList c -> events(c.eventList().value());
            case SetUpIdleModeText c ->
                c.text().text().isEmpty() ? "remove" : quoted(c.text().text());
            case SetUpMenu c -> c.removesMenu() ? "remove" : c.title().text() + ": " + items(c.items());
            case SubmitMultimediaMessage c -> text(c.alphaIdentifier());
            case TimerManagement c -> "timer " + c.timerIdentifier().code() + ", " + TIMER_ACTIONS[c.action()];
            case UnknownCommand c -> "";
        };
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String text(Optional<AlphaIdentifier> text) {
        return text.map(AlphaIdentifier::text).orElse("");
    }

    private static String items(List<Item> items) {
        return items.stream().map(Item::text).collect(Collectors.joining(", "));
    }

    private static String open(OpenChannel c) {
        String protocol = c.transportProtocol().map(p -> words(p.name())).orElse("bearer only");
        String port = c.transportLevel().map(t -> ":" + t.port()).orElse("");
        String address = c.destination()
                .flatMap(OtherAddress::address)
                .map(a -> " " + a.getHostAddress())
                .orElse("");
        return protocol + address + port + ", buffer " + c.bufferSize().bytes();
    }

    private static String events(ByteString codes) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < codes.length(); i++) {
            int code = codes.u8(i);
            names.add(Event.of(code).map(e -> words(e.name())).orElse("event " + code));
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
