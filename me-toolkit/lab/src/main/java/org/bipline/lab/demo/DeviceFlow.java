// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.tnds.Difference;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.TreeDiff;
import org.bipline.lab.Failure;

/**
 * From the card into the tree of the ME, and back: a policy for the object comes over the air, the card hands the object over to the ME's DM
 * client, the user changes a value there, the card takes it over, and the server finds it on the card.
 */
final class DeviceFlow {
    private static final String CHANGED = "changed by the user";

    private final DemoServer server;
    private final DemoDevice device;
    private final Demo.Trigger trigger;
    private final JobSpec.Provision object;
    private final Figures figures;
    private final Duration limit;

    DeviceFlow(
            DemoServer server,
            DemoDevice device,
            Demo.Trigger trigger,
            JobSpec.Provision object,
            Figures figures,
            Duration limit) {
        this.server = server;
        this.device = device;
        this.trigger = trigger;
        this.object = object;
        this.figures = figures;
        this.limit = limit;
    }

    /**
     * Goes all the way.
     *
     * @return what came of it, in words
     * @throws Failure when something on the way failed, or the ME's object or the value on the card is not as it should be
     */
    List<String> run() throws Failure {
        String name = object.target().substring(object.target().lastIndexOf('/') + 1);
        MgmtNode policy = MgmtNode.interior(name)
                .type("urn:bipline:mo:policy:1.0")
                .child(MgmtNode.leaf("Direction", "both"))
                .child(MgmtNode.named("Consent").format(Format.BOOL).value(NodeValue.text("true")))
                .build();
        overTheAir(
                "policy, then card to ME",
                JobSpec.provision(MgmtTree.of(policy), "./Policy/" + name, JobSpec.Mode.AUTO));
        List<String> differences = TreeDiff.between(object.mo(), adopted()).stream()
                .map(Difference::toString)
                .toList();
        if (!differences.isEmpty()) {
            throw new Failure(
                    Failure.Kind.TESTED,
                    "what the ME has in its tree differs from what was given: " + String.join("; ", differences));
        }
        Optional<String> leaf = firstText(object.target(), object.mo());
        if (leaf.isEmpty()) {
            return List.of("the ME has it in its tree; it has no text that a user could change");
        }
        changeBack(leaf.get());
        return List.of("the ME has it in its tree", "the server finds what the user changed there: " + leaf.get());
    }

    private MgmtNode adopted() throws Failure {
        return device.node(object.target())
                .orElseThrow(() -> new Failure(
                        Failure.Kind.TESTED,
                        "the ME has no " + object.target() + " in its tree: "
                                + device.localOutcome()
                                        .map(outcome -> "the session with the card is " + outcome.state() + " "
                                                + outcome.reason())
                                        .orElse("there was no session with the card")
                                + "; see the trace"));
    }

    private void changeBack(String uri) throws Failure {
        figures.start("ME to card");
        try {
            device.change(uri, CHANGED, limit);
        } finally {
            figures.stop();
        }
        Job read = overTheAir("seen over the air", JobSpec.commands(ManagementCommand.get(uri)));
        Optional<String> value = read.results().getFirst().value().flatMap(NodeValue::asText);
        if (!value.equals(Optional.of(CHANGED))) {
            throw new Failure(
                    Failure.Kind.TESTED,
                    "the user changed " + uri + " in the ME, and the card has another value; see the trace");
        }
    }

    private Job overTheAir(String part, JobSpec spec) throws Failure {
        Job submitted = server.submit(device.id(), spec);
        figures.start(part);
        try {
            trigger.session(limit);
        } finally {
            figures.stop();
        }
        Job job = server.job(submitted);
        if (job.state() != JobState.DONE) {
            throw new Failure(Failure.Kind.TESTED, part + ": " + job + " " + job.reason() + "; see the trace");
        }
        return job;
    }

    private static Optional<String> firstText(String uri, MgmtNode node) {
        for (MgmtNode child : new ArrayList<>(node.children())) {
            String below = uri + "/" + child.name();
            boolean text = !child.isInterior()
                    && child.effectiveFormat() == Format.CHR
                    && child.value().flatMap(NodeValue::asText).isPresent();
            Optional<String> found = text ? Optional.of(below) : firstText(below, child);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
