// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import org.bipline.cat.tlv.ByteString;

/**
 * The message MeasurementReport of E-UTRAN in the unaligned packed encoding rules of ITU-T X.691, as far as the ME fills it
 * for the UICC: the serving cell and the neighbour cells of E-UTRAN. 3GPP TS 36.331 clause 6.2.2.
 */
final class EutranMeasurements {
    private static final int LIST_EUTRA = 0;
    private static final int COUNTRY_DIGITS = 3;

    private final ByteString message;
    private int at;

    private EutranMeasurements(ByteString message) {
        this.message = message;
    }

    /** The fields of a message; one of another version or with lists of other networks shows its bytes and the serving cell. */
    static Fields fields(ByteString message) {
        EutranMeasurements read = new EutranMeasurements(message);
        Fields fields = Fields.of().put("measurementReport", message);
        // critical extensions: c1, then the message of release 8
        if (read.bits(1) != 0 || read.bits(3) != 0) {
            return fields;
        }
        read.bits(1); // whether later extensions follow behind what is read here
        boolean extended = read.bits(1) != 0;
        boolean neighbours = read.bits(1) != 0;
        fields.put("measId", 1 + read.bits(5))
                .put("rsrpServingCell", read.bits(7))
                .put("rsrqServingCell", read.bits(6));
        if (neighbours && read.bits(1) == 0 && read.bits(2) == LIST_EUTRA) {
            fields.put("neighbourCells", read.cells());
        }
        return extended ? fields.put("extended", true) : fields;
    }

    private List<Object> cells() {
        List<Object> cells = new ArrayList<>();
        for (int count = 1 + bits(3); count > 0; count--) {
            boolean hasGlobalIdentity = bits(1) != 0;
            Fields cell = Fields.of().put("physCellId", bits(9));
            if (hasGlobalIdentity) {
                globalIdentity(cell);
            }
            boolean extended = bits(1) != 0;
            boolean hasRsrp = bits(1) != 0;
            boolean hasRsrq = bits(1) != 0;
            if (hasRsrp) {
                cell.put("rsrp", bits(7));
            }
            if (hasRsrq) {
                cell.put("rsrq", bits(6));
            }
            cells.add(cell.toMap());
            if (extended) {
                break; // what the extension holds is not known, so that the next cell cannot be found
            }
        }
        return cells;
    }

    private void globalIdentity(Fields cell) {
        boolean hasOtherNetworks = bits(1) != 0;
        boolean hasCountry = bits(1) != 0;
        cell.put("plmn", plmn(hasCountry)).put("cellIdentity", bits(28)).put("trackingAreaCode", bits(16));
        if (hasOtherNetworks) {
            List<Object> networks = new ArrayList<>();
            for (int count = 1 + bits(3); count > 0; count--) {
                networks.add(plmn(bits(1) != 0));
            }
            cell.put("otherPlmns", networks);
        }
    }

    /** Digits of the country code where it is given, then two or three of the network code. */
    private String plmn(boolean hasCountry) {
        StringBuilder digits = new StringBuilder(2 * COUNTRY_DIGITS);
        if (hasCountry) {
            digits(digits, COUNTRY_DIGITS);
        }
        digits(digits, 2 + bits(1));
        return digits.toString();
    }

    private void digits(StringBuilder digits, int count) {
        for (int i = 0; i < count; i++) {
            digits.append(bits(4));
        }
    }

    private int bits(int count) {
        int value = Bits.read(message, at, count);
        at += count;
        return value;
    }
}
