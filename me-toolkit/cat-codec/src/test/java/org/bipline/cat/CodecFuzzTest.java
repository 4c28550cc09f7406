// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.cat.envelope.Envelope;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.SmsType;
import org.bipline.cat.profile.TerminalProfile;
import org.bipline.cat.text.AlphaText;
import org.bipline.cat.text.CellBroadcastText;
import org.bipline.cat.text.NationalLanguage;
import org.bipline.cat.text.SmsText;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/** Every decoder of the codec reads or refuses any bytes, and what it reads is written back to the same bytes. */
final class CodecFuzzTest {
    /** The first byte chooses the decoder: Jazzer looks for new inputs of one target in a run. */
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_read_or_refused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteString input = ByteString.wrap(bytes, 1, bytes.length - 1);
        try {
            switch (bytes[0] & 7) {
                case 0 -> command(input);
                case 1 -> response(input);
                case 2 -> envelope(input);
                case 3 -> assertThat(Pdu.decode(input).encode()).isEqualTo(input);
                case 4 -> message(bytes[0], input);
                case 5 -> assertThat(new TerminalProfile(input).fields()).isNotNull();
                default -> text(bytes[0], input);
            }
        } catch (CatDecodingException e) {
            assertThat(e.offset()).isBetween(0, input.length());
        }
    }

    private static void command(ByteString input) throws CatDecodingException {
        ProactiveCommand command = ProactiveCommand.parse(input);
        command.partlyComprehended();
        for (int i = 0; i < command.pdu().objects().size(); i++) {
            command.isSecret(i);
        }
        assertThat(command.faults()).isNotNull();
        assertThat(command.name()).isNotEmpty();
        assertThat(command.toString()).isNotEmpty();
        check(command.pdu(), input);
    }

    private static void response(ByteString input) throws CatDecodingException {
        TerminalResponse response = TerminalResponse.decode(input);
        assertThat(response.faults()).isNotNull();
        check(response.pdu(), input);
    }

    private static void envelope(ByteString input) throws CatDecodingException {
        Envelope envelope = Envelope.decode(input);
        assertThat(envelope.faults()).isNotNull();
        check(envelope.pdu(), input);
    }

    private static void check(Pdu pdu, ByteString input) {
        for (ComprehensionTlv tlv : pdu.objects()) {
            assertThat(tlv.object().fields()).isNotNull();
        }
        assertThat(pdu.encode()).isEqualTo(input);
    }

    private static void message(int selector, ByteString input) {
        if (!input.isEmpty()) {
            SmsType[] types = SmsType.values();
            assertThat(types[(selector >> 3 & 0x1F) % types.length].fields(input))
                    .containsKey("messageType");
        }
    }

    private static void text(int selector, ByteString input) {
        int scheme = input.isEmpty() ? 0 : input.u8(0);
        String alpha = AlphaText.decode(input);
        assertThat(AlphaText.decode(AlphaText.encode(alpha))).isNotNull();
        assertThat(SmsText.decode(scheme, input)).isNotNull();
        assertThat(CellBroadcastText.decode(scheme, input)).isNotNull();
        Optional<NationalLanguage> language = NationalLanguage.of(selector >> 3 & 0xF);
        assertThat(SmsText.decodePacked(input, scheme % 7, input.length(), language, language))
                .isNotNull();
    }
}
