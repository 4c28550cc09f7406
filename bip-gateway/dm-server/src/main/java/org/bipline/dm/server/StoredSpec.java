// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.JobStep.Group;
import org.bipline.dm.server.ManagementCommand.Verb;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;

/**
 * A {@link JobSpec} as columns: an MO as TNDS, commands as a DM message, both in WBXML.
 *
 * @param target root of the MO, for provisioning
 * @param mode way of provisioning
 * @param conditions of the steps of a job of commands, as {@link #conditions(List)} writes them
 */
record StoredSpec(String kind, String target, String mode, ByteString payload, String conditions) {
    private static final String PROVISION = "PROVISION";
    private static final String RECONCILE = "RECONCILE";
    private static final String COMMANDS = "COMMANDS";

    static StoredSpec of(JobSpec spec) {
        return switch (spec) {
            case JobSpec.Provision provision ->
                new StoredSpec(
                        PROVISION,
                        provision.target(),
                        provision.mode().name(),
                        Tnds.toWbxml(MgmtTree.of(provision.mo())),
                        "");
            case JobSpec.Reconcile reconcile ->
                new StoredSpec(RECONCILE, reconcile.target(), null, Tnds.toWbxml(MgmtTree.of(reconcile.mo())), "");
            case JobSpec.Commands commands ->
                new StoredSpec(COMMANDS, null, null, encode(commands.steps()), conditions(commands.steps()));
        };
    }

    JobSpec toSpec() {
        try {
            return switch (kind) {
                case PROVISION -> JobSpec.provision(Tnds.fromWbxml(payload), target, JobSpec.Mode.valueOf(mode));
                case RECONCILE -> new JobSpec.Reconcile(JobSpec.root(Tnds.fromWbxml(payload)), target);
                case COMMANDS -> new JobSpec.Commands(decode(payload, conditions));
                default -> throw new IllegalStateException("a job of kind " + kind);
            };
        } catch (DmDecodingException e) {
            throw new StoreException("a job in the store is damaged", e);
        }
    }

    private static ByteString encode(List<JobStep> steps) {
        List<Command> commands = new ArrayList<>();
        int ids = 0;
        for (JobStep step : steps) {
            String cmdId = Integer.toString(++ids);
            List<Command> inner = new ArrayList<>();
            for (ManagementCommand command : step.commands()) {
                inner.add(command.toCommand(Integer.toString(++ids)));
            }
            commands.add(
                    switch (step.group()) {
                        case NONE -> inner.get(0);
                        case ATOMIC -> new Command.Atomic(cmdId, Optional.empty(), inner);
                        case SEQUENCE -> new Command.Sequence(cmdId, Optional.empty(), inner);
                    });
        }
        SyncHdr header = SyncHdr.builder()
                .sessionId("0")
                .msgId(1)
                .target(Location.of("store"))
                .source(Location.of("store"))
                .build();
        return ByteString.of(SyncMlCodec.WBXML.encode(new SyncMl(header, new SyncBody(commands, true))));
    }

    private static List<JobStep> decode(ByteString message, String conditions) throws DmDecodingException {
        List<JobStep> steps = new ArrayList<>();
        for (Command command :
                SyncMlCodec.WBXML.decode(message.toByteArray()).body().commands()) {
            steps.add(
                    switch (command) {
                        case Command.Atomic atomic -> new JobStep(Group.ATOMIC, commands(atomic), List.of());
                        case Command.Sequence sequence -> new JobStep(Group.SEQUENCE, commands(sequence), List.of());
                        default -> JobStep.of(command(command));
                    });
        }
        for (String line : conditions.lines().toList()) {
            String[] parts = line.split(" ", -1);
            int step = Integer.parseInt(parts[0]);
            steps.set(step, steps.get(step).when(condition(parts)));
        }
        return steps;
    }

    private static List<ManagementCommand> commands(Command.Container container) {
        return container.commands().stream().map(StoredSpec::command).toList();
    }

    private static ManagementCommand command(Command command) {
        if (command instanceof Command.Alert alert) {
            return UserInteraction.of(alert);
        }
        Item item = ((Command.OnItems) command).items().get(0);
        String uri = item.targetUri().orElseThrow();
        if (command instanceof Command.Copy) {
            return ManagementCommand.copy(item.sourceUri().orElseThrow(), uri);
        }
        return new ManagementCommand.OnNode(
                verb(command),
                uri,
                item.meta().flatMap(Meta::format).flatMap(Format::of),
                item.meta().flatMap(Meta::type),
                item.data().flatMap(data -> data.asValue()),
                command instanceof Command.Exec exec ? exec.correlator() : Optional.empty());
    }

    private static Verb verb(Command command) {
        for (Verb verb : Verb.values()) {
            if (verb.toString().equals(command.name())) {
                return verb;
            }
        }
        throw new IllegalStateException("a job with " + command.name());
    }

    /** A line for each condition: step, {@code is} or {@code not}, {@code status} or {@code value}, earlier step, operand. */
    private static String conditions(List<JobStep> steps) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            for (Condition condition : steps.get(i).conditions()) {
                lines.append(i)
                        .append(condition instanceof Condition.Not ? " not " : " is ")
                        .append(operand(condition))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private static String operand(Condition condition) {
        return switch (condition) {
            case Condition.StatusIs is ->
                "status " + is.step() + " " + is.code().number();
            case Condition.ValueIs is ->
                "value " + is.step() + " " + URLEncoder.encode(is.value(), StandardCharsets.UTF_8);
            case Condition.Not not -> operand(not.condition());
        };
    }

    private static Condition condition(String[] parts) {
        int earlier = Integer.parseInt(parts[3]);
        Condition positive = parts[2].equals("status")
                ? Condition.statusIs(earlier, Integer.parseInt(parts[4]))
                : Condition.valueIs(earlier, URLDecoder.decode(parts[4], StandardCharsets.UTF_8));
        return parts[1].equals("not") ? new Condition.Not(positive) : positive;
    }

    /** A row of job_node. */
    static NodeResult readNode(ResultSet row) throws SQLException {
        return new NodeResult(
                row.getString("uri"),
                row.getString("format"),
                Optional.ofNullable(row.getString("type")),
                value(row),
                new StatusCode(row.getInt("status")));
    }

    /** A value in a row. Text is told from octets by the format, as it was when the row was written. */
    static Optional<NodeValue> value(ResultSet row) throws SQLException {
        boolean binary = row.getString("format").equals(Format.BIN.text());
        return Optional.ofNullable(row.getBytes("content"))
                .map(bytes -> NodeValue.binary(ByteString.of(bytes)))
                .map(octets ->
                        binary ? octets : octets.asText().map(NodeValue::text).orElse(octets));
    }
}
