// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The second to tenth sequences of 3GPP TS 31.124 on the text attribute of OPEN CHANNEL, CLOSE CHANNEL, RECEIVE DATA and
 * SEND DATA: the first ones, which {@link ChannelSequencesTest} carries out, in other formats, and then a command without
 * attribute. This ME draws no text: shown is that it reads the format, tells the text and performs the command.
 */
final class TextAttributeSequencesTest {
    private static final String SPEC = "3GPP TS 31.124";
    private static final InetSocketAddress SERVER = new InetSocketAddress("1.1.1.1", 44444);

    /** Number of the sequence, format of its text attribute, and what the format means. */
    private static final String FORMATS = """
            2, 01, centre, normal, []
            3, 02, right, normal, []
            4, 04, left, large, []
            5, 08, left, small, []
            6, 10, left, normal, [bold]
            7, 20, left, normal, [italic]
            8, 40, left, normal, [underlined]
            9, 80, left, normal, [strikethrough]
            10, 00, left, normal, []
            """;

    private static final String OPEN =
            "8103014001" + "82028182" + "0509%s" + "350702030403041F02" + "39020578" + "470A06546573744770027273"
                    + "0D08F4557365724C6F67" + "0D08F455736572507764" + "3C0301AD9C" + "3E052101010101";
    private static final String CLOSE = "8103014100" + "82028121" + "850A%s";
    private static final String RECEIVE = "8103014200" + "82028121" + "850E%s" + "B701C8";
    private static final String SEND = "8103014301" + "82028121" + "850B%s" + "B6080001020304050607";

    private final List<ProactiveCommand> told = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private TestMe test;

    @BeforeEach
    void networkOfTheSpecification() {
        test = new TestMe(b -> b.user(command -> {
            told.add(command);
            return new UserAction.Confirms();
        }));
        test.network.accessPoint("TestGp.rs", "UserLog", "UserPwd");
        test.network.receiveDatagrams(SERVER, peers::add);
    }

    @AfterEach
    void powerOff() {
        test.close();
    }

    @ParameterizedTest(name = "sequence 27.22.4.27.5/5.{0}: {2}, {3}, {4}")
    @CsvSource(textBlock = FORMATS)
    @Conformance(spec = SPEC, sequence = "27.22.4.27.5/5.2 to 5.10")
    void sequences_27_22_4_27_5_open_channel(int number, String mode, String alignment, String size, String styles) {
        perform(OPEN, "Open ID 1", mode);
        assertTold("Open ID 1", alignment, size, styles);
        perform(CLOSE, "Close ID 1");
        perform(OPEN, "Open ID 2");
        assertToldPlainly("Open ID 2");
    }

    @ParameterizedTest(name = "sequence 27.22.4.28.2/2.{0}: {2}, {3}, {4}")
    @CsvSource(textBlock = FORMATS)
    @Conformance(spec = SPEC, sequence = "27.22.4.28.2/2.2 to 2.10")
    void sequences_27_22_4_28_2_close_channel(int number, String mode, String alignment, String size, String styles) {
        perform(OPEN, "Open ID 1");
        perform(CLOSE, "Close ID 1", mode);
        assertTold("Close ID 1", alignment, size, styles);
        perform(OPEN, "Open ID 1");
        perform(CLOSE, "Close ID 2");
        assertToldPlainly("Close ID 2");
    }

    @ParameterizedTest(name = "sequence 27.22.4.29.2/2.{0}: {2}, {3}, {4}")
    @CsvSource(textBlock = FORMATS)
    @Conformance(spec = SPEC, sequence = "27.22.4.29.2/2.2 to 2.10")
    void sequences_27_22_4_29_2_receive_data(int number, String mode, String alignment, String size, String styles) {
        perform(OPEN, "Open ID 1");
        perform(SEND, "Send Data 1"); // tells the server where the ME is
        test.settle();
        peers.getFirst().send(ByteString.wrap(new byte[400]));
        test.settle();
        perform(RECEIVE, "Receive Data 1", mode);
        assertTold("Receive Data 1", alignment, size, styles);
        perform(RECEIVE, "Receive Data 2");
        assertToldPlainly("Receive Data 2");
    }

    @ParameterizedTest(name = "sequence 27.22.4.30.2/2.{0}: {2}, {3}, {4}")
    @CsvSource(textBlock = FORMATS)
    @Conformance(spec = SPEC, sequence = "27.22.4.30.2/2.2 to 2.10")
    void sequences_27_22_4_30_2_send_data(int number, String mode, String alignment, String size, String styles) {
        perform(OPEN, "Open ID 1");
        perform(SEND, "Send Data 1", mode);
        assertTold("Send Data 1", alignment, size, styles);
        perform(SEND, "Send Data 2");
        assertToldPlainly("Send Data 2");
        test.settle();
        assertThat(peers.getFirst().pieces()).hasSize(2);
    }

    /** Performs a command with a text attribute of this mode for its whole text, black on white. */
    private void perform(String command, String text, String mode) {
        performObjects(command.formatted(hex(text)) + "D00400%02X%sB4".formatted(text.length(), mode));
    }

    private void perform(String command, String text) {
        performObjects(command.formatted(hex(text)));
    }

    private void performObjects(String objects) {
        TerminalResponse response = test.perform(ByteString.ofHex("D0%02X%s".formatted(objects.length() / 2, objects)));
        assertThat(response.result()).contains(Result.of(GeneralResult.PERFORMED_SUCCESSFULLY));
    }

    private void assertTold(String text, String alignment, String size, String styles) {
        DataObject attribute =
                assertToldText(text).first(DataObjectType.TEXT_ATTRIBUTE).orElseThrow();
        assertThat(attribute.fields().get("textFormatting"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .satisfies(one -> {
                    Map<?, ?> format = (Map<?, ?>) one;
                    assertThat(format.get("length")).isEqualTo(text.length());
                    assertThat(((Map<?, ?>) format.get("alignment")).get("name"))
                            .isEqualTo(alignment);
                    assertThat(((Map<?, ?>) format.get("fontSize")).get("name")).isEqualTo(size);
                    assertThat(format.get("styles")).hasToString(styles);
                });
    }

    private void assertToldPlainly(String text) {
        assertThat(assertToldText(text).first(DataObjectType.TEXT_ATTRIBUTE)).isEmpty();
    }

    private Pdu assertToldText(String text) {
        Pdu last = told.getLast().pdu();
        assertThat(last.first(AlphaIdentifier.class)).map(AlphaIdentifier::text).contains(text);
        return last;
    }

    private static String hex(String text) {
        return ByteString.wrap(text.getBytes(StandardCharsets.US_ASCII)).toString();
    }
}
