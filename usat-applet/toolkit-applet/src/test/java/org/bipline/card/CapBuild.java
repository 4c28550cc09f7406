// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;

/**
 * Converts the card packages into CAP and export files with a Java Card development kit (3.1 or newer) and runs the
 * kit's off-card verifier on each. Run by the profile {@code cap}; ends with exit code 1 at the first fault.
 *
 * <p>Arguments: version of Java Card, classes directory, directory with the sources of classes that this version has in place of
 * others or {@code -}, output directory, directory of the {@code uicc.*} export files, then per package in order of dependency {@code NAME=AID}, followed by {@code ,CLASS=AID} where it holds an applet. AIDs are hexadecimal.
 */
final class CapBuild {
    private static final int JAVA_6 = 50;

    private final String target;
    private final Path kit;
    private final Path output;
    private final Path exports;

    private CapBuild(String target, Path kit, Path output, Path exports) {
        this.target = target;
        this.kit = kit;
        this.output = output;
        this.exports = exports;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            CapBuild build =
                    new CapBuild(args[0], Path.of(System.getenv("JC_HOME")), Path.of(args[3]), Path.of(args[4]));
            deleteTree(build.output);
            Path classes = build.copyClasses(Path.of(args[1]));
            if (!args[2].equals("-")) {
                build.compile(Path.of(args[2]), classes);
            }
            for (String argument : Arrays.asList(args).subList(5, args.length)) {
                build.convert(classes, argument);
            }
        } catch (IllegalStateException e) {
            System.err.println("No CAP: " + e.getMessage());
            System.exit(1);
        }
    }

    /** A class or package that is no more must not be converted again. */
    private static void deleteTree(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Kits before 25.0 refuse class files of Java 8; without lambdas and interface methods only the number differs. */
    private Path copyClasses(Path classes) throws IOException {
        Path copies = Files.createDirectories(output.resolve("classes"));
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                Path copy = copies.resolve(classes.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.write(copy, asOfJava6(file));
            }
        }
        return copies;
    }

    private static byte[] asOfJava6(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[7] = JAVA_6;
        return content;
    }

    /** Compiles sources against the API of the version, in the place of the classes of the same names. */
    private void compile(Path sources, Path classes) throws IOException {
        Path api = kit.resolve("lib").resolve("api_classic-" + target + ".jar");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                int result = ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "8",
                                "-Xlint:-options",
                                "-cp",
                                classes + File.pathSeparator + api,
                                "-d",
                                classes.toString(),
                                file.toString());
                if (result != 0) {
                    throw new IllegalStateException("the compiler refused " + file);
                }
                Path compiled =
                        classes.resolve(sources.relativize(file).toString().replaceAll("java$", "class"));
                Files.write(compiled, asOfJava6(compiled));
            }
        }
    }

    private void convert(Path classes, String argument) throws IOException, InterruptedException {
        String[] packageAndApplet = argument.split(",", -1);
        String[] nameAndAid = packageAndApplet[0].split("=", -1);
        String name = nameAndAid[0];
        List<String> arguments = new ArrayList<>(List.of("-nobanner", "-target", target));
        arguments.addAll(List.of("-classdir", classes.toString()));
        arguments.addAll(List.of("-exportpath", exports + File.pathSeparator + output));
        arguments.addAll(List.of("-out", "CAP", "EXP", "JCA", "-d", output.toString()));
        for (String applet : Arrays.asList(packageAndApplet).subList(1, packageAndApplet.length)) {
            String[] classAndAid = applet.split("=", -1);
            arguments.addAll(List.of("-applet", colonHex(classAndAid[1]), name + "." + classAndAid[0]));
        }
        arguments.addAll(List.of(name, colonHex(nameAndAid[1]), "1.0"));
        run(name, "com.sun.javacard.converter.Main", arguments, "0 errors and 0 warnings");

        String file = name.substring(name.lastIndexOf('.') + 1);
        Path cap = output.resolve(name.replace('.', '/')).resolve("javacard").resolve(file + ".cap");
        arguments = new ArrayList<>(List.of("-nobanner", "-target", target));
        arguments.addAll(exportFiles(exports));
        arguments.addAll(exportFiles(output));
        arguments.add(cap.toString());
        run(name, "com.sun.javacard.offcardverifier.Verifier", arguments, "0 warnings and 0 errors");
        System.out.println(
                "CAP " + output.relativize(cap) + ": " + footprint(cap) + " bytes on the card, verified for " + target);
    }

    private static List<String> exportFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toString)
                    .filter(f -> f.endsWith(".exp"))
                    .sorted()
                    .toList();
        }
    }

    /** Some kits end with exit code 0 whatever happened: the words of success decide. */
    private void run(String name, String mainClass, List<String> arguments, String success)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", kit.resolve("lib") + File.separator + "*", mainClass));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || !text.contains(success)) {
            System.err.print(text);
            throw new IllegalStateException(mainClass.substring(mainClass.lastIndexOf('.') + 1) + " refused " + name);
        }
    }

    /** What a card keeps: the components without Descriptor and Debug. */
    private static long footprint(Path cap) throws IOException {
        try (ZipFile zip = new ZipFile(cap.toFile())) {
            return zip.stream()
                    .filter(entry -> entry.getName().endsWith(".cap"))
                    .filter(entry -> !entry.getName().endsWith("/Descriptor.cap"))
                    .filter(entry -> !entry.getName().endsWith("/Debug.cap"))
                    .mapToLong(ZipEntry::getSize)
                    .sum();
        }
    }

    private static String colonHex(String aid) {
        return "0x" + String.join(":0x", aid.split("(?<=\\G..)", -1)).replaceAll(":0x$", "");
    }
}
