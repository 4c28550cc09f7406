// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.bipline.cat.envelope.MenuSelection;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.ItemIdentifier;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.InMemoryNetwork;
import org.junit.jupiter.api.Test;

final class MobileEquipmentTest {
    private static final VirtualClock CLOCK = new VirtualClock();
    private static final Bearer NO_NETWORK = new InMemoryNetwork(CLOCK, 1).bearer(TestMe.OWN.getAddress());

    private static final String PROFILE =
            MeProfile.full().terminalProfile().bytes().toString();

    @Test
    void reads_the_files_of_a_card_and_then_sends_the_terminal_profile() throws Exception {
        String terminalProfile = "80100000" + "%02X".formatted(PROFILE.length() / 2) + PROFILE;
        ScriptedLink link = new ScriptedLink()
                .expect("00A40004023F00", "6105")
                .expect("00C0000005", "620382017A" + "9000")
                .expect("00A40004022FE2", "62078002000A880110" + "9000")
                .expect("00B000000A", "98881832547698103214" + "9000")
                .expect("00A40004022F05", "6204800200049000")
                .expect("00B0000004", "656E6465" + "9000")
                .expect("00A40004022F00", "6207820542210026" + "01" + "9000")
                .expect("00B2010426", "61094F07A0000000871002" + "FF".repeat(27) + "9000")
                .expect("00A4040407A0000000871002", "9000")
                .expect("00A40004026F07", "6A82")
                .expect("00A40004026FAD", "6204800200049000")
                .expect("00B0000004", "6C03")
                .expect("00B0000003", "000000" + "9000")
                .expect("00A40004026F38", "620480020002" + "9000")
                .expect("00B0000002", "9E6B" + "9000")
                .expect(terminalProfile, "910B")
                .expect("80F2010C00", "910B")
                .expect("801200000B", "D009810301020082028182" + "9000")
                .expect("801400000C810301020082028281830100", "9000");
        Recorder recorder = new Recorder();
        try (MobileEquipment me = MobileEquipment.builder()
                .card(link)
                .bearer(NO_NETWORK)
                .clock(CLOCK)
                .listener(recorder)
                .build()) {
            me.powerOn();

            link.assertComplete();
            CardFiles files = me.files();
            assertThat(files.iccidDigits()).isEqualTo("89888123456789012341");
            assertThat(files.preferredLanguages()).isEqualTo(ByteString.ofHex("656E6465"));
            assertThat(files.usim()).isEqualTo(ByteString.ofHex("A0000000871002"));
            assertThat(files.imsi()).isEqualTo(ByteString.EMPTY);
            assertThat(files.administrativeData()).isEqualTo(ByteString.ofHex("000000"));
            assertThat(files.serviceTable()).isEqualTo(ByteString.ofHex("9E6B"));
            assertThat(recorder.lines).containsExactly("on", "idle");
        }
    }

    @Test
    void fetches_whatever_command_announces_a_proactive_command() throws Exception {
        try (TestMe test = new TestMe()) {
            test.card.command(Commands.command(TypeOfCommand.MORE_TIME, 0));
            test.card.command(Commands.command(TypeOfCommand.MORE_TIME, 0));

            test.me.transmit(ByteString.ofHex("00B0000000"));

            assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
            assertThat(test.card.response().result().orElseThrow().performed()).isTrue();
            assertThat(test.recorder.lines).containsExactly("on", "idle");
        }
    }

    @Test
    void a_picked_menu_item_reaches_the_card() throws Exception {
        try (TestMe test = new TestMe()) {
            test.perform(Commands.command(
                    TypeOfCommand.SET_UP_MENU,
                    0,
                    AlphaIdentifier.of("Toolkit"),
                    Item.of(1, "Weather"),
                    Item.of(0x81, "Device management")));
            assertThat(test.me.menuItems()).extracting(Item::text).containsExactly("Weather", "Device management");

            test.me.selectMenuItem("Device management");

            MenuSelection selection = (MenuSelection) test.card.envelope();
            assertThat(selection.encode()).hasToString("D30782020181900181");
            assertThat(selection.item()).contains(new ItemIdentifier(0x81));
            assertThatThrownBy(() -> test.me.selectMenuItem("Chess"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no item \"Chess\" in the menu [Weather, Device management]");
        }
    }

    @Test
    void an_empty_item_removes_the_menu_and_so_does_a_reset() throws Exception {
        try (TestMe test = new TestMe()) {
            ByteString menu = Commands.command(
                    TypeOfCommand.SET_UP_MENU, 0, AlphaIdentifier.of("Toolkit"), Item.of(1, "Weather"));
            test.perform(menu);
            test.perform(
                    Commands.command(TypeOfCommand.SET_UP_MENU, 0, AlphaIdentifier.of(""), new Item(ByteString.EMPTY)));
            assertThat(test.me.menuItems()).isEmpty();

            test.perform(menu);
            assertThat(test.me.menuItems()).hasSize(1);
            test.me.powerOn();
            assertThat(test.me.menuItems()).isEmpty();
        }
    }

    @Test
    void a_busy_card_is_told_later() throws Exception {
        try (TestMe test = new TestMe()) {
            test.card.envelopeStatusWord = 0x9300;
            test.perform(Commands.startTimer(1, 5));
            test.clock.advance(Duration.ofSeconds(5));
            test.settle();
            assertThat(test.card.envelopesWaiting()).isZero();

            test.card.envelopeStatusWord = 0x9000;
            test.clock.advance(Duration.ofSeconds(1));

            assertThat(test.card.envelope().encode()).hasToString("D70C82028281A40101A503000050");
        }
    }

    @Test
    void a_refused_selection_fails_with_the_status_word() throws Exception {
        try (TestMe test = new TestMe()) {
            test.card.envelopeStatusWord = 0x6F00;

            assertThatThrownBy(() -> test.me.selectMenuItem(1))
                    .isInstanceOf(CardLinkException.class)
                    .hasMessage("card answered 6f00 to menu selection");
        }
    }

    @Test
    void a_card_that_is_gone_ends_everything_that_it_began() throws Exception {
        try (TestMe test = new TestMe()) {
            test.perform(Commands.events(Event.DATA_AVAILABLE));
            test.perform(Commands.openChannel(Commands.IMMEDIATE, 500, TestMe.SERVER));
            test.perform(Commands.startTimer(3, 60));
            test.card.gone = true;

            assertThatThrownBy(() -> test.me.transmit(TestMe.STATUS))
                    .isInstanceOf(CardLinkException.class)
                    .hasMessage("card removed");

            test.clock.advance(Duration.ZERO);
            assertThat(test.peer().end()).contains("closed by the peer");
            assertThat(test.clock.waiting()).isZero();
            assertThat(test.recorder.lines).endsWith("closed 1: card removed", "off: card removed");
            test.me.awaitIdle(Duration.ofSeconds(10));
            assertThatThrownBy(() -> test.me.powerOn()).isInstanceOf(CardLinkException.class);

            test.card.gone = false;
            test.me.powerOn();
            assertThat(test.perform(Commands.getChannelStatus())
                            .result()
                            .orElseThrow()
                            .performed())
                    .isTrue();
        }
    }

    @Test
    void waits_until_the_last_channel_is_closed_and_says_what_keeps_it() throws Exception {
        try (TestMe test = new TestMe()) {
            test.me.awaitIdle(Duration.ofSeconds(10));
            test.perform(Commands.openChannel(Commands.IMMEDIATE, 500, TestMe.SERVER));

            assertThatThrownBy(() -> test.me.awaitIdle(Duration.ofMillis(1)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("not idle after PT0.001S: channels open: [1]");

            test.perform(Commands.closeChannel(1));
            test.me.awaitIdle(Duration.ofSeconds(10));
        }
    }

    @Test
    void an_ME_that_is_off_answers_nobody() {
        TestMe test = new TestMe();
        test.close();

        assertThatThrownBy(() -> test.me.transmit(TestMe.STATUS))
                .hasMessage("the card is not powered on: switched off");
        assertThatThrownBy(() -> test.me.selectMenuItem(1)).hasMessage("the card is not powered on: switched off");
    }

    @Test
    void a_listener_that_throws_or_calls_back_does_not_stop_the_ME() throws Exception {
        MobileEquipment[] self = new MobileEquipment[1];
        List<String> problems = new CopyOnWriteArrayList<>();
        MeListener rude = new MeListener() {
            @Override
            public void sessionIdle() {
                try {
                    self[0].menuItems();
                } catch (IllegalStateException e) {
                    problems.add(e.getMessage());
                }
                throw new IllegalStateException("rude on purpose");
            }
        };
        FakeCard card = new FakeCard();
        try (MobileEquipment me = MobileEquipment.builder()
                .card(card)
                .bearer(NO_NETWORK)
                .clock(CLOCK)
                .listener(rude)
                .build()) {
            self[0] = me;
            me.powerOn();
            for (int i = 0; i < 2; i++) {
                card.command(Commands.command(TypeOfCommand.MORE_TIME, 0));
                me.transmit(TestMe.STATUS);
                assertThat(card.response().result().orElseThrow().performed()).isTrue();
            }
            me.awaitIdle(Duration.ofSeconds(10));
        }
        assertThat(problems).containsExactly("called from the ME's own thread", "called from the ME's own thread");
    }
}
