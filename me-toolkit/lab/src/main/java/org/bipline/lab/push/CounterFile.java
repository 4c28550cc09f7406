// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bipline.cat.ota.CommandPacket;
import org.bipline.lab.Failure;

/**
 * The counter of a keyset, five bytes in hexadecimal: the highest that a packet was made with. It is written before the packet is
 * made, under a lock, so that no two packets have the same, not even if the machine stops between them.
 */
public final class CounterFile {
    private static final int DIGITS = 10;

    private final Path file;

    public CounterFile(Path file) {
        this.file = file;
    }

    /**
     * Takes the next value.
     *
     * @param least the highest value that counts as used where the file has none, or a lower one
     */
    public long next(long least) throws Failure {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var unused = channel.lock(); // closing the channel releases it
            ByteBuffer content = ByteBuffer.allocate(DIGITS + 2);
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // reads on
            }
            String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).trim();
            long used = Math.max(least, text.isEmpty() ? 0 : parse(text));
            if (used >= CommandPacket.LAST_COUNTER - 1) {
                // the card takes no packet after the last value, so that is left
                throw new Failure(
                        Failure.Kind.INPUT, "the counter of this keyset has come to its end; give the card new keys");
            }
            byte[] digits = "%010X%n".formatted(used + 1).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(digits), 0);
            channel.truncate(digits.length);
            channel.force(true);
            return used + 1;
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    Failure.Kind.INPUT, file + ": " + e.getMessage() + "; it has the last counter in ten digits", e);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT,
                    "the counter cannot be kept in " + file + " (" + e.getMessage()
                            + "); give another file with --counter-file",
                    e);
        }
    }

    /**
     * Reads a counter.
     *
     * @throws IllegalArgumentException when it is none of five bytes
     */
    public static long parse(String hex) {
        if (!hex.matches("[0-9A-Fa-f]{10}")) {
            throw new IllegalArgumentException("a counter has five bytes in hexadecimal, not " + hex);
        }
        return Long.parseLong(hex, 16);
    }
}
