// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code bipline bench [--quick] [--out DIR] [REGEX…]}: runs the benchmarks whose names match and prints one table.
 *
 * <p>Figures of one run may be compared with each other, those of two runs may not: the machine's speed drifts. So
 * whatever is stated as a ratio is measured in one benchmark class.
 */
public final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        Path out = Path.of("target", "bench");
        boolean quick = false;
        ChainedOptionsBuilder options = new OptionsBuilder();
        boolean all = true;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--out" -> {
                    if (++i == args.length) {
                        fail("--out wants a directory");
                    }
                    out = Path.of(args[i]);
                }
                case "-h", "--help" -> {
                    System.out.println("usage: bipline bench [--quick] [--out DIR] [REGEX...]");
                    return;
                }
                default -> {
                    if (args[i].startsWith("-")) {
                        fail("unknown option " + args[i] + "; see bipline bench --help");
                    }
                    options.include(args[i]);
                    all = false;
                }
            }
        }
        if (all) {
            options.include(Bench.class.getPackageName());
        }
        if (quick) {
            options.warmupIterations(1).measurementIterations(1).forks(1);
        }
        Files.createDirectories(out);
        Path json = out.resolve("bench.json");
        Collection<RunResult> results = new Runner(options.verbosity(VerboseMode.NORMAL)
                        .resultFormat(ResultFormatType.JSON)
                        .result(json.toString())
                        .output(out.resolve("bench.log").toString())
                        .build())
                .run();
        print(results, System.out);
        System.out.println("JSON: " + json + ", log: " + out.resolve("bench.log"));
    }

    private static void print(Collection<RunResult> results, PrintStream out) {
        out.printf("%-58s %14s %12s  %s%n", "benchmark", "score", "error", "unit");
        for (RunResult run : results) {
            String name = run.getParams()
                    .getBenchmark()
                    .substring(Bench.class.getPackageName().length() + 1);
            row(out, name, run.getPrimaryResult());
            for (Map.Entry<String, Result> extra : run.getSecondaryResults().entrySet()) {
                row(out, "  " + extra.getKey(), extra.getValue());
            }
        }
    }

    private static void row(PrintStream out, String name, Result<?> result) {
        out.printf(
                Locale.ROOT,
                "%-58s %14.3f %12s  %s%n",
                name,
                result.getScore(),
                Double.isNaN(result.getScoreError()) ? "-" : String.format(Locale.ROOT, "%.3f", result.getScoreError()),
                result.getScoreUnit());
    }

    private static void fail(String message) {
        new PrintStream(System.err, true, StandardCharsets.UTF_8).println("bipline bench: " + message);
        System.exit(2);
    }
}
