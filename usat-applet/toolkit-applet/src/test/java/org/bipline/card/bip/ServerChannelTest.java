// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.ScriptedMe.CLOSE_CHANNEL;
import static org.bipline.card.ScriptedMe.OPEN_CHANNEL;
import static org.bipline.card.ScriptedMe.SEND_DATA;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.AppletInstallation;
import org.bipline.uicc.runtime.Uicc;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("TR-4")
class ServerChannelTest {
    private static final String LISTENING = "B8024100";
    private static final int ESTABLISHED = 0x81;
    private static final int LISTEN = 0x41;
    private static final int CLOSED = 0x01;
    private static final HexFormat HEX = HexFormat.of();

    private final ChannelParameters parameters = parameters();
    private final ScriptedMe me = new ScriptedMe(Uicc.builder()
            .applet(new AppletInstallation(
                            ChannelApplet.class,
                            HEX.parseHex("F000000002"),
                            HEX.parseHex("F00000000201"),
                            HEX.parseHex("01001001" + "010101" + "000000"),
                            new byte[0])
                    .asLoaded()));
    private final ChannelApplet applet = ChannelApplet.instance;

    @Test
    void asks_for_buffer_and_port_and_listens() {
        open();

        assertThat(me.commands()).containsExactly("8103014000" + "82028182" + "0500" + "390205DC" + "3C03031F90");
        assertThat(applet.channel.isListening()).isTrue();
        assertThat(applet.channel.isOpen()).isFalse();
        assertThat(applet.channel.isHeld()).isTrue();
    }

    @Test
    void serves_one_peer_after_another() {
        open();
        for (String request : new String[] {"first", "second"}) {
            me.channelStatus(ESTABLISHED, 0);
            assertThat(applet.about).isTrue();
            assertThat(applet.channel.isOpen()).isTrue();
            me.receive(request.getBytes(US_ASCII));
            send("answer");
            me.channelStatus(LISTEN, 0);
            assertThat(applet.about).isTrue();
            assertThat(applet.channel.isListening()).isTrue();
        }

        assertThat(applet.received.toString(US_ASCII)).isEqualTo("firstsecond");
        assertThat(new String(me.sent(), US_ASCII)).isEqualTo("answeranswer");
    }

    @Test
    void takes_data_for_a_peer_that_was_not_told() {
        open();
        me.receive(new byte[] {1, 2}, ESTABLISHED);

        assertThat(applet.channel.isOpen()).isTrue();
        assertThat(applet.received.size()).isEqualTo(2);
    }

    @Test
    void sends_nothing_where_there_is_no_peer() {
        open();
        send("x");
        me.channelStatus(ESTABLISHED, 0);
        run(c -> c.write((byte) 1)); // waits for more
        me.channelStatus(LISTEN, 0);
        run(BipChannel::flush);

        assertThat(me.types()).containsExactly("40");
    }

    @Test
    @Tag("TR-5")
    void goes_on_listening_where_the_peer_is_gone_before_it_is_told() {
        open();
        me.channelStatus(ESTABLISHED, 0);
        me.answer(SEND_DATA, "3A02");
        send("x");
        assertThat(applet.channel.isListening()).isTrue();
        assertThat(applet.channel.reason()).isEqualTo(BipChannel.REASON_LINK_LOST);
        me.channelStatus(LISTEN, 0);
        me.channelStatus(ESTABLISHED, 0);

        assertThat(applet.channel.reason()).isEqualTo(BipChannel.REASON_NONE);
        send("y");
        assertThat(me.sent()).containsExactly('y');
    }

    @Test
    void ends_a_connection_by_close_channel_to_listen() {
        open();
        me.channelStatus(ESTABLISHED, 0);
        me.commands();
        run(BipChannel::disconnect);
        run(BipChannel::disconnect);

        assertThat(me.commands()).containsExactly("810301410182028121");
        assertThat(applet.channel.isListening()).isTrue();
        run(BipChannel::close);
        assertThat(me.commands()).containsExactly("810301410082028121");
        assertThat(applet.channel.isHeld()).isFalse();
    }

    @Test
    @Tag("TR-5")
    void closes_the_port_where_the_me_cannot_end_the_connection_alone() {
        open();
        me.channelStatus(ESTABLISHED, 0);
        me.commands();
        me.answer(CLOSE_CHANNEL, "32");
        run(BipChannel::disconnect);

        assertThat(me.commands()).containsExactly("810301410182028121", "810301410082028121");
        assertThat(applet.channel.isHeld()).isFalse();
    }

    @Test
    @Tag("TR-5")
    void is_dead_when_the_me_gives_up_the_port() {
        open();
        me.channelStatus(CLOSED, 0);

        assertThat(applet.about).isTrue();
        assertThat(applet.channel.isListening()).isFalse();
        assertThat(applet.channel.reason()).isEqualTo(BipChannel.REASON_LINK_LOST);
        assertThat(applet.channel.isHeld()).isTrue();
        open();
        assertThat(applet.channel.isListening()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "07, 0", "3A10, 3", "3A06, 3", "3A01, 2", "2000, 2", "30, 3", "10, 1"})
    @Tag("TR-5")
    void has_a_reaction_to_the_results_of_open_channel(String result, int reason) {
        me.answer(OPEN_CHANNEL, result, LISTENING, "39020100");
        open();

        assertThat(applet.channel.reason()).isEqualTo((byte) reason);
        assertThat(applet.channel.isListening()).isEqualTo(reason == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {88, 89, 90, 91, 42, 43, 130})
    @Tag("TR-6")
    void knows_from_the_terminal_profile_whether_it_is_supported(int missing) {
        boolean[] supported = new boolean[2];
        run(c -> supported[0] = BipChannel.isSupported(ChannelParameters.TCP_SERVER));
        me.start(missing);
        run(c -> supported[1] = BipChannel.isSupported(ChannelParameters.TCP_SERVER));

        assertThat(supported).containsExactly(true, false);
    }

    private void open() {
        me.answer(OPEN_CHANNEL, "00", LISTENING, "390205DC");
        run(c -> c.open(parameters));
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        run(c -> {
            c.write(bytes, (short) 0, (short) bytes.length);
            c.flush();
        });
    }

    private void run(Consumer<BipChannel> action) {
        applet.onMenu = action;
        me.selectMenu();
    }

    private static ChannelParameters parameters() {
        ChannelParameters parameters = new ChannelParameters();
        parameters.bufferSize = 1500;
        parameters.transportProtocol = ChannelParameters.TCP_SERVER;
        parameters.port = 8080;
        return parameters;
    }
}
