// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bipline.lab.Failure;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.demo.Demo;
import org.bipline.lab.reader.VirtualReader;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.Ladder;
import org.bipline.lab.trace.Trace;
import org.bipline.lab.trace.TracedLink;
import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;
import org.bipline.uicc.runtime.InstallationException;
import org.bipline.uicc.runtime.Uicc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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

    @Option(names = "-v", description = "Print every command and what happens in the card.")
    private boolean verbose;

    @Option(
            names = "--iccid",
            paramLabel = "DIGITS",
            defaultValue = Demo.ICCID,
            description = "EF ICCID. Default: ${DEFAULT-VALUE}.")
    private String iccid;

    @Option(names = "--imsi", paramLabel = "DIGITS", description = "EF IMSI.")
    private Optional<String> imsi;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.class,
            defaultValue = "127.0.0.1:8080",
            description = "DM server that the applet asks for. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress server;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/dm",
            description = "HTTP path of the DM server. Default: ${DEFAULT-VALUE}.")
    private String path;

    @Mixin
    private AccountOptions accounts;

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        InetSocketAddress vpcd = new HostAndPort().convert(host + ":" + port);
        Trace trace = new Trace(Clock.systemUTC(), System::nanoTime);
        if (verbose) {
            trace.add(new Ladder(out, new Ladder.Style(true, Ansi.AUTO.enabled(), Bipline.unicodeConsole())));
        }
        CardLink card = new TracedLink(new UiccLink(uicc(trace)), trace, SESSION);
        try {
            new VirtualReader(vpcd, card, RETRY, line -> {
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

    private Uicc uicc(Trace trace) throws Failure {
        Accounts account = accounts.inReader();
        try {
            DmAppletParameters parameters = new DmAppletParameters()
                    .destination(server)
                    .path(path)
                    .client(account.client(), account.clientPassword())
                    .server(account.server(), account.serverPassword());
            var builder = Uicc.builder()
                    .iccid(iccid)
                    .listener(new CardEvents(trace, SESSION, Map.of(DmAppletInstallation.AID, "DM applet")))
                    .applet(DmAppletInstallation.of(parameters));
            imsi.ifPresent(builder::imsi);
            return builder.build();
        } catch (IllegalArgumentException | InstallationException e) {
            throw new Failure(Failure.Kind.INPUT, e.getMessage() + "; correct the option", e);
        }
    }
}
