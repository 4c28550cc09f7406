// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bipline.lab.Failure;
import org.bipline.lab.card.Accounts;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.demo.Demo;
import org.bipline.lab.trace.CardEvents;
import org.bipline.lab.trace.Trace;
import org.bipline.uicc.runtime.InstallationException;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccBuilder;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.file.ProfileException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A simulated card: its files, its keys and its applets, the DM applet with its server where no other is named. */
final class CardOptions {
    private static final InetSocketAddress LOCAL_SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "File that describes the card's files and PINs. Default: a card with a USIM.")
    private Optional<Path> profile;

    @Option(
            names = "--ota-keys",
            paramLabel = "FILE",
            description = "File with the card's keys for secured packets, ota statements as specs/card-profile.md has "
                    + "them. Default: none, so that no secured packet is taken.")
    private Optional<Path> otaKeys;

    @Option(
            names = "--iccid",
            paramLabel = "DIGITS",
            description = "EF ICCID. Default: that of the profile, " + Demo.ICCID + " where there is none.")
    private Optional<String> iccid;

    @Option(names = "--imsi", paramLabel = "DIGITS", description = "EF IMSI. Default: that of the profile.")
    private Optional<String> imsi;

    @Option(
            names = "--authorities",
            paramLabel = "FILE",
            description = "JSON file with further management authorities, with which the card is personalised.")
    private Optional<Path> authorities;

    @ArgGroup(exclusive = false, multiplicity = "0..*", heading = "%nOther applets:%n")
    private List<AppletOptions> applets = new ArrayList<>(); // picocli adds to it

    @Mixin
    private ServerOption server;

    @Mixin
    private PathOption path;

    @Mixin
    private AccountOptions accounts;

    /**
     * Makes the card.
     *
     * @param session its name in the trace
     */
    Uicc uicc(Trace trace, String session) throws Failure {
        Accounts account = accounts.inReader();
        try {
            DmAppletParameters parameters = new DmAppletParameters()
                    .destination(server.server().orElse(LOCAL_SERVER))
                    .path(path.path())
                    .client(account.client(), account.clientPassword())
                    .server(account.server(), account.serverPassword());
            account.psk().ifPresent(parameters::preSharedKey);
            UiccBuilder builder = Uicc.builder()
                    .listener(new CardEvents(trace, session, Map.of(DmAppletInstallation.AID, "DM applet")));
            for (int i = 0; i < applets.size(); i++) {
                applets.get(i).addTo(builder, i + 1);
            }
            if (applets.isEmpty()) {
                builder.applet(DmAppletInstallation.of(parameters));
            }
            builder.profile(files());
            if (profile.isEmpty()) {
                builder.iccid(Demo.ICCID);
            }
            iccid.ifPresent(builder::iccid);
            imsi.ifPresent(builder::imsi);
            Uicc card = builder.build();
            if (authorities.isPresent()) {
                DmAppletInstallation.personalise(card, AuthorityFile.read(authorities.get()));
            }
            return card;
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
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INPUT, e.getMessage() + "; correct the option", e);
        }
    }

    private CardProfile files() throws Failure {
        CardProfile files = CardProfile.usim();
        if (profile.isPresent()) {
            files = read(profile.get(), CardProfile::parse);
        }
        return otaKeys.isPresent() ? read(otaKeys.get(), files::withOtaKeys) : files;
    }

    private static CardProfile read(Path file, Function<String, CardProfile> reader) throws Failure {
        try {
            return reader.apply(Files.readString(file));
        } catch (ProfileException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    file + ": " + e.getMessage() + "; correct it, specs/card-profile.md has the form",
                    e);
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    file + " cannot be read (" + e.getMessage() + "); give a file with --profile or --ota-keys",
                    e);
        }
    }
}
