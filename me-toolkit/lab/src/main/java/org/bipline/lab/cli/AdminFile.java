// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.bipline.lab.Failure;

/** Where a running gateway takes jobs, and what it wants to be shown; a file that only its owner reads, while the gateway runs. */
final class AdminFile implements AutoCloseable {
    static final String NAME = "admin.json";

    /** What the file says. */
    record Access(String url, String token) {
        /** Without the token. */
        @Override
        public String toString() {
            return url;
        }
    }

    private final Path file;

    private AdminFile(Path file) {
        this.file = file;
    }

    static AdminFile write(Path directory, InetSocketAddress address, String token) throws IOException {
        Path file = directory.resolve(NAME);
        Files.deleteIfExists(file);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        String url = "http://" + address.getHostString() + ":" + address.getPort();
        Files.write(file, new JsonMapper().writeValueAsBytes(new Access(url, token)));
        return new AdminFile(file);
    }

    Path file() {
        return file;
    }

    /** What the gateway that keeps its store in this directory wrote. */
    static Access read(Path directory) throws Failure {
        Path file = directory.resolve(NAME);
        try {
            return new JsonMapper().readValue(Files.readAllBytes(file), Access.class);
        } catch (NoSuchFileException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    "no gateway runs with the directory " + directory + "; start one by 'bipline gateway', or give its "
                            + "directory with --data",
                    e);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT, file + " cannot be read; give the gateway's directory with --data", e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
