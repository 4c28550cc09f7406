// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The key under which a database file is encrypted, in a file beside it that only its owner may read. It protects copies of the database; who can
 * read the directory has both.
 */
final class KeyFile {
    private static final int KEY_SIZE = 32;

    private KeyFile() {}

    /** The key in hexadecimal; made where there is none yet. */
    static String key(Path file, RandomGenerator random) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_SIZE];
            random.nextBytes(key);
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(fresh, HexFormat.of().formatHex(key));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        String key = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!key.matches("[0-9a-f]{" + 2 * KEY_SIZE + "}")) {
            throw new IOException(file + " holds no key of " + KEY_SIZE + " bytes in hexadecimal");
        }
        return key;
    }
}
