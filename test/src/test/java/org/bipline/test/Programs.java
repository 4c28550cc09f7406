// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Programs that others wrote, as oracles and as peers. */
public final class Programs {
    private Programs() {}

    /** Skips the test, and says so, where a program is missing. */
    public static void require(String program, String debianPackage) {
        boolean installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        assumeTrue(installed, "NOT RUN: " + program + " is not installed; install the package " + debianPackage);
    }

    static void requireLibwbxml() {
        require("wbxml2xml", "libwbxml2-utils");
        require("xml2wbxml", "libwbxml2-utils");
    }

    /** What the program writes to standard output. Its exit code has to be 0. */
    static byte[] run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return output;
    }

    /** The XML that libwbxml reads in a message. */
    static byte[] wbxml2xml(byte[] wbxml, Path directory) throws Exception {
        return convert(wbxml, directory, "wbxml2xml");
    }

    /** The message that libwbxml writes for an XML document with a document type. */
    static byte[] xml2wbxml(byte[] xml, Path directory) throws Exception {
        return convert(xml, directory, "xml2wbxml", "-n", "-v", "1.2");
    }

    private static byte[] convert(byte[] input, Path directory, String... command) throws Exception {
        Path in = Files.write(Files.createTempFile(directory, "in", ""), input);
        Path out = Files.createTempFile(directory, "out", "");
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("-o", out.toString(), in.toString()));
        run(line.toArray(String[]::new));
        return Files.readAllBytes(out);
    }

    /** Parses a document with the parser of the JDK, without fetching its document type; text and CDATA are one. */
    static Document parse(byte[] xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setCoalescing(true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        InputSource source = new InputSource(new ByteArrayInputStream(xml));
        source.setEncoding(UTF_8.name());
        return builder.parse(source);
    }
}
