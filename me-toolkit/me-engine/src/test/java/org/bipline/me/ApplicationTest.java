// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.Event;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.me.dm.CardSessions;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.SessionOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs in the ME, and the card's ports. */
class ApplicationTest {
    private static final int PORT = 5080;
    private static final int CLOSE = 0;

    /** Keeps what it is told. */
    private static final class Diary implements MeApplication {
        final List<String> lines = new ArrayList<>();

        @Override
        public void cardInserted(CardFiles files) {
            lines.add("inserted");
        }

        @Override
        public void cardRemoved(String reason) {
            lines.add("removed: " + reason);
        }

        @Override
        public void switchedOff() {
            lines.add("off");
        }

        @Override
        public void portOpened(int port, InetSocketAddress at) {
            lines.add("opened " + port);
        }

        @Override
        public void portClosed(int port) {
            lines.add("closed " + port);
        }
    }

    @Test
    void a_program_is_told_of_cards_and_of_ports() throws Exception {
        Diary diary = new Diary();
        try (TestMe test = new TestMe(builder -> builder.application(diary))) {
            test.perform(Commands.openServer(1400, PORT));
            assertThat(test.me.idle())
                    .as("a card that waits for a peer is no activity")
                    .isDone();
            test.perform(Commands.openServer(1400, PORT)); // taken
            test.perform(Commands.closeChannel(1, CLOSE));
            test.perform(Commands.openServer(1400, PORT));
            test.me.powerOn();
            test.me.powerOff();
            test.me.powerOn();
            test.card.gone = true;
            assertThat(catchLoss(test)).contains("card removed");
            assertThat(catchLoss(test)).as("told once").contains("not powered on");
        }
        assertThat(diary.lines)
                .containsExactly(
                        "inserted",
                        "opened 5080",
                        "closed 5080",
                        "opened 5080",
                        "closed 5080",
                        "inserted",
                        "off",
                        "inserted",
                        "removed: card removed",
                        "off");
    }

    private static String catchLoss(TestMe test) {
        try {
            return test.me.transmit(TestMe.STATUS).toString();
        } catch (CardLinkException e) {
            return e.getMessage();
        }
    }

    @Test
    @Tag("TR-4")
    void the_dm_client_turns_to_the_card_as_soon_as_it_listens() {
        DmClient client = DmClient.builder(
                        DeviceTree.factory(DeviceIdentity.of("490154203237518", "en"), Clock.systemUTC()),
                        (uri, message) -> {
                            throw new AssertionError("no session elsewhere");
                        },
                        new SplittableRandom(1))
                .codec(SyncMlCodec.XML)
                .build();
        CardSessions sessions = new CardSessions(client, PORT, Optional.empty());
        try (TestMe test = new TestMe(builder -> builder.application(sessions))) {
            test.card.iccid = ByteString.ofHex("98882811000000000081");
            restart(test);
            test.perform(Commands.events(Event.CHANNEL_STATUS, Event.DATA_AVAILABLE));

            test.perform(Commands.openServer(1400, PORT));
            test.settle();

            assertThat(test.card.envelope().encode().toString()).as("connected").endsWith("B8028100");
            assertThat(test.card.envelope().encode().toString())
                    .as("data available")
                    .contains("B701");
            assertThat(test.me.busyWith()).contains("channels open", "a DM session of the ME goes on");
            String request = receive(test);
            assertThat(request).startsWith("POST /dm HTTP/1.1\r\n");
            test.perform(Commands.sendData(1, true, answer(request)));
            test.settle();

            assertThat(sessions.outcome()).map(SessionOutcome::state).contains(SessionOutcome.State.COMPLETE);
            assertThat(test.card.envelope().encode().toString()).as("listens").endsWith("B8024100");
            assertThat(test.me.idle()).isDone();
        }
    }

    private static void restart(TestMe test) {
        try {
            test.me.powerOn();
        } catch (CardLinkException e) {
            throw new AssertionError(e);
        }
    }

    private static String receive(TestMe test) {
        StringBuilder text = new StringBuilder();
        while (true) {
            ByteString data = test.perform(Commands.receiveData(1, 200))
                    .first(ChannelData.class)
                    .orElseThrow()
                    .value();
            if (data.isEmpty()) {
                return text.toString();
            }
            text.append(new String(data.toBytes(), UTF_8));
            test.settle();
        }
    }

    private static ByteString answer(String request) {
        Matcher session = Pattern.compile("<SessionID>(.*)</SessionID>").matcher(request);
        assertThat(session.find()).isTrue();
        String body = "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"
                + "<SessionID>" + session.group(1) + "</SessionID><MsgID>1</MsgID><Target><LocURI>x</LocURI></Target>"
                + "<Source><LocURI>y</LocURI></Source></SyncHdr><SyncBody><Final/></SyncBody></SyncML>";
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.syncml.dm+xml\r\nContent-Length: ";
        return ByteString.wrap((head + body.length() + "\r\n\r\n" + body).getBytes(UTF_8));
    }
}
