// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.command.TimerManagement;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.ItemIconIdentifierList;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.object.TextString;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every proactive command under {@code specs/vectors/cat} gets its response of a full handset with a patient user. */
final class VectorsTest {
    private static final Duration LONGEST = Duration.ofMinutes(260); // 255 minutes of a tone, and a margin

    static List<Arguments> commands() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("specs/vectors/cat"))) {
            folder = folder.getParent();
        }
        try (Stream<Path> files = Files.list(folder.resolve("specs/vectors/cat"))) {
            return files.sorted()
                    .map(VectorsTest::read)
                    .filter(a -> ((ByteString) a.get()[1]).u8(0) == ProactiveCommand.TAG)
                    .toList();
        }
    }

    private static Arguments read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".txt", "");
            return Arguments.of(name, ByteString.ofHex(Files.readAllLines(file).get(1)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void there_are_as_many_as_there_were() throws IOException {
        assertThat(commands()).hasSizeGreaterThanOrEqualTo(226);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void gets_a_response_as_its_kind_has_it(String name, ByteString pdu) throws Exception {
        ProactiveCommand command = ProactiveCommand.parse(pdu);
        try (TestMe test = new TestMe()) {
            test.offer(pdu);
            if (test.card.responsesWaiting() == 0) {
                test.clock.advance(LONGEST);
            }
            TerminalResponse response = test.card.response();

            assertThat(response.faults()).isEmpty();
            assertThat(response.details()).contains(command.details());
            String result = response.result().map(Result::value).orElseThrow().toString();
            assertThat(result).isEqualTo(expected(name, command));
        }
    }

    /**
     * What a full handset without channel, timer, call and second card answers, whose user agrees to everything. Another
     * kind of command is performed.
     */
    private static final Map<TypeOfCommand, String> RESULTS = Map.of(
            TypeOfCommand.CLOSE_CHANNEL, "3A03",
            TypeOfCommand.SEND_DATA, "3A03",
            TypeOfCommand.RECEIVE_DATA, "3A03",
            TypeOfCommand.PERFORM_CARD_APDU, "30",
            TypeOfCommand.SEND_DTMF, "2007");

    private static String expected(String name, ProactiveCommand command) {
        if (name.endsWith("-missing")) {
            return "36";
        }
        Pdu pdu = command.pdu();
        boolean icon = pdu.indexOf(IconIdentifier.class) >= 0 || pdu.indexOf(ItemIconIdentifierList.class) >= 0;
        boolean text =
                pdu.all(TextString.class).stream().anyMatch(t -> !t.text().isEmpty())
                        || pdu.all(AlphaIdentifier.class).stream()
                                .anyMatch(a -> !a.text().isEmpty());
        if (icon && !text) {
            return "32";
        }
        if (command instanceof TimerManagement timer) {
            return timer.action() == TimerManagement.START ? "00" : "24";
        }
        // No icon is shown
        return RESULTS.getOrDefault(command.details().command().orElseThrow(), icon ? "04" : "00");
    }
}
