// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.smartcardio.ATR;
import javax.smartcardio.Card;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.ResponseAPDU;
import org.bipline.me.CardLinkException;
import org.junit.jupiter.api.Test;

/** The link over a reader that the test plays; the real one is in {@code VirtualReaderProgramsTest}. */
class PcscLinkTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final List<String> calls = new ArrayList<>();
    private String protocol = "T=0";
    private CardException fault;

    private final class Reader extends CardTerminal {
        private final String name;

        private Reader(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public Card connect(String wanted) throws CardException {
            calls.add("connect " + wanted);
            if (fault != null) {
                throw fault;
            }
            return new Inserted();
        }

        @Override
        public boolean isCardPresent() {
            return true;
        }

        @Override
        public boolean waitForCardPresent(long timeout) {
            return true;
        }

        @Override
        public boolean waitForCardAbsent(long timeout) {
            return false;
        }
    }

    private final class Inserted extends Card {
        @Override
        public ATR getATR() {
            return new ATR(new byte[] {0x3B, 0x00});
        }

        @Override
        public String getProtocol() {
            return protocol;
        }

        @Override
        public CardChannel getBasicChannel() {
            return new Basic(this);
        }

        @Override
        public CardChannel openLogicalChannel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void beginExclusive() {}

        @Override
        public void endExclusive() {}

        @Override
        public byte[] transmitControlCommand(int code, byte[] command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disconnect(boolean reset) throws CardException {
            calls.add(reset ? "disconnect, reset" : "disconnect");
            if (fault != null) {
                throw fault;
            }
        }
    }

    private final class Basic extends CardChannel {
        private final Card card;

        private Basic(Card card) {
            this.card = card;
        }

        @Override
        public Card getCard() {
            return card;
        }

        @Override
        public int getChannelNumber() {
            return 0;
        }

        @Override
        public ResponseAPDU transmit(CommandAPDU command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int transmit(ByteBuffer command, ByteBuffer response) throws CardException {
            byte[] bytes = new byte[command.remaining()];
            command.get(bytes);
            calls.add(HEX.formatHex(bytes));
            if (fault != null) {
                throw fault;
            }
            response.put(new byte[] {0x61, 0x10});
            return 2;
        }

        @Override
        public void close() {}
    }

    private PcscLink link() {
        return new PcscLink(new Reader("Reader 0"));
    }

    private static CardException fault(String name) {
        return new CardException("sendAPDU() failed", new Exception(name));
    }

    @Test
    void resets_a_card_that_others_may_have_used_and_leaves_it_reset() throws Exception {
        PcscLink link = link();
        assertThat(link.reset()).containsExactly(0x3B, 0x00);
        assertThat(calls).containsExactly("connect *", "disconnect, reset", "connect *");
        calls.clear();
        link.reset();
        assertThat(calls).containsExactly("disconnect, reset", "connect *");
        calls.clear();
        link.close();
        link.close();
        assertThat(calls).as("closing twice").containsExactly("disconnect, reset");
    }

    @Test
    void hands_status_words_on_as_the_card_sent_them() throws Exception {
        try (PcscLink link = link()) {
            link.reset();
            assertThat(link.transmit(HEX.parseHex("00A40004023F00"))).containsExactly(0x61, 0x10);
        }
    }

    @Test
    void says_by_le_that_data_is_expected_in_the_protocol_t_1_only() throws Exception {
        List<String> commands =
                List.of("00A40004023F00", "00A4000C023F00", "80C2000001D3", "801400000181", "80F2000000");
        for (String command : commands) {
            PcscLink link = link();
            link.reset();
            link.transmit(HEX.parseHex(command));
        }
        assertThat(calls).filteredOn(call -> !call.contains("connect")).isEqualTo(commands);

        calls.clear();
        protocol = "T=1";
        for (String command : commands) {
            PcscLink link = link();
            link.reset();
            link.transmit(HEX.parseHex(command));
        }
        assertThat(calls)
                .filteredOn(call -> !call.contains("connect"))
                .containsExactly("00A40004023F0000", "00A4000C023F00", "80C2000001D300", "801400000181", "80F2000000");
    }

    @Test
    void logical_channels_are_not_supported() throws Exception {
        try (PcscLink link = link()) {
            link.reset();
            for (String command : List.of("0070000001", "01A40004023F00", "40A40004023F00")) {
                assertThat(link.transmit(HEX.parseHex(command))).containsExactly(0x68, 0x81);
            }
            assertThat(link.transmit(HEX.parseHex("8070000001"))).containsExactly(0x61, 0x10);
        }
    }

    @Test
    void each_fault_has_its_remedy() throws Exception {
        fault = new CardNotPresentException("No card present");
        assertThatThrownBy(() -> link().reset())
                .isInstanceOf(CardLinkException.class)
                .hasMessage("no card in reader \"Reader 0\"; insert one");
        assertThatThrownBy(() -> link().transmit(new byte[] {0, 0, 0, 0}))
                .isInstanceOf(CardLinkException.class)
                .hasMessageContaining("has no power");

        fault = null;
        PcscLink link = link();
        link.reset();
        assertThat(message(link, "SCARD_W_REMOVED_CARD")).contains("taken out", "; insert it");
        assertThat(message(link, "SCARD_W_RESET_CARD")).contains("another program", "; end that program");
        assertThat(message(link, "SCARD_W_UNRESPONSIVE_CARD")).contains("does not answer", "; insert it anew");
        assertThat(message(link, "SCARD_E_READER_UNAVAILABLE")).contains("is gone", "; connect it");
        assertThat(message(link, "SCARD_E_NO_SERVICE")).contains("is gone", "pcscd runs");
        assertThat(message(link, "SCARD_E_INVALID_VALUE")).contains("SCARD_E_INVALID_VALUE", "; see the log of pcscd");
    }

    private String message(PcscLink link, String name) {
        fault = fault(name);
        try {
            link.transmit(HEX.parseHex("80F2000000"));
            return "no fault";
        } catch (CardLinkException e) {
            return e.getMessage();
        } finally {
            fault = null;
        }
    }

    @Test
    void a_reader_is_named_whole_or_in_part() throws Exception {
        List<CardTerminal> readers =
                List.of(new Reader("ACME 1"), new Reader("ACME 10"), new Reader("Virtual PCD 00 00"));

        assertThat(PcscLink.choose("virtual", readers).getName()).isEqualTo("Virtual PCD 00 00");
        assertThat(PcscLink.choose("ACME 1", readers).getName()).isEqualTo("ACME 1");
        assertThatThrownBy(() -> PcscLink.choose("acme", readers))
                .isInstanceOf(CardLinkException.class)
                .hasMessage("several readers have \"acme\" in the name; take one of \"ACME 1\", \"ACME 10\","
                        + " \"Virtual PCD 00 00\"");
        assertThatThrownBy(() -> PcscLink.choose("x", List.of()))
                .hasMessage("no reader has \"x\" in the name; none is connected");
    }
}
