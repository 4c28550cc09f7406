// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.lab.trace.Field;
import org.bipline.lab.trace.SampleTrace;
import org.bipline.lab.trace.TraceEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    Path directory;

    @Test
    void holds_verdict_figures_and_steps_and_refers_to_nothing_outside() throws Exception {
        String html = Files.readString(report(true));

        assertThat(html)
                .contains("<p class=\"verdict passed\"><strong>PASSED</strong>equal &amp; &lt;well&gt;</p>")
                .contains("<dt>APDUs</dt><dd>12</dd>")
                .contains("\"OPEN CHANNEL: TCP 127.0.0.1:8080, buffer 1500\"")
                .doesNotContain("<img")
                .doesNotContainPattern("(src|href)=\"|url\\(|@import|https?://");
        assertThat(html.split("</script>", -1))
                .as("values cannot end the script")
                .hasSize(3);
    }

    @Test
    void says_that_a_run_failed_that_did_not_come_to_its_end() throws Exception {
        Path file = directory.resolve("report.html");
        SampleTrace.into(new HtmlReport(file, "demo"));

        assertThat(Files.readString(file)).contains("<strong>FAILED</strong>the run did not come to its end");
    }

    @Test
    void a_browser_shows_every_step_and_no_value_becomes_markup() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is not installed");
        String dom = dom(report(false));

        Matcher count = Pattern.compile("id=\"count\" role=\"status\">(\\d+) of (\\d+) steps<")
                .matcher(dom);
        assertThat(count.find()).as("the script ran to its end").isTrue();
        int steps = Integer.parseInt(count.group(2));
        assertThat(dom.split("class=\"step row", -1)).hasSize(steps + 1);
        assertThat(Integer.parseInt(count.group(1)))
                .as("APDUs are hidden at first")
                .isBetween(1, steps - 1);
        assertThat(dom).contains("<span class=\"label\">channel 1 closed: closed by &lt;/script&gt;&lt;img src=x");
    }

    @Test
    void of_several_runs_the_first_that_failed_is_open_and_search_expand_and_choice_work() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is not installed");
        List<TraceEvent> events = new ArrayList<>();
        SampleTrace.into(events::add);
        Path file = directory.resolve("report.html");
        HtmlReport.write(
                file,
                "runs",
                HtmlReport.Outcome.FAILED,
                "1 of 3",
                List.of(),
                List.of(
                        run("one", HtmlReport.Outcome.PASSED, events),
                        run("two", HtmlReport.Outcome.FAILED, events),
                        run("three", HtmlReport.Outcome.INCONCLUSIVE, events)),
                List.of(new Coverage("Proactive commands", List.of(new Field("OPEN CHANNEL", "3")))));
        Files.writeString(file, Files.readString(file).replace("</body>", """
                <pre id="probe"></pre><script>
                const say = text => document.getElementById('probe').textContent += text + '\\n';
                window.addEventListener('error', e => say('error ' + e.message));
                const shown = () => document.querySelectorAll('#steps > li:not([hidden])').length;
                say('open ' + document.querySelector('#run h2').textContent);
                document.querySelector('.step').click();
                say('details ' + document.querySelectorAll('.detail').length);
                const all = shown();
                document.getElementById('bad').click();
                say('failure ' + document.activeElement.classList.contains('bad'));
                document.querySelector('[data-run="0"]').click();
                say('then ' + document.querySelector('#run h2').textContent);
                const search = document.getElementById('search');
                search.value = 'buffer 1500';
                search.dispatchEvent(new Event('input'));
                setTimeout(() => say('found ' + (shown() > 0 && shown() < all)), 500);
                </script></body>"""));

        assertThat(dom(file, "--virtual-time-budget=2000").replaceAll("(?s).*<pre id=\"probe\">|</pre>.*", ""))
                .isEqualTo("open two\ndetails 1\nfailure true\nthen one\nfound true\n");
    }

    private static HtmlReport.Run run(String title, HtmlReport.Outcome outcome, List<TraceEvent> events) {
        return new HtmlReport.Run(title, outcome, "verdict", Duration.ofMillis(5), List.of(), events);
    }

    private Path report(boolean passed) throws Exception {
        Path file = directory.resolve("report.html");
        HtmlReport report = new HtmlReport(file, "bipline demo");
        report.summary(passed, "equal & <well>", List.of(new Field("APDUs", "12")));
        SampleTrace.into(report);
        return file;
    }

    private String dom(Path file, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(List.of(options));
        command.addAll(List.of("--dump-dom", file.toUri().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return dom;
    }
}
