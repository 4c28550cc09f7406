// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import org.bipline.cat.envelope.SmsPpDownload;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.UssdString;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the network sends to the card. 3GPP TS 31.111 clauses 7.1 and 7.6. */
final class DataDownloadTest {
    private static final Address CENTRE = new Address(ByteString.ofHex("91112233445566F8"));
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-24T09:30:15+01:00");

    @Test
    void a_message_of_two_parts_reaches_the_card_in_order_and_the_answers_come_back() throws Exception {
        try (TestMe test = new TestMe()) {
            List<SmsTpdu> parts = ShortMessage.deliver("+1234", TIME)
                    .protocolIdentifier(0x7F)
                    .concatenationReference(7)
                    .data(0xF6, ByteString.ofHex("41".repeat(150)));
            assertThat(parts).hasSize(2);
            test.card.envelopeData = ByteString.ofHex("D1D2");

            assertThat(test.me.receiveShortMessage(CENTRE, parts))
                    .containsExactly(ByteString.ofHex("D1D2"), ByteString.ofHex("D1D2"));

            for (SmsTpdu part : parts) {
                SmsPpDownload envelope = (SmsPpDownload) test.card.envelope();
                assertThat(envelope.faults()).isEmpty();
                assertThat(envelope.devices()).contains(DeviceIdentities.of(Device.NETWORK, Device.UICC));
                assertThat(envelope.serviceCentre()).contains(CENTRE);
                assertThat(envelope.tpdu()).contains(part);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"00, F6", "7F, 00", "7F, F5", "7F, 15", "7F, 92"})
    void a_message_that_the_ME_would_keep_is_none_for_the_card(String protocol, String coding) {
        try (TestMe test = new TestMe()) {
            List<SmsTpdu> message = List.of(deliver(protocol, coding, "0141"));
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, message))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not for the card: protocol identifier " + protocol);
            assertThat(test.card.envelopesWaiting()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"F6", "16", "12", "1A"})
    void class_2_has_several_codings(String coding) throws Exception {
        try (TestMe test = new TestMe()) {
            assertThat(test.me.receiveShortMessage(CENTRE, List.of(deliver("7F", coding, "0141"))))
                    .containsExactly(ByteString.EMPTY);
        }
    }

    @ParameterizedTest
    @CsvSource({"0100", "00", "0004912143", "00049121437F"})
    void what_is_no_whole_SMS_DELIVER_is_no_message(String tpdu) {
        try (TestMe test = new TestMe()) {
            List<SmsTpdu> message = List.of(new SmsTpdu(ByteString.ofHex(tpdu)));
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, message))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SMS-DELIVER");
        }
    }

    @Test
    void a_page_and_an_operation_of_the_network_reach_the_card() throws Exception {
        try (TestMe test = new TestMe()) {
            ByteString page = ByteString.ofHex("C0110001" + "01" + "11" + "41".repeat(82));
            test.me.receiveCellBroadcast(page);
            assertThat(test.card.envelope().encode()).hasToString("D25E" + "82028381" + "8C58" + page);
            assertThatThrownBy(() -> test.me.receiveCellBroadcast(page.slice(1)))
                    .hasMessage("a page has 88 bytes, not 87");

            test.card.envelopeData = ByteString.ofHex("0F4F4B");
            assertThat(test.me.receiveUssd(new UssdString(ByteString.ofHex("F4414243"))))
                    .isEqualTo(ByteString.ofHex("0F4F4B"));
            assertThat(test.card.envelope().encode()).hasToString("D90A" + "82028381" + "8A04F4414243");
        }
    }

    @Test
    void a_card_that_refuses_and_an_ME_that_cannot_are_told_apart() {
        try (TestMe test = new TestMe()) {
            test.card.envelopeStatusWord = 0x6F00;
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, List.of(deliver("7F", "F6", "0141"))))
                    .hasMessage("card answered 6f00 to short message");
        }
        EnumSet<Facility> none = EnumSet.of(Facility.PROFILE_DOWNLOAD);
        try (TestMe test = new TestMe(b -> b.profile(MeProfile.full().with(p -> p.facilities = none)))) {
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, List.of(deliver("7F", "F6", "0141"))))
                    .hasMessageStartingWith("the ME has no ");
            assertThatThrownBy(() -> test.me.receiveCellBroadcast(ByteString.EMPTY))
                    .hasMessageStartingWith("the ME has no ");
            assertThatThrownBy(() -> test.me.receiveUssd(new UssdString(ByteString.of(0x0F))))
                    .hasMessageStartingWith("the ME has no ");
        }
    }

    private static SmsTpdu deliver(String protocol, String coding, String userData) {
        return new SmsTpdu(ByteString.ofHex("44" + "04912143" + protocol + coding + "62114290035140" + userData));
    }
}
