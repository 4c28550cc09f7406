// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bipline.lab.Failure;
import org.bipline.lab.report.Coverage;
import org.bipline.lab.report.HtmlReport;
import org.bipline.lab.report.JUnitXml;
import org.bipline.lab.scenario.Scenario;
import org.bipline.lab.scenario.ScenarioResult;
import org.bipline.lab.scenario.ScenarioRunner;
import org.bipline.lab.scenario.Verdict;
import org.bipline.lab.trace.Field;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bipline run}. */
@Command(
        name = "run",
        description = {
            "Runs scenarios: files, directories with *.yaml files, or globs in quotes. Exit code 0 says that all passed, 1 that "
                    + "one failed or was inconclusive.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "SCENARIO", description = "Files, directories, globs.")
    private List<String> places;

    @Option(
            names = "--filter",
            paramLabel = "TEXT",
            description = "Only scenarios with this text in path, title, clause or requirements.")
    private Optional<String> filter;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "What all chances of a run follow from. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--repeat",
            paramLabel = "TIMES",
            defaultValue = "1",
            description = "Run each so often, with the next seed each time. Default: ${DEFAULT-VALUE}.")
    private int repeat;

    @Option(
            names = "--parallel",
            paramLabel = "RUNS",
            description = "Runs at a time. Default: the number of processors.")
    private Optional<Integer> parallel;

    @Option(names = "--fail-fast", description = "Begin no further run after one that has not passed.")
    private boolean failFast;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/run",
            description = "Where report.html and junit.xml go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    private int done;

    @Override
    public Integer call() throws Failure {
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files()) {
            Scenario scenario = Scenario.read(file);
            if (filter.isEmpty() || isAbout(scenario, filter.get())) {
                scenarios.add(scenario);
            }
        }
        if (scenarios.isEmpty()) {
            throw new Failure(Failure.Kind.INPUT, "no scenario is left; give other files, or another --filter");
        }
        int at = parallel.orElse(Runtime.getRuntime().availableProcessors());
        if (repeat < 1 || at < 1) {
            throw new Failure(Failure.Kind.INPUT, "--repeat and --parallel are 1 at least");
        }
        int total = scenarios.size() * repeat;
        PrintWriter console = spec.commandLine().getOut();
        ScenarioRunner runner = new ScenarioRunner(
                new ScenarioRunner.Options(seed, repeat, at, failFast), result -> progress(console, result, total));
        List<ScenarioResult> results = runner.run(scenarios);
        write(results, total);
        console.println(summary(results, total) + "; see " + out.resolve("report.html") + " and junit.xml beside it");
        return passed(results, total) ? 0 : 1;
    }

    private static boolean isAbout(Scenario scenario, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.concat(
                        Stream.of(scenario.file().toString(), scenario.title(), scenario.clause()),
                        scenario.requirements().stream())
                .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private void progress(PrintWriter console, ScenarioResult result, int total) {
        done++;
        String line = String.format(
                Locale.ROOT,
                "%s  %d/%d  %s (%s, %.2f s)",
                word(result.verdict()),
                done,
                total,
                result.scenario().title(),
                result.scenario().file(),
                result.took().toNanos() / 1e9);
        console.println(line);
        if (!result.passed()) {
            console.println("      " + result.verdict() + (repeat > 1 ? " (seed " + result.seed() + ")" : ""));
        }
        console.flush();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass pass -> "pass";
            case Verdict.Fail fail -> "FAIL";
            case Verdict.Inconclusive inconclusive -> "????";
        };
    }

    private void write(List<ScenarioResult> results, int total) throws Failure {
        try {
            Files.createDirectories(out);
            JUnitXml.write(out.resolve("junit.xml"), results);
            report(results, total);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    "cannot write to " + out + " (" + e.getMessage() + "); give another directory with --out",
                    e);
        }
    }

    private void report(List<ScenarioResult> results, int total) throws IOException {
        List<HtmlReport.Run> runs = results.stream().map(RunCommand::run).toList();
        long checks = results.stream()
                .map(ScenarioResult::verdict)
                .mapToLong(verdict -> verdict instanceof Verdict.Pass pass ? pass.checks() : 0)
                .sum();
        HtmlReport.write(
                out.resolve("report.html"),
                "bipline run",
                passed(results, total) ? HtmlReport.Outcome.PASSED : HtmlReport.Outcome.FAILED,
                summary(results, total),
                List.of(
                        new Field("runs", Integer.toString(results.size())),
                        new Field("checks that held", Long.toString(checks)),
                        new Field("first seed", Long.toString(seed))),
                runs,
                Coverage.of(results));
    }

    private static HtmlReport.Run run(ScenarioResult result) {
        HtmlReport.Outcome outcome = switch (result.verdict()) {
            case Verdict.Pass pass -> HtmlReport.Outcome.PASSED;
            case Verdict.Fail fail -> HtmlReport.Outcome.FAILED;
            case Verdict.Inconclusive inconclusive -> HtmlReport.Outcome.INCONCLUSIVE;
        };
        Scenario scenario = result.scenario();
        List<Field> facts = new ArrayList<>(List.of(
                new Field("file", scenario.file().toString()), new Field("seed", Long.toString(result.seed()))));
        if (!scenario.clause().isEmpty()) {
            facts.add(new Field("clause", scenario.clause()));
        }
        if (!scenario.requirements().isEmpty()) {
            facts.add(new Field("requirements", String.join(", ", scenario.requirements())));
        }
        return new HtmlReport.Run(
                scenario.title(), outcome, result.verdict().toString(), result.took(), facts, result.events());
    }

    private static boolean passed(List<ScenarioResult> results, int total) {
        return results.stream().filter(ScenarioResult::passed).count() == total;
    }

    private static String summary(List<ScenarioResult> results, int total) {
        long passed = results.stream().filter(ScenarioResult::passed).count();
        long failed = results.stream()
                .filter(result -> result.verdict() instanceof Verdict.Fail)
                .count();
        String text =
                passed + " passed, " + failed + " failed, " + (results.size() - passed - failed) + " inconclusive";
        return results.size() < total ? text + ", " + (total - results.size()) + " not begun" : text;
    }

    private Set<Path> files() throws Failure {
        Set<Path> files = new LinkedHashSet<>();
        for (String place : places) {
            int before = files.size();
            Path path = Path.of(place);
            if (Files.isRegularFile(path)) {
                files.add(path);
            } else if (Files.isDirectory(path)) {
                files.addAll(below(path, FileSystems.getDefault().getPathMatcher("glob:**.yaml")));
            } else if (place.matches(".*[*?\\[{].*")) {
                Path fixed = fixedPart(place);
                files.addAll(below(fixed, FileSystems.getDefault().getPathMatcher("glob:" + place)));
            }
            if (files.size() == before) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        place + ": no scenario is there; give a file, a directory or a glob in quotes");
            }
        }
        return files;
    }

    /** The directories of a glob before the first that has a wildcard. */
    private static Path fixedPart(String glob) {
        Path path = Path.of("");
        int end = glob.replaceAll("[*?\\[{].*", "").lastIndexOf('/');
        return end < 0 ? path : Path.of(glob.substring(0, Math.max(1, end)));
    }

    private static List<Path> below(Path directory, PathMatcher wanted) throws Failure {
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile)
                    .filter(wanted::matches)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Failure(Failure.Kind.ENVIRONMENT, directory + " cannot be read: " + e.getMessage(), e);
        }
    }
}
