// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.bipline.lab.Failure;
import org.bipline.lab.card.UiccLink;
import org.bipline.lab.push.SmsCentre;
import org.bipline.lab.trace.Ladder;
import org.bipline.lab.trace.MeEvents;
import org.bipline.lab.trace.Trace;
import org.bipline.me.CardLinkException;
import org.bipline.me.MeProfile;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bipline me}. */
@Command(
        name = "me",
        description = {
            "Runs a simulated ME with a simulated UICC, and in front of it a small SMSC: 'bipline push' and other OTA tools "
                    + "reach the card by SMPP 3.4. Ends with Ctrl-C.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class MeCommand implements Callable<Integer> {
    private static final String SESSION = "me";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--smpp",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.class,
            defaultValue = "127.0.0.1:2775",
            description =
                    "Where the SMSC listens, on loopback only: it takes any system_id and password. Port 0 takes any "
                            + "free one. Default: ${DEFAULT-VALUE}.")
    private InetSocketAddress smpp;

    @Mixin
    private MeOption me;

    @Mixin
    private LadderOption ladder;

    @Mixin
    private CardOptions card;

    /** What waits for the end; a test ends it by an interrupt. */
    private final CountDownLatch forever = new CountDownLatch(1);

    @Override
    public Integer call() throws Failure {
        PrintWriter out = spec.commandLine().getOut();
        if (!smpp.getAddress().isLoopbackAddress()) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    "--smpp " + smpp + " is not on loopback, and nothing protects it; give 127.0.0.1:PORT");
        }
        MeProfile profile = me.profile();
        Trace trace = new Trace(Clock.systemUTC(), System::nanoTime);
        trace.add(new Ladder(out, ladder.style()));
        UiccLink link = new UiccLink(card.uicc(trace, SESSION));
        try (SmsCentre centre = centre();
                SystemMeClock clock = new SystemMeClock();
                NettyBearer bearer = new NettyBearer(1);
                MobileEquipment equipment = MobileEquipment.builder()
                        .card(link)
                        .bearer(bearer)
                        .clock(clock)
                        .profile(profile)
                        .network(centre)
                        .listener(new MeEvents(trace, SESSION))
                        .build()) {
            equipment.powerOn();
            centre.attach(equipment);
            InetSocketAddress address = centre.address();
            out.println("SMSC of the ME: smpp://" + address.getHostString() + ":" + address.getPort());
            out.flush();
            forever.await();
        } catch (CardLinkException e) {
            throw new Failure(Failure.Kind.TESTED, "the card failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // asked to end: what was open is closed
        }
        return 0;
    }

    private SmsCentre centre() throws Failure {
        try {
            return new SmsCentre(smpp, Clock.systemUTC());
        } catch (IOException e) {
            throw new Failure(
                    Failure.Kind.ENVIRONMENT, smpp + ": " + e.getMessage() + "; give another port with --smpp", e);
        }
    }
}
