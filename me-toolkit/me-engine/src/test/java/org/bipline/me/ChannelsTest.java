// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.me.Commands.BACKGROUND;
import static org.bipline.me.Commands.IMMEDIATE;
import static org.bipline.me.Commands.ON_DEMAND;

import java.time.Duration;
import org.bipline.cat.command.TerminalResponse;
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
import org.bipline.me.network.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels whose UICC is a TCP client, over a network in memory. */
final class ChannelsTest {
    private static final String TO_UICC = "82028281";
    private static final Duration DELAY = Duration.ofSeconds(2);

    /** Qualifiers of OPEN CHANNEL with automatic reconnection. */
    private static final int IMMEDIATE_RECONNECTING = 3;

    private final TestMe test = new TestMe();

    @AfterEach
    void powerOff() {
        test.close();
    }

    @Test
    void opens_a_channel_when_the_link_is_established() {
        test.network.delay(DELAY, DELAY);
        test.offer(open(IMMEDIATE, 1000));
        test.clock.advance(DELAY);
        assertThat(test.peer().isConnected()).isTrue();
        assertThat(test.recorder.lines).noneMatch(line -> line.startsWith("opened"));

        test.clock.advance(DELAY);

        assertThat(test.card.response().encode())
                .hasToString("8103014001" + TO_UICC + "830100" + "B8028100" + "B50103" + "B90203E8");
        assertThat(test.recorder.lines).contains("opened 1, 1000, /10.1.1.1:80");
    }

    @Test
    void grants_a_smaller_buffer_and_says_so() {
        TerminalResponse response = test.perform(open(IMMEDIATE, 4096));

        assertThat(response.result()).contains(Result.of(GeneralResult.PERFORMED_WITH_MODIFICATION));
        assertThat(response.first(BufferSize.class)).contains(new BufferSize(1500));
    }

    @Test
    void gives_up_a_link_that_does_not_come_about() {
        test.network.silent(TestMe.SERVER);
        test.offer(open(IMMEDIATE, 1000));
        test.clock.advance(Duration.ofSeconds(29));
        assertThat(test.recorder.refusals).isEmpty();

        test.clock.advance(Duration.ofSeconds(1));

        assertThat(test.card.response().result()).contains(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));
        assertThat(test.recorder.refusals.get(0).text()).contains("10.1.1.1", "no link within PT30S");
        assertThat(status()).endsWith("B8020000");
    }

    @Test
    void a_link_that_comes_too_late_is_closed_again() {
        test.network.delay(Duration.ofSeconds(20), Duration.ofSeconds(20));
        test.offer(open(IMMEDIATE, 1000));
        test.clock.advance(Duration.ofSeconds(30));
        assertThat(test.card.response().result()).contains(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));

        test.clock.advance(Duration.ofSeconds(60));

        assertThat(test.peer().end()).contains("connection reset by the peer");
        assertThat(status()).endsWith("B8020000");
    }

    @Test
    void status_goes_on_while_a_link_is_being_established() {
        test.network.delay(DELAY, DELAY);
        test.offer(open(IMMEDIATE, 1000));
        int before = test.card.statusCommands.get();
        test.settle();
        assertThat(test.card.statusCommands.get()).isGreaterThan(before);

        test.clock.advance(DELAY.multipliedBy(2));
        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
    }

    @Test
    void seven_channels_are_open_at_once_and_there_is_no_eighth() {
        for (int id = 1; id <= 7; id++) {
            assertThat(test.perform(open(IMMEDIATE, 100)).encode().toString()).contains("B8028" + id);
        }
        assertThat(test.perform(open(IMMEDIATE, 100)).encode())
                .hasToString("8103014001" + TO_UICC + "83023A01" + "B50103" + "B9020064");

        assertThat(performed(Commands.closeChannel(4))).isTrue();
        assertThat(test.peers.get(3).end()).contains("closed by the peer");
        assertThat(test.perform(open(IMMEDIATE, 100)).encode().toString()).contains("B80284");
        assertThat(status())
                .isEqualTo("B8028100" + "B8028200" + "B8028300" + "B8028400" + "B8028500" + "B8028600" + "B8028700");
    }

    @Test
    void a_channel_that_is_not_open_is_closed_or_was_never_valid() {
        test.perform(open(IMMEDIATE, 100));
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
        test.perform(open(IMMEDIATE, 300));

        assertThat(sent(false, 200)).isEqualTo("830100" + "B70164");
        assertThat(test.peer().received().length()).isZero();
        assertThat(sent(false, 101)).isEqualTo("83023A04");
        assertThat(sent(true, 100)).isEqualTo("830100" + "B70100");
        test.settle();
        assertThat(test.peer().pieces()).extracting(ByteString::length).containsExactly(300);
    }

    @Test
    void more_data_than_the_network_takes_waits_for_it() {
        test.network.window(250);
        test.perform(open(IMMEDIATE, 300));
        test.peer().pause();
        test.settle();
        assertThat(sent(true, 200)).startsWith("830100");
        assertThat(sent(true, 200)).startsWith("830100");

        test.offer(Commands.sendData(1, true, bytes(250)));
        assertThat(test.peer().received().length()).isLessThan(650);
        test.peer().resume();
        test.settle();

        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        assertThat(test.peer().received().length()).isEqualTo(650);
    }

    @Test
    void data_that_waits_for_the_network_fails_when_the_link_drops() {
        test.network.window(100);
        test.perform(open(IMMEDIATE, 300));
        test.peer().pause();
        test.settle();
        sent(true, 100); // taken, and read by nobody
        sent(true, 250);
        test.offer(Commands.sendData(1, true, bytes(250)));
        test.peer().reset();
        test.settle();

        assertThat(test.card.response().result()).contains(Result.of(BipError.CHANNEL_CLOSED));
    }

    @Test
    void an_empty_buffer_that_gets_data_is_announced_once_and_again_after_it_was_emptied() {
        test.perform(Commands.events(Event.DATA_AVAILABLE));
        test.perform(open(IMMEDIATE, 1000));

        arrive(bytes(300));
        assertThat(test.card.envelope().encode()).hasToString("D60E" + "990109" + TO_UICC + "B8028100" + "B701FF");
        arrive(bytes(20));
        assertThat(test.card.envelopesWaiting()).isZero();

        assertThat(received(237)).isEqualTo("237 bytes, 83 remain, PERFORMED_SUCCESSFULLY");
        arrive(bytes(20));
        assertThat(test.card.envelopesWaiting()).isZero();

        assertThat(received(200)).isEqualTo("103 bytes, 0 remain, PERFORMED_WITH_MISSING_INFORMATION");
        arrive(bytes(7));
        assertThat(test.card.envelope().encode().toString()).endsWith("B70107");
    }

    @Test
    void more_than_255_bytes_remain_as_FF() {
        test.perform(open(IMMEDIATE, 1500));
        arrive(bytes(600));

        assertThat(received(237)).isEqualTo("237 bytes, 255 remain, PERFORMED_SUCCESSFULLY");
        assertThat(received(237)).isEqualTo("237 bytes, 126 remain, PERFORMED_SUCCESSFULLY");
        assertThat(received(126)).isEqualTo("126 bytes, 0 remain, PERFORMED_SUCCESSFULLY");
        assertThat(received(1)).isEqualTo("0 bytes, 0 remain, PERFORMED_WITH_MISSING_INFORMATION");
    }

    @Test
    void bytes_come_out_as_they_came_in_and_the_buffer_holds_no_more_than_was_granted() {
        test.perform(open(IMMEDIATE, 10));
        arrive(bytes(25));

        assertThat(data(6)).isEqualTo(bytes(6));
        test.settle();
        assertThat(received(100)).startsWith("10 bytes, 0 remain");
        test.settle();
        assertThat(received(100)).startsWith("9 bytes, 0 remain");
    }

    @Test
    void a_link_that_the_peer_ends_is_told_after_the_last_byte_and_what_came_can_be_read() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        test.perform(open(IMMEDIATE, 1000));
        test.peer().send(bytes(10));
        test.peer().finish();
        test.settle();

        assertThat(test.card.envelope().encode()).hasToString("D60B" + "99010A" + TO_UICC + "B8020105");
        assertThat(test.recorder.lines).contains("status 0105: closed by the peer");
        assertThat(status()).isEqualTo("B8020105");
        assertThat(sent(true, 1)).isEqualTo("83023A02");
        assertThat(sent(false, 1)).isEqualTo("83023A02");
        assertThat(received(10)).isEqualTo("10 bytes, 0 remain, PERFORMED_SUCCESSFULLY");
        assertThat(performed(Commands.closeChannel(1))).isTrue();
    }

    @Test
    void the_loss_of_coverage_drops_every_link() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        test.perform(open(IMMEDIATE, 1000));
        test.perform(open(IMMEDIATE, 1000));
        test.network.loseCoverage();
        test.settle();

        assertThat(test.card.envelope().encode().toString()).endsWith("B8020105");
        assertThat(test.card.envelope().encode().toString()).endsWith("B8020205");
        assertThat(status()).isEqualTo("B8020105" + "B8020205");
    }

    @Test
    void events_that_the_card_did_not_ask_for_are_dropped_with_the_reason() {
        test.perform(open(IMMEDIATE, 1000));
        arrive(bytes(10));
        test.peer().reset();
        test.settle();

        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(test.recorder.lines)
                .contains(
                        "dropped data available: not in the event list that the card has set up",
                        "dropped channel status: not in the event list that the card has set up");
    }

    @Test
    void an_event_whose_data_was_read_before_its_turn_is_not_sent() {
        test.perform(Commands.events(Event.DATA_AVAILABLE));
        test.perform(open(IMMEDIATE, 1000));
        test.network.delay(DELAY, DELAY);
        test.offer(open(IMMEDIATE, 1000));
        test.peers.get(0).send(bytes(10)); // arrives while the second OPEN CHANNEL is not answered
        test.clock.advance(DELAY);
        assertThat(test.recorder.lines).contains("received 1: 10");
        test.card.command(Commands.receiveData(1, 10));
        test.clock.advance(DELAY);

        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        assertThat(test.card.response().first(ChannelData.class)).contains(new ChannelData(bytes(10)));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(test.recorder.lines).contains("dropped data available: pointless by now");
    }

    @Test
    void a_link_on_demand_is_established_by_the_first_data_sent_at_once() {
        test.network.delay(DELAY, DELAY);
        assertThat(test.perform(open(ON_DEMAND, 1000)).encode())
                .hasToString("8103014000" + TO_UICC + "830100" + "B8020100" + "B50103" + "B90203E8");
        assertThat(sent(false, 3)).startsWith("830100");
        test.clock.advance(DELAY);
        assertThat(test.peers).isEmpty();

        test.offer(Commands.sendData(1, true, bytes(5)));
        test.clock.advance(DELAY.multipliedBy(3));

        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        assertThat(test.peer().received().length()).isEqualTo(8);
        assertThat(status()).isEqualTo("B8028100");
    }

    @Test
    void a_link_on_demand_that_fails_can_be_tried_again() {
        test.network.close(TestMe.SERVER);
        test.perform(open(ON_DEMAND, 1000));
        assertThat(sent(true, 5)).isEqualTo("83023A07");
        assertThat(status()).isEqualTo("B8020100");

        test.network.listen(TestMe.SERVER, test.peers::add);
        assertThat(sent(true, 6)).startsWith("830100");
        test.settle();
        assertThat(test.peer().received()).isEqualTo(bytes(6));
    }

    @Test
    void a_link_in_the_background_is_told_by_an_event_with_bearer_and_local_address() {
        test.network.delay(DELAY, DELAY);
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        assertThat(test.perform(openWithDynamicAddress(BACKGROUND)).encode())
                .hasToString("8103014005" + TO_UICC + "830100" + "B8020100" + "B50103" + "B9020064");

        test.clock.advance(DELAY.multipliedBy(2));
        assertThat(test.card.envelope().encode().toString())
                .endsWith("99010A" + TO_UICC + "B8028100" + "B50103" + "BE05210A090807");
    }

    @Test
    void a_link_in_the_background_that_fails_is_told_by_an_event_and_data_that_waits_for_it_fails() {
        test.network.delay(DELAY, DELAY);
        test.network.close(TestMe.SERVER);
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        test.perform(open(BACKGROUND, 1000));
        test.offer(Commands.sendData(1, true, bytes(5)));

        test.clock.advance(DELAY.multipliedBy(2));
        assertThat(test.card.response().result()).contains(Result.of(BipError.REMOTE_DEVICE_NOT_REACHABLE));
        assertThat(test.card.envelope().encode().toString()).endsWith("B8020105" + "B50103");
    }

    @Test
    void a_dropped_link_is_established_again_where_the_card_asked_for_it() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        test.perform(open(IMMEDIATE_RECONNECTING, 1000));
        test.peer().reset();
        test.settle();
        assertThat(status()).isEqualTo("B8020100");
        test.offer(Commands.sendData(1, true, bytes(5)));

        test.clock.advance(Duration.ofSeconds(1));

        assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
        assertThat(test.peers).hasSize(2);
        assertThat(test.peer().received()).isEqualTo(bytes(5));
        assertThat(status()).isEqualTo("B8028100");
        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(test.recorder.lines)
                .contains(
                        "status 0100: connection reset by the peer; will be established again",
                        "status 8100: link established again");
    }

    @Test
    void a_link_that_cannot_be_established_again_is_dropped() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        test.perform(open(IMMEDIATE_RECONNECTING, 1000));
        test.network.close(TestMe.SERVER);
        test.peer().reset();
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();

        test.clock.advance(Duration.ofSeconds(1));

        assertThat(test.card.envelope().encode().toString()).endsWith("B8020105");
        assertThat(sent(true, 1)).isEqualTo("83023A02");
    }

    @Test
    void what_the_old_link_left_unread_is_not_mixed_with_what_the_new_one_brings() {
        test.perform(open(IMMEDIATE_RECONNECTING, 1000));
        arrive(ByteString.ofHex("0102"));
        test.peer().reset();
        test.settle();
        test.clock.advance(Duration.ofSeconds(1));
        arrive(ByteString.ofHex("0304"));

        assertThat(data(100)).isEqualTo(ByteString.ofHex("0102"));
        test.settle();
        assertThat(data(100)).isEqualTo(ByteString.ofHex("0304"));
    }

    @Test
    void a_reset_of_the_card_closes_its_channels() throws Exception {
        test.perform(open(IMMEDIATE, 100));
        test.me.powerOn();
        test.settle();

        assertThat(test.peer().end()).contains("closed by the peer");
        assertThat(test.recorder.lines).contains("closed 1: card reset");
        assertThat(test.perform(Commands.closeChannel(1)).result())
                .contains(Result.of(BipError.CHANNEL_IDENTIFIER_NOT_VALID));
    }

    @Test
    void the_ME_can_drop_a_link_by_itself() {
        test.perform(Commands.events(Event.CHANNEL_STATUS));
        test.perform(open(IMMEDIATE, 100));
        test.me.dropLink(1, "the user has switched data off");
        test.settle();

        assertThat(test.card.envelope().encode().toString()).endsWith("B8020105");
        assertThat(test.recorder.lines).contains("status 0105: the user has switched data off");
        assertThat(test.peer().end()).contains("closed by the peer");
    }

    @Test
    void a_dynamic_local_address_comes_back_in_the_response() {
        assertThat(test.perform(openWithDynamicAddress(IMMEDIATE)).encode().toString())
                .endsWith("BE05210A090807");
    }

    @Test
    void a_static_local_address_is_the_MEs_or_the_network_refuses() {
        OtherAddress own = OtherAddress.of(TestMe.OWN.getAddress());
        assertThat(test.answerTo(openWithLocalAddress(IMMEDIATE, own)))
                .startsWith("00")
                .doesNotContain("BE05");
        assertThat(test.peer().isConnected()).isTrue();

        OtherAddress another = new OtherAddress(ByteString.ofHex("210A090808"));
        assertThat(test.answerTo(openWithLocalAddress(IMMEDIATE, another))).startsWith("2100");
        assertThat(test.recorder.refusals)
                .singleElement()
                .satisfies(fault -> assertThat(fault.text()).endsWith("local address 10.9.8.8 is not the ME's"));
        assertThat(test.peers).hasSize(1);
    }

    @Test
    void an_address_of_IPv6_serves_as_well() {
        java.net.InetSocketAddress server = new java.net.InetSocketAddress("2001:db8::1", 80);
        test.network.listen(server, test.peers::add);

        assertThat(performed(Commands.openChannel(IMMEDIATE, 100, server))).isTrue();
        assertThat(test.peers).hasSize(1);
    }

    private static ByteString open(int qualifier, int bufferSize) {
        return Commands.openChannel(qualifier, bufferSize, TestMe.SERVER);
    }

    private static ByteString openWithDynamicAddress(int qualifier) {
        return openWithLocalAddress(qualifier, new OtherAddress(ByteString.EMPTY));
    }

    private static ByteString openWithLocalAddress(int qualifier, OtherAddress localAddress) {
        return Commands.command(
                TypeOfCommand.OPEN_CHANNEL,
                qualifier,
                BearerDescription.DEFAULT_BEARER,
                new BufferSize(100),
                localAddress,
                TransportLevel.of(TransportProtocol.TCP_CLIENT_REMOTE, 80),
                OtherAddress.of(TestMe.SERVER.getAddress()));
    }

    private boolean performed(ByteString command) {
        return test.perform(command).result().orElseThrow().performed();
    }

    private void arrive(ByteString bytes) {
        Peer peer = test.peer();
        peer.send(bytes);
        test.settle();
    }

    private String sent(boolean immediate, int count) {
        return behindDevices(test.perform(Commands.sendData(1, immediate, bytes(count))));
    }

    private String status() {
        String response = behindDevices(test.perform(Commands.getChannelStatus()));
        assertThat(response).startsWith("830100");
        return response.substring(6);
    }

    private static String behindDevices(TerminalResponse response) {
        String hex = response.encode().toString();
        return hex.substring(hex.indexOf(TO_UICC) + TO_UICC.length());
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
