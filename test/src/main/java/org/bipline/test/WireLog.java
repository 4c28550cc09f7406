// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.DmServerListener.Session;
import org.bipline.dm.server.WireListener;
import org.bipline.dm.syncml.SyncMl;

/**
 * Keeps every DM message in WBXML that crosses a socket in a run of the tests as a file, each once, so that another codec can be held
 * against all of them afterwards; simulations, whose sessions are the same over and over, leave none. The system property {@code dm.messages} names the directory; without it nothing is kept.
 */
public final class WireLog implements WireListener {
    /** Listener of servers. */
    public static final WireLog LISTENER = new WireLog();

    private static final Optional<Path> DIRECTORY = directory();

    private WireLog() {}

    /** What an earlier run left there goes. */
    private static Optional<Path> directory() {
        Optional<Path> directory =
                Optional.ofNullable(System.getProperty("dm.messages")).map(Path::of);
        try {
            if (directory.isPresent()) {
                Files.createDirectories(directory.get());
                try (DirectoryStream<Path> old = Files.newDirectoryStream(directory.get(), "*.wbxml")) {
                    for (Path file : old) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }

    /** Keeps a message, unless it is one in XML. */
    public static void keep(ByteString message) {
        if (DIRECTORY.isEmpty() || message.isEmpty() || message.at(0) == '<') {
            return;
        }
        try {
            byte[] bytes = message.toByteArray();
            String name =
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
            Files.write(DIRECTORY.get().resolve(name + ".wbxml"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void messageReceived(Session session, SyncMl message, ByteString bytes) {
        keep(bytes);
    }

    @Override
    public void messageSent(Session session, SyncMl message, ByteString bytes) {
        keep(bytes);
    }
}
