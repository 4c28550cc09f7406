// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.bipline.uicc.runtime.UiccBuilder;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.file.ProfileException;
import picocli.CommandLine.ArgGroup;
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
    private static final InetSocketAddress LOCAL_SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

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

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "File that describes the card's files and PINs. Default: a card with a USIM.")
    private Optional<Path> profile;

    @Option(
            names = "--iccid",
            paramLabel = "DIGITS",
            description = "EF ICCID. Default: that of the profile, " + Demo.ICCID + " where there is none.")
    private Optional<String> iccid;

    @Option(names = "--imsi", paramLabel = "DIGITS", description = "EF IMSI. Default: that of the profile.")
    private Optional<String> imsi;

    @ArgGroup(exclusive = false, multiplicity = "0..*", heading = "%nOther applets:%n")
    private List<AppletOptions> applets = new ArrayList<>(); // picocli adds to it

    @Mixin
    private ServerOption server;

    @Mixin
    private PathOption path;

    @Mixin
    private AccountOptions accounts;

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
                    .destination(server.server().orElse(LOCAL_SERVER))
                    .path(path.path())
                    .client(account.client(), account.clientPassword())
                    .server(account.server(), account.serverPassword());
            UiccBuilder builder = Uicc.builder()
                    .listener(new CardEvents(trace, SESSION, Map.of(DmAppletInstallation.AID, "DM applet")));
            for (int i = 0; i < applets.size(); i++) {
                applets.get(i).addTo(builder, i + 1);
            }
            if (applets.isEmpty()) {
                builder.applet(DmAppletInstallation.of(parameters));
            }
            if (profile.isPresent()) {
                builder.profile(CardProfile.parse(Files.readString(profile.get())));
            } else {
                builder.iccid(Demo.ICCID);
            }
            iccid.ifPresent(builder::iccid);
            imsi.ifPresent(builder::imsi);
            return builder.build();
        } catch (InstallationException e) {
            throw new Failure(
                    Failure.Kind.INPUT, e.getMessage() + "; correct --applet, --jar, --aid or --install-parameters", e);
        } catch (LinkageError e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    "the applet cannot be loaded (" + e
                            + "); give a jar with every class that it needs but those of the"
                            + " Java Card and UICC API",
                    e);
        } catch (ProfileException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    profile.orElseThrow() + ": " + e.getMessage() + "; correct it, specs/card-profile.md has the form",
                    e);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INPUT, e.getMessage() + "; correct the option", e);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    profile.orElseThrow() + " cannot be read (" + e.getMessage() + "); give a file with --profile",
                    e);
        }
    }
}
