// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bipline.cat.object.ComprehensionTlv;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.DataObjectType;
import org.bipline.cat.object.MalformedObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TagMeaning;
import org.bipline.cat.object.UnknownObject;
import org.bipline.cat.tlv.CatDecodingException;

/**
 * The structure of one kind of PDU: its data objects in the order of the standard, which of them it must have, and what
 * their tags mean there.
 */
public final class Structure implements TagMeaning {
    private final String name;
    private final String clause;
    private final List<Row> rows;
    private final Row[] byTag = new Row[0x80];
    /** Position of a tag's row, for the set of those that are present. */
    private final byte[] position = new byte[0x80];
    /** The rows that every PDU must have, or some must. */
    private final long notOptional;

    private Structure(String name, String clause, List<Row> rows) {
        this.name = name;
        this.clause = clause;
        this.rows = List.copyOf(rows);
        long bits = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (byTag[row.type().tag()] != null || i >= Long.SIZE) {
                throw new IllegalStateException(name + ": second row of " + row.type());
            }
            byTag[row.type().tag()] = row;
            position[row.type().tag()] = (byte) i;
            bits |= row.presence() == Row.Presence.OPTIONAL ? 0 : 1L << i;
        }
        notOptional = bits;
    }

    /**
     * A structure of these rows.
     *
     * @param name the standard's name of the PDU
     * @param clause document and clause of its structure
     */
    public static Structure of(String name, String clause, Row... rows) {
        return new Structure(name, clause, Arrays.asList(rows));
    }

    /** The same with rows in front of these. */
    public static Structure of(String name, String clause, List<Row> head, Row... rows) {
        List<Row> all = new ArrayList<>(head);
        all.addAll(Arrays.asList(rows));
        return new Structure(name, clause, all);
    }

    public String name() {
        return name;
    }

    /** Document and clause of the structure. */
    public String clause() {
        return clause;
    }

    public List<Row> rows() {
        return rows;
    }

    @Override
    public DataObjectType of(int tag, DataObjectType usual) {
        Row row = row(tag);
        return row == null ? usual : row.type();
    }

    /** Everything for which the receiver refuses the PDU; empty when it can be processed. */
    public List<Fault> faults(Pdu pdu) {
        List<Fault> faults = List.of();
        long present = 0;
        List<ComprehensionTlv> objects = pdu.objects();
        for (int i = 0; i < objects.size(); i++) {
            ComprehensionTlv tlv = objects.get(i);
            DataObject object = tlv.object();
            Row row = row(object.tag());
            long bit = row == null ? 0 : 1L << position[row.type().tag()];
            // the first object of its tag needs no count: this is on the way of every command
            int occurrence = (present & bit) == 0 ? 1 : occurrence(pdu, i);
            present |= bit;
            String wrong = wrong(object, row, occurrence);
            if (wrong != null && (tlv.comprehensionRequired() || isRequired(object, row, pdu))) {
                String where = object instanceof MalformedObject m ? m.type().clause() : clause;
                faults = with(
                        faults, new Fault(wrong, pdu.offsetOf(i), where, CatDecodingException.DATA_NOT_UNDERSTOOD));
            }
        }
        for (long absent = notOptional & ~present; absent != 0; absent &= absent - 1) {
            Row row = rows.get(Long.numberOfTrailingZeros(absent));
            if (row.required().test(pdu)) {
                faults = with(
                        faults,
                        new Fault(
                                row.type().title() + " is missing",
                                pdu.offsetOf(pdu.objects().size()),
                                clause,
                                CatDecodingException.REQUIRED_VALUES_MISSING));
            }
        }
        return faults;
    }

    /** Whether there are objects that the receiver leaves aside because they need not be comprehended. */
    public boolean partlyComprehended(Pdu pdu) {
        for (int i = 0; i < pdu.objects().size(); i++) {
            DataObject object = pdu.objects().get(i).object();
            if (wrong(object, row(object.tag()), occurrence(pdu, i)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether the object at this index holds a secret, a password above all, which no trace may show. */
    public boolean isSecret(Pdu pdu, int index) {
        Row row = row(pdu.objects().get(index).object().tag());
        return row != null
                && row.secretFrom() > 0
                && occurrence(pdu, index) >= row.secretFrom()
                && row.secret().test(pdu);
    }

    /** Why the object cannot be comprehended, or null. */
    private String wrong(DataObject object, Row row, int occurrence) {
        if (object instanceof UnknownObject) {
            return "object of unknown tag " + Integer.toHexString(object.tag());
        }
        if (object instanceof MalformedObject malformed) {
            return object.title() + ": " + malformed.fault();
        }
        if (row == null) {
            return object.title() + " is no object of " + name;
        }
        return occurrence <= row.max() ? null : object.title() + " occurs more than " + row.max() + " times";
    }

    /** The how manyth object of its tag the object at the index is. */
    private static int occurrence(Pdu pdu, int index) {
        int tag = pdu.objects().get(index).object().tag();
        int count = 1;
        for (int i = 0; i < index; i++) {
            count += pdu.objects().get(i).object().tag() == tag ? 1 : 0;
        }
        return count;
    }

    private static boolean isRequired(DataObject object, Row row, Pdu pdu) {
        return row != null
                && object instanceof MalformedObject
                && row.required().test(pdu);
    }

    private Row row(int tag) {
        return tag < byTag.length ? byTag[tag] : null;
    }

    private static List<Fault> with(List<Fault> faults, Fault fault) {
        List<Fault> more = new ArrayList<>(faults);
        more.add(fault);
        return more;
    }
}
