// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.gateway.GatewayListener.Connection;
import org.bipline.gateway.GatewayListener.HttpMessage;
import org.junit.jupiter.api.Test;

class ServerEventsTest {
    private static final Session SESSION = new Session("ICCID:1", "1", "test");

    private final Recorder recorder = new Recorder();
    private final ServerEvents events = new ServerEvents(recorder.trace(), "1");

    private static SyncMl message(Command... commands) {
        SyncHdr header = SyncHdr.builder()
                .sessionId("1")
                .msgId(2)
                .target(Location.of("server"))
                .source(Location.of("ICCID:1"))
                .build();
        return new SyncMl(header, new SyncBody(List.of(commands), true));
    }

    @Test
    void names_commands_with_target_type_and_size_and_never_a_value() {
        Meta tnds = Meta.builder()
                .format(Format.BIN)
                .type("application/vnd.syncml.dmtnds+wbxml")
                .size(1932)
                .build();
        Item chunk = Item.builder()
                .target("./MO/A")
                .meta(tnds)
                .data(ByteString.of(new byte[1204]))
                .moreData(true)
                .build();
        Item leaf = Item.builder().target("./MO/A/Password").data("s3cr3t").build();
        events.messageSent(
                SESSION,
                message(
                        Command.Add.of("1", chunk),
                        Command.Replace.of("2", leaf),
                        Command.Get.of("3", Item.target("./MO/A/B")),
                        Command.Alert.of("4", AlertCode.DISPLAY)),
                1400);

        assertThat(recorder.lines())
                .containsExactly(
                        "server>card DM message 2 of session 1, 1,400 bytes: 4 commands, final",
                        "server>card Add ./MO/A TNDS, 1,204 of 1,932 bytes, more to come",
                        "server>card Replace ./MO/A/Password 6 bytes",
                        "server>card Get ./MO/A/B",
                        "server>card Alert " + AlertCode.DISPLAY);
    }

    @Test
    void names_statuses_and_results_of_the_card() {
        Status status = Status.builder()
                .cmdId("1")
                .msgRef("2")
                .cmdRef("1")
                .cmd("Add")
                .targetRefs(List.of("./MO/A"))
                .code(StatusCode.DEVICE_FULL)
                .build();
        Item result = Item.builder().source("./MO/A/B").data("12345").build();
        events.messageReceived(SESSION, message(status, Command.Results.of("2", "1", "3", result)), 100);

        assertThat(recorder.lines())
                .containsExactly(
                        "card>server DM message 2 of session 1, 100 bytes: 1 command, 1 status, final",
                        "card>server Status 420 for Add ./MO/A",
                        "card>server Results ./MO/A/B 5 bytes");
        assertThat(recorder.all(TraceEvent.DmStatus.class)).allMatch(TraceEvent::failed);
    }

    @Test
    void tells_of_http_and_of_refused_credentials() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("localhost", 1);
        Connection connection = new Connection(1, address, address);
        events.requestReceived(connection, new HttpMessage("POST /dm HTTP/1.1", List.of(), ByteString.utf8("abc")));
        events.responseSent(connection, new HttpMessage("HTTP/1.1 404 Not Found", List.of(), ByteString.EMPTY));
        events.responseSent(connection, new HttpMessage("rubbish", List.of(), ByteString.EMPTY));
        events.authenticationFailed(SESSION, "wrong digest");

        assertThat(recorder.lines())
                .containsExactly(
                        "card>gateway HTTP POST /dm, 3 bytes",
                        "gateway>card HTTP 404, 0 bytes",
                        "gateway>card HTTP 0, 0 bytes",
                        "server>server dropped: credentials not accepted (wrong digest)");
    }
}
