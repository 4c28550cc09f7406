// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.bipline.lab.Failure;
import picocli.CommandLine.Option;

/** Where a running gateway is administered. */
final class AdminOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "target/gateway",
            description = "Directory of the gateway, where " + AdminFile.NAME
                    + " tells address and token. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(names = "--admin", paramLabel = "URL", description = "Address of the gateway's administration instead.")
    private Optional<String> url = Optional.empty();

    @Option(names = "--token", paramLabel = "TOKEN", description = "Token of the gateway instead.")
    private Optional<String> token = Optional.empty();

    AdminClient gateway() throws Failure {
        if (url.isPresent() && token.isPresent()) {
            return new AdminClient(url.get(), token.get());
        }
        AdminFile.Access access = AdminFile.read(data);
        return new AdminClient(url.orElse(access.url()), token.orElse(access.token()));
    }
}
