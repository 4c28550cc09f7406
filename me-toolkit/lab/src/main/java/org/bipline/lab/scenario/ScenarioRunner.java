// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bipline.lab.Failure;
import org.bipline.lab.trace.ServerEvents;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TraceEvent;
import org.bipline.me.MeClock;
import org.bipline.me.VirtualClock;

/**
 * Runs scenarios, several at a time. A run on a simulated card has a virtual clock and a network in memory, and is a function of
 * its seed; one on a card in a reader has real time and real sockets, and no other run beside it on a reader.
 */
public final class ScenarioRunner {
    /**
     * How to run.
     *
     * @param seed seed of the first repetition; the next has the next number
     * @param repeat how often each scenario is run, at least 1
     * @param parallel runs at a time, at least 1
     * @param failFast whether no further run begins after one that has not passed
     */
    public record Options(long seed, int repeat, int parallel, boolean failFast) {
        public Options {
            if (repeat < 1 || parallel < 1) {
                throw new IllegalArgumentException("repeat " + repeat + ", parallel " + parallel + "; both begin at 1");
            }
        }
    }

    private final Options options;
    private final Consumer<ScenarioResult> progress;
    private final AtomicBoolean enough = new AtomicBoolean();

    /**
     * A runner.
     *
     * @param progress told of each run as it ends, by one thread at a time
     */
    public ScenarioRunner(Options options, Consumer<ScenarioResult> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Runs all scenarios; the results are in the order of the scenarios, whatever ran first. */
    public List<ScenarioResult> run(List<Scenario> scenarios) {
        List<Future<List<ScenarioResult>>> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(options.parallel)) {
            Object reader = new Object();
            for (Scenario scenario : scenarios) {
                for (int i = 0; i < options.repeat; i++) {
                    long seed = options.seed + i;
                    runs.add(threads.submit(() -> {
                        if (!(scenario.card() instanceof CardSetup.Reader)) {
                            return attempt(scenario, seed);
                        }
                        synchronized (reader) {
                            return attempt(scenario, seed);
                        }
                    }));
                }
            }
        }
        List<ScenarioResult> results = new ArrayList<>();
        for (Future<List<ScenarioResult>> run : runs) {
            try {
                results.addAll(run.get());
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return results;
    }

    private List<ScenarioResult> attempt(Scenario scenario, long seed) {
        if (enough.get()) {
            return List.of();
        }
        ScenarioResult result = run(scenario, seed);
        if (options.failFast && !result.passed()) {
            enough.set(true);
        }
        synchronized (progress) {
            progress.accept(result);
        }
        return List.of(result);
    }

    /** Runs a scenario once. */
    public static ScenarioResult run(Scenario scenario, long seed) {
        long begin = System.nanoTime();
        List<TraceEvent> events = new ArrayList<>();
        Verdict verdict;
        try {
            verdict = scenario.card() instanceof CardSetup.Reader
                    ? inRealTime(scenario, events)
                    : simulated(scenario, seed, events);
        } catch (Failure e) {
            verdict = new Verdict.Inconclusive(scenario.cardLine(), "set-up", e.getMessage(), List.of());
        }
        return new ScenarioResult(scenario, seed, verdict, Duration.ofNanos(System.nanoTime() - begin), events);
    }

    private static Verdict simulated(Scenario scenario, long seed, List<TraceEvent> events) throws Failure {
        VirtualClock clock = new VirtualClock();
        Trace trace = trace(clock, events);
        try (SimulatedWorld world = new SimulatedWorld(clock, seed, new ServerEvents(trace, ScenarioRun.SESSION))) {
            return run(scenario, world, trace);
        }
    }

    private static Verdict inRealTime(Scenario scenario, List<TraceEvent> events) throws Failure {
        Trace trace = new Trace(Clock.systemUTC(), System::nanoTime);
        trace.add(events::add);
        try (RealWorld world = new RealWorld()) {
            return run(scenario, world, trace);
        }
    }

    private static Trace trace(MeClock clock, List<TraceEvent> events) {
        Trace trace = new Trace(() -> clock.now().toInstant(), clock::nanos);
        trace.add(events::add);
        return trace;
    }

    private static Verdict run(Scenario scenario, World world, Trace trace) throws Failure {
        Verdict verdict;
        try (ScenarioRun run = new ScenarioRun(scenario, world, trace)) {
            verdict = run.run();
        }
        try {
            trace.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a list takes everything
        }
        return verdict;
    }
}
