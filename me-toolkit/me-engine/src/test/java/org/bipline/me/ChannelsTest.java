// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.me.Commands.BACKGROUND;
import static org.bipline.me.Commands.IMMEDIATE;
import static org.bipline.me.Commands.ON_DEMAND;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.BearerDescription;
import org.bipline.cat.object.BipError;
import org.bipline.cat.object.BufferSize;
import org.bipline.cat.object.ChannelData;
import org.bipline.cat.object.ChannelDataLength;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.OtherAddress;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TransportLevel;
import org.bipline.cat.object.TransportProtocol;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.FakeBearer.FakeLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels over a network that does what the test says. */
final class ChannelsTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("10.1.1.1", 80);
    private static final String TO_UICC = "82028281";

    private FakeBearer bearer = new FakeBearer(true);
    private TestMe test = new TestMe(bearer);

    @AfterEach
    void powerOff() {
        test.close();
    }

    @Test
    void opens_a_channel_when_the_link_is_established() {
        slowNetwork();
        test.offer(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        assertThat(bearer.link(0).destination).isEqualTo(SERVER);

        bearer.link(0).connect();

        assertThat(test.card.response().encode())
                .hasToString("8103014001" + TO_UICC + "830100" + "B8028100" + "B50103" + "B90203E8");
        assertThat(test.recorder.lines).contains("opened 1, 1000");
    }

    @Test
    void grants_a_smaller_buffer_and_says_so() {
        TerminalResponse response = test.perform(Commands.openChannel(IMMEDIATE, 4096, SERVER));

        assertThat(response.result()).contains(Result.of(GeneralResult.PERFORMED_WITH_MODIFICATION));
        assertThat(response.first(BufferSize.class)).contains(new BufferSize(1500));
    }

    @Test
    void a_server_out_of_reach_is_a_bearer_independent_protocol_error() {
        slowNetwork();
        test.offer(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        bearer.link(0).listener.failed("Connection refused");

        assertThat(test.card.response().encode())
                .hasToString("8103014001" + TO_UICC + "83023A07" + "B50103" + "B90203E8");
        assertThat(test.recorder.refusals.get(0).text()).contains("10.1.1.1:80", "Connection refused");
        assertThat(test.perform(Commands.getChannelStatus()).encode().toString())
                .endsWith("B8020000");
    }

    @Test
    void gives_up_a_link_that_does_not_come_about() {
        slowNetwork();
        test.offer(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        test.clock.advance(Duration.ofSeconds(30));

        assertThat(test.card.response().result()).contains(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));
        assertThat(bearer.link(0).closed()).isTrue();
        bearer.link(0).connect(); // too late: nobody listens
        test.settle();
        assertThat(test.perform(Commands.getChannelStatus()).encode().toString())
                .endsWith("B8020000");
    }

    @Test
    void status_goes_on_while_a_link_is_being_established() {
        slowNetwork();
        test.offer(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        int before = test.card.statusCommands.get();
        test.settle();
        assertThat(test.card.statusCommands.get()).isGreaterThan(before);

        bearer.link(0).connect();
        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
    }

    @Test
    void seven_channels_are_open_at_once_and_there_is_no_eighth() {
        for (int id = 1; id <= 7; id++) {
            assertThat(test.perform(Commands.openChannel(IMMEDIATE, 100, SERVER))
                            .encode()
                            .toString())
                    .contains("B8028" + id);
        }
        assertThat(test.perform(Commands.openChannel(IMMEDIATE, 100, SERVER)).result())
                .contains(Result.of(BipError.NO_CHANNEL_AVAILABLE));

        assertThat(test.perform(Commands.closeChannel(4)).result().orElseThrow().performed())
                .isTrue();
        assertThat(bearer.link(3).closed()).isTrue();
        assertThat(test.perform(Commands.openChannel(IMMEDIATE, 100, SERVER))
                        .encode()
                        .toString())
                .contains("B80284");
        assertThat(test.perform(Commands.getChannelStatus()).encode())
                .hasToString("8103014400" + TO_UICC + "830100" + "B8028100" + "B8028200" + "B8028300" + "B8028400"
                        + "B8028500" + "B8028600" + "B8028700");
    }

    @Test
    void a_channel_that_is_not_open_is_closed_or_was_never_valid() {
        test.perform(Commands.openChannel(IMMEDIATE, 100, SERVER));
        test.perform(Commands.closeChannel(1));

        for (ByteString command : new ByteString[] {
            Commands.closeChannel(1), Commands.receiveData(1, 10), Commands.sendData(1, true, ByteString.of(1))
        }) {
            assertThat(test.perform(command).result()).contains(Result.of(BipError.CHANNEL_CLOSED));
        }
        assertThat(test.perform(Commands.closeChannel(2)).result())
                .contains(Result.of(BipError.CHANNEL_IDENTIFIER_NOT_VALID));
        assertThat(test.perform(Commands.command(TypeOfCommand.CLOSE_CHANNEL, 0))
                        .result())
                .contains(Result.of(BipError.CHANNEL_IDENTIFIER_NOT_VALID));
    }

    @Test
    void sends_stored_data_with_the_next_immediate_one() {
        test.perform(Commands.openChannel(IMMEDIATE, 300, SERVER));

        assertThat(sent(false, 200)).isEqualTo("830100" + "B70164");
        assertThat(bearer.link(0).sent()).isEmpty();
        assertThat(sent(false, 101)).isEqualTo("83023A04");
        assertThat(sent(true, 100)).isEqualTo("830100" + "B70100");
        assertThat(bearer.link(0).sent()).extracting(ByteString::length).containsExactly(300);
    }

    @Test
    void more_data_than_the_network_takes_waits_for_it() {
        test.perform(Commands.openChannel(IMMEDIATE, 300, SERVER));
        assertThat(sent(true, 200)).isEqualTo("830100" + "B70164");

        test.offer(Commands.sendData(1, true, bytes(150)));
        test.settle();
        assertThat(bearer.link(0).sent()).hasSize(1);
        bearer.link(0).listener.sent(200);

        assertThat(test.card.response().encode().toString()).endsWith("830100" + "B70196");
        assertThat(bearer.link(0).sent()).hasSize(2);
    }

    @Test
    void data_that_waits_for_the_network_fails_when_the_link_drops() {
        test.perform(Commands.openChannel(IMMEDIATE, 300, SERVER));
        sent(true, 200);
        test.offer(Commands.sendData(1, true, bytes(150)));
        bearer.link(0).listener.dropped("reset by the peer");

        assertThat(test.card.response().result()).contains(Result.of(BipError.CHANNEL_CLOSED));
    }

    @Test
    void an_empty_buffer_that_gets_data_is_announced_once_and_again_after_it_was_emptied() {
        test.perform(Commands.events(Event.DATA_AVAILABLE));
        test.perform(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        FakeLink link = bearer.link(0);

        link.listener.received(bytes(300));
        assertThat(test.card.envelope().encode()).hasToString("D60E" + "990109" + TO_UICC + "B8028100" + "B701FF");
        link.listener.received(bytes(20));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();

        assertThat(received(237)).isEqualTo("237 bytes, 83 remain, PERFORMED_SUCCESSFULLY");
        link.listener.received(bytes(20));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();

        assertThat(received(200)).isEqualTo("103 bytes, 0 remain, PERFORMED_WITH_MISSING_INFORMATION");
        link.listener.received(bytes(7));
        assertThat(test.card.envelope().encode().toString()).endsWith("B70107");
    }

    @Test
    void more_than_255_bytes_remain_as_FF() {
        test.perform(Commands.openChannel(IMMEDIATE, 1500, SERVER));
        bearer.link(0).listener.received(bytes(600));

        assertThat(received(237)).isEqualTo("237 bytes, 255 remain, PERFORMED_SUCCESSFULLY");
        assertThat(received(237)).isEqualTo("237 bytes, 126 remain, PERFORMED_SUCCESSFULLY");
        assertThat(received(126)).isEqualTo("126 bytes, 0 remain, PERFORMED_SUCCESSFULLY");
        assertThat(received(1)).isEqualTo("0 bytes, 0 remain, PERFORMED_WITH_MISSING_INFORMATION");
    }

    @Test
    void bytes_come_out_as_they_came_in() {
        test.perform(Commands.openChannel(IMMEDIATE, 1500, SERVER));
        bearer.link(0).listener.received(ByteString.ofHex("010203"));
        bearer.link(0).listener.received(ByteString.ofHex("04"));
        bearer.link(0).listener.received(ByteString.ofHex("050607"));

        assertThat(data(2)).hasToString("0102");
        assertThat(data(3)).hasToString("030405");
        assertThat(data(2)).hasToString("0607");
    }

    @Test
    void takes_from_the_network_no_more_than_the_buffer_holds() {
        test.perform(Commands.openChannel(IMMEDIATE, 100, SERVER));
        FakeLink link = bearer.link(0);
        test.settle();
        assertThat(link.requests()).containsExactly(100);

        link.listener.received(bytes(60));
        test.settle();
        assertThat(link.requests()).containsExactly(100, 40);
        link.listener.received(bytes(40));
        test.settle();
        assertThat(link.requests()).containsExactly(100, 40);

        received(30);
        assertThat(link.requests()).containsExactly(100, 40, 30);
    }

    @Test
    void a_dropped_link_is_told_and_what_had_arrived_can_still_be_read() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        test.perform(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        bearer.link(0).listener.received(bytes(10));
        bearer.link(0).listener.dropped("closed by the peer");

        assertThat(test.card.envelope().encode()).hasToString("D60B" + "99010A" + TO_UICC + "B8020105");
        assertThat(test.recorder.lines).contains("status 0105: closed by the peer");
        assertThat(test.perform(Commands.getChannelStatus()).encode().toString())
                .endsWith("B8020105");
        assertThat(sent(true, 1)).isEqualTo("83023A02");
        assertThat(received(10)).isEqualTo("10 bytes, 0 remain, PERFORMED_SUCCESSFULLY");
        assertThat(test.perform(Commands.closeChannel(1)).result().orElseThrow().performed())
                .isTrue();
    }

    @Test
    void events_that_the_card_did_not_ask_for_are_dropped_with_the_reason() {
        test.perform(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        bearer.link(0).listener.received(bytes(10));
        bearer.link(0).listener.dropped("closed by the peer");
        test.settle();

        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(test.recorder.lines)
                .contains(
                        "dropped data available: not in the event list that the card has set up",
                        "dropped channel status: not in the event list that the card has set up");
    }

    @Test
    void an_event_whose_data_was_read_before_its_turn_is_not_sent() {
        slowNetwork();
        test.perform(Commands.events(Event.DATA_AVAILABLE));
        test.offer(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        bearer.link(0).connect();
        test.card.response();
        test.offer(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        bearer.link(0).listener.received(bytes(10)); // waits: the second OPEN CHANNEL is not answered yet
        test.settle();
        test.card.command(Commands.receiveData(1, 10));
        bearer.link(1).connect();

        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        assertThat(test.card.response().first(ChannelData.class)).contains(new ChannelData(bytes(10)));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(test.recorder.lines).contains("dropped data available: pointless by now");
    }

    @Test
    void a_link_on_demand_is_established_by_the_first_data() {
        slowNetwork();
        assertThat(test.perform(Commands.openChannel(ON_DEMAND, 1000, SERVER)).encode())
                .hasToString("8103014000" + TO_UICC + "830100" + "B8020100" + "B50103" + "B90203E8");
        assertThat(bearer.links()).isZero();
        test.offer(Commands.sendData(1, true, bytes(5)));
        assertThat(bearer.links()).isEqualTo(1);
        bearer.link(0).connect();

        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        assertThat(bearer.link(0).sent()).containsExactly(bytes(5));
        assertThat(test.perform(Commands.getChannelStatus()).encode().toString())
                .endsWith("B8028100");
    }

    @Test
    void a_link_on_demand_that_fails_can_be_tried_again() {
        slowNetwork();
        test.perform(Commands.openChannel(ON_DEMAND, 1000, SERVER));
        test.offer(Commands.sendData(1, true, bytes(5)));
        bearer.link(0).listener.failed("no route");
        assertThat(test.card.response().result()).contains(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));

        test.offer(Commands.sendData(1, true, bytes(6)));
        bearer.link(1).connect();
        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        assertThat(bearer.link(1).sent()).containsExactly(bytes(6));
    }

    @Test
    void a_link_in_the_background_is_told_by_an_event() {
        slowNetwork();
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        assertThat(test.perform(Commands.openChannel(BACKGROUND, 1000, SERVER))
                        .encode()
                        .toString())
                .contains("830100" + "B8020100");

        bearer.link(0).connect();
        assertThat(test.card.envelope().encode().toString()).endsWith("B8028100");
    }

    @Test
    void a_reset_of_the_card_closes_its_channels() throws Exception {
        test.perform(Commands.openChannel(IMMEDIATE, 1000, SERVER));
        test.me.powerOn();

        assertThat(bearer.link(0).closed()).isTrue();
        assertThat(test.recorder.lines).contains("closed 1: card reset");
        assertThat(test.perform(Commands.closeChannel(1)).result())
                .contains(Result.of(BipError.CHANNEL_IDENTIFIER_NOT_VALID));
    }

    @Test
    void refuses_what_the_profile_lacks_with_the_object_that_asks_for_it() {
        ByteString udp = Commands.openChannel(IMMEDIATE, 100, TransportProtocol.UDP_CLIENT_REMOTE, SERVER);
        assertThat(test.perform(udp).result()).contains(Result.of(BipError.REQUESTED_TRANSPORT_LEVEL_NOT_AVAILABLE));
        assertThat(test.recorder.refusals.get(0).clause()).isEqualTo("ETSI TS 102 223 clause 8.59");

        ByteString bluetooth = Commands.command(
                TypeOfCommand.OPEN_CHANNEL,
                IMMEDIATE,
                new BearerDescription(5, ByteString.EMPTY),
                new BufferSize(100),
                TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, 80),
                OtherAddress.of(SERVER.getAddress()));
        assertThat(test.perform(bluetooth).result()).contains(Result.of(GeneralResult.BEYOND_TERMINAL_CAPABILITIES));
        assertThat(test.recorder.refusals.get(1).text()).contains("Bearer description");

        assertThat(test.perform(Commands.openChannel(IMMEDIATE, 0, SERVER)).result())
                .contains(Result.of(BipError.REQUESTED_BUFFER_SIZE_NOT_AVAILABLE));
        assertThat(bearer.links()).isZero();
    }

    @Test
    void a_user_may_refuse_a_channel() {
        UserModel user = new UserModel() {
            @Override
            public boolean accepts(String text) {
                return !text.equals("Download?");
            }
        };
        try (TestMe careful = new TestMe(bearer, b -> b.user(user))) {
            ByteString open = Commands.command(
                    TypeOfCommand.OPEN_CHANNEL,
                    IMMEDIATE,
                    AlphaIdentifier.of("Download?"),
                    BearerDescription.DEFAULT_BEARER,
                    new BufferSize(100),
                    TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, 80),
                    OtherAddress.of(SERVER.getAddress()));
            assertThat(careful.perform(open).result()).contains(Result.of(GeneralResult.USER_DID_NOT_ACCEPT));
        }
    }

    @Test
    void a_dynamic_local_address_comes_back_in_the_response() {
        ByteString open = Commands.command(
                TypeOfCommand.OPEN_CHANNEL,
                IMMEDIATE,
                BearerDescription.DEFAULT_BEARER,
                new BufferSize(100),
                new OtherAddress(ByteString.EMPTY),
                TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, 80),
                OtherAddress.of(SERVER.getAddress()));

        assertThat(test.perform(open).encode().toString()).endsWith("BE05210A090807");
    }

    @Test
    void the_address_map_redirects_what_the_card_asks_for() {
        InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
        try (TestMe redirected =
                new TestMe(bearer, b -> b.addressMap(AddressMap.of(java.util.Map.of(SERVER, local))))) {
            redirected.perform(Commands.openChannel(IMMEDIATE, 100, SERVER));
            redirected.perform(Commands.openChannel(IMMEDIATE, 100, new InetSocketAddress("10.1.1.2", 80)));

            assertThat(bearer.link(0).destination).isEqualTo(local);
            assertThat(bearer.link(1).destination).isEqualTo(new InetSocketAddress("10.1.1.2", 80));
        }
    }

    private void slowNetwork() {
        test.close();
        bearer = new FakeBearer(false);
        test = new TestMe(bearer);
    }

    private String sent(boolean immediate, int count) {
        String response = test.perform(Commands.sendData(1, immediate, bytes(count)))
                .encode()
                .toString();
        return response.substring(response.indexOf(TO_UICC) + TO_UICC.length());
    }

    private String received(int count) {
        TerminalResponse response = test.perform(Commands.receiveData(1, count));
        return response.first(ChannelData.class).orElseThrow().length() + " bytes, "
                + response.first(ChannelDataLength.class).orElseThrow().code() + " remain, "
                + response.result().orElseThrow().general().orElseThrow();
    }

    private ByteString data(int count) {
        return test.perform(Commands.receiveData(1, count))
                .first(ChannelData.class)
                .orElseThrow()
                .value();
    }

    private static ByteString bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) i;
        }
        return ByteString.wrap(bytes);
    }
}
