// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.integrity;

import static org.bipline.dm.server.ManagementCommand.addInterior;
import static org.bipline.dm.server.ManagementCommand.copy;
import static org.bipline.dm.server.ManagementCommand.delete;
import static org.bipline.dm.server.ManagementCommand.exec;
import static org.bipline.dm.server.ManagementCommand.get;
import static org.bipline.dm.server.ManagementCommand.replaceProperty;

import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobStep;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.UserInteraction;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.test.integrity.Scenario.Trigger;

/** The table of scenarios: each way in which a card's tree changes, and each way in which a session begins. */
final class Scenarios {
    private static final String MO = "./MO/A";
    private static final String POLICY = "./Policy/A";
    private static final JobSpec SMALL = provision("1");
    private static final JobSpec LARGE =
            JobSpec.commands(leaf("./MO/Large", "a value in chunks ".repeat(80))); // 1,440 bytes

    private Scenarios() {}

    static Stream<Scenario> all() {
        return Stream.of(
                Scenario.of("new object").changes(SMALL),
                Scenario.of("object replaced").before(SMALL).changes(provision("2")),
                Scenario.of("desired state")
                        .before(SMALL)
                        .changes(new JobSpec.Reconcile(
                                object("3").toBuilder()
                                        .child(MgmtNode.leaf("New", "one more"))
                                        .build(),
                                MO)),
                Scenario.of("large value in chunks")
                        .installed(parameters -> parameters.maxMsgSize(512))
                        .changes(LARGE, JobSpec.commands(value("./MO/Large", "another in chunks ".repeat(70)))),
                Scenario.of("leaves")
                        .before(SMALL)
                        .changes(
                                JobSpec.commands(leaf(MO + "/x", "added")),
                                JobSpec.commands(value(MO + "/x", "replaced by a value of more than one block")),
                                JobSpec.commands(addInterior(MO + "/i", Optional.of("urn:example:i"))),
                                JobSpec.commands(leaf(MO + "/i/y", ""))),
                Scenario.of("delete")
                        .before(SMALL)
                        .changes(JobSpec.commands(delete(MO + "/Name")), JobSpec.commands(delete(MO))),
                Scenario.of("copy")
                        .before(SMALL)
                        .changes(
                                JobSpec.commands(copy(MO + "/Name", MO + "/Copy")),
                                JobSpec.commands(copy(MO + "/Sub/Value", MO + "/Name"))),
                Scenario.of("atomic")
                        .before(SMALL, LARGE)
                        .changes(JobSpec.steps(JobStep.atomic(
                                delete("./MO/Large"), leaf("./MO/Large", "small"), value(MO + "/Name", "other")))),
                Scenario.of("atomic that fails")
                        .before(SMALL)
                        .changes(JobSpec.steps(JobStep.atomic(
                                delete(MO + "/Name"), leaf(MO + "/x", "1"), value(MO + "/none", "other")))),
                Scenario.of("sequence")
                        .before(SMALL)
                        .changes(JobSpec.steps(JobStep.sequence(
                                get(MO + "/Name"), value(MO + "/Name", "in turn"), delete(MO + "/Sub")))),
                Scenario.of("properties")
                        .before(SMALL)
                        .changes(
                                JobSpec.commands(replaceProperty(MO, "ACL", "Add=*&Get=*&Replace=*&Delete=*")),
                                JobSpec.commands(
                                        replaceProperty(MO + "/Name", "Title", "a title of some more length"))),
                Scenario.of("rename")
                        .before(SMALL)
                        .changes(JobSpec.commands(replaceProperty(MO + "/Sub", "Name", "Another name of it"))),
                Scenario.of("policy")
                        .before(SMALL)
                        .changes(
                                new JobSpec.Provision(
                                        MgmtNode.interior("A")
                                                .child(MgmtNode.leaf("Direction", "device"))
                                                .child(MgmtNode.leaf("Conflict", "newer"))
                                                .build(),
                                        POLICY,
                                        JobSpec.Mode.TNDS),
                                JobSpec.commands(value(POLICY + "/Direction", "both")),
                                JobSpec.commands(delete(POLICY))),
                Scenario.of("no room")
                        .installed(parameters -> parameters.storeBytes(3584))
                        .before(SMALL)
                        .changes(
                                JobSpec.commands(leaf("./MO/x", "x".repeat(2000))),
                                JobSpec.commands(value(MO + "/Name", "but this fits"))),
                Scenario.of("device information").changes(JobSpec.commands(exec("./DevDetail/Ext/ME"))),
                Scenario.of("user interaction")
                        .before(SMALL)
                        .changes(
                                JobSpec.steps(JobStep.sequence(
                                        UserInteraction.confirm("Change?"), value(MO + "/Name", "agreed"))),
                                JobSpec.commands(UserInteraction.textInput("PIN?"))),
                Scenario.of("notification")
                        .on(Trigger.NOTIFICATION)
                        .before(SMALL)
                        .changes(JobSpec.commands(value(MO + "/Name", "pushed"))),
                Scenario.of("schedule")
                        .on(Trigger.SCHEDULE)
                        .installed(parameters -> parameters.schedule(30))
                        .changes(JobSpec.commands(ManagementCommand.replace(
                                "./Update/Schedule", Format.INT, "text/plain", NodeValue.text("90")))));
    }

    private static MgmtNode object(String value) {
        return MgmtNode.interior("A")
                .type("urn:example:mo:a:1.0")
                .child(MgmtNode.leaf("Name", "a name of more than one block " + value))
                .child(MgmtNode.interior("Sub").child(MgmtNode.leaf("Value", value)))
                .build();
    }

    private static JobSpec provision(String value) {
        return new JobSpec.Provision(object(value), MO, JobSpec.Mode.TNDS);
    }

    private static ManagementCommand leaf(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static ManagementCommand value(String uri, String value) {
        return ManagementCommand.replace(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }
}
