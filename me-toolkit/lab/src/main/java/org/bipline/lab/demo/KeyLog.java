// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bipline.lab.Failure;

/** A file with the secrets of TLS connections, for its owner only, or none. */
final class KeyLog implements AutoCloseable {
    private final Optional<PrintWriter> out;

    private KeyLog(Optional<PrintWriter> out) {
        this.out = out;
    }

    /** @param file written anew; empty for no file */
    static KeyLog open(Optional<Path> file) throws Failure {
        if (file.isEmpty()) {
            return new KeyLog(Optional.empty());
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.deleteIfExists(file.get());
            var channel = Files.newByteChannel(
                    file.get(), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner);
            return new KeyLog(
                    Optional.of(new PrintWriter(Channels.newWriter(channel, StandardCharsets.US_ASCII), true)));
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    "cannot write " + file.get() + " (" + e.getMessage() + "); give another file with --keylog",
                    e);
        }
    }

    /** Takes a line; empty where there is no file. */
    Optional<Consumer<String>> lines() {
        return out.map(writer -> writer::println);
    }

    @Override
    public void close() {
        out.ifPresent(PrintWriter::close);
    }
}
