// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.test.DmMessages.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every DM message that crossed the wire in the tests of this module, of the card's codec and of the server's, is read by libwbxml as we
 * read it, and written by it so that we read the same. Runs after those tests ({@link WireLog}).
 */
final class WireMessagesTest {
    private static final Path MESSAGES = Sources.ROOT.resolve("test/target/dm-messages");

    @TempDir
    Path directory;

    @Test
    @Tag("MO-7")
    void libwbxml_agrees_on_every_message_of_the_suite() throws Exception {
        Programs.requireLibwbxml();
        assumeTrue(Files.isDirectory(MESSAGES), "NOT RUN: no test of this module has left messages");
        List<Path> files;
        try (Stream<Path> all = Files.list(MESSAGES)) {
            files = all.filter(file -> file.toString().endsWith(".wbxml")).toList();
        }
        AtomicInteger bothWays = new AtomicInteger();
        Map<Path, Throwable> failures = new ConcurrentHashMap<>();
        files.parallelStream().forEach(file -> {
            try {
                ByteString bytes = ByteString.of(Files.readAllBytes(file));
                Message message = new Message(false, SyncMlCodec.WBXML.decode(bytes.toByteArray()), bytes);
                if (LibwbxmlComparison.agrees(message, directory)) {
                    bothWays.incrementAndGet();
                }
            } catch (Exception | AssertionError e) {
                failures.put(file, e);
            }
        });

        assertThat(new TreeMap<>(failures))
                .as("of " + files.size() + " messages")
                .isEmpty();
        assertThat(files).hasSizeGreaterThan(200);
        assertThat(bothWays.get()).isGreaterThan(files.size() / 2);
    }
}
