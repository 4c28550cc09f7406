// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The DM server of a card. */
final class ServerOption {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.class,
            description =
                    "DM server that the card asks for. Default: 127.0.0.1:8080 for card, one of its own for demo; "
                            + "with another, demo has that server's jobs done, not --mo.")
    private Optional<InetSocketAddress> server;

    Optional<InetSocketAddress> server() {
        return server;
    }
}
