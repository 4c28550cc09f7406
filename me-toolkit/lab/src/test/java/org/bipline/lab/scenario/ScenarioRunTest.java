// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bipline.lab.trace.TraceEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioRunTest {
    private static final String DM_CARD = """
            title: test
            card: dm
            server: plain
            steps:
              - power: on
            """;

    private static final String SCRIPTED_CARD = """
            title: test
            card: scripted
            peers: { echo: { tcp: 192.0.2.10:7, echo: true }, quiet: { tcp: 192.0.2.11:7 } }
            steps:
              - power: on
            """;

    private static final String OPEN_ECHO =
            "D0 1C 81 03 01 40 01 82 02 81 82 35 01 03 39 02 05 78" + " 3C 03 02 00 07 3E 05 21 C0 00 02 0A";

    @TempDir
    Path directory;

    @Test
    void a_card_under_test_passes_when_every_step_goes_as_it_is_to() throws Exception {
        assertThat(run(DM_CARD, """
              - menu: Device management
              - expect: OPEN CHANNEL
                qualifier: 1
                with:
                  Bearer description: { bearer type: default bearer }
                  Buffer size: ">= 1000"
                  UICC/terminal interface transport level: { port: 80 }
                  Network access name: ~
                result: "22"
              - quiet: 10 min
              - outcome: the user ended the session
            """)).isEqualTo(new Verdict.Pass(3));
    }

    @Test
    void says_for_each_field_what_was_expected_and_what_was_seen() throws Exception {
        Verdict verdict = run(DM_CARD, """
              - menu: Device management
              - expect: OPEN CHANNEL
                with:
                  Bearer description: { bearer type: GPRS }
                  Buffer size: 2000
                  Network access name: internet
            """);

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Fail.class, fail -> {
            assertThat(fail.line()).isEqualTo(7);
            assertThat(fail.mismatches())
                    .containsExactly(
                            new Mismatch("Bearer description, bearer type", "GPRS", "default bearer (3)"),
                            new Mismatch("Buffer size", "2000", "bufferSize 1500"),
                            new Mismatch("Network access name", "internet", "absent"));
        });
        assertThat(verdict)
                .hasToString("fail at line 7, expect OPEN CHANNEL: Bearer description, bearer type: expected GPRS,"
                        + " seen default bearer (3); Buffer size: expected 2000, seen bufferSize 1500; Network access name: expected"
                        + " internet, seen absent");
    }

    @Test
    void a_command_that_is_expected_somewhere_has_to_come_where_it_is_expected() throws Exception {
        assertThat(run(DM_CARD, """
              - menu: Device management
              - expect: SEND DATA
              - expect: OPEN CHANNEL
            """))
                .hasToString(
                        "fail at line 7, expect SEND DATA: another command: proactive command: expected SEND DATA, seen"
                                + " OPEN CHANNEL");
    }

    @Test
    void a_strict_scenario_has_to_expect_every_command() throws Exception {
        String strict = DM_CARD.replace("server: plain", "server: plain\nstrict: true");

        assertThat(run(strict, """
              - expect: SET UP MENU
              - expect: SET UP EVENT LIST
              - quiet: 1 min
            """)).isEqualTo(new Verdict.Pass(3));
        assertThat(run(strict, "  - expect: SET UP MENU\n  - quiet: 1 min\n"))
                .hasToString(
                        "fail at line 8, quiet PT1M: unexpected command: proactive command: expected none before this"
                                + " step, seen SET UP EVENT LIST");
    }

    @Test
    void a_command_that_does_not_come_fails_the_step_in_its_time() throws Exception {
        assertThat(run(DM_CARD, "  - expect: OPEN CHANNEL\n    within: 5 min\n"))
                .hasToString("fail at line 6, expect OPEN CHANNEL: not within PT5M, last seen was SET UP EVENT"
                        + " LIST: proactive command: expected OPEN CHANNEL, seen none");
    }

    @Test
    void a_precondition_that_is_not_met_leaves_the_run_inconclusive() throws Exception {
        assertThat(run(DM_CARD, """
              - expect: OPEN CHANNEL
                precondition: true
              - quiet: 1 s
            """)).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void a_job_is_given_and_what_it_read_is_compared() throws Exception {
        String job = """
              - job: { add: ./MO/Example, value: hello }
              - menu: Device management
              - idle: 1 min
              - job-state: done
              - job: [ { get: ./MO/Example }, { get: "./MO/Example?prop=Size" } ]
              - menu: Device management
              - idle: 1 min
              - job-state: done
                results: { ./MO/Example: hello, "./MO/Example?prop=Size": "%s" }
              - outcome: success
            """;

        assertThat(run(DM_CARD, job.formatted(5))).isEqualTo(new Verdict.Pass(5));
        assertThat(run(DM_CARD, job.formatted(6)))
                .hasToString("fail at line 13, job DONE: ./MO/Example?prop=Size: expected 6, seen 5");
    }

    @Test
    void a_link_that_breaks_and_a_schedule_that_comes_again_take_no_time() throws Exception {
        assertThat(run(DM_CARD.replace("card: dm", "card: { dm: { schedule: 60 } }"), """
              - job: { add: ./MO/Example, value: hello }
              - menu: Device management
              - expect: OPEN CHANNEL
              - network: { lost-after: 300 }
              - wait: 30 s
              - network: regained
              - expect: OPEN CHANNEL
                within: 2 h
              - idle: 10 min
              - job-state: done
            """))
                .isEqualTo(new Verdict.Pass(4));
    }

    @Test
    void power_is_cut_at_a_write_and_the_card_goes_on_after_it() throws Exception {
        String cut = """
              - job: { add: ./MO/Example, value: hello }
              - cut: %d
                torn: true
              - menu: Device management
              - wait: 1 min
              - power: on
              - menu: Device management
              - idle: 1 min
              - job-state: done
            """;

        assertThat(run(DM_CARD, cut.formatted(20))).isEqualTo(new Verdict.Pass(2));
        assertThat(run(DM_CARD, cut.formatted(100_000)))
                .hasToString("fail at line 11, power on: the card made fewer writes than the cut was to come after");
    }

    @Test
    void apdus_and_files_are_compared_byte_by_byte() throws Exception {
        assertThat(run(DM_CARD, """
              - apdu: 00 A4 08 04 02 2F E2
                answers: 62 *
              - file: 3F00/2FE2
                holds: 98 88 12 01 .. *
            """)).isEqualTo(new Verdict.Pass(2));
        assertThat(run(DM_CARD, "  - file: 3F00/2FE2\n    holds: 98\n"))
                .hasToString("fail at line 6, file 3F00 2FE2: file 3F00 2FE2: expected 98, seen 988812010000000010F8");
        assertThat(run(DM_CARD, "  - file: 3F00/2FE9\n    holds: 98\n"))
                .hasToString("fail at line 6, file 3F00 2FE9: SELECT 2FE9: expected 9000, seen 6A82");
    }

    @Test
    void an_me_under_test_is_judged_by_its_terminal_responses_and_envelopes() throws Exception {
        assertThat(run(SCRIPTED_CARD, """
              - issue: "D0 0C 81 03 01 05 00 82 02 81 82 99 01 09"
              - response: "00"
              - issue: "%s"
              - response: "00"
                with:
                  Channel status: { channel identifier: 1, link established: true }
                  Buffer size: { buffer size: 1400 }
              - issue: "D0 10 81 03 01 43 01 82 02 81 21 B6 05 68 65 6C 6C 6F"
              - response: "00"
              - peer: echo
                receives: { text: hello }
              - told: EVENT DOWNLOAD DATA AVAILABLE
                with: { Channel data length: 5 }
              - issue: "D0 0C 81 03 01 42 00 82 02 81 21 B7 01 05"
              - response: "00"
                with: { Channel data: 68656C6C6F, Channel data length: 0 }
            """.formatted(OPEN_ECHO))).isEqualTo(new Verdict.Pass(6));
    }

    @Test
    void a_peer_that_resets_the_connection_is_seen_by_the_card() throws Exception {
        assertThat(run(SCRIPTED_CARD, """
              - issue: "D0 0C 81 03 01 05 00 82 02 81 82 99 01 0A"
              - response: "00"
              - issue: "%s"
              - response: "00"
              - peer: quiet
                does: resets
              - told: EVENT DOWNLOAD CHANNEL STATUS
                with: { Channel status: { link dropped: true } }
            """.formatted(OPEN_ECHO.replace("02 0A", "02 0B"))))
                .isEqualTo(new Verdict.Pass(3));
    }

    @Test
    void a_wrong_result_of_the_me_fails_with_both_codes() throws Exception {
        assertThat(run(SCRIPTED_CARD, "  - issue: \"D0 09 81 03 01 41 00 82 02 81 21\"\n  - response: \"00\"\n"))
                .hasToString("fail at line 7, response 00: general result: expected 00, seen 3A");
    }

    @Test
    void the_terminal_response_of_a_scenario_reaches_the_card_as_it_is_written() throws Exception {
        ScenarioResult result = result(DM_CARD, """
              - menu: Device management
              - expect: OPEN CHANNEL
                response: 81 03 01 40 01 82 02 82 81 83 02 3A 00
              - idle: 1 min
              - outcome: no channel available
            """);

        assertThat(result.events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                TraceEvent.Note.class,
                                note -> assertThat(note.text()).endsWith(": 81030140018202828183023A00")));
    }

    @Test
    void the_same_seed_gives_the_same_trace() throws Exception {
        String steps = """
              - network: { delay: [ 10 ms, 300 ms ] }
              - job: { add: ./MO/Example, value: hello }
              - menu: Device management
              - idle: 1 min
              - job-state: done
            """;

        assertThat(result(DM_CARD, steps).events())
                .isEqualTo(result(DM_CARD, steps).events());
    }

    private Verdict run(String head, String steps) throws Exception {
        return result(head, steps).verdict();
    }

    private ScenarioResult result(String head, String steps) throws Exception {
        Path file = Files.writeString(directory.resolve("test.yaml"), head + steps);
        return ScenarioRunner.run(Scenario.read(file), 7);
    }
}
