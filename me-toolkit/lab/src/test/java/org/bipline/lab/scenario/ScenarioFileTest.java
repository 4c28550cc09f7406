// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bipline.lab.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            card: dm                                        | ":1:1: no title; a scenario has title, card and steps"
            [1, 2                                           | ":1:6: expected ',' or ']', but got <stream end>; correct the YAML"
            title: x\\ntitle: y\\ncard: dm\\nsteps: []      | "\\"title\\" is there twice; remove one"
            title: x\\ncard: dm\\nsteps: []                 | ":2:7: the DM applet has no server"
            title: x\\ncard: sim\\nsteps: []                | ":2:7: \\"sim\\" is no card; write dm, scripted"
            title: x\\ncard: scripted\\nsteps: []           | "checks nothing, so that it could not fail"
            title: x\\ncard: scripted\\nstep: []            | "unknown key \\"step\\"; there are title, requirements"
            title: x\\ncard: scripted\\nme: phone\\nsteps: [{idle: 1 s}] | "a preset: full"
            """)
    void what_is_wrong_with_the_head_is_said_with_its_place(String yaml, String message) {
        refused(yaml.replace("\\n", "\n"), message.replaceAll("^\"|\"$", "").replace("\\\"", "\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jump: 1                                  | :5:5: a step does not begin with "jump"; it begins with one of power, menu, expect
            power: up                                | :5:12: "up" is none of on, off, reset
            expect: OPEN DOOR                        | no proactive command is called "OPEN DOOR"
            {expect: OPEN CHANNEL, wth: {}}          | "wth" does not go with "expect"; these do: additional, after, objects
            {expect: OPEN CHANNEL, with: {Bufer: 1}} | no data object is called "Bufer"
            {expect: OPEN CHANNEL, result: "2"}      | "2" is no general result
            {expect: OPEN CHANNEL, after: 1 s}       | "after" needs "result" or "response"
            {expect: OPEN CHANNEL, within: soon}     | "soon" is no time; write it like 500 ms, 10 s, 2 min or 1 h
            {expect: OPEN CHANNEL, pdu: XY}          | not hexadecimal
            {expect: OPEN CHANNEL, user: sleeps}     | "sleeps" is nothing that a user does
            {expect: OPEN CHANNEL, with: {Buffer size: /(/}} | is no regular expression
            issue: D0                                | "issue" needs card: scripted
            {response: "00"}                         | "response" needs card: scripted
            network: gone                            | "gone" happens to no network
            network: {delay: [2 s, 1 s]}             | the shortest delay is longer than the longest
            {peer: web, does: closes}                | no peer is called "web"
            event: rain                              | "rain" is no event
            event: {language: french}                | a language is two letters of ISO 639
            envelope: D0                             | no envelope
            file: 2FE2                               | what does the file hold?
            job: {fetch: ./MO}                       | unknown key "fetch"
            job-state: ready                         | "ready" is none of queued, running, done, failed
            cut: 0                                   | 0 is out of range; give a number from 1
            """)
    void what_is_wrong_with_a_step_is_said_with_its_place(String step, String message) {
        refused("title: x\ncard: dm\nserver: plain\nsteps:\n  - " + step + "\n  - quiet: 1 s\n", message);
    }

    @Test
    void a_file_that_is_not_there_is_an_input_error() {
        assertThatThrownBy(() -> Scenario.read(directory.resolve("none.yaml")))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> org.assertj.core.api.Assertions.assertThat(failure.exitCode())
                                .isEqualTo(2))
                .hasMessageContaining("cannot be read; give the path of a scenario");
    }

    private void refused(String yaml, String message) {
        assertThatThrownBy(() -> Scenario.read(Files.writeString(directory.resolve("test.yaml"), yaml)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(message);
    }
}
