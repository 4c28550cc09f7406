// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;

/** Turns DM messages into events: one for the message, one for each command and status in it. Values are not shown. */
final class DmEvents {
    private DmEvents() {}

    static void emit(Trace trace, String session, Party from, Party to, SyncMl message, int length) {
        int number = number(message.header().msgId());
        String summary = summary(message);
        trace.emit(
                session,
                from,
                to,
                at -> new TraceEvent.DmMessage(at, message.header().sessionId(), number, length, summary));
        message.body().commands().forEach(command -> emit(trace, session, from, to, command));
    }

    private static void emit(Trace trace, String session, Party from, Party to, Command command) {
        switch (command) {
            case Status status -> {
                String target = String.join(", ", status.targetRefs());
                trace.emit(
                        session,
                        from,
                        to,
                        at -> new TraceEvent.DmStatus(
                                at, status.cmd(), target, status.code().number()));
            }
            case Command.Container container -> {
                trace.emit(session, from, to, at -> new TraceEvent.DmCommand(at, container.name(), "", ""));
                container.commands().forEach(inner -> emit(trace, session, from, to, inner));
            }
            case Command.Unsupported unsupported ->
                trace.emit(session, from, to, at -> new TraceEvent.DmCommand(at, unsupported.name(), "", ""));
            case Command.Alert alert -> {
                String code = alert.code().map(AlertCode::toString).orElse("");
                trace.emit(session, from, to, at -> new TraceEvent.DmCommand(at, alert.name(), "", code));
            }
            case Command.OnItems onItems -> {
                for (Item item : onItems.items()) {
                    String target = item.targetUri().or(item::sourceUri).orElse("");
                    String detail = detail(item, item.meta().or(onItems::meta));
                    trace.emit(session, from, to, at -> new TraceEvent.DmCommand(at, onItems.name(), target, detail));
                }
            }
        }
    }

    /** Type, length and place in a large object: {@code TNDS, 1,204 of 1,932 bytes, more to come}. */
    private static String detail(Item item, Optional<Meta> meta) {
        if (item.data().isEmpty()) {
            return meta.flatMap(Meta::format).filter(Format.NODE.text()::equals).orElse("");
        }
        Optional<NodeValue> value = item.data().flatMap(Data::asValue);
        if (value.isEmpty()) {
            return "tree";
        }
        int length = value.get().octets().length();
        Optional<Long> size = meta.flatMap(Meta::size).filter(whole -> whole != length);
        String bytes = size.map(whole -> String.format(Locale.ROOT, "%,d of ", length) + Labels.bytes(whole))
                .orElse(Labels.bytes(length));
        String type = meta.flatMap(Meta::type).orElse("");
        String kind = type.contains("dmtnds") ? "TNDS, " : "";
        return kind + bytes + (item.moreData() ? ", more to come" : "");
    }

    private static String summary(SyncMl message) {
        List<Command> commands = message.body().commands();
        long statuses = commands.stream().filter(Status.class::isInstance).count();
        long others = commands.size() - statuses;
        String text = others == 0 ? "no command" : others == 1 ? "1 command" : others + " commands";
        String both = statuses == 0 ? text : text + ", " + (statuses == 1 ? "1 status" : statuses + " statuses");
        return message.body().last() ? both + ", final" : both;
    }

    private static int number(String msgId) {
        try {
            return Integer.parseInt(msgId);
        } catch (NumberFormatException e) {
            return 0; // a peer's MsgID is text
        }
    }
}
