// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.ISOException;
import org.bipline.lab.card.DmAppletInstallation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CardCommandTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** An applet that answers every command with the status word 9ABC. */
    public static final class Answering extends Applet {
        public static void install(byte[] parameters, short offset, byte length) {
            new Answering().register(parameters, (short) (offset + 1), parameters[offset]);
        }

        @Override
        public void process(APDU apdu) {
            ISOException.throwIt((short) 0x9ABC);
        }
    }

    private int run(String... args) {
        return Bipline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    /** What the card answers to these commands after power on, with these options of the command line. */
    private List<String> answers(List<String> options, String... commands) throws Exception {
        List<String> answers = new ArrayList<>();
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (ServerSocket vpcd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> arguments = new ArrayList<>(List.of("card", "--port=" + vpcd.getLocalPort()));
            arguments.addAll(options);
            vpcd.setSoTimeout(30_000);
            Thread serving = Thread.ofVirtual().start(() -> exitCode.complete(run(arguments.toArray(String[]::new))));
            try (Socket card = vpcd.accept()) {
                card.setSoTimeout(30_000);
                DataOutputStream to = new DataOutputStream(card.getOutputStream());
                DataInputStream from = new DataInputStream(card.getInputStream());
                to.write(new byte[] {0, 1, 1});
                for (String command : commands) {
                    byte[] bytes = HEX.parseHex(command);
                    to.writeShort(bytes.length);
                    to.write(bytes);
                    byte[] answer = new byte[from.readUnsignedShort()];
                    from.readFully(answer);
                    answers.add(HEX.formatHex(answer));
                }
                serving.interrupt();
                assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
                assertThat(from.read()).as("end of the connection").isNegative();
            }
        }
        assertThat(err.toString()).isEmpty();
        return answers;
    }

    @Test
    void serves_a_card_with_the_dm_applet() throws Exception {
        assertThat(answers(List.of("-v"), "00A4040007" + DmAppletInstallation.AID, "80CADF200C"))
                .satisfiesExactly(
                        selected -> assertThat(selected).startsWith("61"),
                        outcome -> assertThat(outcome).startsWith("DF2009FF").endsWith("9000"));
        assertThat(out.toString())
                .contains("DM applet installed", "card is in the reader of vpcd at 127.0.0.1:")
                .contains("SELECT " + DmAppletInstallation.AID);
    }

    @Test
    void takes_identity_from_the_options() throws Exception {
        assertThat(answers(
                        List.of("--iccid=8912345678901234567", "--imsi=001019999999999"),
                        "00A40004023F00",
                        "00A40004022FE2",
                        "00B000000A"))
                .last()
                .isEqualTo("982143658709214365F79000");
    }

    @Test
    void serves_another_applet() throws Exception {
        List<String> options =
                List.of("--applet=" + Answering.class.getName(), "--jar=target/test-classes", "--aid=F00000000101");
        assertThat(answers(options, "00A4040006F00000000101", "80010000"))
                .last()
                .isEqualTo("9ABC");
    }

    @Test
    void personalises_the_card_with_further_authorities() throws Exception {
        Path file = Files.writeString(directory.resolve("authorities.json"), """
                [{"server": "127.0.0.1:8081", "serverName": "two.example", "serverPassword": "s2", "clientName": "card",
                  "clientPassword": "c2", "level": 2, "pskIdentity": "card", "pskKey": "00112233445566778899aabbccddeeff",
                  "commands": ["GET", "REPLACE"], "privileges": ["DEVICE_INFORMATION"], "types": ["urn:x"],
                  "names": ["two*"]}]
                """);
        assertThat(answers(List.of("--authorities=" + file), "00A4040007" + DmAppletInstallation.AID, "80E2900000"))
                .as("the personalisation is over")
                .last()
                .isEqualTo("6985");
    }

    @Test
    void what_is_wrong_with_an_authority_is_said_without_its_secrets() throws Exception {
        String good = "\"server\": \"127.0.0.1:1\", \"serverName\": \"two\", \"serverPassword\": \"hush\", "
                + "\"clientName\": \"c\", \"clientPassword\": \"hush\"";
        for (String entry : List.of(
                good.replace("\"serverName\": \"two\", ", ""),
                good.replace("127.0.0.1:1", "127.0.0.1"),
                good.replace("two", "t*o"),
                good.replace("two", "x".repeat(33)),
                good + ", \"level\": 3",
                good + ", \"pskIdentity\": \"i\", \"pskKey\": \"hush\"",
                good + ", \"commands\": [\"COPY\"]")) {
            Path file = Files.writeString(directory.resolve("wrong.json"), "[{" + entry + "}]");
            assertThat(run("card", "--authorities=" + file)).as(entry).isEqualTo(2);
        }
        assertThat(err.toString().lines())
                .hasSize(7)
                .allMatch(line -> line.startsWith("bipline: ") && line.contains("; ") && !line.contains("hush"));
    }

    @Test
    void wrong_options_are_one_line_with_the_remedy() throws Exception {
        Path profile = Files.writeString(directory.resolve("profile"), "nonsense\n");
        List<String> applet = List.of("card", "--package-aid=F000000001", "--aid=F00000000101");
        List<List<String>> wrong = List.of(
                List.of("card", "--iccid=12x"),
                List.of("card", "--port=70000"),
                List.of("card", "--profile=" + directory.resolve("none")),
                List.of("card", "--profile=" + profile),
                List.of("card", "--applet=x.Y"),
                List.of("card", "--client=" + "x".repeat(40)));
        for (List<String> arguments : wrong) {
            assertThat(run(arguments.toArray(String[]::new)))
                    .as(arguments.toString())
                    .isEqualTo(2);
        }
        for (String options :
                List.of("--jar=none --applet=x.Y", "--jar=. --applet=x.Y", "--jar=. --applet=java.lang.String")) {
            List<String> arguments = new ArrayList<>(applet);
            arguments.addAll(List.of(options.split(" ")));
            assertThat(run(arguments.toArray(String[]::new))).as(options).isEqualTo(2);
        }
        assertThat(err.toString().lines())
                .hasSize(9)
                .allMatch(line -> line.startsWith("bipline: ") && line.contains("; "));
    }
}
