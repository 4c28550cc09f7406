// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bipline.lab.Failure;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.demo.Demo;
import org.bipline.lab.demo.DemoOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bipline demo}. */
@Command(
        name = "demo",
        description = {
            "Provisions a management object on a card: gateway, DM server, ME and card in one process over "
                    + "loopback sockets. Reads it back over the air and compares. Then the card hands it over to the ME's DM client, the user "
                    + "changes it there, and the server finds the change on the card. The simulated card calls itself "
                    + Demo.DEVICE_ID + ".",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--mo",
            paramLabel = "FILE",
            description = "TNDS file of the management object. Default: a Passpoint subscription.")
    private Optional<Path> mo;

    @Mixin
    private DescriptionOption descriptions;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/demo",
            description =
                    "Where report.html, trace.pcap, trace.jsonl, card-tree.xml and device-tree.xml go. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Mixin
    private LadderOption ladder;

    @Option(
            names = "--reader",
            paramLabel = "NAME",
            description = "Use the card in this PC/SC reader (or the one with NAME in its name) instead of a simulated "
                    + "one. The DM applet is on it, and the passwords are those of its account.")
    private Optional<String> reader;

    @Mixin
    private ServerOption server;

    @Mixin
    private PathOption path;

    @Mixin
    private MeOption me;

    @Mixin
    private AccountOptions accounts;

    @Option(
            names = "--store-bytes",
            paramLabel = "BYTES",
            defaultValue = "24576",
            description = "Room for values on the card, 3072 to 32000. Default: ${DEFAULT-VALUE}.")
    private int storeBytes;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Longest time of the session. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(
            names = "--keylog",
            paramLabel = "FILE",
            description =
                    "Write the secrets of the TLS connections to this file, in the form of NSS: with it Wireshark decrypts "
                            + "them. By default they are written nowhere.")
    private Optional<Path> keyLog;

    @Override
    public Integer call() throws Failure {
        if (timeout < 1) {
            throw new Failure(Failure.Kind.INPUT, "--timeout is " + timeout + "; give 1 or more seconds");
        }
        descriptions.read(mo, spec.commandLine().getErr());
        SecureRandom random = new SecureRandom();
        Accounts chosen = reader.isPresent() ? accounts.inReader() : accounts.chosen(random);
        DemoOptions options = new DemoOptions(
                mo,
                out,
                reader,
                server.server(),
                path.path(),
                chosen,
                reader.isPresent() ? Optional.empty() : accounts.clientPassword(),
                storeBytes,
                Duration.ofSeconds(timeout),
                me.profile(),
                keyLog);
        PrintWriter console = spec.commandLine().getOut();
        new Demo(options, console, ladder.style(), Clock.systemUTC(), System::nanoTime, random).run();
        return 0;
    }
}
