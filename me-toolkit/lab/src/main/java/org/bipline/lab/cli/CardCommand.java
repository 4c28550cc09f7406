// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.bipline.lab.Failure;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.reader.VirtualReader;
import org.bipline.lab.trace.Ladder;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TracedLink;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bipline card}. */
@Command(
        name = "card",
        description = {
            "Serves a simulated UICC with the DM applet to other programs: puts it into the virtual PC/SC reader of "
                    + "vsmartcard (packages vsmartcard-vpcd and pcscd). Ends with Ctrl-C.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CardCommand implements Callable<Integer> {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String SESSION = "card";
    private static final int MAX_PORT = 0xFFFF;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where vpcd listens. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + VirtualReader.PORT,
            description = "Port of vpcd: of its first reader, or of the second, one more. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Mixin
    private LadderOption ladder;

    @Mixin
    private CardOptions card;

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        if (port < 1 || port > MAX_PORT) {
            throw new Failure(Failure.Kind.INPUT, "--port is " + port + "; give 1 to " + MAX_PORT);
        }
        InetSocketAddress vpcd = new InetSocketAddress(host, port);
        if (vpcd.isUnresolved()) {
            throw new Failure(Failure.Kind.INPUT, "host '" + host + "' is not known; give another with --host");
        }
        Trace trace = new Trace(Clock.systemUTC(), System::nanoTime);
        if (ladder.verbose()) {
            trace.add(new Ladder(out, ladder.style()));
        }
        CardLink link = new TracedLink(new UiccLink(card.uicc(trace, SESSION)), trace, SESSION);
        try {
            new VirtualReader(vpcd, link, RETRY, line -> {
                        out.println(line);
                        out.flush();
                    })
                    .serve();
            return 0;
        } catch (CardLinkException e) {
            throw new Failure(Failure.Kind.TESTED, "the card failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // asked to end: what was open is closed
            return 0;
        }
    }
}
