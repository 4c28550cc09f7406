// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
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
 */
record StoredSpec(String kind, String target, String mode, ByteString payload) {
    private static final String PROVISION = "PROVISION";
    private static final String COMMANDS = "COMMANDS";

    static StoredSpec of(JobSpec spec) {
        return switch (spec) {
            case JobSpec.Provision provision ->
                new StoredSpec(
                        PROVISION,
                        provision.target(),
                        provision.mode().name(),
                        Tnds.toWbxml(MgmtTree.of(provision.mo())));
            case JobSpec.Commands commands -> new StoredSpec(COMMANDS, null, null, encode(commands.commands()));
        };
    }

    JobSpec toSpec() {
        try {
            if (kind.equals(PROVISION)) {
                MgmtTree tree = Tnds.fromWbxml(payload);
                return JobSpec.provision(tree, target, JobSpec.Mode.valueOf(mode));
            }
            return new JobSpec.Commands(decode(payload));
        } catch (DmDecodingException e) {
            throw new StoreException("a job in the store is damaged", e);
        }
    }

    private static ByteString encode(List<ManagementCommand> commands) {
        List<Command> numbered = new ArrayList<>();
        for (ManagementCommand command : commands) {
            numbered.add(command.toCommand(Integer.toString(numbered.size() + 1)));
        }
        SyncHdr header = SyncHdr.builder()
                .sessionId("0")
                .msgId(1)
                .target(Location.of("store"))
                .source(Location.of("store"))
                .build();
        return ByteString.of(SyncMlCodec.WBXML.encode(new SyncMl(header, new SyncBody(numbered, true))));
    }

    private static List<ManagementCommand> decode(ByteString message) throws DmDecodingException {
        List<ManagementCommand> commands = new ArrayList<>();
        for (Command command :
                SyncMlCodec.WBXML.decode(message.toByteArray()).body().commands()) {
            Item item = ((Command.OnItems) command).items().get(0);
            commands.add(new ManagementCommand(
                    verb(command),
                    item.targetUri().orElseThrow(),
                    item.meta().flatMap(Meta::format).flatMap(Format::of),
                    item.meta().flatMap(Meta::type),
                    item.data().flatMap(data -> data.asValue())));
        }
        return commands;
    }

    private static Verb verb(Command command) {
        for (Verb verb : Verb.values()) {
            if (verb.toString().equals(command.name())) {
                return verb;
            }
        }
        throw new IllegalStateException("a job with " + command.name());
    }

    /** A row of job_node. Text is told from octets by the format, as it was when the row was written. */
    static NodeResult readNode(ResultSet row) throws SQLException {
        String format = row.getString("format");
        byte[] content = row.getBytes("content");
        boolean binary = format.equals(Format.BIN.text());
        Optional<NodeValue> value = Optional.ofNullable(content)
                .map(bytes -> NodeValue.binary(ByteString.of(bytes)))
                .map(octets ->
                        binary ? octets : octets.asText().map(NodeValue::text).orElse(octets));
        return new NodeResult(
                row.getString("uri"),
                format,
                Optional.ofNullable(row.getString("type")),
                value,
                new StatusCode(row.getInt("status")));
    }
}
