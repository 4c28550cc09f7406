// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bipline.cat.envelope.SmsPpDownload;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.ShortMessage;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.TypeOfCommand;
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

    /** Services 28, 29 and 70 of EF UST: data download by short message, cell broadcast and USSD. */
    private static final ByteString DOWNLOADS = ByteString.ofHex("00000018" + "0000000020");

    private static final ByteString PAGE = ByteString.ofHex("C0110001" + "01" + "11" + "41".repeat(82));

    private static TestMe downloading(UnaryOperator<MobileEquipment.Builder> more) {
        TestMe test = new TestMe(more);
        test.card.serviceTable = DOWNLOADS;
        test.card.messageIdentifiers = ByteString.ofHex("FFFF" + "0001");
        restart(test);
        return test;
    }

    private static TestMe downloading() {
        return downloading(UnaryOperator.identity());
    }

    private static void restart(TestMe test) {
        try {
            test.me.powerOn();
        } catch (CardLinkException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_message_of_two_parts_reaches_the_card_in_order_and_the_answers_come_back() throws Exception {
        try (TestMe test = downloading()) {
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
        try (TestMe test = downloading()) {
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
        try (TestMe test = downloading()) {
            assertThat(test.me.receiveShortMessage(CENTRE, List.of(deliver("7F", coding, "0141"))))
                    .containsExactly(ByteString.EMPTY);
        }
    }

    @ParameterizedTest
    @CsvSource({"0100", "00", "0004912143", "00049121437F"})
    void what_is_no_whole_SMS_DELIVER_is_no_message(String tpdu) {
        try (TestMe test = downloading()) {
            List<SmsTpdu> message = List.of(new SmsTpdu(ByteString.ofHex(tpdu)));
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, message))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SMS-DELIVER");
        }
    }

    @Test
    void a_page_and_an_operation_of_the_network_reach_the_card() throws Exception {
        try (TestMe test = downloading()) {
            test.me.receiveCellBroadcast(PAGE);
            assertThat(test.card.envelope().encode()).hasToString("D25E" + "82028381" + "8C58" + PAGE);
            assertThatThrownBy(() -> test.me.receiveCellBroadcast(PAGE.slice(1)))
                    .hasMessage("a page has 88 bytes, not 87");

            test.card.envelopeData = ByteString.ofHex("0F4F4B");
            assertThat(test.me.receiveUssd(new UssdString(ByteString.ofHex("F4414243"))))
                    .isEqualTo(ByteString.ofHex("0F4F4B"));
            assertThat(test.card.envelope().encode()).hasToString("D90A" + "82028381" + "8A04F4414243");
        }
    }

    @Test
    void a_card_that_refuses_and_an_ME_that_cannot_are_told_apart() {
        try (TestMe test = downloading()) {
            test.card.envelopeStatusWord = 0x6F00;
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, List.of(deliver("7F", "F6", "0141"))))
                    .hasMessage("card answered 6f00 to short message");
        }
        EnumSet<Facility> none = EnumSet.of(Facility.PROFILE_DOWNLOAD);
        try (TestMe test = downloading(b -> b.profile(MeProfile.full().with(p -> p.facilities = none)))) {
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, List.of(deliver("7F", "F6", "0141"))))
                    .hasMessageStartingWith("the ME has no ");
            assertThatThrownBy(() -> test.me.receiveCellBroadcast(ByteString.EMPTY))
                    .hasMessageStartingWith("the ME has no ");
            assertThatThrownBy(() -> test.me.receiveUssd(new UssdString(ByteString.of(0x0F))))
                    .hasMessageStartingWith("the ME has no ");
        }
    }

    @Test
    void a_card_without_the_service_gets_no_download() {
        try (TestMe test = downloading()) {
            test.card.serviceTable = ByteString.ofHex("FFFFFFE7FFFFFFFFDF"); // all but 28, 29 and 70
            restart(test);
            assertThatThrownBy(() -> test.me.receiveShortMessage(CENTRE, List.of(deliver("7F", "F6", "0141"))))
                    .isInstanceOf(CardLinkException.class)
                    .hasMessageStartingWith("the card has no ")
                    .hasMessageEndingWith(": service 28 of EF UST");
            assertThatThrownBy(() -> test.me.receiveCellBroadcast(PAGE)).hasMessageEndingWith(": service 29 of EF UST");
            assertThatThrownBy(() -> test.me.receiveUssd(new UssdString(ByteString.of(0x0F))))
                    .hasMessageEndingWith(": service 70 of EF UST");
            assertThat(test.card.applicationCommands)
                    .filteredOn("SELECT 6F48"::equals)
                    .hasSize(1);
            assertThat(test.card.envelopesWaiting()).isZero();
        }
    }

    @Test
    void a_page_whose_identifier_is_not_in_EF_CBMID_is_for_the_user() {
        try (TestMe test = downloading()) {
            test.card.messageIdentifiers = ByteString.ofHex("0002" + "0100" + "00");
            restart(test);
            assertThatThrownBy(() -> test.me.receiveCellBroadcast(PAGE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("EF CBMID has no message identifier 0001");
            assertThat(test.card.envelopesWaiting()).isZero();
        }
    }

    @Test
    void a_changed_EF_CBMID_is_read_when_the_card_says_so() throws Exception {
        FileList five = new FileList(
                ByteString.ofHex("05" + "3F002FE2" + "3F002F05" + "3F007FFF6F07" + "3F007FFF6F38" + "3F007FFF6FAD"));
        FileList six = new FileList(ByteString.ofHex("06" + five.value().slice(1) + "3F007FFF6F48"));
        try (TestMe test = downloading()) {
            test.card.messageIdentifiers = ByteString.ofHex("0100");
            assertThat(test.answerTo(Commands.command(TypeOfCommand.REFRESH, 1, five)))
                    .isEqualTo("03");
            assertThat(test.answerTo(Commands.command(TypeOfCommand.REFRESH, 1, six)))
                    .isEqualTo("00");
            assertThatThrownBy(() -> test.me.receiveCellBroadcast(PAGE)).isInstanceOf(IllegalArgumentException.class);
            test.me.receiveCellBroadcast(ByteString.ofHex("C0110100" + PAGE.slice(4)));
        }
    }

    private static SmsTpdu deliver(String protocol, String coding, String userData) {
        return new SmsTpdu(ByteString.ofHex("44" + "04912143" + protocol + coding + "62114290035140" + userData));
    }
}
