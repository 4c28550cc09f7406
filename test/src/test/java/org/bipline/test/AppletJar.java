// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds the jar of an applet as somebody else would: javac, then a jar of what it wrote. None of it is on our class path. */
final class AppletJar {
    /** Applets that are not written as ours are. */
    private static final Path FIXTURES =
            Sources.ROOT.resolve("usat-applet/uicc-runtime/src/test/java/org/bipline/uicc/runtime/fixture");

    /** Package of the fixtures. */
    static final String PACKAGE = "org.bipline.uicc.runtime.fixture.";

    private AppletJar() {}

    /** The jar of these fixtures, by their simple names. */
    static Path of(Path directory, String... fixtures) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(fixtures[0] + "-classes"));
        List<Path> sources = Stream.of(fixtures)
                .map(name -> FIXTURES.resolve(name + ".java"))
                .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as(messages.toString()).isTrue();
        }
        Path jar = directory.resolve(fixtures[0] + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }
}
