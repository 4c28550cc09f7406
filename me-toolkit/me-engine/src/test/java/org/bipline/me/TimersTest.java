// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bipline.cat.object.GeneralResult;
import org.bipline.cat.object.Result;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimersTest {
    private static final int DEACTIVATE = 1;
    private static final int GET = 2;

    private final TestMe test = new TestMe();

    @AfterEach
    void powerOff() {
        test.close();
    }

    @Test
    void a_timer_expires_once_with_its_value() {
        assertThat(answer(Commands.startTimer(2, 90))).isEqualTo("830100" + "A40102");

        test.clock.advance(Duration.ofSeconds(89));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();
        test.clock.advance(Duration.ofSeconds(1));

        assertThat(test.card.envelope().encode()).hasToString("D70C" + "82028281" + "A40102" + "A503001003");
        test.clock.advance(Duration.ofHours(1));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();
        assertThat(test.recorder.lines).contains("timer 2 started: PT1M30S", "timer 2 expired");
    }

    @Test
    void tells_what_remains_of_a_timer_and_stops_it() {
        test.perform(Commands.startTimer(8, 3600));
        test.clock.advance(Duration.ofSeconds(60));

        assertThat(answer(Commands.timer(8, GET))).isEqualTo("830100" + "A40108" + "A503009500");
        assertThat(answer(Commands.timer(8, DEACTIVATE))).isEqualTo("830100" + "A40108" + "A503009500");
        assertThat(test.clock.waiting()).as("polling alone").isEqualTo(1);
    }

    @Test
    void the_longest_timer_runs_for_a_second_less_than_a_day() {
        int longest = 24 * 3600 - 1;
        assertThat(answer(Commands.startTimer(3, longest))).isEqualTo("830100" + "A40103");
        test.clock.advance(Duration.ofSeconds(longest - 1));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();
        test.clock.advance(Duration.ofSeconds(1));
        assertThat(test.card.envelope().encode()).hasToString("D70C" + "82028281" + "A40103" + "A503" + "329595");
    }

    @Test
    void a_timer_that_does_not_run_contradicts() {
        assertThat(answer(Commands.timer(1, GET))).isEqualTo("830124" + "A40101");
        assertThat(answer(Commands.timer(1, DEACTIVATE))).isEqualTo("830124" + "A40101");
    }

    @Test
    void a_restarted_timer_forgets_its_first_value() {
        test.perform(Commands.startTimer(1, 10));
        test.clock.advance(Duration.ofSeconds(9));
        test.perform(Commands.startTimer(1, 10));
        test.clock.advance(Duration.ofSeconds(9));
        test.settle();
        assertThat(test.card.envelopesWaiting()).isZero();

        test.clock.advance(Duration.ofSeconds(1));
        assertThat(test.card.envelope()).isNotNull();
    }

    @Test
    void eight_timers_run_at_once_and_there_is_no_ninth() {
        for (int id = 1; id <= 8; id++) {
            test.perform(Commands.startTimer(id, id));
        }
        assertThat(test.perform(Commands.startTimer(9, 1)).result())
                .contains(Result.of(GeneralResult.DATA_NOT_UNDERSTOOD));

        test.clock.advance(Duration.ofSeconds(8));
        for (int id = 1; id <= 8; id++) {
            assertThat(test.card.envelope().encode().toString()).contains("A4010" + id);
        }
    }

    @Test
    void an_expiry_during_a_session_waits_for_its_end() {
        try (TestMe connecting = new TestMe()) {
            connecting.network.delay(Duration.ofSeconds(5), Duration.ofSeconds(5));
            connecting.perform(Commands.startTimer(1, 5));
            connecting.offer(Commands.openChannel(Commands.IMMEDIATE, 500, TestMe.SERVER));
            connecting.clock.advance(Duration.ofSeconds(5));
            connecting.settle();
            assertThat(connecting.card.envelopesWaiting()).isZero();

            connecting.clock.advance(Duration.ofSeconds(5));

            assertThat(connecting.card.response().result().orElseThrow().performed())
                    .isTrue();
            assertThat(connecting.card.envelope().encode().toString()).startsWith("D70C");
        }
    }

    private String answer(ByteString command) {
        String response = test.perform(command).encode().toString();
        return response.substring(response.indexOf("82028281") + 8);
    }
}
