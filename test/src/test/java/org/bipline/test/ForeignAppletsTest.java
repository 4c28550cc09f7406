// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.bipline.cat.command.DisplayText;
import org.bipline.cat.command.OpenChannel;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.MeEvents;
import org.bipline.me.Answer;
import org.bipline.me.MobileEquipment;
import org.bipline.me.Surroundings;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applets that are not written as ours are, from jars, on cards in our ME: one that means well and one that does not. */
@Timeout(120)
class ForeignAppletsTest {
    private static final byte[] HOSTILE = HexFormat.of().parseHex("F00000000101");
    private static final byte[] WEATHER = HexFormat.of().parseHex("F00000000102");

    /** Priority 1 and 2; a channel each, three menu entries of up to 16 bytes for the second. */
    private static final String HOSTILE_PARAMETERS = "C900" + "EA0A" + "8008" + "0100000001000000";

    private static final String WEATHER_PARAMETERS =
            "C900" + "EA10" + "800E" + "0200" + "1003" + "000000000000" + "01" + "0000" + "00";

    private static final int MANY = 50;

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private DatagramSocket weatherService;

    /** Answers a question with the weather and the number of the question. */
    @BeforeEach
    void startService() throws Exception {
        weatherService = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            try {
                while (true) {
                    weatherService.receive(packet);
                    assertThat(packet.getData()[0]).isEqualTo((byte) 'Q');
                    byte[] answer = ("sunny " + packet.getData()[1]).getBytes(UTF_8);
                    weatherService.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (SocketException e) {
                return; // closed: the end of the test
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        weatherService.close();
    }

    private Phone phone(UiccBuilder card, Consumer<MobileEquipment.Builder> settings) throws Exception {
        Phone phone = new Phone(card.build(), (InetSocketAddress) weatherService.getLocalSocketAddress(), settings);
        opened.add(phone);
        return phone;
    }

    private Path weatherJar() throws Exception {
        return AppletJar.of(directory, "WeatherApplet");
    }

    static UiccBuilder addWeather(UiccBuilder card, Path jar) {
        return card.applet(
                jar,
                AppletJar.PACKAGE + "WeatherApplet",
                WEATHER,
                HexFormat.of().parseHex(WEATHER_PARAMETERS));
    }

    private static List<String> shown(Phone phone) {
        return phone.commands(DisplayText.class).stream()
                .map(command -> command.text().text())
                .toList();
    }

    private static void awaitShown(Phone phone, String... texts) {
        Awaitility.await().untilAsserted(() -> assertThat(shown(phone)).containsExactly(texts));
    }

    private static String ask(Phone phone, byte[] aid, String command) throws Exception {
        phone.awaitIdle();
        phone.me()
                .transmit(ByteString.ofHex("00A40400%02X".formatted(aid.length)
                        + HexFormat.of().withUpperCase().formatHex(aid)));
        return phone.me().transmit(ByteString.ofHex(command)).toString();
    }

    @Test
    void several_cards_at_once_have_statics_of_their_own() throws Exception {
        Path jar = weatherJar();
        UserAction[] actions = {new UserAction.Confirms(), new UserAction.EndsSession(), new UserAction.Confirms()};
        List<Phone> phones = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            phones.add(phone(addWeather(Uicc.builder(), jar), me -> me.user(UserModel.script(actions))));
        }
        assertThat(phones.getFirst().me().menuItems()).hasSize(3);

        for (Phone phone : phones) {
            phone.me().selectMenuItem("Weather");
        }
        for (Phone phone : phones) {
            awaitShown(phone, "sunny 1");
        }
        phones.getFirst().me().selectMenuItem("Weather");
        awaitShown(phones.getFirst(), "sunny 1", "sunny 2");
        phones.getFirst().awaitIdle();
        phones.getFirst().me().selectMenuItem("Last");
        awaitShown(phones.getFirst(), "sunny 1", "sunny 2", "sunny 2");
        phones.get(1).awaitIdle();
        phones.get(1).me().selectMenuItem("Clear");

        assertThat(ask(phones.get(0), WEATHER, "8001000002")).isEqualTo("00029000");
        assertThat(ask(phones.get(1), WEATHER, "8001000002")).isEqualTo("00009000");
        assertThat(ask(phones.get(2), WEATHER, "8001000002")).isEqualTo("00019000");
        for (Phone phone : phones) {
            assertThat(phone.openChannels()).isEmpty();
            assertThat(phone.commands(OpenChannel.class)).isNotEmpty();
            assertThat(phone.exchanges())
                    .allSatisfy(exchange -> assertThat(
                                    exchange.response().result().orElseThrow().generalResult())
                            .as("%s", exchange)
                            .isIn(
                                    0x00, 0x02, 0x07,
                                    0x10)); // 02: less data than asked for, 10: the user ended the session
        }
    }

    @Test
    void an_applet_that_abuses_everything_stops_neither_card_nor_me_nor_neighbour() throws Exception {
        Path jar = AppletJar.of(directory, "HostileApplet", "TestApplet");
        Outputs outputs = new Outputs(directory);
        try (outputs) {
            UiccBuilder card = Uicc.builder()
                    .listener(new CardEvents(outputs.trace(), "1", Map.of("F00000000101", "hostile applet")))
                    .applet(
                            jar,
                            AppletJar.PACKAGE + "HostileApplet",
                            HOSTILE,
                            HexFormat.of().parseHex(HOSTILE_PARAMETERS));
            AtomicInteger moreTimes = new AtomicInteger();
            Phone phone = phone(
                    addWeather(card, weatherJar()),
                    me -> me.listener(new MeEvents(outputs.trace(), "1"))
                            .handler(
                                    TypeOfCommand.MORE_TIME,
                                    (command, state) -> moreTimes.incrementAndGet() < MANY
                                            ? Answer.performed()
                                            : new Answer.Later(new CompletableFuture<>())));
            phone.me().happens(Surroundings::idleScreenAvailable); // throws what no card knows
            phone.me().happens(surroundings -> surroundings.languageSelected("de")); // sends what is forbidden
            phone.me().happens(surroundings -> surroundings.browserTerminated(false)); // keeps the handler
            phone.me().happens(surroundings -> surroundings.moveTo("00101", 1, 2)); // takes all transient memory
            assertThat(ask(phone, HOSTILE, "8003000001"))
                    .as("what open transactions changed")
                    .isEqualTo("009000");

            phone.me().happens(Surroundings::userActivity); // sends without end, and the ME answers no more
            assertThat(outputs.commands("MORE TIME")).hasSize(MANY);
            phone.me().powerOff();
            phone.me().powerOn();
            phone.awaitIdle();

            phone.me().selectMenuItem("Weather");
            Awaitility.await()
                    .until(() -> outputs.commands("DISPLAY TEXT").stream()
                            .anyMatch(command -> command.summary().contains("sunny 1")));
        }

        String ended = "hostile applet ended in an exception";
        outputs.assertDropped(ended, "java.lang.StackOverflowError");
        outputs.assertDropped(ended, AppletJar.PACKAGE + "HostileApplet$Surprise");
        outputs.assertDropped("proactive command of F00000000101", "SET UP MENU, SET UP EVENT LIST, POLL INTERVAL and");
        outputs.assertDropped("proactive command of F00000000101", "channel 3 does not belong to the applet");
        outputs.assertDropped(
                "proactive command refused at byte 14", "Buffer size is missing; ETSI TS 102 223 clause 6.6.27");
        outputs.assertDropped(ended, "java.lang.SecurityException: a temporary entry point object");
        outputs.assertDropped(ended, "javacard.framework.SystemException");
    }

    @Test
    void the_command_line_puts_an_applet_from_a_jar_into_a_reader() throws Exception {
        try (ServerSocket vpcd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningProgram card = RunningProgram.bipline(
                        Map.of(),
                        "card",
                        "--port=" + vpcd.getLocalPort(),
                        "--applet=" + AppletJar.PACKAGE + "WeatherApplet",
                        "--jar=" + weatherJar(),
                        "--install-parameters=" + WEATHER_PARAMETERS)) {
            vpcd.setSoTimeout(60_000);
            try (Socket reader = vpcd.accept()) {
                reader.setSoTimeout(60_000);
                DataOutputStream out = new DataOutputStream(reader.getOutputStream());
                DataInputStream in = new DataInputStream(reader.getInputStream());
                out.write(new byte[] {0, 1, 1}); // power on
                List<String> answers = new ArrayList<>();
                for (String command : List.of("00A4040007F06269706C0F01", "8001000002")) {
                    byte[] apdu = HexFormat.of().parseHex(command);
                    out.writeShort(apdu.length);
                    out.write(apdu);
                    byte[] answer = new byte[in.readUnsignedShort()];
                    in.readFully(answer);
                    answers.add(HexFormat.of().formatHex(answer));
                }
                assertThat(answers).containsExactly("9000", "00009000");
                card.await("card is in the reader of vpcd");
            }
        }
    }
}
