// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.lab.trace.Field;
import org.bipline.lab.trace.SampleTrace;
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

    private Path report(boolean passed) throws Exception {
        Path file = directory.resolve("report.html");
        HtmlReport report = new HtmlReport(file, "bipline demo");
        report.summary(passed, "equal & <well>", List.of(new Field("APDUs", "12")));
        SampleTrace.into(report);
        return file;
    }

    private String dom(Path file) throws Exception {
        Process process = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--dump-dom",
                        file.toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return dom;
    }
}
