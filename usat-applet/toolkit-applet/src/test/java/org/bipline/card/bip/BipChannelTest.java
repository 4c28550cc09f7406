// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.ScriptedMe.CLOSE_CHANNEL;
import static org.bipline.card.ScriptedMe.OPEN_CHANNEL;
import static org.bipline.card.ScriptedMe.RECEIVE_DATA;
import static org.bipline.card.ScriptedMe.SEND_DATA;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import javacard.framework.SystemException;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.AppletInstallation;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BipChannelTest {
    private static final String OPENED = "B8028100";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final ChannelParameters parameters = parameters();
    private ScriptedMe me = install("01");
    private ChannelApplet applet = ChannelApplet.instance;

    @Test
    void asks_for_what_the_parameters_say_in_the_order_of_the_standard() {
        parameters.networkAccessName = HEX.parseHex("050474657374");
        parameters.userLogin = new byte[] {1, 'u'};
        parameters.userPassword = new byte[] {2, 'p', 'w'};
        open();

        assertThat(me.commands())
                .containsExactly("8103014001" + "82028182" + "0500" + "350103" + "390205DC" + "47050474657374"
                        + "0D020475" + "0D03047077" + "3C03021F90" + "3E05217F000001");
        assertThat(applet.channel.isOpen()).isTrue();
    }

    @Test
    @Tag("TR-6")
    void leaves_out_what_is_not_given_and_takes_ipv6_and_udp() {
        parameters.transportProtocol = ChannelParameters.UDP_CLIENT_REMOTE;
        parameters.destinationAddress = HEX.parseHex("115720010DB8000000000000000000000001");
        parameters.port = (short) 65535;
        open();

        assertThat(me.commands())
                .containsExactly("8103014001" + "82028182" + "0500" + "350103" + "390205DC" + "3C0301FFFF"
                        + "3E115720010DB8000000000000000000000001");
    }

    @Test
    @Tag("TR-5")
    void has_a_reaction_to_every_general_result_of_open_channel() {
        for (int result = 0; result <= 0xFF; result++) {
            me.answer(OPEN_CHANNEL, String.format("%02X", result), OPENED);
            open();

            int expected = reasonOf(result);
            assertReason(expected, result, 0xFF);
            assertThat(applet.channel.isOpen()).isEqualTo(expected == BipChannel.REASON_NONE);
            assertThat(applet.channel.isHeld()).isEqualTo(expected == BipChannel.REASON_NONE);
            run(BipChannel::close);
        }
    }

    @Test
    @Tag("TR-5")
    void has_a_reaction_to_every_cause_of_a_bip_error_and_keeps_it() {
        for (int cause = 0; cause <= 0xFF; cause++) {
            run(c -> c.open(parameters));
            me.answer(SEND_DATA, String.format("3A%02X", cause));
            run(c -> {
                c.write((byte) 1);
                c.flush();
            });

            int expected = switch (cause) {
                case 0, 1, 7, 0xFF -> BipChannel.REASON_RETRY;
                case 2, 3 -> BipChannel.REASON_LINK_LOST;
                default -> BipChannel.REASON_REFUSED;
            };
            assertReason(expected, 0x3A, cause);
            assertThat(applet.channel.isOpen()).isFalse();
            assertThat(applet.channel.isHeld()).isTrue();
            run(BipChannel::close);
            assertThat(applet.channel.isHeld()).isFalse();
            assertReason(expected, 0x3A, cause);
        }
    }

    @Test
    @Tag("TR-5")
    void has_a_reaction_to_every_general_result_of_send_and_receive_data() {
        for (int result = 0; result <= 0xFF; result++) {
            String hex = String.format("%02X", result);
            run(c -> c.open(parameters));
            me.answer(SEND_DATA, hex);
            run(c -> {
                c.write((byte) 1);
                c.flush();
            });
            assertReason(reasonOf(result), result, 0xFF);
            run(c -> c.open(parameters));
            me.answer(RECEIVE_DATA, hex);
            me.dataAvailable(1, 5);
            assertReason(reasonOf(result), result, 0xFF);
        }
    }

    @Test
    @Tag("TR-6")
    void sends_pieces_that_fit_the_buffer_that_the_me_grants() {
        me.answer(OPEN_CHANNEL, "07", OPENED, "39020064");
        open();
        me.commands();
        byte[] data = data(250);
        run(c -> {
            c.write(data, (short) 0, (short) 250);
            c.flush();
        });

        assertThat(pieces(me.commands())).containsExactly("01:100", "01:100", "01:50");
        assertThat(me.sent()).isEqualTo(data);
    }

    @Test
    void takes_the_buffer_size_from_any_successful_response_and_never_more_than_asked() {
        for (String granted : List.of("390203E8", "3902FFFF", "39020000", "")) {
            me.answer(OPEN_CHANNEL, "01", OPENED, granted);
            open();
            me.commands();
            run(c -> {
                c.write(data(1441), (short) 0, (short) 1441);
                c.flush();
            });
            assertThat(pieces(me.commands())).isEqualTo(storedPieces(granted.equals("390203E8") ? 1000 : 1500, 1441));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 239, 240, 241, 480, 1439, 1440, 1441, 1500, 1680, 1681, 5000})
    void sends_any_length_with_the_fewest_commands(int length) {
        open();
        me.commands();
        byte[] data = data(length);
        Random random = new Random(length);
        run(c -> {
            for (short off = 0; off < length; ) {
                if (random.nextBoolean()) {
                    c.write(data[off++]);
                } else {
                    short count = (short) Math.min(length - off, random.nextInt(600));
                    c.write(data, off, count);
                    off += count;
                }
            }
            c.flush();
            c.flush();
        });

        assertThat(pieces(me.commands())).isEqualTo(storedPieces(1500, length));
        assertThat(me.sent()).isEqualTo(data);
        assertThat(applet.channel.reason()).isEqualTo(BipChannel.REASON_NONE);
    }

    @Test
    void never_stores_more_than_the_me_granted() {
        for (int granted = 1; granted <= 1500; granted += 37) {
            me.answer(OPEN_CHANNEL, "07", OPENED, String.format("3902%04X", granted));
            open();
            me.commands();
            run(c -> {
                c.write(data(3000), (short) 0, (short) 3000);
                c.flush();
            });
            int stored = 0;
            int total = 0;
            for (String piece : pieces(me.commands())) {
                int length = Integer.parseInt(piece.substring(3));
                stored += length;
                total += length;
                assertThat(stored).isLessThanOrEqualTo(granted);
                stored = piece.startsWith("01") ? 0 : stored;
            }
            assertThat(stored).isZero();
            assertThat(total).isEqualTo(3000);
            assertThat(me.sent()).isEqualTo(data(3000));
        }
    }

    @Test
    @Tag("TR-5")
    void asks_for_half_the_buffer_when_the_size_is_not_available() {
        me.answer(OPEN_CHANNEL, "3A04").answer(OPEN_CHANNEL, "3A04");
        open();

        assertThat(me.commands()).extracting(BipChannelTest::bufferSize).containsExactly(1500, 750, 375);
        assertThat(applet.channel.isOpen()).isTrue();
    }

    @Test
    @Tag("TR-5")
    void gives_up_when_not_even_a_small_buffer_is_available() {
        for (int i = 0; i < 4; i++) {
            me.answer(OPEN_CHANNEL, "3A04");
        }
        open();

        assertThat(me.commands()).extracting(BipChannelTest::bufferSize).containsExactly(1500, 750, 375, 256);
        assertReason(BipChannel.REASON_REFUSED, 0x3A, 4);
        assertThat(applet.channel.isHeld()).isFalse();
    }

    @Test
    @Tag("TR-5")
    void sends_immediately_what_the_me_has_no_room_to_store() {
        open();
        me.commands();
        me.answer(SEND_DATA, "3A04");
        byte[] data = data(300);
        run(c -> {
            c.write(data, (short) 0, (short) 300);
            c.flush();
        });

        assertThat(pieces(me.commands())).containsExactly("00:240", "01:240", "01:60");
        assertThat(me.sent()).isEqualTo(data);
        assertThat(applet.channel.reason()).isEqualTo(BipChannel.REASON_NONE);
    }

    @Test
    @Tag("TR-6")
    void does_not_store_more_than_the_me_says_it_has_room_for() {
        open();
        me.commands();
        me.answer(SEND_DATA, "00", "B701FF").answer(SEND_DATA, "00", "B7013C").answer(SEND_DATA, "00", "B70100");
        run(c -> {
            c.write(data(1300), (short) 0, (short) 1300);
            c.flush();
        });

        assertThat(pieces(me.commands())).containsExactly("00:240", "00:240", "01:240", "01:240", "00:240", "01:100");
        assertThat(me.sent()).isEqualTo(data(1300));
    }

    @Test
    void drops_what_is_written_after_a_failure_and_keeps_the_first_reason() {
        open();
        me.commands();
        me.answer(SEND_DATA, "2002");
        run(c -> {
            c.write(data(3000), (short) 0, (short) 3000);
            c.flush();
            c.write((byte) 1);
            c.flush();
        });
        me.dataAvailable(1, 3);

        assertThat(pieces(me.commands())).containsExactly("00:240");
        assertReason(BipChannel.REASON_RETRY, 0x20, 2);
        me.answer(CLOSE_CHANNEL, "31");
        run(BipChannel::close);
        assertReason(BipChannel.REASON_RETRY, 0x20, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 236, 237, 238, 254, 255, 256, 474, 475, 2000})
    void receives_all_that_the_me_has_and_asks_for_no_more(int length) {
        open();
        me.commands();
        byte[] data = data(length);
        me.receive(data);

        assertThat(applet.received.toByteArray()).isEqualTo(data);
        List<Integer> asked = me.commands().stream()
                .map(c -> Integer.parseInt(c.substring(c.length() - 2), 16))
                .toList();
        assertThat(asked).hasSize((length + 236) / 237).allMatch(n -> n <= 237);
        assertThat(asked.stream().mapToInt(n -> n).sum()).isEqualTo(length);
        assertThat(applet.channel.reason()).isEqualTo(BipChannel.REASON_NONE);
    }

    @Test
    void takes_fewer_bytes_than_asked_for_and_a_response_without_any() {
        open();
        me.answer(RECEIVE_DATA, "02", "B603616263", "B70100")
                .answer(RECEIVE_DATA, "02")
                .answer(RECEIVE_DATA, "00", "B60164");
        me.dataAvailable(1, 9);
        assertThat(applet.received.toString(US_ASCII)).isEqualTo("abc");
        me.dataAvailable(1, 0);
        assertThat(applet.received.toString(US_ASCII)).isEqualTo("abc");
        me.dataAvailable(1, 1);

        assertThat(applet.received.toString(US_ASCII)).isEqualTo("abcd");
        assertThat(applet.channel.isOpen()).isTrue();
    }

    @Test
    void stops_receiving_when_no_more_is_wanted() {
        open();
        me.commands();
        applet.more = false;
        me.receive(data(1000));

        assertThat(me.types()).containsExactly("42");
    }

    @Test
    void sends_what_is_held_back_before_it_receives() {
        open();
        run(c -> c.write(data(10), (short) 0, (short) 10));
        assertThat(me.sent()).isEmpty();
        me.receive(data(20));

        assertThat(me.sent()).isEqualTo(data(10));
        assertThat(applet.received.toByteArray()).isEqualTo(data(20));
    }

    @Test
    void refuses_to_write_while_its_buffer_is_with_the_receiver() {
        open();
        List<Short> reasons = new ArrayList<>();
        applet.onData = c -> {
            try {
                c.write((byte) 1);
            } catch (SystemException e) {
                reasons.add(e.getReason());
            }
        };
        me.receive(data(3));

        assertThat(reasons).containsExactly(SystemException.ILLEGAL_USE);
    }

    @Test
    @Tag("TR-5")
    void fetches_what_the_me_still_holds_when_the_link_is_dropped() {
        open();
        me.receiveSilently(data(300));
        me.dropLink();

        assertThat(applet.about).isTrue();
        assertThat(applet.received.toByteArray()).isEqualTo(data(300));
        assertThat(applet.channel.isOpen()).isFalse();
        assertReason(BipChannel.REASON_LINK_LOST, 0xFF, 0xFF);
        me.commands();
        run(c -> {
            c.write((byte) 1);
            c.flush();
            c.close();
        });
        assertThat(me.types()).containsExactly("41");
        assertThat(applet.channel.isHeld()).isFalse();
    }

    @Test
    void ignores_a_status_of_an_established_link() {
        open();
        me.channelStatus(0x81, 0x00);

        assertThat(applet.about).isFalse();
        assertThat(applet.channel.isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "00, true",
        "02, true",
        "3A02, true",
        "3A03, true",
        "2002, false",
        "3A00, false",
        "30, false",
        "10, false"
    })
    @Tag("TR-5")
    void tries_three_times_at_most_to_close(String result, boolean closed) {
        open();
        me.commands();
        me.answer(CLOSE_CHANNEL, result);
        run(BipChannel::close);
        assertThat(applet.channel.isHeld()).isEqualTo(!closed);
        assertThat(applet.channel.isOpen()).isFalse();
        me.answer(CLOSE_CHANNEL, result);
        run(BipChannel::close);
        assertThat(applet.channel.isHeld()).isEqualTo(!closed);
        me.answer(CLOSE_CHANNEL, result);
        run(BipChannel::close);

        assertThat(applet.channel.isHeld()).isFalse();
        assertThat(me.commands()).hasSize(closed ? 1 : 3).allMatch("810301410082028121"::equals);
    }

    @Test
    void does_not_open_a_second_channel_while_the_me_holds_the_first() {
        open();
        me.answer(CLOSE_CHANNEL, "2001");
        open();
        assertReason(BipChannel.REASON_RETRY, 0x20, 1);
        open();

        assertThat(applet.channel.isOpen()).isTrue();
    }

    @Test
    void tells_a_response_without_channel_status() {
        me.answer(OPEN_CHANNEL, "00", "390205DC");
        open();

        assertReason(BipChannel.REASON_RESPONSE, 0x00, 0x03);
        assertThat(applet.channel.isOpen()).isFalse();
    }

    @Test
    @Tag("TR-5")
    void closes_a_channel_whose_terminal_response_is_malformed() {
        me.answer(OPEN_CHANNEL, "00", OPENED, "390105");
        open();

        assertReason(BipChannel.REASON_RESPONSE, 0x00, 0x08);
        assertThat(me.types()).containsExactly("40", "41");
        assertThat(applet.channel.isHeld()).isFalse();
    }

    @Test
    void tells_that_the_framework_refuses() {
        me = install("00");
        applet = ChannelApplet.instance;
        open();

        assertReason(BipChannel.REASON_FRAMEWORK, 0xFF, 15); // COMMAND_NOT_ALLOWED: no channel was granted
        assertThat(me.types()).isEmpty();
    }

    @Test
    void is_closed_after_a_reset() {
        open();
        me.start();
        me.commands();
        assertThat(applet.channel.isHeld()).isFalse();
        open();

        assertThat(me.types()).containsExactly("40");
    }

    @ParameterizedTest
    @ValueSource(ints = {88, 89, 90, 91, 42, 128})
    @Tag("TR-6")
    void knows_from_the_terminal_profile_whether_it_is_supported(int missing) {
        List<Boolean> supported = new ArrayList<>();
        Consumer<BipChannel> ask = c -> {
            supported.add(BipChannel.isSupported(ChannelParameters.TCP_CLIENT_REMOTE));
            supported.add(BipChannel.isSupported(ChannelParameters.UDP_CLIENT_REMOTE));
        };
        run(ask);
        me.start(missing);
        run(ask);

        assertThat(supported).containsExactly(true, true, false, missing == 128);
    }

    private void open() {
        run(c -> c.open(parameters));
    }

    private void run(Consumer<BipChannel> action) {
        applet.onMenu = action;
        me.selectMenu();
    }

    private void assertReason(int reason, int result, int additional) {
        assertThat(applet.channel.reason())
                .as("reason after result %02X", result)
                .isEqualTo((byte) reason);
        if (reason != BipChannel.REASON_NONE) {
            assertThat(applet.channel.generalResult()).isEqualTo((byte) result);
            assertThat(applet.channel.additionalInformation()).isEqualTo((byte) additional);
        }
    }

    /** TS 102 223 clause 8.12, for a response without additional information. */
    private static int reasonOf(int result) {
        return switch (result >> 4) {
            case 0 -> BipChannel.REASON_NONE;
            case 1 -> BipChannel.REASON_USER;
            case 2 -> result == 0x22 || result == 0x23 ? BipChannel.REASON_USER : BipChannel.REASON_RETRY;
            default -> result == 0x3A ? BipChannel.REASON_RETRY : BipChannel.REASON_REFUSED;
        };
    }

    /** Qualifier and length of each SEND DATA that a buffer of this size should lead to. */
    private static List<String> storedPieces(int granted, int length) {
        List<String> pieces = new ArrayList<>();
        int stored = 0;
        for (int left = length; left > 0; left -= 240) {
            boolean store = left > 240 && stored + 240 + 240 <= granted;
            pieces.add((store ? "00:" : "01:") + Math.min(left, 240));
            stored = store ? stored + 240 : 0;
        }
        return pieces;
    }

    private static List<String> pieces(List<String> commands) {
        return commands.stream()
                .map(c -> {
                    assertThat(c).startsWith("81030143").contains("82028121B6");
                    return c.substring(8, 10) + ":" + ScriptedMe.value(c, 18).length() / 2;
                })
                .toList();
    }

    private static int bufferSize(String open) {
        int at = open.indexOf("3902") + 4;
        return Integer.parseInt(open.substring(at, at + 4), 16);
    }

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(1).nextBytes(data);
        return data;
    }

    private static ScriptedMe install(String channels) {
        return new ScriptedMe(Uicc.builder()
                .applet(new AppletInstallation(
                                ChannelApplet.class,
                                HEX.parseHex("F000000002"),
                                HEX.parseHex("F00000000201"),
                                HEX.parseHex("01001001" + "0101" + channels + "000000"),
                                new byte[0])
                        .asLoaded()));
    }

    private static ChannelParameters parameters() {
        ChannelParameters parameters = new ChannelParameters();
        parameters.bearerDescription = new byte[] {1, 3};
        parameters.bufferSize = 1500;
        parameters.transportProtocol = ChannelParameters.TCP_CLIENT_REMOTE;
        parameters.port = 8080;
        parameters.destinationAddress = new byte[] {5, 0x21, 127, 0, 0, 1};
        return parameters;
    }
}
