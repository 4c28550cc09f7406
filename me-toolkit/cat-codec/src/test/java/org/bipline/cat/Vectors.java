// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.cat.tlv.ByteString;

/** The PDUs under {@code specs/vectors/cat}: a comment with kind and source, then the PDU in hexadecimal. */
public record Vectors(String name, String kind, ByteString pdu) {
    /** All vectors of one kind and verdict, at least one. */
    public static List<Vectors> of(String kind, String verdict) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("specs/vectors/cat"))) {
            folder = folder.getParent();
        }
        try (Stream<Path> files = Files.list(folder.resolve("specs/vectors/cat"))) {
            List<Vectors> vectors = files.map(Vectors::read)
                    .filter(v -> v.kind.equals(kind) && v.name.endsWith("-" + verdict))
                    .toList();
            if (vectors.isEmpty()) {
                throw new IllegalStateException("no vector of " + kind + ", " + verdict);
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vectors read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String kind = lines.get(0).substring(2, lines.get(0).indexOf(','));
            String name = file.getFileName().toString().replace(".txt", "");
            return new Vectors(name, kind, ByteString.ofHex(lines.get(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
