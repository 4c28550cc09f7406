// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.ts102268;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every driver of the ETSI TS 102 268 suite, each on a card of its own. Only the profile {@code ts102268} runs this class;
 * it leaves {@code target/ts102268/report.md}.
 */
final class Ts102268Test {
    private static final Path TARGET = Path.of("target/ts102268");
    private static final int DRIVERS = 268; // of release 7.1.0
    private static final long DRIVER_SECONDS = 60;

    /** Those that no card passes as they stand, with the reasons in {@code specs/ts102268.md}. */
    private static final Set<String> CONTRADICTIONS = Set.of(
            "uicc.test.catre.cre_apt_epha.Test_Cre_Apt_Epha",
            "uicc.test.catre.cre_mha_pahd.Test_Cre_Mha_Pahd",
            "uicc.test.catre.cre_mha_prhd.Test_Cre_Mha_Prhd",
            "uicc.test.toolkit.api_2_trs_isprav.Test_Api_2_Trs_IsPrAv");

    private record Outcome(String driver, String failure) {
        String group() {
            String[] names = driver.split("\\.", 4);
            return names[2];
        }
    }

    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> drivers() throws IOException {
        Path home = Path.of(System.getProperty("ts102268.base")).resolve(System.getProperty("ts102268.home"));
        Suite suite = Suite.compile(home, Path.of("src/ts102268/java"), TARGET.resolve("classes"));
        assertThat(suite.drivers()).hasSize(DRIVERS);
        return suite.drivers().stream()
                .map(driver -> DynamicTest.dynamicTest(driver, () -> {
                    String failure = run(suite, driver);
                    OUTCOMES.add(new Outcome(driver, failure));
                    if (CONTRADICTIONS.contains(driver)) {
                        assertThat(failure)
                                .as("driver listed in specs/ts102268.md, which passes now")
                                .isNotEmpty();
                    } else {
                        assertThat(failure).as("first step that failed").isEmpty();
                    }
                }));
    }

    /** The first step that failed, empty where the driver passed. */
    private static String run(Suite suite, String driver) throws IOException, InterruptedException {
        try (URLClassLoader loader = suite.loader()) {
            SuiteCard card = new SuiteCard(suite);
            SuiteCard.setCurrent(card);
            FutureTask<Boolean> task = new FutureTask<>(() -> script(loader, driver));
            Thread thread = new Thread(task, driver);
            thread.setDaemon(true);
            thread.start();
            boolean passed = task.get(DRIVER_SECONDS, TimeUnit.SECONDS);
            return passed ? "" : card.firstFailure().isEmpty() ? "run() returned false" : card.firstFailure();
        } catch (ExecutionException e) {
            String first = SuiteCard.current().firstFailure();
            return (first.isEmpty() ? "" : first + "; later ") + e.getCause() + at(e.getCause());
        } catch (TimeoutException e) {
            return "no end after " + DRIVER_SECONDS + " s; first failure "
                    + SuiteCard.current().firstFailure();
        }
    }

    private static String at(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("uicc.test"))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    private static boolean script(ClassLoader loader, String driver) throws Exception {
        Class<?> type = Class.forName(driver, true, loader);
        try {
            Object instance = type.getConstructor().newInstance();
            return (Boolean) type.getMethod("run").invoke(instance);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @AfterAll
    static void report() throws IOException {
        StringBuilder out =
                new StringBuilder("# ETSI TS 102 268\n\n| package | passed | drivers |\n| --- | --- | --- |\n");
        Map<String, List<Outcome>> groups =
                OUTCOMES.stream().collect(groupingBy(Outcome::group, TreeMap::new, toList()));
        groups.forEach((group, outcomes) ->
                out.append("| %s | %d | %d |%n".formatted(group, passed(outcomes), outcomes.size())));
        out.append("| all | %d | %d |%n%n| failed driver | first failing step |%n| --- | --- |%n"
                .formatted(passed(OUTCOMES), OUTCOMES.size()));
        OUTCOMES.stream()
                .filter(o -> !o.failure().isEmpty())
                .forEach(o -> out.append(
                        "| %s | %s |%n".formatted(o.driver(), o.failure().replace('\n', ' '))));
        Files.createDirectories(TARGET);
        Files.writeString(TARGET.resolve("report.md"), out);
    }

    private static long passed(List<Outcome> outcomes) {
        return outcomes.stream().filter(o -> o.failure().isEmpty()).count();
    }
}
