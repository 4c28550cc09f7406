// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.DataObjectType.COMMAND_DETAILS;
import static org.bipline.cat.object.DataObjectType.DEVICE_IDENTITIES;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.MalformedObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TypeOfCommand;
import org.bipline.cat.object.UnknownObject;
import org.bipline.cat.tlv.CatDecodingException;

/** The structure of one proactive command: its data objects in the order of the standard. ETSI TS 102 223 clause 6.6. */
public final class CommandTable {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    /**
     * One row.
     *
     * @param required whether a PDU without the object lacks part of its minimum set
     * @param max how often the object may occur
     */
    public record Row(DataObjectType type, Predicate<Pdu> required, int max) {
        /** The same row for an object that may occur several times. */
        public Row times(int count) {
            return new Row(type, required, count);
        }

        /** The same row for an object that may occur any number of times. */
        public Row repeated() {
            return times(UNLIMITED);
        }
    }

    private final TypeOfCommand type;
    private final String clause;
    private final Function<Pdu, ProactiveCommand> view;
    private final Row[] rows;

    private CommandTable(TypeOfCommand type, String clause, Function<Pdu, ProactiveCommand> view, Row[] rows) {
        this.type = type;
        this.clause = clause;
        this.view = view;
        this.rows = rows;
    }

    /** A command whose rows follow Command details and Device identities, which every command has. */
    static CommandTable of(TypeOfCommand type, String clause, Function<Pdu, ProactiveCommand> view, Row... rows) {
        return withHead(type, "ETSI TS 102 223 clause " + clause, view, rows);
    }

    /** The same for a command that 3GPP TS 31.111 adds. */
    static CommandTable usat(TypeOfCommand type, Function<Pdu, ProactiveCommand> view, Row... rows) {
        return withHead(type, "3GPP TS 31.111", view, rows);
    }

    private static CommandTable withHead(
            TypeOfCommand type, String clause, Function<Pdu, ProactiveCommand> view, Row... rows) {
        Row[] all = new Row[rows.length + 2];
        all[0] = required(COMMAND_DETAILS);
        all[1] = required(DEVICE_IDENTITIES);
        System.arraycopy(rows, 0, all, 2, rows.length);
        return new CommandTable(type, clause, view, all);
    }

    /** An object of the minimum set. */
    static Row required(DataObjectType type) {
        return new Row(type, pdu -> true, 1);
    }

    /** An object that belongs to the minimum set of some commands only. */
    static Row conditional(DataObjectType type, Predicate<Pdu> required) {
        return new Row(type, required, 1);
    }

    static Row optional(DataObjectType type) {
        return new Row(type, pdu -> false, 1);
    }

    public TypeOfCommand type() {
        return type;
    }

    /** Document and clause of the command's structure. */
    public String clause() {
        return clause;
    }

    ProactiveCommand view(Pdu pdu) {
        return view.apply(pdu);
    }

    /** Everything for which an ME refuses the PDU; empty when the command can be performed. */
    List<Fault> faults(Pdu pdu) {
        List<Fault> faults = List.of();
        for (int i = 0; i < pdu.objects().size(); i++) {
            ComprehensionTlv tlv = pdu.objects().get(i);
            String wrong = wrong(pdu, i);
            if (wrong != null && (tlv.comprehensionRequired() || isRequired(tlv.object(), pdu))) {
                String where =
                        tlv.object() instanceof MalformedObject m ? m.type().clause() : clause();
                faults = with(
                        faults, new Fault(wrong, pdu.offsetOf(i), where, CatDecodingException.DATA_NOT_UNDERSTOOD));
            }
        }
        for (Row row : rows) {
            if (row.required.test(pdu) && !has(pdu, row.type.tag())) {
                faults = with(
                        faults,
                        new Fault(
                                row.type.title() + " is missing",
                                pdu.offsetOf(pdu.objects().size()),
                                clause(),
                                CatDecodingException.REQUIRED_VALUES_MISSING));
            }
        }
        return faults;
    }

    /** Whether there are objects that an ME leaves aside because they need not be comprehended. */
    boolean partlyComprehended(Pdu pdu) {
        for (int i = 0; i < pdu.objects().size(); i++) {
            if (wrong(pdu, i) != null) {
                return true;
            }
        }
        return false;
    }

    /** Why the object cannot be comprehended, or null. */
    private String wrong(Pdu pdu, int index) {
        DataObject object = pdu.objects().get(index).object();
        if (object instanceof UnknownObject) {
            return "object of unknown tag " + Integer.toHexString(object.tag());
        }
        if (object instanceof MalformedObject malformed) {
            return object.title() + ": " + malformed.fault();
        }
        Row row = row(object.tag());
        if (row == null) {
            return object.title() + " is no object of " + type.text();
        }
        if (row.max == UNLIMITED || index < row.max) {
            return null;
        }
        int before = 0;
        for (int i = 0; i < index; i++) {
            before += pdu.objects().get(i).object().tag() == object.tag() ? 1 : 0;
        }
        return before < row.max ? null : object.title() + " occurs more than " + row.max + " times";
    }

    private boolean isRequired(DataObject object, Pdu pdu) {
        Row row = row(object.tag());
        return row != null && object instanceof MalformedObject && row.required.test(pdu);
    }

    private Row row(int tag) {
        for (Row row : rows) {
            if (row.type.tag() == tag) {
                return row;
            }
        }
        return null;
    }

    private static boolean has(Pdu pdu, int tag) {
        for (int i = 0; i < pdu.objects().size(); i++) {
            if (pdu.objects().get(i).object().tag() == tag) {
                return true;
            }
        }
        return false;
    }

    private static List<Fault> with(List<Fault> faults, Fault fault) {
        List<Fault> more = new ArrayList<>(faults);
        more.add(fault);
        return more;
    }
}
