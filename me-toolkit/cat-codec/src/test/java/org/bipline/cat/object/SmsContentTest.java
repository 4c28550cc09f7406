// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.junit.jupiter.api.Test;

class SmsContentTest {
    private static final ByteString HEADER = ByteString.ofHex("0A" + "0804123403017000" + "7100");

    private static SmsContent decode(String hex) throws CatDecodingException {
        return SmsContent.decode(ByteString.ofHex(hex), true);
    }

    @Test
    void elements_and_body_come_back_as_they_were() throws CatDecodingException {
        SmsContent content = SmsContent.decode(ByteString.join(HEADER, ByteString.ofHex("CAFE")), true);
        assertThat(content.header()).extracting(InformationElement::identifier).containsExactly(0x08, 0x70, 0x71);
        assertThat(content.part()).contains(new SmsContent.Part(0x1234, 3, 1));
        assertThat(content.body()).hasToString("CAFE");
        assertThat(content.encode()).isEqualTo(ByteString.join(HEADER, ByteString.ofHex("CAFE")));
    }

    @Test
    void a_header_that_is_cut_is_refused_with_its_place() {
        assertThatThrownBy(() -> decode("")).isInstanceOf(CatDecodingException.class);
        assertThatThrownBy(() -> decode("0370")).hasMessageContaining("offset 0, 3GPP TS 23.040");
        assertThatThrownBy(() -> decode("037001")).isInstanceOf(CatDecodingException.class);
        assertThatThrownBy(() -> decode("0370020000")).hasMessageContaining("offset 1");
        assertThatThrownBy(() -> decode("0170")).hasMessageContaining("offset 1");
    }

    @Test
    void an_impossible_part_is_none() throws CatDecodingException {
        assertThat(decode("050003AA0203").part()).isEmpty();
        assertThat(decode("050003AA0200").part()).isEmpty();
        assertThat(decode("040002AA02").part()).isEmpty();
    }

    @Test
    void a_part_that_counts_otherwise_is_left_out() throws CatDecodingException {
        assertThat(SmsContent.join(List.of(decode("050003AA020111"), decode("050003AA030222"))))
                .isEmpty();
        assertThat(SmsContent.join(List.of(decode("050003AA020222"), decode("050003AA020111")))
                        .orElseThrow()
                        .body())
                .hasToString("1122");
    }

    @Test
    void the_fields_before_the_user_data_are_read_in_both_directions() throws CatDecodingException {
        SmsTpdu deliver = ShortMessage.deliver("+1234", OffsetDateTime.parse("2026-11-24T19:00:00Z"))
                .protocolIdentifier(0x7F)
                .element(0x70, ByteString.EMPTY)
                .data(0xF6, ByteString.of(1))
                .get(0);
        assertThat(SmsHeader.of(deliver))
                .returns("+1234", SmsHeader::address)
                .returns(0x7F, SmsHeader::protocolIdentifier)
                .returns(0xF6, SmsHeader::dataCodingScheme)
                .returns(true, SmsHeader::hasUserDataHeader);
        assertThat(SmsContent.of(deliver).body()).hasToString("01");
        SmsTpdu submit = ShortMessage.submit("567")
                .validityPeriod(7)
                .data(0xF6, ByteString.of(2))
                .get(0);
        assertThat(SmsHeader.of(submit)).returns("567", SmsHeader::address);
        assertThat(SmsContent.of(submit)).isEqualTo(new SmsContent(List.of(), ByteString.of(2)));
        for (int length = 0; length < submit.value().length(); length++) {
            SmsTpdu cut = new SmsTpdu(submit.value().slice(0, length), true);
            assertThatThrownBy(() -> SmsContent.of(cut)).isInstanceOf(CatDecodingException.class);
        }
    }
}
