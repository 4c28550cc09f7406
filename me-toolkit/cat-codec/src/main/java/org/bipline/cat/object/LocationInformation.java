// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Location information: mobile country and network code, location area or tracking area code, cell identity where there is
 * one. ETSI TS 102 223 clause 8.19, 3GPP TS 31.111 clause 8.19. It is empty where the ME knows no cell of an access
 * technology, and has the codes of country and network alone in a network rejection of NG-RAN.
 */
public record LocationInformation(ByteString value) implements BytesObject {
    private static final int PLMN_LENGTH = 3;
    private static final int SHORTEST_AREA = 5;
    private static final int NG_RAN_LENGTH = 11;

    public LocationInformation {
        if (value.length() < SHORTEST_AREA && value.length() != PLMN_LENGTH && !value.isEmpty()) {
            throw new IllegalArgumentException("length " + value.length());
        }
    }

    /**
     * A cell of GERAN or UTRAN.
     *
     * @param plmn mobile country code and network code, five or six digits
     * @param areaCode location area code, 16 bits
     * @param cellIdentity 16 bits
     */
    public static LocationInformation of(String plmn, int areaCode, int cellIdentity) {
        if (!plmn.matches("[0-9]{5,6}")) {
            throw new IllegalArgumentException("PLMN " + plmn);
        }
        Bits.u16("area code", areaCode);
        Bits.u16("cell identity", cellIdentity);
        int third = plmn.length() == 6 ? digit(plmn, 5) : 0xF;
        return new LocationInformation(new ByteSink(7)
                .u8((digit(plmn, 1) << 4) | digit(plmn, 0))
                .u8((third << 4) | digit(plmn, 2))
                .u8((digit(plmn, 4) << 4) | digit(plmn, 3))
                .u16(areaCode)
                .u16(cellIdentity)
                .toByteString());
    }

    private static int digit(String digits, int index) {
        return digits.charAt(index) - '0';
    }

    /** Mobile country code and network code: five or six digits; empty where no cell is known. */
    public String plmn() {
        return value.isEmpty() ? "" : SemiOctets.plmn(value.slice(0, PLMN_LENGTH));
    }

    /** Location area code or tracking area code of 16 bits, or tracking area code of 24 bits in NG-RAN; 0 where there is none. */
    public int areaCode() {
        if (!hasArea()) {
            return 0;
        }
        return isNgRan() ? (value.u16(3) << 8) | value.u8(5) : value.u16(3);
    }

    /**
     * The cell identity: two bytes in GERAN, four with the extended cell identity in UTRAN, four with 28 bits in E-UTRAN,
     * five with 36 bits in NG-RAN; empty when there is none.
     */
    public ByteString cellIdentity() {
        return hasArea() ? value.slice(isNgRan() ? 6 : SHORTEST_AREA) : ByteString.EMPTY;
    }

    private boolean hasArea() {
        return value.length() >= SHORTEST_AREA;
    }

    private boolean isNgRan() {
        return value.length() == NG_RAN_LENGTH;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.LOCATION_INFORMATION;
    }

    @Override
    public Map<String, Object> fields() {
        Fields fields = Fields.of();
        if (!value.isEmpty()) {
            fields.put("plmn", plmn());
        }
        if (hasArea()) {
            fields.put("areaCode", areaCode()).put("cellIdentity", cellIdentity());
        }
        return fields.toMap();
    }
}
