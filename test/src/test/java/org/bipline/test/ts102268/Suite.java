// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.ts102268;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A checkout of the suite, compiled into a directory of the build. Its sources are read and patched in memory, the class of the
 * card service and the model of its drivers are replaced by ours; the checkout is not written to.
 */
final class Suite {
    private static final Pattern APPLET = Pattern.compile("-applet\\s+(\\S+)\\s+(\\S+)");
    private static final Pattern PACKAGE_AID = Pattern.compile("(?m)^((?:0x\\w\\w:)+0x\\w\\w)\\s+\\d+\\.\\d+");
    private static final Pattern DRIVER = Pattern.compile("Annex_E_SourceCode/(.*/Test_\\w+)\\.java");

    private final Path classes;

    /** Names of the driver classes, in alphabetical order. */
    private final List<String> drivers = new ArrayList<>();

    /** By the path of a package as drivers give it. */
    private final Map<String, Cap> packages = new HashMap<>();

    /**
     * What the converter is told of a package; AIDs in hex.
     *
     * @param applets the classes of its applets by their AID
     */
    private record Cap(String aid, Map<String, String> applets) {}

    private Suite(Path classes) {
        this.classes = classes;
    }

    /**
     * Compiles a checkout.
     *
     * @param home the checkout, with a directory {@code source} in it
     * @param own sources that replace those of the suite, by the same paths below a source root
     * @param classes where the classes go
     */
    static Suite compile(Path home, Path own, Path classes) throws IOException {
        Path source = home.resolve("source");
        if (!Files.isDirectory(source.resolve("Annex_E_SourceCode"))) {
            throw new IllegalArgumentException("no checkout of the ETSI TS 102 268 suite in " + home.toAbsolutePath()
                    + ": set ts102268.home to a directory with source/Annex_E_SourceCode in it");
        }
        Suite suite = new Suite(classes);
        List<JavaFileObject> sources = new ArrayList<>();
        for (Path file : files(own, ".java")) {
            sources.add(new Source(file, Files.readString(file)));
        }
        Set<Path> replaced =
                Set.copyOf(files(own, ".java").stream().map(Path::getFileName).toList());
        for (Path file : files(source, ".java")) {
            String path = source.relativize(file).toString();
            if (path.startsWith("Annex_D_Example") || replaced.contains(file.getFileName())) {
                continue;
            }
            sources.add(new Source(file, Patches.patched(path, Files.readString(file, StandardCharsets.ISO_8859_1))));
            Matcher driver = DRIVER.matcher(path);
            if (driver.matches()) {
                suite.drivers.add(driver.group(1).replace('/', '.'));
            }
        }
        for (Path file : files(source.resolve("Annex_E_SourceCode"), ".opt")) {
            suite.addPackage(
                    source.resolve("Annex_E_SourceCode")
                            .relativize(file.getParent())
                            .toString(),
                    file);
        }
        suite.drivers.sort(Comparator.naturalOrder());
        suite.compile(sources);
        return suite;
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Reads the converter's options, which say which class has which AID. */
    private void addPackage(String path, Path options) throws IOException {
        Map<String, String> applets = new HashMap<>();
        String text = Files.readString(options, StandardCharsets.ISO_8859_1);
        Matcher m = APPLET.matcher(text);
        while (m.find()) {
            applets.put(hex(m.group(1)), m.group(2));
        }
        Matcher aid = PACKAGE_AID.matcher(text);
        if (aid.find()) {
            packages.put(path, new Cap(hex(aid.group(1)), applets));
        }
    }

    private static String hex(String converters) {
        return converters.replace("0x", "").replace(":", "").toUpperCase(Locale.ROOT);
    }

    private void compile(List<JavaFileObject> sources) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn", "-g");
        boolean fine =
                compiler.getTask(messages, null, null, options, null, sources).call();
        if (!fine) {
            throw new IllegalStateException("the suite does not compile:\n" + messages);
        }
    }

    List<String> drivers() {
        return List.copyOf(drivers);
    }

    /** A new loader of all classes of the suite. */
    URLClassLoader loader() {
        try {
            return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Suite.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Name of the applet class of this AID in a package; throws where there is none. */
    String appletClass(String packagePath, byte[] classAid) {
        Cap cap = packages.get(packagePath.toLowerCase(Locale.ROOT));
        String aid = HexFormat.of().withUpperCase().formatHex(classAid);
        if (cap == null || !cap.applets().containsKey(aid)) {
            throw new IllegalArgumentException("no applet " + aid + " in " + packagePath);
        }
        return cap.applets().get(aid);
    }

    /** AID of a package that is there. */
    byte[] packageAid(String packagePath) {
        return HexFormat.of()
                .parseHex(packages.get(packagePath.toLowerCase(Locale.ROOT)).aid());
    }

    boolean hasPackage(String packagePath) {
        return packages.containsKey(packagePath.toLowerCase(Locale.ROOT));
    }

    /** The other packages of the suite that a package (path or name) uses; the one with the applets' base class is always there. */
    Set<String> imports(String packagePath) {
        String own = packagePath.toLowerCase(Locale.ROOT).replace('.', '/');
        Set<String> used = new HashSet<>();
        try (Stream<Path> files = Files.list(classes.resolve(own))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                // names of classes stand in the constant pool as they are
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (!file.getFileName().toString().startsWith("Test_")) {
                    packages.keySet().stream()
                            .filter(other -> !other.equals(own) && bytes.contains(other + "/"))
                            .forEach(other -> used.add(other.replace('/', '.')));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return used;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Path file, String text) {
            super(URI.create("string:///" + file.toUri().getPath()), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
