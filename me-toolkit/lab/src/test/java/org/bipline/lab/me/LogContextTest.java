// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.me;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.cat.command.TerminalResponse;
import org.bipline.me.CardLink;
import org.bipline.me.MeListener;
import org.bipline.me.MobileEquipment;
import org.bipline.me.VirtualClock;
import org.bipline.me.network.InMemoryNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Here and not beside the ME, which has no log that keeps an MDC. */
final class LogContextTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("org.bipline.me");
    private static final String RECEIVE_DATA = "D00C" + "8103014200" + "82028123" + "B70105";

    private final Level before = LOG.getLevel();

    @AfterEach
    void reset() {
        LOG.setLevel(before);
    }

    @ParameterizedTest
    @CsvSource({"DEBUG, true", "INFO, true", "WARN, false"})
    void card_and_channel_are_in_the_context_of_a_log_that_somebody_reads(String level, boolean named)
            throws Exception {
        LOG.setLevel(Level.toLevel(level));
        List<Map<String, String>> contexts = new ArrayList<>();
        MeListener listener = new MeListener() {
            @Override
            public void proactiveCommand(ProactiveCommand command) {
                contexts.add(MDC.getCopyOfContextMap());
            }

            @Override
            public void terminalResponse(TerminalResponse response) {
                contexts.add(MDC.getCopyOfContextMap());
            }
        };
        VirtualClock clock = new VirtualClock();
        try (MobileEquipment me = MobileEquipment.builder()
                .card(new Card())
                .bearer(new InMemoryNetwork(clock, 1).bearer(java.net.InetAddress.getLoopbackAddress()))
                .clock(clock)
                .executor(Runnable::run)
                .listener(listener)
                .build()) {
            me.powerOn();
        }

        Map<String, String> context = Map.of("card", "89881323456789011234", "channel", "3");
        assertThat(contexts)
                .hasSize(2)
                .allSatisfy(map -> assertThat(map == null ? Map.of() : map).isEqualTo(named ? context : Map.of()));
        assertThat(MDC.get("card")).isNull();
        assertThat(MDC.get("channel")).isNull();
    }

    /** Has EF ICCID and one proactive command, announced by the response to STATUS. */
    private static final class Card implements CardLink {
        private boolean iccid;

        @Override
        public byte[] reset() {
            return new byte[] {0x3B, 0x00};
        }

        @Override
        public byte[] transmit(byte[] apdu) {
            String command = HexFormat.of().withUpperCase().formatHex(apdu);
            boolean selects = command.startsWith("00A4");
            iccid = selects ? command.endsWith("2FE2") : iccid;
            String response;
            if (selects) {
                response = iccid ? "62048002000A" + "9000" : "6A82";
            } else if (command.startsWith("00B0") && iccid) {
                response = "98883132547698102143" + "9000";
            } else if (command.startsWith("80F2")) {
                response = "910E";
            } else {
                response = (command.startsWith("8012") ? RECEIVE_DATA : "") + "9000";
            }
            return HexFormat.of().parseHex(response);
        }

        @Override
        public void close() {
            // has no power to lose
        }
    }
}
