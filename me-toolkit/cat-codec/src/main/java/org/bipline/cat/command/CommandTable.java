// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.COMMAND_DETAILS;
import static org.bipline.cat.object.DataObjectType.DEVICE_IDENTITIES;

import java.util.List;
import java.util.function.Function;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TypeOfCommand;

/** One proactive command: its type, its structure and the record that views it. ETSI TS 102 223 clause 6.6. */
public final class CommandTable {
    /** What every command has. */
    private static final List<Row> HEAD = List.of(required(COMMAND_DETAILS), required(DEVICE_IDENTITIES));

    private final TypeOfCommand type;
    private final Structure structure;
    private final Function<Pdu, ProactiveCommand> view;

    private CommandTable(TypeOfCommand type, String clause, Function<Pdu, ProactiveCommand> view, Row[] rows) {
        this.type = type;
        this.structure = Structure.of(type.text(), clause, HEAD, rows);
        this.view = view;
    }

    /** A command whose rows follow Command details and Device identities, which every command has. */
    static CommandTable of(TypeOfCommand type, String clause, Function<Pdu, ProactiveCommand> view, Row... rows) {
        return new CommandTable(type, "ETSI TS 102 223 clause " + clause, view, rows);
    }

    /** The same for a command that 3GPP TS 31.111 adds. */
    static CommandTable usat(TypeOfCommand type, Function<Pdu, ProactiveCommand> view, Row... rows) {
        return new CommandTable(type, "3GPP TS 31.111", view, rows);
    }

    /** The same for a command of ETSI TS 102 223 whose clause the pinned release and later ones number differently. */
    static CommandTable unnumbered(TypeOfCommand type, Function<Pdu, ProactiveCommand> view, Row... rows) {
        return new CommandTable(type, "ETSI TS 102 223", view, rows);
    }

    public TypeOfCommand type() {
        return type;
    }

    public Structure structure() {
        return structure;
    }

    /** Document and clause of the command's structure. */
    public String clause() {
        return structure.clause();
    }

    ProactiveCommand view(Pdu pdu) {
        return view.apply(pdu);
    }
}
